import Foundation
import Testing

@testable import Agent

private func policy(_ json5: String) throws(AgentError) -> EscalationPolicy {
    try EscalationPolicy(json5: Array(json5.utf8), file: "escalation.json5")
}

private let shippedPolicy = repository.appending(path: "policies/escalation.json5")

private struct Desk {
    let directory: TemporaryDirectory
    let knowledge: KnowledgeBase
    let tickets: TicketStore
    let assistant: Assistant
    let principal = PrincipalKey(issuer: Array("https://issuer".utf8), subject: Array("alice".utf8))

    init() async throws {
        directory = try TemporaryDirectory()
        knowledge = try await shippedKnowledge(in: directory)
        tickets = try TicketStore.open(path: directory.file("tickets.sqlite"))
        let policy = try EscalationPolicy(json5: Array(Data(contentsOf: shippedPolicy)), file: "escalation.json5")
        assistant = Assistant(knowledge: knowledge, tickets: tickets, policy: policy)
    }

    func question(_ text: String) -> Question {
        Question(text: clean(text), requestID: Array("r-1".utf8), principal: principal)
    }

    func answer(_ text: String) async throws -> Answer? {
        guard case .answer(let answer) = try await assistant.plan(question(text)) else { return nil }
        return answer
    }

    func escalation(_ text: String) async throws -> Escalation? {
        guard case .needsEffect(let escalation) = try await assistant.plan(question(text)) else { return nil }
        return escalation
    }
}

@Suite struct `the assistant` {
    @Test func `answers a question of the FAQ exactly`() async throws {
        let desk = try await Desk()
        let answer = try #require(try await desk.answer("  how DO i find the nearest branch "))
        #expect(answer.route == .faqExact)
        #expect(answer.confidencePPM == 990_000)
        #expect(answer.citations.map { text($0.id) } == ["find_branch"])
        #expect(!answer.escalate && answer.ticketID == nil)
        #expect(answer.steps.map(\.name) == [.search] && answer.steps.map(\.outcome) == [.answered])
    }

    @Test func `answers what is near enough and says how sure it is`() async throws {
        let desk = try await Desk()
        let answer = try #require(
            try await desk.answer("What are the opening hours of your branch in the city centre on Saturday, please?"))
        #expect(answer.route == .faqHybrid)
        #expect(answer.citations.map { text($0.id) } == ["branch_opening_hours"])
        #expect((400_000..<1_000_000).contains(answer.confidencePPM))
        #expect(text(answer.text).hasPrefix("Most branches are open"))
    }

    @Test func `takes the same text from its cache until the knowledge changes`() async throws {
        let desk = try await Desk()
        let first = try #require(try await desk.answer("Where is the nearest branch?"))
        let second = try #require(try await desk.answer("where  is the NEAREST branch?\n"))
        #expect(second.steps.map(\.name) == [.cache] && second.steps.map(\.outcome) == [.answered])
        #expect(second.text == first.text && second.citations == first.citations)
        _ = try await desk.knowledge.replace(
            csv: Array("id,question,answer,category,variants\nx,Where is the nearest branch?,Moved.,c,\n".utf8))
        let third = try #require(try await desk.answer("Where is the nearest branch?"))
        #expect(text(third.text) == "Moved." && third.steps.map(\.name) == [.search])
    }

    @Test func `changes nothing before it is told to`() async throws {
        let desk = try await Desk()
        let escalation = try #require(try await desk.escalation("What will the weather be like tomorrow?"))
        #expect(text(escalation.category.bytes) == "unanswered")
        let count = try TicketCount.read(desk.directory.file("tickets.sqlite"))
        #expect(count == 0)
        let answer = try await desk.assistant.perform(escalation)
        #expect(try TicketCount.read(desk.directory.file("tickets.sqlite")) == 1)
        let id = try #require(answer.ticketID)
        #expect(answer.escalate && answer.route == .escalated && answer.citations.isEmpty)
        #expect(text(answer.text).contains("not sure") && text(answer.text).contains(text(id)))
        #expect(answer.steps.map(\.name) == [.search, .ticket])
        #expect(answer.suggestedActions.last == .init(kind: .viewTicket, text: id))
        let ticket = try #require(try await desk.tickets.ticket(id))
        #expect(text(ticket.message) == "What will the weather be like tomorrow?")
        #expect(ticket.owner == desk.principal && text(ticket.requestID) == "r-1")
    }

    @Test(arguments: [
        ("Please let me TALK, to a human!", "human"), ("I've been scammed!!", "fraud"),
        ("how do i make a complaint about you", "complaint"), ("Report   fraud", "fraud"),
    ])
    func `hands over at once where a phrase asks for it`(message: String, category: String) async throws {
        let desk = try await Desk()
        for _ in 0..<2 {
            let escalation = try #require(try await desk.escalation(message))
            #expect(text(escalation.category.bytes) == category)
        }
    }

    @Test func `gives what the FAQ says about it along with the ticket`() async throws {
        let desk = try await Desk()
        let escalation = try #require(try await desk.escalation("How do I make a complaint?"))
        let answer = try await desk.assistant.perform(escalation)
        #expect(answer.citations.map { text($0.id) } == ["complaint"])
        #expect(text(answer.text).contains("Meanwhile"))
        #expect(answer.escalate && answer.route == .escalated)
    }

    @Test(arguments: ["I humanly talk", "fraudulent", "speak to a humane person's cat", "the complaint was made"])
    func `does not take parts of words for a phrase`(message: String) throws {
        let policy = try EscalationPolicy(json5: Array(Data(contentsOf: shippedPolicy)), file: "escalation.json5")
        #expect(policy.category(of: Array(message.utf8)) == nil)
    }

    @Test(arguments: ["?!", " ", "…", "😀", "\u{0}"])
    func `refuses a text without words and opens no ticket`(message: String) async throws {
        let desk = try await Desk()
        let answer = try #require(try await desk.answer(message))
        #expect(answer.route == .refused && !answer.escalate && answer.confidencePPM == 0)
        #expect(answer.suggestedActions.map(\.kind) == [.rephrase])
        #expect(answer.steps.map(\.outcome) == [.empty])
    }

    @Test func `bounds the text`() async throws {
        let desk = try await Desk()
        await #expect(throws: AgentError.emptyText) { _ = try await desk.assistant.plan(desk.question("")) }
        let longest = String(repeating: "branch ", count: AgentLimits.textBytesMax / 7 + 1)
            .prefix(AgentLimits.textBytesMax)
        _ = try await desk.assistant.plan(desk.question(String(longest)))
        await #expect(throws: AgentError.textTooLong(bytesMax: AgentLimits.textBytesMax)) {
            _ = try await desk.assistant.plan(desk.question(longest + "x"))
        }
    }

    @Test func `caches no question beyond its bound`() async throws {
        let desk = try await Desk()
        let limit = AgentLimits.cachedQuestionBytesMax
        let long = "Where is the nearest branch?".padding(toLength: limit, withPad: " ", startingAt: 0)
        for (message, name) in [(long, Answer.Step.Name.cache), (long + " ", .search)] {
            _ = try await desk.answer(message)
            #expect(try await desk.answer(message)?.steps.map(\.name) == [name])
        }
    }
}

@Suite struct `the escalation policy` {
    @Test(arguments: [
        ("{", "line 1, column 2"), ("[]", "an object"),
        ("{version: 2, confidence_min: 0.5, phrases: {}}", "/version"),
        ("{version: 1, phrases: {}}", "confidence_min"),
        ("{version: 1, confidence_min: 1.01, phrases: {}}", "a number from 0 to 1"),
        ("{version: 1, confidence_min: -0.01, phrases: {}}", "a number from 0 to 1"),
        ("{version: 1, confidence_min: '1', phrases: {}}", "a number from 0 to 1"),
        ("{version: 1, confidence_min: 0.5, phrases: {}, more: 1}", "unknown member"),
        ("{version: 1, confidence_min: 0.5, phrases: {Human: ['a']}}", "a-z"),
        ("{version: 1, confidence_min: 0.5, phrases: {human: ['!']}}", "phrase"),
        ("{version: 1, confidence_min: 0.5, phrases: {human: [1]}}", "/phrases/human/0"),
    ])
    func `names the file, the place and the mend`(json5: String, part: String) {
        let error = #expect(throws: AgentError.self) { _ = try policy(json5) }
        guard case .policy(let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.hasPrefix("escalation.json5") && message.contains(part), "\(message)")
    }

    @Test(arguments: [("0", 0), ("0.4", 400_000), ("1", 1_000_000)])
    func `takes a confidence from 0 to 1`(number: String, expected: Int) throws {
        #expect(try policy("{version: 1, confidence_min: \(number), phrases: {}}").confidenceMinPPM == expected)
    }

    @Test func `bounds its phrases`() throws {
        func text(_ phrases: [String]) -> String {
            "{version: 1, confidence_min: 0, phrases: {a: [\(phrases.map { "'\($0)'" }.joined(separator: ","))]}}"
        }
        let longest = String(repeating: "x", count: AgentLimits.escalationPhraseBytesMax)
        #expect(try policy(text([longest])).category(of: Array(longest.utf8)) != nil)
        #expect(throws: AgentError.self) { _ = try policy(text([longest + "x"])) }
        let most = (0..<AgentLimits.escalationPhrasesMax).map { "word\($0)" }
        #expect(try policy(text(most)).category(of: Array("word7".utf8)) != nil)
        #expect(throws: AgentError.self) { _ = try policy(text(most + ["word"])) }
        #expect(throws: AgentError.self) {
            _ = try policy(text([]) + String(repeating: " ", count: AgentLimits.policyBytesMax))
        }
    }
}

@Suite struct `A model's answer under the rules` {
    @Test func `goes to a person where it is short, or one more of too many failures`() async throws {
        let desk = try await Desk()
        var question = desk.question("x")
        let judge = { (bytes: Int?, isFailure: Bool) in
            desk.assistant.judge(answerBytes: bytes, isFailure: isFailure, of: question)
        }
        #expect(judge(2, false) == [] && judge(1, false) == [.shortAnswer])
        question.failures = 1
        #expect(judge(nil, true) == [])
        question.failures = 2
        #expect(judge(nil, true) == [.repeatedFailure] && judge(2, false) == [])
        let escalation = try #require(try await desk.escalation("What will the weather be like tomorrow?"))
        let answer = try await desk.assistant.perform(
            escalation.adding(calls: [], reasons: [.repeatedFailure, .unsure]))
        let id = try #require(answer.ticketID)
        let ticket = try #require(try await desk.tickets.ticket(id))
        #expect(ticket.reasons == [.unsure, .repeatedFailure])
    }
}
