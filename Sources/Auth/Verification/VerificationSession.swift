/// Whether the person in a conversation is the customer that they say they are.
///
/// ```
///              challenge                answer right
///  unverified ───────────► challenged ───────────────► verified ── its time ──► expired
///      ▲                       │  answers used up, or its time                     │
///      └───────────────────────┘                                        challenge ─┴─► challenged
/// ```
///
/// A challenge for a customer whom nobody knows goes the same way and is never answered right, so that nobody learns who is a
/// customer. A new challenge ends what was verified before: one conversation is of one customer.
public struct VerificationSession: Hashable, Sendable {
    /// How sure it is.
    public enum Level: Int, Hashable, Sendable, Comparable, CaseIterable {
        /// Nobody knows who it is.
        case none = 0
        /// They know something: the answer to a question.
        case knowledge = 1
        /// They hold something: the device with the one-time codes.
        case possession = 2

        /// The name in a policy, an answer and a record.
        public var name: StaticString {
            switch self {
            case .none: "none"
            case .knowledge: "knowledge"
            case .possession: "possession"
            }
        }

        /// The level of that name.
        public init?(name: String) {
            guard let level = Self.allCases.first(where: { "\($0.name)" == name }) else { return nil }
            self = level
        }

        /// Whether `left` is the less sure.
        public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    /// Bounds, in seconds and answers.
    public struct Bounds: Hashable, Sendable {
        /// Seconds in which a challenge can be answered.
        public let challengeSeconds: Int64
        /// Seconds for which an answer holds.
        public let verifiedSeconds: Int64
        /// Answers to one challenge: 1 to 10.
        public let answersMax: Int

        /// Bounds.
        /// - Throws: `AuthError.setting` where one is out of its range.
        public init(challengeSeconds: Int64, verifiedSeconds: Int64, answersMax: Int) throws(AuthError) {
            guard (1...3600).contains(challengeSeconds), (1...86_400).contains(verifiedSeconds) else {
                throw .setting(
                    name: "verification", found: "\(challengeSeconds) s to answer, good for \(verifiedSeconds) s",
                    wanted: "1 to 3600 s to answer, good for 1 to 86400 s")
            }
            guard (1...10).contains(answersMax) else {
                throw .setting(name: "answers to a challenge", found: "\(answersMax)", wanted: "1 to 10")
            }
            self.challengeSeconds = challengeSeconds
            self.verifiedSeconds = verifiedSeconds
            self.answersMax = answersMax
        }
    }

    /// A question that waits for its answer.
    public struct Challenge: Hashable, Sendable {
        /// The customer that the answer is for, known or not.
        public let customer: CustomerReference
        /// What a right answer proves.
        public let level: Level
        /// The first second since 1970 at which no answer is taken any more.
        public let ends: Int64
        /// Answers that may still be given.
        public fileprivate(set) var answersLeft: Int
    }

    /// Where a session is.
    public enum State: Hashable, Sendable {
        case unverified
        case challenged(Challenge)
        /// Of this customer, until before this second.
        case verified(customer: CustomerReference, level: Level, ends: Int64)
        /// It was verified and is no more.
        case expired
    }

    /// What becomes of an answer.
    public enum AnswerVerdict: Hashable, Sendable {
        /// It may be judged; the challenge has one answer less.
        case judge(Challenge)
        /// There is no challenge that could be answered.
        case noChallenge
    }

    private var state: State

    /// A session of somebody whom nobody knows yet.
    public init() { state = .unverified }

    /// Where it is at `now`.
    public func state(at now: Int64) -> State {
        switch state {
        case .challenged(let challenge) where now >= challenge.ends || challenge.answersLeft == 0: .unverified
        case .verified(_, _, let ends) where now >= ends: .expired
        case .unverified, .challenged, .verified, .expired: state
        }
    }

    /// How sure it is at `now` that the person is `customer`.
    public func level(for customer: CustomerReference, at now: Int64) -> Level {
        guard case .verified(customer, let level, _) = state(at: now) else { return .none }
        return level
    }

    /// Asks for proof. Whatever was asked or verified before is over.
    public mutating func challenge(customer: CustomerReference, for level: Level, at now: Int64, _ bounds: Bounds) {
        precondition(level > .none, "a challenge is for something")
        state = .challenged(
            Challenge(
                customer: customer, level: level, ends: now + bounds.challengeSeconds, answersLeft: bounds.answersMax))
    }

    /// Takes an answer for judging.
    public mutating func take(answerAt now: Int64) -> AnswerVerdict {
        guard case .challenged(var challenge) = state(at: now) else { return .noChallenge }
        let asked = challenge
        challenge.answersLeft -= 1
        state = .challenged(challenge)
        return .judge(asked)
    }

    /// Notes that an answer to `challenge` was right, once that is on record.
    /// - Returns: whether it counts: not where the challenge is over or another has taken its place meanwhile.
    public mutating func settleRight(_ challenge: Challenge, at now: Int64, _ bounds: Bounds) -> Bool {
        guard case .challenged(let current) = state, current.customer == challenge.customer,
            current.level == challenge.level, current.ends == challenge.ends, now < challenge.ends
        else { return false }
        state = .verified(customer: challenge.customer, level: challenge.level, ends: now + bounds.verifiedSeconds)
        return true
    }
}
