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

/// What is counted of requests, under the name that figures of days have for it.
public enum UsageFigure: String, CaseIterable, Sendable {
    case requests, answers, escalated
    case confidencePPM = "confidence_ppm"
    case tokensIn = "tokens_in"
    case tokensOut = "tokens_out"
    case costMillionths = "cost_millionths"
    case faqExact = "route.faq_exact"
    case faqHybrid = "route.faq_hybrid"
    case model = "route.model"
    case tool = "route.tool"
    case handedOver = "route.escalated"
    case refused = "route.refused"

    /// The figure of a route, by its name in records; nil for a name that is none's.
    public init?(route: [UInt8]) {
        guard let figure = Self.routes.first(where: { $0.name == route })?.figure else { return nil }
        self = figure
    }

    private static let routes = allCases.compactMap { figure -> (name: [UInt8], figure: UsageFigure)? in
        guard figure.rawValue.hasPrefix("route.") else { return nil }
        return (Array(figure.rawValue.utf8.dropFirst("route.".utf8.count)), figure)
    }

    /// Its place in a day's counts.
    fileprivate var place: Int {
        switch self {
        case .requests: 0
        case .answers: 1
        case .escalated: 2
        case .confidencePPM: 3
        case .tokensIn: 4
        case .tokensOut: 5
        case .costMillionths: 6
        case .faqExact: 7
        case .faqHybrid: 8
        case .model: 9
        case .tool: 10
        case .handedOver: 11
        case .refused: 12
        }
    }
}

/// Counts what requests did, in memory, until the worker adds it to the day's figures. Counting costs a lock held for an
/// addition and no memory; what was counted since the last time it was written is lost when the process is killed.
public final class UsageCounters: Sendable {
    private struct Day {
        let number: Int64
        var counts = [Int64](repeating: 0, count: UsageFigure.allCases.count)
    }

    /// The day that is counted last, and days before it that were not taken yet.
    private let days = Mutex<[Day]>([])

    /// Counters at zero.
    public init() {}

    /// Adds to what is counted today.
    public func add(_ figure: UsageFigure, _ count: Int64 = 1, now: Int64 = WallClock.seconds) {
        guard count != 0 else { return }
        days.withLock { Self.add(count, at: figure.place, day: now / 86_400, to: &$0) }
    }

    private static func add(_ count: Int64, at place: Int, day: Int64, to days: inout [Day]) {
        let index: Int
        if let known = days.lastIndex(where: { $0.number == day }) {
            index = known
        } else {
            days.append(Day(number: day))
            index = days.count - 1
        }
        days[index].counts[place] += count
    }

    /// What was counted since the last call.
    func take() -> [UsageCount] {
        let taken = days.withLock { days -> [Day] in
            defer { days = [] }
            return days
        }
        return taken.flatMap { day in
            UsageFigure.allCases.filter { day.counts[$0.place] != 0 }.map { figure in
                UsageCount(day: day.number, name: Array(figure.rawValue.utf8), count: day.counts[figure.place])
            }
        }
    }

    /// Puts back what could not be written.
    func putBack(_ taken: [UsageCount]) {
        days.withLock { days in
            for count in taken {
                guard let figure = UsageFigure(rawValue: String(decoding: count.name, as: UTF8.self)) else { continue }
                Self.add(count.count, at: figure.place, day: count.day, to: &days)
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
