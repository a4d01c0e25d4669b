internal import Redaction
internal import Synchronization
internal import Threading

/// The vaults of all sessions, in memory; sealed on the disk too where there is a keeper. Safe for any loop: the lock is held
/// for a look-up.
final class SessionVaults: Sendable {
    private let table: Mutex<SessionTable>

    private let keeper: SessionKeeper?

    init(bounds: SessionTable.Bounds, keeper: SessionKeeper? = nil) {
        table = Mutex(SessionTable(bounds: bounds))
        self.keeper = keeper
    }

    /// What is kept, and what was dropped since the start.
    struct Statistics: Sendable {
        let sessions: Int
        let bytes: Int
        let evictions: UInt64
        let expirations: UInt64
    }

    var statistics: Statistics {
        table.withLock {
            Statistics(
                sessions: $0.count, bytes: $0.bytes, evictions: $0.evictions, expirations: $0.expirations)
        }
    }

    /// The session's vault; nil where none is kept.
    func vault(of key: SessionKey, now: MonotonicInstant = .now) -> SharedVault? {
        let find = { self.change { $0.find(key, now: now, dropping: &$1) } }
        if let vault = find() { return vault }
        return keeper?.wake(key, find: find) { keep($0, bytes: $1, for: key, now: now) }
    }

    /// Keeps `vault` as the session's.
    /// - Returns: the one that is kept: another request of the session may have been first with its own.
    func keep(
        _ vault: SharedVault, bytes: Int, for key: SessionKey, now: MonotonicInstant = .now
    ) -> SharedVault {
        let kept = change { $0.keep(vault, bytes: bytes, for: key, now: now, dropping: &$1) }
        if kept.hasGrown { keeper?.note(vault, of: key) }
        return kept.vault
    }

    /// Forgets a session's originals, here and on the disk.
    func forget(_ key: SessionKey) {
        change { $0.forget(key, dropping: &$1) }
        keeper?.erase(key)
    }

    /// Drops the sessions that have been idle too long, so that their originals do not wait for somebody to ask.
    func dropIdle(now: MonotonicInstant = .now) { change { $0.dropIdle(now: now, dropping: &$1) } }

    /// Brings all sessions to the disk, where they are kept there. None is noted afterwards.
    func close() { keeper?.close(table.withLock { $0.sessions }) }

    private func change<Result: Sendable>(
        _ body: (inout SessionTable, inout [SessionTable.Session]) -> Result
    ) -> Result {
        let (result, dropped) = table.withLock { table -> (Result, [SessionTable.Session]) in
            var dropped: [SessionTable.Session] = []
            let result = body(&table, &dropped)
            return (result, dropped)
        }
        // Zeroed and freed here, outside the lock, unless a request still holds one.
        if let keeper { for session in dropped { keeper.forget(session.key) } }
        return result
    }
}
