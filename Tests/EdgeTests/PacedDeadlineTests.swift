import Testing
import Threading

@testable import Edge

@Suite struct `A deadline that bytes move on` {
    private let start = MonotonicInstant(nanoseconds: 1_000_000_000_000)

    private func paced(_ bytesPerSecond: Int) -> PacedDeadline {
        PacedDeadline(MinimumRate(grace: .seconds(5)), from: start, bytesPerSecond: bytesPerSecond)
    }

    @Test func `is the time of grace away where nothing comes`() {
        #expect(paced(240).instant == start + .seconds(5))
    }

    /// A peer at the rate is always grace away from the deadline; one a byte a second slower gets there.
    @Test func `is never reached at the rate, and reached one byte a second below it`() {
        var (exact, slower) = (paced(240), paced(240))
        var missed: Int?
        for second in 1...2000 {
            let now = start + .seconds(second)
            exact.advance(by: 240, at: now)
            #expect(exact.instant == now + .seconds(5))
            if slower.instant < now, missed == nil { missed = second }
            slower.advance(by: 239, at: now)
        }
        #expect(
            missed == 961, "one byte a second uses up four of the 5 s of grace; the fifth lies between two arrivals")
    }

    @Test func `does not save up what came quickly`() {
        var deadline = paced(240)
        deadline.advance(by: 1_000_000_000, at: start + .seconds(1))
        #expect(deadline.instant == start + .seconds(6))
    }

    @Test func `moves by parts of a second`() {
        var deadline = paced(1000)
        deadline.advance(by: 1, at: start + .seconds(4))
        #expect(deadline.instant == start + .milliseconds(5001))
        deadline.advance(by: 0, at: start + .seconds(4))
        #expect(deadline.instant == start + .milliseconds(5001))
    }
}

@Suite struct `A waiting line` {
    @Test func `serves in the order of coming, however it grows and shrinks`() {
        var line = WaitingLine<Int>()
        var generator = SystemRandomNumberGenerator()
        var (next, expected) = (0, 0)
        for _ in 0..<10_000 {
            if Bool.random(using: &generator) {
                line.append(next)
                next += 1
            } else if let first = line.popFirst() {
                #expect(first == expected)
                expected += 1
            }
            #expect(line.count == next - expected && line.isEmpty == (next == expected))
        }
    }
}
