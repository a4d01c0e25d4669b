internal import Synchronization
public import Threading

/// What was counted on one day under one name.
public struct UsageCount: Hashable, Sendable {
    /// Days since 1970-01-01, in UTC.
    public let day: Int64
    /// What was counted, such as `route.faq_exact`.
    public let name: [UInt8]
    /// How often, or how much.
    public let count: Int64
}

/// Counts what requests did, in memory, until the worker adds it to the day's figures. Counting costs a lock held for a
/// look-up; what was counted since the last time it was written is lost when the process is killed.
public final class UsageCounters: Sendable {
    private struct Key: Hashable {
        let day: Int64
        let name: String
    }

    private let counts = Mutex<[Key: Int64]>([:])

    /// Counters at zero.
    public init() {}

    /// Adds to what is counted under each name today. Names are the program's own, of which there are few.
    public func add(_ amounts: [(name: String, count: Int64)], now: Int64 = WallClock.seconds) {
        let day = now / 86_400
        counts.withLock { counts in
            for amount in amounts where amount.count != 0 {
                counts[Key(day: day, name: amount.name), default: 0] += amount.count
            }
        }
    }

    /// What was counted since the last call.
    func take() -> [UsageCount] {
        let taken = counts.withLock { counts -> [Key: Int64] in
            let taken = counts
            counts = [:]
            return taken
        }
        return taken.map { UsageCount(day: $0.key.day, name: Array($0.key.name.utf8), count: $0.value) }
    }

    /// Puts back what could not be written.
    func putBack(_ taken: [UsageCount]) {
        counts.withLock { counts in
            for count in taken {
                counts[Key(day: count.day, name: String(decoding: count.name, as: UTF8.self)), default: 0] +=
                    count.count
            }
        }
    }
}

extension SessionStore {
    /// Adds what was counted to the days' figures: all of it, or none where it fails, and then it comes with the next.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    public func add(_ counters: UsageCounters) async throws(AgentError) {
        let taken = counters.take()
        guard !taken.isEmpty else { return }
        do throws(AgentError) {
            try await write { (database) throws(AgentError) in
                for count in taken {
                    try SessionTable.add(count.count, to: count.name, day: count.day, in: database)
                }
            }
        } catch {
            counters.putBack(taken)
            throw error
        }
    }

    /// What was counted on `days` days up to today, day by day.
    /// - Throws: `.busy`, `.storage`.
    public func usage(days: Int, now: Int64 = WallClock.seconds) async throws(AgentError) -> [UsageCount] {
        let first = now / 86_400 - Int64(max(1, min(days, AgentLimits.usageDaysMax))) + 1
        return try await read { (database) throws(AgentError) in try SessionTable.usage(since: first, in: database) }
    }

    /// Forgets the figures of days that no report can ask for.
    /// - Throws: `.busy`, `.storageFull`, `.storage`.
    public func dropOldUsage(now: Int64 = WallClock.seconds) async throws(AgentError) {
        try await write { (database) throws(AgentError) in
            try SessionTable.dropUsage(before: now / 86_400 - Int64(AgentLimits.usageDaysMax), in: database)
        }
    }
}
