internal import Bytes

/// The bearer token of a request's `Authorization` field (RFC 6750 §2.1).
public enum BearerCredential {
    /// The token in the values of all `Authorization` fields of a request.
    ///
    /// The scheme is case-insensitive (RFC 9110 §11.1); what follows is one or more spaces and the token alone. A second
    /// field is refused even where it repeats the first: two readers must not see two callers.
    /// - Throws: `.absent`, `.repeated`, `.schemeUnknown`, `.credentialMalformed`.
    public static func token(in fields: [[UInt8]]) throws(TokenRefusal) -> [UInt8] {
        guard let field = fields.first else { throw .absent }
        guard fields.count == 1 else { throw .repeated }
        let text = field.span
        guard text.count > 6, text[6] == 0x20, isBearer(text) else { throw .schemeUnknown }
        var start = 6
        while start < text.count, text[start] == 0x20 { start += 1 }
        guard start < text.count else { throw .credentialMalformed }
        guard text.firstIndex(from: start, upTo: 0x20, or: UInt8(ascii: ",")) == nil else {
            throw .credentialMalformed
        }
        return Array(field[start...])
    }

    private static func isBearer(_ text: Span<UInt8>) -> Bool {
        let name: InlineArray<6, UInt8> = [0x62, 0x65, 0x61, 0x72, 0x65, 0x72]
        return name.indices.allSatisfy { text[$0] | 0x20 == name[$0] }
    }
}
