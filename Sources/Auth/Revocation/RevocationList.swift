internal import Synchronization

/// The revocations in force. Loops ask it at each request; whoever reads the store puts a whole new table in.
///
/// The lock is held for the look-up of a handful of keys, some tens of nanoseconds, and for the exchange of the table,
/// which is built beside it. Nothing suspends or allocates under it.
public final class RevocationList: Sendable {
    private struct State {
        var table: RevocationTable
        /// The last second in which nobody need have looked at the store again.
        var trustedUntil = Int64.max
        var refusals: UInt64 = 0
    }

    /// Counts, for the metrics.
    public struct Statistics: Equatable, Sendable {
        /// Revocations in force.
        public let revocations: Int
        /// Bytes of memory that they take.
        public let bytes: Int
        /// Tokens refused since the start because they were revoked.
        public let refusals: UInt64
    }

    private let state: Mutex<State>

    /// A list of these that nothing makes old: that of a store is made by `RevocationStore`.
    public init(_ revocations: [Revocation] = []) {
        state = Mutex(State(table: RevocationTable(revocations)))
    }

    /// Counts.
    public var statistics: Statistics {
        state.withLock {
            Statistics(revocations: $0.table.count, bytes: $0.table.bytesCount, refusals: $0.refusals)
        }
    }

    /// Whether the store could not be read for so long that every token is refused.
    /// - Parameter now: seconds since 1970.
    public func isStale(now: Int64) -> Bool { state.withLock { now > $0.trustedUntil } }

    /// Refuses a token that is revoked, or when nobody can tell any more. It costs a look-up for each of the token's roles
    /// and three more, and allocates nothing.
    /// - Parameter now: seconds since 1970.
    /// - Throws: `.revoked`, `.revokedSubject`, `.revokedRole`, `.revokedIssuedBefore`, `.revocationsStale`.
    public func check(_ token: VerifiedToken, now: Int64) throws(TokenRefusal) {
        let (marks, issuedAt) = (token.marks, token.lifetime.issuedAt)
        let refusal = state.withLock { state -> TokenRefusal? in
            guard now <= state.trustedUntil else { return .revocationsStale }
            guard let refusal = state.table.refusal(of: marks, issuedAt: issuedAt) else { return nil }
            state.refusals += 1
            return refusal
        }
        if let refusal { throw refusal }
    }

    func replace(_ table: RevocationTable) {
        var other = table
        // What was in force before is released after the lock.
        state.withLock { swap(&$0.table, &other) }
    }

    /// The store was read: what is here is all that there is, and good until `second`.
    func trust(until second: Int64) { state.withLock { $0.trustedUntil = second } }
}

extension RevocationTable {
    init(_ revocations: [Revocation]) {
        self.init(reserving: revocations.count)
        for revocation in revocations { insert(revocation.key, issuedBefore: revocation.issuedBefore ?? .max) }
    }

    fileprivate func refusal(of marks: RevocationMarks, issuedAt: Int64) -> TokenRefusal? {
        guard count > 0 else { return nil }
        if let token = marks.token, revokes(token, issuedAt) { return .revoked }
        if revokes(marks.subject, issuedAt) { return .revokedSubject }
        for role in marks.roles where revokes(role, issuedAt) { return .revokedRole }
        return revokes(marks.issuer, issuedAt) ? .revokedIssuedBefore : nil
    }

    private func revokes(_ key: RevocationKey, _ issuedAt: Int64) -> Bool {
        guard let before = issuedBefore(of: key) else { return false }
        return issuedAt < before
    }
}
