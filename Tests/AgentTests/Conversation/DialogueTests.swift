import Synchronization
import Testing

@testable import Agent

/// A request's surroundings: whoever says "1001" and "Ada Lindqvist" is asked, and "Rex" or "123456" proves it.
final class ScriptedHost: ConversationHost {
    struct State {
        var standing = IdentityStanding(state: .unverified, level: .none, customer: nil)
        var answersLeft = 3
        var method = IdentityMethod.question
        var announced: [ToolEffect?] = []
        var isLocked = false
        var isLogFull = false
        var claims: [String] = []
    }

    let state = Mutex(State())
    let decisions: [AssistantTool: IdentityLevel]
    let originals: [String: String]
    let masked: Set<String>

    /// - Parameters:
    ///   - decisions: the level that a tool needs; a tool that is not named is denied.
    ///   - masked: what of the originals the next message will not know.
    init(
        _ decisions: [AssistantTool: IdentityLevel] = ScriptedHost.shipped, originals: [String: String] = [:],
        masked: Set<String> = []
    ) {
        self.decisions = decisions
        self.originals = originals
        self.masked = masked
    }

    static let shipped: [AssistantTool: IdentityLevel] = [
        .verifyCustomerIdentity: IdentityLevel.none, .validateSecurityQuestion: IdentityLevel.none,
        .generateSummary: IdentityLevel.none,
        .queryAccountBalance: .knowledge, .transactionHistory: .knowledge, .checkAccountStatus: .knowledge,
        .updateCustomerRecord: .knowledge, .updateContactInfo: .possession,
    ]

    static let ada = VerifiedCustomer(
        reference: Array("r".utf8), account: Array("1001".utf8), holder: Array("adalindqvist".utf8))

    var standing: IdentityStanding { state.withLock { $0.standing } }
    var announced: [ToolEffect?] { state.withLock { $0.announced } }

    func verify(_ level: IdentityLevel) {
        state.withLock {
            $0.standing = IdentityStanding(state: .verified, level: level, customer: Self.ada, seconds: 900)
        }
    }

    func decide(_ tool: AssistantTool) -> ToolDecision {
        guard let needed = decisions[tool] else { return .denied }
        return standing.level < needed ? .needsCustomer(needed) : .allowed
    }

    func announce(_ effect: ToolEffect?) async throws(ToolError) {
        let isFull = state.withLock { state in
            state.announced.append(effect)
            return state.isLogFull
        }
        if isFull { throw .unavailable }
    }

    func original(_ text: [UInt8]) -> [UInt8] {
        originals[String(decoding: text, as: UTF8.self)].map { Array($0.utf8) } ?? text
    }

    func remembered(_ text: [UInt8]) -> [UInt8] {
        masked.contains(String(decoding: text, as: UTF8.self)) ? text : original(text)
    }

    func redacted(_ result: [UInt8]) -> [UInt8] { result }
    func clean(_ text: [UInt8]) -> CleanText { AgentTests.clean(String(decoding: text, as: UTF8.self)) }
    func digest(of result: [UInt8]) -> [UInt8]? { Array("d\(result.count)".utf8) }

    func challenge(
        _ claim: (account: [UInt8], name: [UInt8])?, by method: IdentityMethod
    ) async throws(ToolError) -> IdentityChallenge {
        state.withLock { state in
            state.claims.append(
                claim.map { String(decoding: $0.account + [0x2F] + $0.name, as: UTF8.self) } ?? "known")
            guard !state.isLocked else { return .locked(seconds: 61) }
            state.method = method
            state.answersLeft = 3
            state.standing = IdentityStanding(state: .challenged, level: .none, customer: nil, seconds: 300)
            let question = method == .question ? Array("Your first pet?".utf8) : nil
            return .asked(question: question, answersMax: 3, seconds: 300)
        }
    }

    func judge(_ answer: [UInt8]) async throws(ToolError) -> IdentityVerdict {
        state.withLock { state in
            guard state.standing.state == .challenged else { return .notAsked }
            state.answersLeft -= 1
            let right = state.method == .code ? "123456" : "Rex"
            if answer.elementsEqual(right.utf8) {
                let level: IdentityLevel = state.method == .code ? .possession : .knowledge
                state.standing = IdentityStanding(state: .verified, level: level, customer: Self.ada, seconds: 900)
                return .right(level)
            }
            if state.answersLeft == 0 {
                state.standing = IdentityStanding(state: .unverified, level: .none, customer: nil)
            }
            return .wrong(answersLeft: state.answersLeft)
        }
    }
}

/// Talks to a dialogue over the bank for development.
struct Talk {
    let directory: TemporaryDirectory
    let bank: SQLiteBank
    let dialogue: Dialogue
    let host: ScriptedHost
    let memory = ConversationTable()

    init(_ host: ScriptedHost = ScriptedHost()) async throws {
        directory = try TemporaryDirectory()
        self.host = host
        let bookings = (1...8).map { (day: "2026-01-0\($0)", amount: Int64(1_000), purpose: "Booking \($0)") }
        _ = try SQLiteBank.seed(
            [.init(number: "1001", currency: "EUR", bookings: bookings)],
            [.init(account: "1001", holder: "adalindqvist", address: "A", phone: "1", email: "a@b.example")],
            path: directory.file("bank.db"))
        bank = try SQLiteBank.open(path: directory.file("bank.db"))
        let knowledge = try await shippedKnowledge(in: directory)
        let tickets = try TicketStore.open(path: directory.file("tickets.db"))
        dialogue = Dialogue(
            providers: [
                SupportTools(knowledge: knowledge, tickets: tickets, memory: memory),
                AccountTools(bank) { context in IdempotencyKey(context.callID) },
            ], bank: bank, memory: memory)
    }

    func answer(_ message: String, session: String? = "chat-0001", request: String = "r-1") async throws -> Answer? {
        let question = Question(
            text: clean(message), sessionID: try session.map { try SessionID(clean($0)) },
            requestID: Array(request.utf8),
            principal: PrincipalKey(issuer: Array("i".utf8), subject: Array("s".utf8)))
        return await dialogue.answer(question, with: host)
    }

    /// What is said, and what it needs.
    func say(_ message: String, request: String = "r-1") async throws -> (String, Answer.Need?) {
        let answer = try #require(try await answer(message, request: request), "\(message)")
        return (text(answer.text), answer.need)
    }

    func email() async throws -> String { text(try await bank.contact(of: ScriptedHost.ada).email ?? []) }
}

@Suite struct `A conversation that uses tools` {
    @Test func `goes from the question to the balance over account, name and answer`() async throws {
        let talk = try await Talk()
        #expect(try await talk.say("What's my balance?").1 == .identity)
        #expect(try await talk.say("1001").1 == .identity)
        let asked = try await talk.say("Ada Lindqvist")
        #expect(asked.0.contains("first pet") && asked.1 == .securityAnswer)
        #expect(talk.host.state.withLock { $0.claims } == ["1001/Ada Lindqvist"])
        let wrong = try await talk.say("Max")
        #expect(wrong.0.contains("2 more tries") && wrong.1 == .securityAnswer)
        let answer = try #require(try await talk.answer("it's Rex"))
        #expect(text(answer.text).contains("80.00 EUR") && answer.need == nil && answer.route == .tool)
        #expect(answer.isOfSecret, "what proves who somebody is is for no transcript")
        #expect(answer.calls.map { text($0.name) } == ["validate_security_question", "query_account_balance"])
        #expect(answer.calls[0].arguments == nil && answer.calls[1].arguments == Array("{}".utf8))
        #expect(answer.calls.allSatisfy { $0.outcome == .done && $0.resultDigest != nil })
        #expect(try await talk.say("show me my last three transactions").0.contains("Booking 6"))
        let more = try await talk.say("more").0
        #expect(more.contains("Booking 5") && !more.contains("Booking 6"))
    }

    @Test func `leaves questions to the knowledge base, in the middle of it too`() async throws {
        let talk = try await Talk()
        #expect(try await talk.answer("How do I order a card?") == nil)
        #expect(try await talk.answer("What's my balance?", session: nil) == nil)
        _ = try await talk.say("What's my balance?")
        #expect(try await talk.answer("Why do you need that?") == nil)
        _ = try await talk.say("1001, Ada Lindqvist")
        #expect(try await talk.answer("what happens when I get it wrong?") == nil)
        #expect(talk.host.state.withLock { $0.answersLeft } == 3, "a question costs no guess")
        #expect(try await talk.say("Rex").0.contains("80.00 EUR"))
    }

    @Test func `gives up after the last wrong answer, and where answers are locked`() async throws {
        let talk = try await Talk()
        _ = try await talk.say("What's my balance?")
        _ = try await talk.say("1001, Ada Lindqvist")
        for _ in 0..<2 { _ = try await talk.say("Max") }
        let last = try await talk.say("Max")
        #expect(last.0.contains("last try") && last.1 == nil)
        talk.host.state.withLock { $0.isLocked = true }
        _ = try await talk.say("What's my balance?")
        let locked = try await talk.say("1001, Ada Lindqvist")
        #expect(locked.0.contains("2 minutes") && locked.1 == nil)
    }

    @Test func `asks for a device where the policy wants one, and changes nothing without a yes`() async throws {
        let talk = try await Talk(ScriptedHost(originals: ["[EMAIL_1]": "ada@new.example"]))
        talk.host.verify(.knowledge)
        #expect(try await talk.say("change my email to [EMAIL_1]").1 == .oneTimeCode)
        #expect(talk.host.state.withLock { $0.claims } == ["known"])
        let asked = try await talk.say("123456", request: "r-7")
        #expect(asked.0.contains("[EMAIL_1]") && asked.1 == .confirmation)
        #expect(
            try await talk.email() == "a@b.example" && !talk.host.announced.contains { $0?.tool == .updateContactInfo })
        #expect(try await talk.say("hm").1 == .confirmation)
        #expect(try await talk.say("no").0.contains("Nothing was changed"))
        #expect(try await talk.answer("yes") == nil, "there is nothing to say yes to any more")
        _ = try await talk.say("change my email to [EMAIL_1]", request: "r-8")
        let done = try await talk.say("Yes, please", request: "r-9")
        #expect(done.0.contains("is changed"))
        #expect(try await talk.email() == "ada@new.example")
        let effect = try #require(talk.host.announced.last ?? nil)
        #expect(effect.tool == .updateContactInfo && effect.callID == Array("r-8".utf8))
        #expect(effect.arguments.map { text($0) } == #"{"field":"email","value":"[EMAIL_1]"}"#, "redacted")
        #expect(try await talk.say("yes", request: "r-10").0.contains("had been changed already"))
        #expect(try await talk.say("summarise this chat").0.contains("a change of the e-mail address: done"))
    }

    @Test func `does nothing where the log cannot take it`() async throws {
        let talk = try await Talk(ScriptedHost(originals: ["[EMAIL_1]": "ada@new.example"]))
        talk.host.verify(.possession)
        _ = try await talk.say("change my email to [EMAIL_1]")
        talk.host.state.withLock { $0.isLogFull = true }
        #expect(try await talk.say("yes").0.contains("do not answer"))
        #expect(try await talk.email() == "a@b.example")
    }

    @Test func `takes no value that the next message will not know, or that is none`() async throws {
        let host = ScriptedHost(
            originals: ["<EMAIL_ADDRESS>": "ada@new.example", "[EMAIL_1]": "ada@new.example"],
            masked: ["<EMAIL_ADDRESS>"])
        let talk = try await Talk(host)
        host.verify(.possession)
        #expect(try await talk.say("change my email").1 == .value)
        #expect(try await talk.say("<EMAIL_ADDRESS>").0.contains("may not keep"))
        #expect(try await talk.say("nonsense").0.contains("is no e-mail address"))
        #expect(try await talk.say("[EMAIL_1]").1 == .confirmation)
        #expect(try await talk.say("cancel").0.contains("Nothing was changed"))
    }

    @Test func `is denied what the policy denies`() async throws {
        let talk = try await Talk(ScriptedHost([:]))
        let answer = try #require(try await talk.answer("What's my balance?"))
        #expect(answer.route == .refused && answer.calls.isEmpty && answer.need == nil)
        // Also where the rules would think otherwise: the caller asks policy again.
        let caller = ToolCaller(
            box: talk.dialogue.box(talk.host), host: talk.host,
            question: Question(
                text: clean("x"), requestID: [], principal: PrincipalKey(issuer: [], subject: [])))
        let description = try #require(caller.box.description(of: .queryAccountBalance))
        let done = await caller.call(description, ToolArguments([:]), callID: [], isConfirmed: false)
        #expect(done.result == .failure(.denied) && done.report.outcome == .denied)
    }

    @Test func `carries out no change that was not confirmed`() async throws {
        let talk = try await Talk()
        talk.host.verify(.possession)
        let caller = ToolCaller(
            box: talk.dialogue.box(talk.host), host: talk.host,
            question: Question(text: clean("x"), requestID: [], principal: PrincipalKey(issuer: [], subject: [])))
        let description = try #require(caller.box.description(of: .updateContactInfo))
        let arguments = ToolArguments(["field": .text(Array("email".utf8)), "value": .text(Array("x@y.example".utf8))])
        let done = await caller.call(description, arguments, callID: [1], isConfirmed: false)
        #expect(done.result == .failure(.notConfirmed))
        #expect(try await talk.email() == "a@b.example" && talk.host.announced.isEmpty)
    }

    @Test func `ends wherever it goes: any messages in any order`() async throws {
        let messages = [
            "What's my balance?", "1001, Ada Lindqvist", "Ada Lindqvist", "Rex", "Max", "123456", "yes", "no", "cancel",
            "more",
            "change my email to x@y.example", "change my email", "x@y.example", "set my statements to paperless",
            "paper",
            "use a code", "I forgot", "How do I order a card?", "summarise this chat", "", "[SECRET]",
            "list my transactions",
            "check my account status", "change my address", "12 High Street, London", "my name is", "???",
        ]
        var generator = SeededGenerator.announced("conversations in any order")
        for _ in 0..<6 {
            let talk = try await Talk()
            var before = try await talk.email()
            var wasAsked = false
            for _ in 0..<60 {
                let message = messages[Int.random(in: messages.indices, using: &generator)]
                let answer = try await talk.answer(message, request: "r-\(generator.next())")
                let after = try await talk.email()
                #expect(after == before || (message == "yes" && wasAsked), "changed by \(message)")
                #expect((answer?.calls.count ?? 0) <= AgentLimits.plannedCallsMax)
                before = after
                if let answer { wasAsked = answer.need == .confirmation }
            }
        }
    }
}

@Suite struct `What conversations remember` {
    private func name(_ text: String) throws -> ConversationName {
        ConversationName(
            principal: PrincipalKey(issuer: [], subject: []), session: try SessionID(clean(text)))
    }

    @Test func `is forgotten in time, and where there is no room the oldest goes`() async throws {
        let now = Mutex<Int64>(1_000)
        let table = ConversationTable(countMax: 8) { now.withLock { $0 } }
        var state = ConversationState()
        state.note("x", .asked)
        for index in 0..<8 {
            now.withLock { $0 += 1 }
            await table.keep(state, of: try name("session-\(index)"))
        }
        #expect(table.count == 8)
        now.withLock { $0 += 1 }
        await table.keep(state, of: try name("session-8"))
        #expect(table.count == 8)
        #expect(await table.state(of: try name("session-0")).isEmpty)
        #expect(await !table.state(of: try name("session-1")).isEmpty)
        now.withLock { $0 += AgentLimits.conversationSeconds }
        #expect(await table.state(of: try name("session-8")).isEmpty)
        await table.keep(ConversationState(), of: try name("session-8"))
        #expect(table.count == 7)
    }

    @Test func `has so many entries`() {
        var state = ConversationState()
        for index in 0...AgentLimits.journalEntriesMax { state.note("\(index)", .done) }
        #expect(state.journal.count == AgentLimits.journalEntriesMax && state.journal.first?.what == "1")
    }
}
