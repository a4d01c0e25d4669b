public import Threading

/// Time and chance, for what waits and draws lots.
public struct ModelClock: Sendable {
    /// The monotonic clock.
    let now: @Sendable () -> MonotonicInstant
    /// Seconds since 1970.
    let wallSeconds: @Sendable () -> Int64
    /// Suspends the calling task, which goes on where it was.
    let pause: @Sendable (Duration) async -> Void
    /// 0 to below its argument, which is 1 or more.
    let random: @Sendable (UInt64) -> UInt64

    /// A clock from its parts.
    public init(
        now: @escaping @Sendable () -> MonotonicInstant, wallSeconds: @escaping @Sendable () -> Int64,
        pause: @escaping @Sendable (Duration) async -> Void, random: @escaping @Sendable (UInt64) -> UInt64
    ) {
        self.now = now
        self.wallSeconds = wallSeconds
        self.pause = pause
        self.random = random
    }

    /// The machine's own. Tasks that pause are woken by `pauses`, each of which lasts at most 50 ms or so.
    public static func system(pauses: TaskPauses) -> ModelClock {
        ModelClock(
            now: { .now }, wallSeconds: { WallClock.seconds },
            pause: { duration in
                let end = MonotonicInstant.now + duration
                while MonotonicInstant.now < end { await pauses.pause() }
            }, random: { UInt64.random(in: 0..<$0) })
    }
}
