/// Drives the tools without a model: by rules, one move at a time.
///
/// ```
///                      ┌──────────── account, name ◄─┐ one is missing
///  message ─► wish ─► who is it? ─► challenge ─► proof ─► value? ─► confirm? ─► call ─► said
///               │         └── known well enough ──────────┘                      ▲
///               └── no tool's business: `pass`, to the knowledge base             └── "yes" to exactly what was asked
/// ```
/// It has no I/O: `hear` takes a message and `returned` what a call came to, and both say what to do next. Whatever a
/// customer may say in whatever state has an answer; nothing is called that was not asked for, and nothing is changed without
/// a yes to exactly that change.
struct Planner {
    /// What to do next.
    enum Move: Hashable, Sendable {
        /// The message is not for the tools.
        case pass
        case call(AssistantTool, ToolArguments, callID: [UInt8], isConfirmed: Bool)
        case say([UInt8], need: Answer.Need?, isRefusal: Bool)
    }

    /// What the planner sees of the request.
    struct Surroundings {
        /// Seconds since 1970.
        let now: Int64
        /// Names this request's calls.
        let requestID: [UInt8]
        let tools: Set<AssistantTool>
        let decide: (AssistantTool) -> ToolDecision
        let original: ([UInt8]) -> [UInt8]
        let remembered: ([UInt8]) -> [UInt8]
    }

    var state: ConversationState
    let around: Surroundings
    var called: (tool: AssistantTool, arguments: ToolArguments, write: ConversationState.PendingWrite?)?
    /// What is said before the answer itself: that the proof was right.
    var preface: [UInt8] = []

    init(_ state: ConversationState, _ around: Surroundings) {
        self.state = state
        self.around = around
    }

    // MARK: A message

    /// What to do with a message.
    mutating func hear(_ message: [UInt8], _ standing: IdentityStanding) -> Move {
        let words = Words(message)
        guard !words.isEmpty else { return .pass }
        let reply = Reply(words)
        if state.awaited != nil, reply == .cancel { return cancel() }
        let isQuestion = Self.isQuestion(message, words)
        switch state.awaited {
        case .confirmation(let write):
            if let move = settle(write, reply, words, isQuestion) { return move }
        case .proof(let method): return prove(message, words, method, isQuestion, standing)
        case .identity(let account, let name, let method):
            if let move = identify(message, words, (account, name), method, isQuestion) { return move }
        case .value(let field):
            if let move = take(message, words, for: field, isQuestion, standing) { return move }
        case nil:
            if let move = continueLast(words, reply, standing) { return move }
        }
        guard let intent = IntentReader.intent(of: words), around.tools.contains(intent.tool) else { return .pass }
        return begin(intent, message, words, standing)
    }

    private static func isQuestion(_ message: [UInt8], _ words: Words) -> Bool {
        message.last { $0 != 0x20 } == UInt8(ascii: "?")
            || words.begins(withAnyOf: [
                "why", "how", "what", "where", "when", "who", "which", "can", "does", "is", "are",
            ])
    }

    private mutating func cancel() -> Move {
        if let wish = state.wish { state.note(wish.intent.words, .declined) }
        forget()
        return .say(Array("All right. Nothing was changed.".utf8), need: nil, isRefusal: false)
    }

    mutating func forget() {
        state.wish = nil
        state.awaited = nil
        state.prompts = 0
    }

    private mutating func begin(
        _ intent: Intent, _ message: [UInt8], _ words: Words, _ standing: IdentityStanding
    ) -> Move {
        forget()
        var wish = ConversationState.Wish(intent: intent)
        if intent == .transactions, let count = SlotReader.count(in: words) {
            wish.arguments["limit"] = .integer(count)
        }
        if case .document = intent, let id = DocumentWords.identifier(in: around.original(message)) {
            wish.arguments["document_id"] = .text(id)
        }
        if let field = intent.field, let value = SlotReader.value(of: field, in: message, isOrder: true) {
            if fault(of: value, for: field) == nil { wish.arguments["value"] = .text(value) }
        }
        state.wish = wish
        state.note(intent.words, .asked)
        return pursue(standing)
    }

    /// Takes up a call that a model made and only the customer can let go on: by proof of who they are, or by a yes.
    mutating func adopt(_ tool: AssistantTool, _ arguments: ToolArguments, _ standing: IdentityStanding) -> Move {
        guard let intent = Intent(tool, arguments) else { return .pass }
        forget()
        var wish = ConversationState.Wish(intent: intent, arguments: arguments.values)
        if let field = intent.field, let value = arguments.text("value"), fault(of: value, for: field) != nil {
            wish.arguments["value"] = nil
        }
        state.wish = wish
        state.note(intent.words, .asked)
        return pursue(standing)
    }

    /// "more" after a list, and "yes" once more after a change.
    private mutating func continueLast(_ words: Words, _ reply: Reply, _ standing: IdentityStanding) -> Move? {
        if reply == .yes, let write = state.lastWrite, around.now < write.ends {
            return repeated(write)
        }
        let wantsMore = ["more", "show more", "next", "earlier", "earlier ones", "more please", "show me more"]
        guard let last = state.lastTransaction, wantsMore.contains(words.list.joined(separator: " ")) else {
            return nil
        }
        state.wish = ConversationState.Wish(intent: .transactions, arguments: ["before": .text(last)])
        return pursue(standing)
    }

    /// The same change again: the bank tells it by its key.
    mutating func repeated(_ write: ConversationState.PendingWrite) -> Move {
        call(write.tool, write.arguments, write: write)
    }

    // MARK: What was awaited

    mutating func settle(_ write: ConversationState.PendingWrite, isYes: Bool) -> Move? {
        settle(write, isYes ? .yes : .no, Words([]), false)
    }

    private mutating func settle(
        _ write: ConversationState.PendingWrite, _ reply: Reply, _ words: Words, _ isQuestion: Bool
    ) -> Move? {
        switch reply {
        case .yes where around.now < write.ends: return call(write.tool, write.arguments, write: write)
        case .yes:
            forget()
            return .say(
                Array("That was too long ago, so nothing was changed. Please tell me again what to change.".utf8),
                need: nil, isRefusal: false)
        case .no, .cancel: return cancel()
        case .unknown:
            if IntentReader.intent(of: words) != nil {
                if let wish = state.wish { state.note(wish.intent.words, .declined) }
                forget()
                return nil
            }
            if isQuestion { return .pass }
            return ask(again: "Please answer yes or no: shall I make the change?", need: .confirmation)
        }
    }

    private mutating func prove(
        _ message: [UInt8], _ words: Words, _ method: IdentityMethod, _ isQuestion: Bool, _ standing: IdentityStanding
    ) -> Move {
        guard standing.state == .challenged else {
            forget()
            return .say(Array("The time for the answer is over. Please ask again.".utf8), need: nil, isRefusal: false)
        }
        if method == .question, words.has(anyOf: ["code", "authenticator", "device"]), words.count <= 10 {
            return call(.verifyCustomerIdentity, ToolArguments(["method": .text(Array("code".utf8))]))
        }
        if words.has(anyOf: ["forgot", "forgotten", "remember"]) || words.has(phrase: ["dont", "know"]) {
            return .say(
                Array(
                    "Then I cannot do it here. Say \"use a code\" if you have a device, \"cancel\", or ask for a person."
                        .utf8),
                need: Self.need(method), isRefusal: false)
        }
        // Each answer is paid for by a guess: what is plainly none must not cost one.
        if isQuestion && words.count >= 4 { return .pass }
        return call(.validateSecurityQuestion, ToolArguments(["answer": .text(SlotReader.proof(in: message))]))
    }

    private mutating func identify(
        _ message: [UInt8], _ words: Words, _ known: (account: [UInt8]?, name: [UInt8]?), _ method: IdentityMethod,
        _ isQuestion: Bool
    ) -> Move? {
        if IntentReader.intent(of: words) != nil { return nil }
        if isQuestion { return .pass }
        let found = SlotReader.identity(in: message)
        let (account, name) = (found.account ?? known.account, found.name ?? known.name)
        if let account, let name {
            let arguments: [String: ToolArguments.Value] = [
                "account": .text(account), "name": .text(name), "method": .text(Array(method.rawValue.utf8)),
            ]
            return call(.verifyCustomerIdentity, ToolArguments(arguments))
        }
        guard account != nil || name != nil else {
            return ask(again: "Please tell me your account number and your full name.", need: .identity)
        }
        guard [account, name].allSatisfy({ $0.map(isKept) ?? true }) else {
            return ask(again: "Please tell me your account number and your full name in one message.", need: .identity)
        }
        state.awaited = .identity(account: account, name: name, method: method)
        return ask(
            again: account == nil ? "And what is your account number?" : "And what is your full name?", need: .identity)
    }

    private mutating func take(
        _ message: [UInt8], _ words: Words, for field: CustomerChange.Field, _ isQuestion: Bool,
        _ standing: IdentityStanding
    ) -> Move? {
        if let intent = IntentReader.intent(of: words), intent.field != field { return nil }
        if isQuestion { return .pass }
        let isOrder =
            IntentReader.intent(of: words) != nil || words.begins(with: ["my"]) || words.begins(with: ["it", "is"])
        guard let value = SlotReader.value(of: field, in: message, isOrder: isOrder) else {
            return ask(again: Self.question(after: field), need: .value)
        }
        if let fault = fault(of: value, for: field) { return ask(again: fault, need: .value) }
        state.wish?.arguments["value"] = .text(value)
        state.awaited = nil
        return pursue(standing)
    }

    /// Why a value cannot be taken; nil where it can.
    private func fault(of value: [UInt8], for field: CustomerChange.Field) -> String? {
        guard value.count <= AgentLimits.bankTextBytesMax, ContactForm.accepts(around.original(value), as: field) else {
            return "That is no \(field.words) that I could take. \(Self.question(after: field))"
        }
        // It is written when the customer says yes, with the next message.
        return isKept(value)
            ? nil : "I may not keep that \(field.words) for long enough to change it. Please ask for a person."
    }

    /// Whether the original will still be known with the next message.
    private func isKept(_ text: [UInt8]) -> Bool { around.remembered(text) == around.original(text) }

    mutating func ask(again text: String, need: Answer.Need) -> Move {
        state.prompts += 1
        guard state.prompts <= AgentLimits.promptsMax else {
            if let wish = state.wish { state.note(wish.intent.words, .failed) }
            forget()
            return .say(
                Array("I do not understand, so nothing was done. Ask again, or say \"talk to a person\".".utf8),
                need: nil,
                isRefusal: false)
        }
        return say(text, need: need)
    }

    // MARK: The wish

    /// The next move towards what the customer wants.
    mutating func pursue(_ standing: IdentityStanding) -> Move {
        guard let wish = state.wish else { return .pass }
        switch around.decide(wish.intent.tool) {
        case .denied: return refuse(wish)
        case .needsCustomer(let level):
            guard level > standing.level, around.decide(.verifyCustomerIdentity) == .allowed else {
                return refuse(wish)
            }
            let method: IdentityMethod = level == .possession ? .code : .question
            if standing.state == .verified {
                return call(
                    .verifyCustomerIdentity, ToolArguments(["method": .text(Array(method.rawValue.utf8))]))
            }
            state.awaited = .identity(account: nil, name: nil, method: method)
            return say(
                "For that I must know who you are. Please tell me your account number and your full name.",
                need: .identity)
        case .allowed: break
        }
        guard let field = wish.intent.field else { return call(wish.intent.tool, ToolArguments(wish.arguments)) }
        guard case .text(let value)? = wish.arguments["value"] else {
            state.awaited = .value(field)
            return say(Self.question(after: field), need: .value)
        }
        let write = ConversationState.PendingWrite(
            tool: wish.intent.tool,
            arguments: ToolArguments(["field": .text(Array(field.rawValue.utf8)), "value": .text(value)]),
            callID: around.requestID, ends: around.now + AgentLimits.confirmationSeconds)
        state.awaited = .confirmation(write)
        return say(
            Array("Shall I change your \(field.words) to ".utf8) + value + Array("? Please answer yes or no.".utf8),
            need: .confirmation)
    }

    private mutating func refuse(_ wish: ConversationState.Wish) -> Move {
        state.note(wish.intent.words, .failed)
        forget()
        return .say(
            preface
                + Array(
                    "I am not allowed to do that here. If you ask for a person, somebody at the bank can help.".utf8),
            need: nil, isRefusal: true)
    }

    private static func question(after field: CustomerChange.Field) -> String {
        switch field {
        case .address, .phone, .email: "What is your new \(field.words)?"
        case .preferredLanguage: "In which language: English, German, Spanish, French, Italian, Portuguese or Urdu?"
        case .statements: "Would you like your statements on paper, or paperless?"
        case .marketing: "Would you like marketing on or off?"
        }
    }

    static func need(_ method: IdentityMethod) -> Answer.Need {
        method == .code ? .oneTimeCode : .securityAnswer
    }

    func say(_ text: String, need: Answer.Need?) -> Move { say(Array(text.utf8), need: need) }
    func say(_ text: [UInt8], need: Answer.Need?) -> Move { .say(preface + text, need: need, isRefusal: false) }

    // MARK: Calls

    private mutating func call(
        _ tool: AssistantTool, _ arguments: ToolArguments, write: ConversationState.PendingWrite? = nil
    ) -> Move {
        called = (tool, arguments, write)
        return .call(tool, arguments, callID: write?.callID ?? around.requestID, isConfirmed: write != nil)
    }
}
