/// A revocation as a list shows it.
public struct RevocationEntry: Equatable, Sendable {
    /// Its place in the store: a later one has a greater number.
    public let number: Int64
    /// What is revoked.
    public let revocation: Revocation
    /// When, in seconds since 1970.
    public let created: Int64
}
