import Patience
import Testing
import Threading

@testable import Edge

private let tick: UInt64 = 100_000_000

private func instant(_ milliseconds: UInt64) -> MonotonicInstant {
    MonotonicInstant(nanoseconds: milliseconds * 1_000_000)
}

@Suite struct `The timer wheel` {
    private func due(_ wheel: inout TimerWheel, at milliseconds: UInt64) -> [UInt64] {
        var due: [UInt64] = []
        wheel.advance(to: instant(milliseconds), into: &due)
        return due
    }

    @Test(arguments: [
        (deadline: UInt64(1000), before: UInt64(1099), at: UInt64(1100)),
        (deadline: 1001, before: 1099, at: 1100),
        (deadline: 1099, before: 1099, at: 1100),
        (deadline: 1100, before: 1199, at: 1200),
    ])
    func `gives an entry out in the first tick wholly after its deadline`(
        deadline: UInt64, before: UInt64, at: UInt64
    ) {
        var wheel = TimerWheel(now: instant(500))
        #expect(wheel.add(7, deadline: instant(deadline)) == at / 100)
        #expect(due(&wheel, at: before).isEmpty && wheel.count == 1)
        #expect(due(&wheel, at: at) == [7] && wheel.count == 0)
        #expect(due(&wheel, at: at + 1000).isEmpty)
    }

    @Test func `gives out the oldest first, also where it was left alone for long`() {
        var wheel = TimerWheel(now: instant(0))
        for (token, deadline) in [(UInt64(1), UInt64(900)), (2, 100), (3, 500), (4, 100)] {
            _ = wheel.add(token, deadline: instant(deadline))
        }
        #expect(due(&wheel, at: 1_000_000) == [2, 4, 3, 1])
    }

    @Test func `takes a deadline in the past for the next tick`() {
        var wheel = TimerWheel(now: instant(1000))
        #expect(wheel.add(1, deadline: instant(0)) == 11)
        #expect(due(&wheel, at: 1099).isEmpty)
        #expect(due(&wheel, at: 1100) == [1])
    }

    @Test func `holds a deadline at its horizon and looks again at one past it`() {
        let horizon = UInt64(TimerWheel.slotCount - 1)
        var wheel = TimerWheel(now: instant(0))
        #expect(wheel.add(1, deadline: instant((horizon - 1) * 100)) == horizon)
        #expect(wheel.add(2, deadline: instant(horizon * 100)) == horizon)
        #expect(wheel.add(3, deadline: instant(1_000_000_000)) == horizon)
        #expect(due(&wheel, at: (horizon - 1) * 100 + 99).isEmpty)
        #expect(due(&wheel, at: horizon * 100) == [1, 2, 3])
    }

    @Test func `knows no next tick while it is empty`() {
        var wheel = TimerWheel(now: instant(0))
        #expect(wheel.millisecondsToNext(from: instant(50)) == -1)
        _ = wheel.add(1, deadline: instant(100))
        #expect(wheel.millisecondsToNext(from: instant(50)) == 151)
        #expect(wheel.millisecondsToNext(from: instant(200)) == 0)
        #expect(wheel.millisecondsToNext(from: instant(5000)) == 0)
        _ = due(&wheel, at: 200)
        #expect(wheel.millisecondsToNext(from: instant(200)) == -1)
    }

    @Test func `that was empty for years takes up the present at once`() {
        var wheel = TimerWheel(now: instant(0))
        let year: UInt64 = 365 * 86_400_000
        let took = ContinuousClock().measure { #expect(due(&wheel, at: 100 * year).isEmpty) }
        // Tick by tick it would be 31 thousand million steps.
        #expect(took < .seconds(1).stretched)
        let now = 100 * year
        #expect(wheel.add(1, deadline: instant(now + 250)) == now / 100 + 3)
        #expect(due(&wheel, at: now + 299).isEmpty)
        #expect(due(&wheel, at: now + 300) == [1])
    }

    @Test func `gives out ten thousand entries in their ticks`() {
        var wheel = TimerWheel(now: instant(0))
        for token in 0..<10_000 { _ = wheel.add(UInt64(token), deadline: instant(UInt64(token % 400) * 100)) }
        #expect(wheel.count == 10_000)
        for number in 1...400 {
            let tokens = due(&wheel, at: UInt64(number) * 100)
            #expect(tokens.count == 25 && tokens.allSatisfy { $0 % 400 == UInt64(number - 1) })
        }
        #expect(wheel.count == 0)
    }

    /// The loop's way with the wheel beside a list that is searched: what comes out too early is put in again.
    @Test func `agrees with a list of deadlines`() {
        var random = SeededGenerator()
        print("seed \(random.seed)")
        for _ in 0..<200 {
            var now = UInt64.random(in: 0...1_000_000, using: &random)
            var wheel = TimerWheel(now: MonotonicInstant(nanoseconds: now))
            var waiting: [UInt64: UInt64] = [:]
            var ticks: [UInt64: UInt64] = [:]
            for token in UInt64(0)..<200 {
                if Bool.random(using: &random) {
                    let deadline = now + UInt64.random(in: 0...(1200 * tick), using: &random)
                    waiting[token] = deadline
                    ticks[token] = wheel.add(token, deadline: MonotonicInstant(nanoseconds: deadline))
                } else {
                    now += UInt64.random(in: 0...(100 * tick), using: &random)
                    guard advance(&wheel, to: now, &waiting, &ticks) else {
                        Issue.record("seed \(random.seed)")
                        return
                    }
                }
            }
        }
    }

    /// One turn of the loop. False where the wheel and the list disagree.
    private func advance(
        _ wheel: inout TimerWheel, to nanoseconds: UInt64, _ waiting: inout [UInt64: UInt64],
        _ ticks: inout [UInt64: UInt64]
    ) -> Bool {
        let now = MonotonicInstant(nanoseconds: nanoseconds)
        let next = ticks.values.min().map { $0 * tick }
        let wanted = next.map { $0 <= nanoseconds ? 0 : Int32(($0 - nanoseconds) / 1_000_000 + 1) } ?? -1
        guard wheel.millisecondsToNext(from: now) == wanted, wheel.count == waiting.count else { return false }
        var due: [UInt64] = []
        wheel.advance(to: now, into: &due)
        guard Set(due) == Set(ticks.filter { $0.value * tick <= nanoseconds }.keys) else { return false }
        for token in due {
            guard let deadline = waiting[token] else { return false }
            ticks[token] = nil
            if deadline <= nanoseconds {
                waiting[token] = nil
            } else {
                ticks[token] = wheel.add(token, deadline: MonotonicInstant(nanoseconds: deadline))
            }
        }
        // Never early, at most a tick late.
        return waiting.values.allSatisfy { $0 + tick >= nanoseconds }
    }
}
