/// The time that is left to answer a ticket: it runs while the ticket is open, and stands still while the bank waits for the
/// customer or has answered. A value; time is an argument, in microseconds since 1970.
public struct TicketClock: Hashable, Sendable {
    /// What the clock does.
    enum Face: Hashable, Sendable {
        /// It runs out at this moment.
        case due(Int64)
        /// It stands still with so much left, in microseconds; less than 0 where it had run out.
        case left(Int64)
    }

    private(set) var face: Face

    init(_ face: Face) { self.face = face }

    /// A clock that begins to run.
    static func running(for minutes: Int, from now: Int64) -> TicketClock {
        TicketClock(.due(now + Int64(minutes) * 60_000_000))
    }

    /// When it runs out; nil while it stands still.
    public var dueMicroseconds: Int64? { if case .due(let moment) = face { moment } else { nil } }

    /// Whether it had run out at `now`, or when it was stopped.
    public func isBreached(at now: Int64) -> Bool {
        switch face {
        case .due(let moment): now > moment
        case .left(let rest): rest < 0
        }
    }

    mutating func stop(at now: Int64) { if case .due(let moment) = face { face = .left(moment - now) } }

    mutating func run(from now: Int64) { if case .left(let rest) = face { face = .due(now + rest) } }

    /// A new time for the answer, counted from when the ticket was opened, with what it stood still left out.
    mutating func set(minutes: Int, instead former: Int) {
        let change = Int64(minutes - former) * 60_000_000
        switch face {
        case .due(let moment): face = .due(moment + change)
        case .left(let rest): face = .left(rest + change)
        }
    }
}
