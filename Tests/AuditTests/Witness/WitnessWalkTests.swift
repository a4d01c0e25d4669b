import OpenSSL
import Testing
import Threading

@testable import Audit

/// Every state that a machine can reach in a small world, by every event that can come in it.
@Suite struct `A walk over a witness's states` {
    private let fixture: WitnessFixture
    private let checkpoints: [WitnessTarget]
    private let answers: [WitnessAnswer]

    init() throws {
        let fixture = try WitnessFixture()
        self.fixture = fixture
        checkpoints = try [2, 3].map { try fixture.checkpoint($0) }
        answers =
            try [2, 3].map { WitnessAnswer(status: 200, body: try fixture.line($0)) }
            + [0, 1, 2, 3, 4, 5].map { fixture.size($0) }
            + [200, 400, 409, 422, 503, 301].map { WitnessAnswer(status: $0) }
    }

    private struct Next {
        var machine: WitnessMachine
        var outcome: WitnessOutcome?
        var sent: WitnessSubmission?
    }

    private func successors(of machine: WitnessMachine) -> [Next] {
        func after(_ change: (inout WitnessMachine) -> WitnessOutcome) -> Next {
            var copy = machine
            let outcome = change(&copy)
            return Next(machine: copy, outcome: outcome)
        }
        var all = checkpoints.map { checkpoint in after { $0.publish(checkpoint) } }
        for seconds in [100, 101, 3700] as [UInt64] {
            var copy = machine
            let step = copy.next(at: fixture.instant(seconds))
            var next = Next(machine: copy)
            if case .send(let submission) = step { next.sent = submission }
            all.append(next)
        }
        // Sizes up to 4 were signed, 4 was not published.
        let around = fixture.around(100, signedMax: 4)
        switch machine.state {
        case .inFlight:
            all += answers.map { answer in after { $0.answered(answer, around) } }
            all += [WitnessSilence.unreachable, .untrusted(""), .tooLarge].map { silence in
                after { $0.unanswered(silence, around) }
            }
            all.append(after { $0.unproved("", around) })
        case .rechecking:
            all += [true, false].map { isRight in after { $0.rechecked(isRight: isRight) } }
            all.append(after { $0.unproved("", around) })
        case .empty, .ready, .settled, .backingOff, .resting, .stopped: break
        }
        return all
    }

    @Test func `keeps its promises in each`() {
        var seen: Set<WitnessMachine> = []
        var todo = [WitnessMachine(key: fixture.key, cosigned: 0), WitnessMachine(key: fixture.key, cosigned: 3)]
        var kinds: Set<String> = []
        var pairs = 0
        while let machine = todo.popLast() {
            guard seen.insert(machine).inserted else { continue }
            kinds.insert("\(machine.state)".split(separator: "(").first.map(String.init) ?? "")
            for next in successors(of: machine) {
                pairs += 1
                check(machine, next)
                todo.append(next.machine)
            }
        }
        #expect(kinds.count == 8, "\(kinds)")
        #expect(seen.count > 100 && pairs > 1000, "\(seen.count) states, \(pairs) transitions")
    }

    private func check(_ machine: WitnessMachine, _ next: Next) {
        #expect(next.machine.cosigned >= machine.cosigned, "what was cosigned is not forgotten")
        if machine.state == .stopped {
            #expect(next.machine == machine && next.sent == nil, "a stop is for good")
        }
        if case .failClosed? = next.outcome { #expect(next.machine.state == .stopped) }
        if let sent = next.sent {
            #expect(sent.old <= sent.target.size && next.machine.state == .inFlight(sent))
            switch machine.state {
            case .ready, .settled, .backingOff: break
            case .empty, .inFlight, .rechecking, .resting, .stopped: Issue.record("sent in \(machine.state)")
            }
        }
        if next.machine.cosigned > machine.cosigned {
            guard case .accept(_, let size, _)? = next.outcome, case .inFlight(let submission) = machine.state else {
                Issue.record("cosigned by anything but an accepted answer")
                return
            }
            #expect(size == submission.target.size && size == next.machine.cosigned)
        }
        if case .backingOff(let until) = next.machine.state, next.machine.state != machine.state {
            #expect(until >= fixture.instant(101) && until <= fixture.instant(160), "pauses are bounded")
        }
    }
}
