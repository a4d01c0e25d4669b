internal import JSON
internal import OpenSSL

extension Claims {
    /// The certificate that the token is bound to (RFC 8705 §3.1), or nil for a token without `cnf`.
    ///
    /// Example: `"cnf":{"x5t#S256":"bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}`
    ///
    /// RFC 7800 §3.1 leaves it open what to do with a method that is not understood. Here it refuses the token: whoever
    /// wrote it meant the token to be of no use without a proof, and none was seen.
    func confirmation() throws(TokenRefusal) -> SHA256Digest? {
        guard let member = self["cnf"] else { return nil }
        guard let methods = member.members, !methods.isEmpty else { throw .confirmationMalformed }
        guard methods.count == 1, methods[0].name.elementsEqual("x5t#S256".utf8) else { throw .confirmationUnknown }
        guard let text = methods[0].node.bytes, let digest = Base64URL.decode(text.span), digest.count == 32 else {
            throw .confirmationMalformed
        }
        return SHA256Digest(bytes: digest)
    }
}

extension VerifiedToken.Content {
    /// Accepts a bound token from the holder of its certificate alone, and any other from anybody.
    func checkConfirmation(_ certificate: SHA256Digest?) throws(TokenRefusal) {
        guard let confirmation else { return }
        guard let certificate else { throw .confirmationAbsent }
        guard certificate == confirmation else { throw .confirmationMismatch }
    }
}
