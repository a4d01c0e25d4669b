import Testing
import Threading

@testable import Auth

@Suite struct `When keys are fetched` {
    private let settings = KeyRefresh.Settings(
        interval: .seconds(300), outageMax: .seconds(3600), demandPause: .seconds(10))
    private func at(_ seconds: Double) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: 1_000_000_000_000 + UInt64(seconds * 1_000_000_000))
    }

    @Test func `at once, then at every interval`() {
        var refresh = KeyRefresh(settings, now: at(0))
        #expect(refresh.due == at(0))
        #expect(refresh.expiry == nil && refresh.age(now: at(0)) == nil)
        refresh.succeed(now: at(1))
        #expect(refresh.due == at(301))
        #expect(refresh.age(now: at(8)) == 7)
    }

    @Test func `after failures sooner, with a pause that doubles up to the interval`() {
        var refresh = KeyRefresh(settings, now: at(0))
        var pauses: [UInt64] = []
        for _ in 0..<12 {
            refresh.fail(now: at(0))
            pauses.append(refresh.due.microseconds(since: at(0)) / 1_000_000)
        }
        #expect(pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
        refresh.succeed(now: at(0))
        refresh.fail(now: at(0))
        #expect(refresh.due == at(1))
    }

    @Test func `for an unknown key at once, but only once in a pause`() {
        var refresh = KeyRefresh(settings, now: at(0))
        refresh.succeed(now: at(0))
        let first = refresh.demand(now: at(1))
        #expect(first)
        #expect(refresh.due == at(1))
        refresh.succeed(now: at(1))
        let tooSoon = refresh.demand(now: at(10.999))
        #expect(!tooSoon)
        #expect(refresh.due == at(301))
        let second = refresh.demand(now: at(11))
        #expect(second)
    }

    @Test func `and are good for the outage's time after the last success, failures aside`() {
        var refresh = KeyRefresh(settings, now: at(0))
        refresh.succeed(now: at(5))
        refresh.fail(now: at(100))
        #expect(refresh.expiry == at(3605))
        refresh.forget()
        #expect(refresh.expiry == nil)
    }
}
