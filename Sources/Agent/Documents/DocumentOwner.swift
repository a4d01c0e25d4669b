/// Whose a document is. Nobody else sees it, and it is erased with them.
public enum DocumentOwner: Hashable, Sendable {
    /// A customer of the bank who has proved who they are, as verification names them.
    case customer(reference: [UInt8])
    /// A principal, for a customer that it names and vouches for; without one, itself.
    case principal(PrincipalKey, customer: [UInt8]?)
    /// A conversation, until it is known who the customer is.
    case session(PrincipalKey, SessionID)

    /// What the documents' key is kept for.
    public var scope: ContentScope {
        switch self {
        case .customer(let reference): .customer([1] + reference)
        case .principal(let principal, let customer):
            .customer(
                [2] + [principal.issuer, principal.subject].flatMap(Self.measured)
                    + (customer.map(Self.measured) ?? []))
        case .session(let principal, let session): .session(session.bytes, of: principal)
        }
    }

    /// A part with its length before it, so that no two lists of parts are one name.
    private static func measured(_ part: [UInt8]) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: part.count >> $0) } + part
    }
}
