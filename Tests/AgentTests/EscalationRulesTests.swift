import Foundation
import Testing

@testable import Agent

private func policy(_ rules: String) throws -> EscalationPolicy {
    try EscalationPolicy(
        json5: Array(
            "{ version: 1, confidence_min: 0.4, phrases: { human: ['a person'], fraud: ['scammed'] }, \(rules) }".utf8),
        file: "escalation.json5")
}

@Suite struct `the rules of escalation` {
    @Test func `tell who asks for a person from who writes of something grave`() throws {
        let policy = try policy("")
        #expect(policy.screen(Array("I want a person!".utf8))?.reasons == [.asked])
        let grave = try #require(policy.screen(Array("I was SCAMMED.".utf8)))
        #expect(grave.reasons == [.phrase] && text(grave.category.bytes) == "fraud")
        #expect(policy.screen(Array("personal loans".utf8)) == nil)
    }

    @Test func `count words of anger`() throws {
        let policy = try policy(
            "sentiment: { category: 'upset', words_min: 2, words: ['useless', 'terrible', 'angry'] }")
        #expect(policy.screen(Array("This is useless".utf8)) == nil)
        let verdict = try #require(policy.screen(Array("Useless, terrible service".utf8)))
        #expect(verdict.reasons == [.sentiment] && text(verdict.category.bytes) == "upset")
        #expect(policy.screen(Array("USELESS and useless again".utf8)) != nil)
    }

    @Test func `judge an answer`() throws {
        let policy = try policy("answer_bytes_min: 20, failures_max: 3")
        #expect(policy.judge(EscalationSignals(confidencePPM: 400_000, answerBytes: 20, failures: 2)) == nil)
        #expect(policy.judge(EscalationSignals(confidencePPM: 399_999))?.reasons == [.unsure])
        #expect(policy.judge(EscalationSignals(answerBytes: 19))?.reasons == [.shortAnswer])
        #expect(policy.judge(EscalationSignals(failures: 3))?.reasons == [.repeatedFailure])
        #expect(
            policy.judge(EscalationSignals(confidencePPM: 0, answerBytes: 0, failures: 9))?.reasons
                == [.unsure, .shortAnswer, .repeatedFailure])
    }

    @Test func `are off where they are left out`() throws {
        let policy = try policy("")
        #expect(policy.judge(EscalationSignals(confidencePPM: 400_000, answerBytes: 0, failures: 1_000)) == nil)
        #expect(policy.serviceLevels == .standard)
    }

    @Test(arguments: [
        ("sentiment: { category: 'A', words_min: 2, words: [] }", "/sentiment/category"),
        ("sentiment: { category: 'a', words_min: 0, words: [] }", "/sentiment/words_min"),
        ("sentiment: { category: 'a', words_min: 1, words: ['two words'] }", "/sentiment/words"),
        ("answer_bytes_min: 1025", "/answer_bytes_min"), ("failures_max: -1", "/failures_max"),
        ("sla_minutes: { low: 0 }", "/sla_minutes/low"), ("sla_minutes: { odd: 1 }", "/sla_minutes/odd"),
        ("sla_minutes: { urgent: 525601 }", "/sla_minutes/urgent"),
        ("categories: { fraud: { priority: 'soon' } }", "/categories/fraud/priority"),
        ("categories: { Fraud: { priority: 'high' } }", "/categories/Fraud"),
        ("categories: { fraud: { sla_minutes: 3 } }", "/categories/fraud"),
    ])
    func `that are wrong are told by their place`(rules: String, place: String) {
        do {
            _ = try policy(rules)
            Issue.record("\(rules) was taken")
        } catch AgentError.policy(let message) {
            #expect(message.contains("line 1") && message.contains(place), "\(message)")
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test func `of the shipped policy hand over who is upset, and hurry for fraud`() throws {
        let file = repository.appending(path: "policies/escalation.json5")
        let policy = try EscalationPolicy(json5: Array(Data(contentsOf: file)), file: "escalation.json5")
        #expect(policy.screen(Array("This is a disgrace, I am furious".utf8))?.reasons == [.sentiment])
        #expect(policy.serviceLevels.level(of: try TicketCategory(clean("fraud"))).priority == .urgent)
        #expect(policy.judge(EscalationSignals(failures: 3))?.reasons == [.repeatedFailure])
    }

    @Test func `call a person when nothing was understood several times`() async throws {
        let directory = try TemporaryDirectory()
        let tickets = try TicketStore.open(path: directory.file("tickets.sqlite"))
        let assistant = Assistant(
            knowledge: try await shippedKnowledge(in: directory), tickets: tickets,
            policy: try policy("failures_max: 3"))
        var question = Question(
            text: clean("?!"), sessionID: try SessionID(clean("chat-0001")), requestID: [],
            principal: PrincipalKey(issuer: [], subject: Array("a".utf8)))
        question.failures = 1
        guard case .answer(let answer) = try await assistant.plan(question) else {
            Issue.record("two failures are not three")
            return
        }
        #expect(answer.route == .refused)
        question.failures = 2
        guard case .needsEffect(let escalation) = try await assistant.plan(question) else {
            Issue.record("the third calls a person")
            return
        }
        let id = try #require(try await assistant.perform(escalation).ticketID)
        let ticket = try #require(try await tickets.ticket(id))
        #expect(ticket.reasons == [.repeatedFailure] && ticket.sessionID == Array("chat-0001".utf8))
    }
}
