import Testing
import Threading

@testable import Gateway

@Suite struct `The watchdog` {
    private let start = MonotonicInstant(nanoseconds: 1_000_000_000)
    private func after(_ milliseconds: Int64) -> MonotonicInstant { start + .milliseconds(milliseconds) }
    private func watchdog() -> Watchdog { Watchdog(limit: .seconds(10), now: start, steps: [7]) }

    @Test func `is answered at half of its limit, not before`() {
        var watchdog = watchdog()
        #expect(watchdog.look(at: after(4999), loopsAnswered: true, steps: [8]) == .wait)
        #expect(watchdog.look(at: after(5000), loopsAnswered: true, steps: [8]) == .ping)
        #expect(watchdog.look(at: after(9999), loopsAnswered: true, steps: [9]) == .wait)
        #expect(watchdog.look(at: after(10_000), loopsAnswered: true, steps: [9]) == .ping)
    }

    @Test func `is not answered for a loop that does not turn, and is as soon as it does`() {
        var watchdog = watchdog()
        #expect(watchdog.look(at: after(9000), loopsAnswered: false, steps: [8]) == .wait)
        #expect(watchdog.look(at: after(9100), loopsAnswered: true, steps: [8]) == .ping)
    }

    @Test func `is not answered for a writer that does not turn, also not by an earlier turn`() {
        var watchdog = watchdog()
        #expect(watchdog.look(at: after(9000), loopsAnswered: true, steps: [7]) == .wait)
        #expect(watchdog.look(at: after(9100), loopsAnswered: true, steps: [8]) == .ping)
        #expect(watchdog.look(at: after(18_000), loopsAnswered: true, steps: [8]) == .wait)
    }

    @Test func `is not answered until each of the other threads has turned`() {
        var watchdog = Watchdog(limit: .seconds(10), now: start, steps: [7, 7])
        #expect(watchdog.look(at: after(9000), loopsAnswered: true, steps: [8, 7]) == .wait)
        #expect(watchdog.look(at: after(9100), loopsAnswered: true, steps: [7, 8]) == .wait)
        #expect(watchdog.look(at: after(9200), loopsAnswered: true, steps: [9, 8]) == .ping)
        #expect(watchdog.look(at: after(18_000), loopsAnswered: true, steps: [9, 9]) == .wait)
    }

    @Test func `is looked at often enough to be answered within its limit`() {
        #expect(Watchdog(limit: .seconds(10), now: start, steps: [0]).lookInterval == .milliseconds(1250))
        #expect(Watchdog(limit: .microseconds(1), now: start, steps: [0]).lookInterval == .milliseconds(1))
    }
}
