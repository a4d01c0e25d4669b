import Audit
import Testing
import Threading

@testable import Gateway

@Suite struct `A decision path` {
    private func sealed(_ steps: (inout DecisionPath) -> Void) -> DecisionPath.Sealed {
        var path = DecisionPath(start: .now)
        steps(&path)
        return path.seal()
    }

    @Test func `holds each stage that was entered, in order`() {
        let sealed = sealed { path in
            #expect(path.closedSteps.isEmpty)
            for stage in AuditStage.allCases.dropFirst() { path.enter(stage) }
            #expect(path.closedSteps.map(\.stage) == Array(AuditStage.allCases.dropLast()))
        }
        #expect(sealed.steps.map(\.stage) == AuditStage.allCases)
        #expect(sealed.steps.allSatisfy { $0.outcome == .pass && $0.reason == nil && $0.rule == nil })
    }

    @Test func `measures each step by itself`() {
        let second = MonotonicInstant(nanoseconds: MonotonicInstant.now.nanoseconds - 1_000_000_000)
        var path = DecisionPath(start: second)
        path.enter(.identify)
        let steps = path.seal().steps
        #expect(steps[0].microseconds >= 1_000_000 && steps[1].microseconds < 1_000_000)
    }

    @Test func `notes what a step did on that step`() {
        let sealed = sealed { path in
            path.enter(.authorise)
            path.decide(by: Array("rule 1".utf8))
            path.enter(.redact)
            path.modify("pii_redacted")
            path.enter(.restore)
            path.skip("pii_restore_missing")
        }
        #expect(sealed.steps.map(\.outcome) == [.pass, .pass, .modify, .skip])
        #expect(
            sealed.steps.map { $0.reason.map { String(decoding: $0.bytes, as: UTF8.self) } } == [
                nil, nil, "pii_redacted", "pii_restore_missing",
            ])
        #expect(sealed.steps.map { $0.rule.map { String(decoding: $0, as: UTF8.self) } } == [nil, "rule 1", nil, nil])
    }

    @Test(arguments: [(Refusal.Kind.denial, AuditOutcome.deny), (.failure, .error)])
    func `ends with the refusal`(kind: Refusal.Kind, outcome: AuditOutcome) {
        let sealed = sealed { path in
            path.enter(.authenticate)
            path.facts.bodyBytes = 7
            var refusal = Refusal(problem: .unauthorized, reason: "token_absent", kind: kind)
            refusal.rule = Array("rule 2".utf8)
            path.refuse(refusal)
        }
        #expect(sealed.steps.map(\.stage) == [.edge, .authenticate])
        #expect(sealed.steps.map(\.outcome) == [.pass, outcome])
        #expect(sealed.steps[1].reason?.bytes == Array("token_absent".utf8))
        #expect(sealed.steps[1].rule == Array("rule 2".utf8))
        #expect(sealed.facts.bodyBytes == 7 && sealed.facts.route == .unknown)
    }

    @Test func `that is dropped without being sealed stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var path = DecisionPath(start: .now)
            path.enter(.identify)
        }
        await #expect(processExitsWith: .success) {
            var path = DecisionPath(start: .now)
            path.enter(.identify)
            _ = path.seal()
        }
    }
}
