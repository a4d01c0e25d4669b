/// A question as it comes out of the gateway's pipeline.
public struct Question: Sendable {
    /// What is asked, 1 to `AgentLimits.textBytesMax` bytes.
    public var text: CleanText
    /// The conversation it belongs to.
    public var sessionID: SessionID?
    /// The bank's customer it is about.
    public var customerID: CustomerID?
    /// The request that carries it.
    public var requestID: [UInt8]
    /// Who asks.
    public var principal: PrincipalKey
    /// What was said in the conversation before, redacted, oldest first; within the bounds of a model's window.
    public var history: [ChatMessage]
    /// Questions of the conversation just before this one that the assistant could not answer.
    public var failures = 0
    /// A yes or no to the change that waits for one, in place of words; nil for words.
    public var confirmation: Bool?
    /// The roles of who asks, by which budgets are found.
    public var roles: [[UInt8]]

    /// A question.
    public init(
        text: CleanText, sessionID: SessionID? = nil, customerID: CustomerID? = nil, requestID: [UInt8],
        principal: PrincipalKey, history: [ChatMessage] = [], roles: [[UInt8]] = []
    ) {
        self.history = history
        self.roles = roles
        self.text = text
        self.sessionID = sessionID
        self.customerID = customerID
        self.requestID = requestID
        self.principal = principal
    }
}

/// What the assistant says.
public struct Answer: Sendable {
    /// How the answer came about.
    public enum Route: String, Sendable {
        /// The question is one of the FAQ's own.
        case faqExact = "faq_exact"
        /// The FAQ's best match.
        case faqHybrid = "faq_hybrid"
        /// A tool's result, or what a tool needs to know first.
        case tool
        /// A language model's words.
        case model
        /// A person will answer.
        case escalated
        /// There is nothing to answer: the text holds no word, or policy does not let the caller have it done.
        case refused
    }

    /// A passage that the answer rests on.
    public struct Citation: Hashable, Sendable {
        /// The passage's id.
        public let id: [UInt8]
        /// Its question.
        public let title: [UInt8]
        /// How well it fits the question, 0 to 1,000,000.
        public let scorePPM: Int
    }

    /// What the caller may offer next.
    public struct SuggestedAction: Hashable, Sendable {
        /// What kind of thing it is.
        public enum Kind: String, Sendable {
            /// Ask `text`, a question of the FAQ.
            case ask
            /// Put the question in other words.
            case rephrase
            /// Look at the ticket called `text`.
            case viewTicket = "view_ticket"
        }

        /// What kind of thing it is.
        public let kind: Kind
        /// A label for people, or an id (see `Kind`). UTF-8.
        public let text: [UInt8]
    }

    /// What the next message has to bring for what was asked to go on. The raw value is the word in answers.
    public enum Need: String, Hashable, Sendable {
        /// Account number and name.
        case identity
        /// The answer to a security question.
        case securityAnswer = "security_answer"
        /// The code that the customer's device shows.
        case oneTimeCode = "one_time_code"
        /// The new value of what is to be changed.
        case value
        /// Yes or no.
        case confirmation
    }

    /// One thing that was done on the way, for the audit record.
    public struct Step: Hashable, Sendable {
        /// What was done.
        public enum Name: String, Sendable {
            case cache = "knowledge.cache"
            case search = "knowledge.search"
            case ticket = "tickets.create"
            case screen = "model.screen"
            case model = "model.answer"
        }

        /// What was done.
        public let name: Name
        /// How it ended: `answered`, `unsure`, `asked` (for a person), `empty`, `created`, `refused`.
        public let outcome: Outcome
        /// How long it took.
        public let microseconds: UInt64

        /// How a step ended.
        public enum Outcome: String, Sendable { case answered, unsure, asked, empty, created, refused }
    }

    /// The text. UTF-8.
    public internal(set) var text: [UInt8]
    /// How likely the cited answer is the right one, 0 to 1,000,000.
    public let confidencePPM: Int
    /// What the answer rests on, best first; empty where nothing in the FAQ supports it.
    public let citations: [Citation]
    /// Whether a person has to look at it.
    public let escalate: Bool
    /// The ticket that was opened for it.
    public internal(set) var ticketID: [UInt8]?
    /// What the caller may offer next.
    public internal(set) var suggestedActions: [SuggestedAction]
    /// How the answer came about.
    public let route: Route
    /// What was done on the way, in order.
    public internal(set) var steps: [Step]
    /// Whether all of its texts may go to any caller as they are: passages that were cleared, and our own words.
    public let isCleared: Bool
    /// What the next message has to bring; nil for nothing.
    public internal(set) var need: Need?
    /// The tools that were called for it, in order.
    public internal(set) var calls: [ToolReport] = []
    /// Whether the message that it answers was a secret, such as the answer to a security question, which no transcript keeps.
    public internal(set) var isOfSecret = false
}

extension Answer {
    /// The answer with each of its texts that came from elsewhere put through `revise`: what it says, but for the ticket's
    /// number in it, the citations and the questions that it suggests.
    public func revised(_ revise: ([UInt8]) -> [UInt8]) -> Answer {
        Answer(
            text: revised(text, revise), confidencePPM: confidencePPM,
            citations: citations.map {
                Citation(id: revise($0.id), title: revise($0.title), scorePPM: $0.scorePPM)
            }, escalate: escalate, ticketID: ticketID,
            suggestedActions: suggestedActions.map { action in
                switch action.kind {
                case .ask, .rephrase: SuggestedAction(kind: action.kind, text: revise(action.text))
                case .viewTicket: action
                }
            }, route: route, steps: steps, isCleared: isCleared, need: need, calls: calls, isOfSecret: isOfSecret)
    }

    /// The ticket's number is random letters and digits, which may look like anything.
    private func revised(_ text: [UInt8], _ revise: ([UInt8]) -> [UInt8]) -> [UInt8] {
        guard let ticketID, let place = text.firstRange(of: ticketID) else { return revise(text) }
        return revise(Array(text[..<place.lowerBound])) + ticketID + revise(Array(text[place.upperBound...]))
    }
}

/// What answering a question takes.
public enum Plan: Sendable {
    /// The answer; nothing in the world was changed to get it.
    case answer(Answer)
    /// A ticket has to be opened: an effect, which the audit log must know of first (`request.begin`).
    case needsEffect(Escalation)
}

/// A hand-over to a person that is decided and not yet done.
public struct Escalation: Sendable {
    /// What the ticket will be about; the audit record's reason.
    public var category: TicketCategory { draft.category }
    /// How likely the FAQ's best match would have been right, 0 to 1,000,000.
    public var confidencePPM: Int { answer.confidencePPM }

    let draft: TicketDraft
    /// The answer but for the ticket's number.
    let answer: Answer
}

extension Escalation {
    /// The same with what a model was had called before, and why its answer was not given.
    public func adding(calls: [ToolReport], reasons: [EscalationReason]) -> Escalation {
        var draft = draft
        draft.reasons += reasons.filter { !draft.reasons.contains($0) }
        var answer = answer
        answer.calls += calls
        return Escalation(draft: draft, answer: answer)
    }
}
