/// How long a job waits before it is tried again: twice as long after each failure, up to a bound, and of that between a
/// half and the whole by chance, so that what failed together does not come back together.
public struct RetryPause: Sendable {
    /// After the first failure.
    public let first: Duration
    /// After many.
    public let longest: Duration

    /// A pause from its bounds.
    public init(first: Duration = .seconds(1), longest: Duration = .seconds(3600)) {
        self.first = first
        self.longest = longest
    }

    /// The pause after the failure of attempt number `attempt`, 1 or more.
    /// - Parameter chance: 0 to 1; 0 gives the shortest pause, 1 the longest.
    func after(attempt: Int, chance: Double) -> Duration {
        var whole = first
        for _ in 1..<max(1, min(attempt, Self.doublingsMax)) where whole < longest { whole = whole * 2 }
        whole = min(whole, longest)
        return whole / 2 + (whole / 2) * min(1, max(0, chance))
    }

    /// From here on any pause that began at a millisecond is longer than a year.
    private static let doublingsMax = 40
}
