internal import Threading

/// Deadlines by a hashed wheel: constant work to add one, none to move one later.
///
/// A value without clock: time comes as ticks. An entry is a token and the tick it was put for; who takes it out checks
/// whether it still means something, so that a deadline that moves later (every request does that) costs nothing here.
struct TimerWheel {
    /// One tick. Deadlines are kept to this precision, never early.
    static let tick = Duration.milliseconds(100)
    /// Slots of the wheel; later deadlines are put in the last and looked at again.
    static let slotCount = 512

    private var slots: [[UInt64]]
    /// The last tick that was taken out.
    private(set) var current: UInt64
    private(set) var count = 0
    /// No entry comes out before this tick: where the search for the next one starts.
    private var earliest: UInt64 = 0

    init(now: MonotonicInstant) {
        slots = Array(repeating: [], count: Self.slotCount)
        current = Self.tick(of: now)
    }

    /// The tick that `instant` falls in.
    static func tick(of instant: MonotonicInstant) -> UInt64 { instant.nanoseconds / 100_000_000 }

    /// Puts `token` for the first tick that lies wholly after `deadline`.
    /// - Returns: the tick at which it will come out.
    mutating func add(_ token: UInt64, deadline: MonotonicInstant) -> UInt64 {
        let wanted = Self.tick(of: deadline) + 1
        let tick = min(max(wanted, current + 1), current + UInt64(Self.slotCount) - 1)
        slots[Int(tick % UInt64(Self.slotCount))].append(token)
        earliest = count == 0 ? tick : min(earliest, tick)
        count += 1
        return tick
    }

    /// Takes out what is due at `now`, oldest first.
    mutating func advance(to now: MonotonicInstant, into due: inout [UInt64]) {
        let target = Self.tick(of: now)
        while current < target {
            // Nothing waits: after a long sleep there would be millions of ticks to look through.
            guard count > 0 else {
                current = target
                return
            }
            current += 1
            let slot = Int(current % UInt64(Self.slotCount))
            guard !slots[slot].isEmpty else { continue }
            due.append(contentsOf: slots[slot])
            count -= slots[slot].count
            slots[slot].removeAll(keepingCapacity: true)
        }
    }

    /// Milliseconds from `now` to the next tick that has an entry; -1 where there is none.
    mutating func millisecondsToNext(from now: MonotonicInstant) -> Int32 {
        guard count > 0 else { return -1 }
        earliest = max(earliest, current + 1)
        while slots[Int(earliest % UInt64(Self.slotCount))].isEmpty { earliest += 1 }
        let due = earliest * 100_000_000
        return due <= now.nanoseconds ? 0 : Int32(clamping: (due - now.nanoseconds) / 1_000_000 + 1)
    }
}
