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
        guard let space = field.firstIndex(of: 0x20) else { throw .schemeUnknown }
        let scheme = field[..<space]
        guard scheme.count == 6, zip(scheme, "bearer".utf8).allSatisfy({ $0 | 0x20 == $1 }) else {
            throw .schemeUnknown
        }
        let token = field[space...].drop { $0 == 0x20 }
        guard !token.isEmpty, !token.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: ",") }) else {
            throw .credentialMalformed
        }
        return Array(token)
    }
}
