/// The compact serialisation of a JWS (RFC 7515 §7.1), taken apart strictly: nothing in it is believed yet.
///
/// Example: `eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJodHRwczovL2lzcy5leGFtcGxlIn0.c2ln…`
struct CompactToken {
    /// The whole token.
    let bytes: [UInt8]
    /// The header as it was sent.
    let encodedHeader: [UInt8]
    /// The decoded claims: any bytes.
    let claims: [UInt8]
    /// The decoded signature; may be empty.
    let signature: [UInt8]
    /// How many bytes of the token the signature is over: header, dot and claims as they were sent.
    let signedCount: Int

    init(parsing bytes: [UInt8]) throws(TokenRefusal) {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= AuthLimits.tokenBytesMax else { throw .tooLong }
        let text = bytes.span
        var dots: InlineArray<2, Int> = [0, 0]
        var dotCount = 0
        for index in text.indices where text[index] == UInt8(ascii: ".") {
            if dotCount < 2 { dots[dotCount] = index }
            dotCount += 1
        }
        guard dotCount == 2 else { throw dotCount == 4 ? .encrypted : .partCount }
        guard let claims = Base64URL.decode(text.extracting((dots[0] + 1)..<dots[1])),
            let signature = Base64URL.decode(text.extracting((dots[1] + 1)...))
        else { throw .notBase64URL }
        self.bytes = bytes
        encodedHeader = Array(bytes[..<dots[0]])
        self.claims = claims
        self.signature = signature
        signedCount = dots[1]
    }

    /// The decoded header: any bytes.
    func header() throws(TokenRefusal) -> [UInt8] {
        guard let header = Base64URL.decode(encodedHeader.span) else { throw .notBase64URL }
        return header
    }
}
