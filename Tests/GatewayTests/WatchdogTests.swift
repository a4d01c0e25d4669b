import Audit
import Testing
import Threading

@testable import Gateway

@Suite struct `The watchdog` {
    private let start = MonotonicInstant(nanoseconds: 1_000_000_000)
    private func after(_ milliseconds: Int64) -> MonotonicInstant { start + .milliseconds(milliseconds) }
    private func steps(_ writer: UInt64, _ publisher: UInt64) -> AuditLog.Steps {
        AuditLog.Steps(writer: writer, publisher: publisher)
    }
    private func watchdog() -> Watchdog { Watchdog(limit: .seconds(10), now: start, logSteps: steps(7, 7)) }

    @Test func `is answered at half of its limit, not before`() {
        var watchdog = watchdog()
        #expect(watchdog.look(at: after(4999), loopsAnswered: true, logSteps: steps(8, 8)) == .wait)
        #expect(watchdog.look(at: after(5000), loopsAnswered: true, logSteps: steps(8, 8)) == .ping)
        #expect(watchdog.look(at: after(9999), loopsAnswered: true, logSteps: steps(9, 9)) == .wait)
        #expect(watchdog.look(at: after(10_000), loopsAnswered: true, logSteps: steps(9, 9)) == .ping)
    }

    @Test func `is not answered for a loop that does not turn, and is as soon as it does`() {
        var watchdog = watchdog()
        #expect(watchdog.look(at: after(9000), loopsAnswered: false, logSteps: steps(8, 8)) == .wait)
        #expect(watchdog.look(at: after(9100), loopsAnswered: true, logSteps: steps(8, 8)) == .ping)
    }

    @Test func `is not answered for a writer that does not turn, also not by an earlier turn`() {
        var watchdog = watchdog()
        #expect(watchdog.look(at: after(9000), loopsAnswered: true, logSteps: steps(7, 7)) == .wait)
        #expect(watchdog.look(at: after(9100), loopsAnswered: true, logSteps: steps(8, 8)) == .ping)
        #expect(watchdog.look(at: after(18_000), loopsAnswered: true, logSteps: steps(8, 8)) == .wait)
    }

    @Test func `is not answered for a publisher that does not turn`() {
        var watchdog = watchdog()
        #expect(watchdog.look(at: after(9000), loopsAnswered: true, logSteps: steps(8, 7)) == .wait)
        #expect(watchdog.look(at: after(9100), loopsAnswered: true, logSteps: steps(9, 8)) == .ping)
    }

    @Test func `is looked at often enough to be answered within its limit`() {
        #expect(Watchdog(limit: .seconds(10), now: start, logSteps: steps(0, 0)).lookInterval == .milliseconds(1250))
        #expect(Watchdog(limit: .microseconds(1), now: start, logSteps: steps(0, 0)).lookInterval == .milliseconds(1))
    }
}
