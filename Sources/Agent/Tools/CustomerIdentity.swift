/// Finds out who the customer in one conversation is. The gateway implements it over its verification desk; one value is for
/// one request.
public protocol CustomerIdentity: Sendable {
    /// Where the conversation stands now.
    var standing: IdentityStanding { get }

    /// Asks somebody who says they are a customer for proof. Whether there is such a customer changes nothing that can be seen.
    /// - Parameters:
    ///   - claim: account and name as they were typed; nil for the customer that the conversation knows already.
    /// - Throws: `ToolError`: `.badCall` where account or name is none; `.unavailable`.
    func challenge(
        _ claim: (account: [UInt8], name: [UInt8])?, by method: IdentityMethod
    ) async throws(ToolError) -> IdentityChallenge

    /// Judges an answer, as it was typed. It is announced in the log before, and what it proves is on record after.
    /// - Throws: `ToolError`: `.unavailable`.
    func judge(_ answer: [UInt8]) async throws(ToolError) -> IdentityVerdict
}

/// How somebody proves who they are. The raw value is the word in arguments.
public enum IdentityMethod: String, Hashable, Sendable, CaseIterable { case question, code }

/// How sure it is who the customer is.
public enum IdentityLevel: Int, Hashable, Sendable, Comparable {
    case none, knowledge, possession

    /// Whether `left` is the less sure.
    public static func < (left: IdentityLevel, right: IdentityLevel) -> Bool { left.rawValue < right.rawValue }

    /// The word in results.
    var name: StaticString {
        switch self {
        case .none: "none"
        case .knowledge: "knowledge"
        case .possession: "possession"
        }
    }
}

/// Where a conversation stands.
public struct IdentityStanding: Hashable, Sendable {
    /// The states of a verification. The raw value is the word in results.
    public enum State: String, Hashable, Sendable { case unverified, challenged, verified, expired }

    /// The state, and how sure it is.
    public let state: State, level: IdentityLevel
    /// The customer, once verified.
    public let customer: VerifiedCustomer?
    /// Seconds until that ends; nil where nothing does.
    public let seconds: Int64?

    /// A standing.
    public init(state: State, level: IdentityLevel, customer: VerifiedCustomer?, seconds: Int64? = nil) {
        self.state = state
        self.level = level
        self.customer = customer
        self.seconds = seconds
    }
}

/// What somebody is asked.
public enum IdentityChallenge: Hashable, Sendable {
    /// A question; nil for a one-time code.
    case asked(question: [UInt8]?, answersMax: Int, seconds: Int64)
    /// Nobody is asked: too many wrong answers, for so many seconds yet.
    case locked(seconds: Int64)
}

/// What came of an answer.
public enum IdentityVerdict: Hashable, Sendable {
    /// It is right, and that is on record.
    case right(IdentityLevel)
    /// It is wrong, and so many more may be given.
    case wrong(answersLeft: Int)
    /// No answer is taken: too many wrong ones, for so many seconds yet.
    case locked(seconds: Int64)
    /// Nothing waits for an answer, or no longer.
    case notAsked
}
