/// A person whose signature is asked for before a token of a role with `approvals` is good.
public struct Approver: Sendable {
    /// The name in the audit log: 1 to 64 letters, digits and `_.:-`.
    public let name: String
    let key: VerificationKey

    /// Reads an approver's public key, EC P-256 or RSA; its `kid` is its thumbprint (RFC 7638).
    /// - Throws: `AuthError`, which names the file.
    public static func read(_ path: String, name: String) throws(AuthError) -> Approver {
        guard RoleName(name) != nil else {
            throw .setting(name: "approver", found: "\"\(name)\"", wanted: "1 to 64 of A-Z a-z 0-9 _ . : -")
        }
        return Approver(name: name, key: try VerificationKey.read(path))
    }

    /// An approver with the public half of `key`.
    public init(name: String, key: VerificationKey) {
        self.name = name
        self.key = key
    }
}
