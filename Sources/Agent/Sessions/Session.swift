/// A conversation that is kept: who has it with the assistant, and where it stands. What was said is in its messages.
public struct Session: Hashable, Sendable {
    /// Where a conversation stands.
    public enum State: String, CaseIterable, Sendable {
        /// The assistant answers.
        case open
        /// A person was called; the assistant still answers.
        case escalated
    }

    /// Its name: 128 random bits where it was made here.
    public let id: SessionID
    /// Who has it. For anybody else it does not exist.
    public let owner: PrincipalKey
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let createdMicroseconds: Int64
    /// When something was said last; as `createdMicroseconds`.
    public let usedMicroseconds: Int64
    /// Where it stands.
    public let state: State
    /// Messages in it.
    public let messages: Int
    /// Questions just before that the assistant could not answer.
    public let failures: Int
    /// The ticket that was opened last.
    public let ticketID: [UInt8]?
}

/// A conversation with its texts, which only its own key opens.
public struct SessionContent: Sendable {
    /// The conversation.
    public let session: Session
    /// What the client keeps with it: a JSON object, redacted; nil for nothing.
    public let metadata: [UInt8]?
    /// What was said so far, in short; nil where nobody has summed it up.
    public var summary: [UInt8]?
}

/// One message of a conversation.
public struct SessionMessage: Hashable, Sendable {
    /// Counts from 1.
    public let position: Int
    /// Who said it: `.user` or `.assistant`.
    public let role: ChatMessage.Role
    /// What was said, redacted. UTF-8.
    public var text: [UInt8]
    /// The request that it came with.
    public let requestID: [UInt8]
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let createdMicroseconds: Int64
    /// How the answer came about; of the assistant's messages alone.
    public let route: [UInt8]?
    /// Names of documents that came with it.
    public let attachments: [[UInt8]]
}

/// A question and its answer, as a conversation keeps them: both or none.
public struct SessionTurn: Sendable {
    /// The question, redacted.
    public var question: CleanText
    /// The answer as the assistant gave it, with its tokens for personal data.
    public var answer: [UInt8]
    /// The answer's route.
    public var route: [UInt8]
    /// Whether the assistant could not answer.
    public var isFailure: Bool
    /// The ticket that was opened.
    public var ticketID: [UInt8]?
    /// The request.
    public var requestID: [UInt8]
    /// Names of documents that came with the question.
    public var attachments: [[UInt8]]

    /// A turn.
    public init(
        question: CleanText, answer: [UInt8], route: [UInt8], isFailure: Bool, ticketID: [UInt8]? = nil,
        requestID: [UInt8], attachments: [[UInt8]] = []
    ) {
        self.question = question
        self.answer = answer
        self.route = route
        self.isFailure = isFailure
        self.ticketID = ticketID
        self.requestID = requestID
        self.attachments = attachments
    }
}

/// Which conversations are asked for. Each that is named must hold.
public struct SessionFilter: Sendable {
    /// Of this subject, whoever vouches for it.
    public var subject: [UInt8]?
    /// In this state.
    public var state: Session.State?
    /// Older than the conversation with this cursor.
    public var cursor: Int64?
    /// Conversations of the page, 1 to `AgentLimits.sessionsPerPageMax`.
    public var limit = AgentLimits.sessionsPerPageDefault

    /// All of them.
    public init() {}
}

/// Conversations, newest first.
public struct SessionPage: Sendable {
    /// The conversations.
    public let sessions: [Session]
    /// The cursor of the next page; nil for the last one.
    public let next: Int64?
}

extension SessionID {
    /// A name that nobody can guess: `s-` and 128 random bits.
    public static func random() -> SessionID { SessionID(stored: Array("s-".utf8) + TicketID.make().dropFirst(2)) }
}
