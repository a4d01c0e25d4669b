/// Carries out some of the assistant's tools.
public protocol ToolProvider: Sendable {
    /// The tools that it carries out.
    var descriptions: [ToolDescription] { get }

    /// Carries out one call, whose arguments have the form that the description asks for and which policy allows.
    /// - Throws: `ToolError`
    func run(_ tool: AssistantTool, _ arguments: ToolArguments, in context: ToolContext) async throws(ToolError)
        -> ToolResult
}

/// The arguments of a call, checked against the tool's description.
public struct ToolArguments: Hashable, Sendable {
    /// One value.
    public enum Value: Hashable, Sendable {
        case text([UInt8])
        case integer(Int)
    }

    /// By name. Texts are redacted: what stands for personal data becomes the original only by `ToolContext.original`.
    public let values: [String: Value]

    /// Arguments.
    public init(_ values: [String: Value]) { self.values = values }

    /// The text called `name`, nil where it is not there.
    public func text(_ name: String) -> [UInt8]? {
        if case .text(let text) = values[name] { text } else { nil }
    }

    /// The number called `name`, nil where it is not there.
    public func integer(_ name: String) -> Int? {
        if case .integer(let value) = values[name] { value } else { nil }
    }
}

/// Who calls a tool, for whom.
public struct ToolContext: Sendable {
    /// Who is at the other end of the request.
    public let principal: PrincipalKey
    /// The conversation; nil outside one.
    public let sessionID: SessionID?
    /// The request that carries it.
    public let requestID: [UInt8]
    /// The model's or planner's name for the call.
    public let callID: [UInt8]
    /// The bank's customer, as the conversation's verification knows them and never as arguments say; nil where nobody has
    /// proved who they are.
    public let customer: VerifiedCustomer?
    /// The original of a text that holds tokens for personal data, for the tool alone: it goes into no result, record or
    /// message as it is.
    public let original: @Sendable ([UInt8]) -> [UInt8]

    /// A text that a model or planner wrote, redacted once more, for what takes clean text alone; nil where nobody redacts.
    public let clean: (@Sendable ([UInt8]) -> CleanText)?

    /// A context.
    public init(
        principal: PrincipalKey, sessionID: SessionID?, requestID: [UInt8], callID: [UInt8],
        customer: VerifiedCustomer? = nil, original: @escaping @Sendable ([UInt8]) -> [UInt8],
        clean: (@Sendable ([UInt8]) -> CleanText)? = nil
    ) {
        self.clean = clean
        self.customer = customer
        self.principal = principal
        self.sessionID = sessionID
        self.requestID = requestID
        self.callID = callID
        self.original = original
    }
}

/// A customer of the bank who has proved who they are.
public struct VerifiedCustomer: Hashable, Sendable {
    /// What records call them: 32 hexadecimal digits, which say nothing to whoever lacks the bank's key.
    public let reference: [UInt8]
    /// The account's number and the holder's name as verification compares them: lower case, letters and digits alone. For the
    /// bank's own systems; they go into no result, record or message.
    public let account: [UInt8], holder: [UInt8]

    /// A customer whom verification knows.
    public init(reference: [UInt8], account: [UInt8], holder: [UInt8]) {
        self.reference = reference
        self.account = account
        self.holder = holder
    }
}

/// What a tool found or did.
public struct ToolResult: Hashable, Sendable {
    /// A JSON object for the model, at most `AgentLimits.toolResultBytesMax` bytes. It may hold personal data: whoever hands
    /// it on to a model or a caller redacts it.
    public var json: [UInt8]
    /// A sentence for the customer, by which the planner answers where no model does.
    public var sentence: [UInt8]

    /// A result.
    public init(json: [UInt8], sentence: [UInt8]) {
        self.json = json
        self.sentence = sentence
    }
}

/// Why a tool did not do what it was called for.
public enum ToolError: Error, Hashable, Sendable {
    /// No such tool, or arguments of another form. `detail` names the argument and what was wanted, for the model.
    case badCall(detail: String)
    /// Policy says no.
    case denied
    /// Nobody knows yet who the customer is, or not surely enough.
    case notVerified
    /// The customer has to say yes first.
    case notConfirmed
    /// What it asks for is not there.
    case notFound
    /// It would go over a bound. `detail` says which.
    case tooLarge(detail: String)
    /// What it needs is away or busy.
    case unavailable
    /// It took longer than it may.
    case timedOut
    /// It was done, and the screen keeps the result from the model.
    case withheld
}
