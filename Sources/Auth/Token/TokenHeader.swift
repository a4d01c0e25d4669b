internal import JSON

/// The JOSE header's members that decide anything (RFC 7515 §4.1).
///
/// `jku`, `x5u`, `jwk` and `x5c` name or carry a key; keys come from configuration alone, so they are not looked at. `crit`
/// is refused whatever it lists, since no extension is understood here. `b64`, `zip` and `enc` would change what the
/// signature is over.
struct TokenHeader {
    let algorithm: SignatureAlgorithm
    let keyID: [UInt8]?
    /// Whether `typ` is one that libjwt 1.10 takes: `JWT` or none.
    let isPlainType: Bool

    init(parsing text: [UInt8]) throws(TokenRefusal) {
        let header: JSONNode
        do throws(JSONSyntaxError) {
            header = try JSONParser.parse(text, depthMax: AuthLimits.tokenDepthMax)
        } catch {
            switch error.reason {
            case .repeatedName: throw .headerRepeatedMember
            case .tooDeep: throw .headerTooDeep
            default: throw .headerNotJSON
            }
        }
        guard case .object = header.value else { throw .headerNotObject }
        if header["enc"] != nil || header["zip"] != nil { throw .encrypted }
        if header["crit"] != nil { throw .criticalExtension }
        if header["b64"] != nil { throw .unencodedPayload }
        isPlainType = try Self.isPlainType(header)
        algorithm = try Self.algorithm(header)
        keyID = try Self.keyID(header)
    }

    private static func isPlainType(_ header: JSONNode) throws(TokenRefusal) -> Bool {
        // A nested token is announced by `cty` (RFC 7519 §5.2).
        if header["cty"] != nil { throw .nested }
        guard let type = header["typ"] else { return true }
        guard let name = type.bytes.map(lowercased) else { throw .typeUnknown }
        // Media types are case-insensitive and `application/` may be left out (RFC 7515 §4.1.9); at+jwt is RFC 9068.
        if name.isEqual(to: "jwt") { return true }
        guard name.isEqual(to: "at+jwt") || name.isEqual(to: "application/at+jwt") else { throw .typeUnknown }
        return false
    }

    private static func algorithm(_ header: JSONNode) throws(TokenRefusal) -> SignatureAlgorithm {
        guard let member = header["alg"] else { throw .algorithmMissing }
        guard let name = member.bytes else { throw .algorithmUnknown }
        if let algorithm = SignatureAlgorithm(name: name) { return algorithm }
        // "None", "nOnE": libraries that compare without case take them for `none`.
        throw lowercased(name).isEqual(to: "none") ? .algorithmNone : .algorithmUnknown
    }

    private static func keyID(_ header: JSONNode) throws(TokenRefusal) -> [UInt8]? {
        guard let member = header["kid"] else { return nil }
        guard let id = member.bytes, (1...AuthLimits.keyIDBytesMax).contains(id.count), id.allSatisfy(isKeyIDByte),
            id.first != UInt8(ascii: "/"), !hasTwoDots(id)
        else { throw .keyIDMalformed }
        return id
    }

    /// `kid` is only ever compared, never opened or queried with; the alphabet makes attempts at either visible in the log.
    static func isKeyIDByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~:/+=@".utf8.contains(byte)
        }
    }

    private static func hasTwoDots(_ id: [UInt8]) -> Bool {
        zip(id, id.dropFirst()).contains { $0 == UInt8(ascii: ".") && $1 == UInt8(ascii: ".") }
    }

    private static func lowercased(_ name: [UInt8]) -> [UInt8] {
        name.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}
