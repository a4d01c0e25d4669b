internal import CLinux

/// A point on the monotonic clock (`CLOCK_MONOTONIC`): it never goes back and means nothing across restarts.
public struct MonotonicInstant: Comparable, Hashable, Sendable {
    /// Nanoseconds since an arbitrary start.
    public let nanoseconds: UInt64

    /// An instant that a test or a state machine is given.
    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    /// Now. About 25 ns: no system call (vDSO).
    public static var now: MonotonicInstant {
        MonotonicInstant(nanoseconds: UInt64(pc_clock_nanoseconds(CLOCK_MONOTONIC)))
    }

    /// Whole microseconds from `earlier` to this instant; 0 where `earlier` is later.
    public func microseconds(since earlier: MonotonicInstant) -> UInt64 {
        nanoseconds > earlier.nanoseconds ? (nanoseconds - earlier.nanoseconds) / 1000 : 0
    }

    /// This instant moved by `duration`, which saturates at 0.
    public static func + (instant: MonotonicInstant, duration: Duration) -> MonotonicInstant {
        let (seconds, attoseconds) = duration.components
        let delta = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        return MonotonicInstant(nanoseconds: UInt64(max(0, Int64(instant.nanoseconds) + delta)))
    }

    /// Earlier.
    public static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

/// The wall clock (`CLOCK_REALTIME`).
public enum WallClock {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public static var microseconds: Int64 { pc_clock_nanoseconds(CLOCK_REALTIME) / 1000 }
    /// Seconds since 1970-01-01T00:00:00Z.
    public static var seconds: Int64 { pc_clock_nanoseconds(CLOCK_REALTIME) / 1_000_000_000 }
}
