/// How long to wait after failures in a row: twice as long each time, and by chance between half of that and all of it, so
/// that gateways which failed together do not come back together.
struct Backoff {
    static let firstMilliseconds: UInt64 = 1000
    static let mostMilliseconds: UInt64 = 300_000

    private(set) var failures = 0

    mutating func succeed() { failures = 0 }

    /// The wait after one more failure, in milliseconds.
    mutating func fail(_ random: inout some RandomNumberGenerator) -> UInt64 {
        let most = min(Self.mostMilliseconds, Self.firstMilliseconds << UInt64(min(failures, 20)))
        failures += 1
        return .random(in: (most / 2)...most, using: &random)
    }
}
