/// Whose content shares one key, and is erased together.
public struct ContentScope: Hashable, Sendable {
    /// What the content belongs to.
    public enum Kind: UInt8, Sendable { case customer = 1, session = 2 }

    /// What the content belongs to.
    public let kind: Kind
    /// Which one of them. Any bytes; none of them are kept.
    public let name: [UInt8]

    /// All that belongs to one of the bank's customers.
    public static func customer(_ name: [UInt8]) -> ContentScope { ContentScope(kind: .customer, name: name) }

    /// All that belongs to one conversation of one principal.
    public static func session(_ session: [UInt8], of principal: PrincipalKey) -> ContentScope {
        // Each part with its length before it, so that no two lists of parts are one name.
        let parts = [principal.issuer, principal.subject, session]
        return ContentScope(
            kind: .session,
            name: parts.flatMap { part in
                [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: part.count >> $0) } + part
            })
    }
}
