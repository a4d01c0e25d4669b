/// One conversation of one caller.
public struct ConversationKey: Hashable, Sendable {
    let issuer: [UInt8], subject: [UInt8], session: [UInt8]

    /// The conversation `session` of the caller with this issuer and subject: another's of the same name is another.
    public init(issuer: [UInt8], subject: [UInt8], session: [UInt8]) {
        self.issuer = issuer
        self.subject = subject
        self.session = session
    }
}

/// The conversations whose customer is being verified, or is: a value without a lock or a clock.
struct VerificationTable {
    let bounds: VerificationSession.Bounds
    let sessionsMax: Int
    private var sessions: [ConversationKey: VerificationSession] = [:]
    private var lastPruned: Int64 = .min

    /// A full table is gone through once in so many seconds at most.
    private static let pruneSeconds: Int64 = 1

    init(bounds: VerificationSession.Bounds, sessionsMax: Int) {
        self.bounds = bounds
        self.sessionsMax = sessionsMax
    }

    /// Sessions kept, those among them that ended.
    var count: Int { sessions.count }

    func state(of key: ConversationKey, at now: Int64) -> VerificationSession.State {
        sessions[key]?.state(at: now) ?? .unverified
    }

    /// Asks for proof.
    /// - Returns: false where there is no room, which sessions that ended have made if they could.
    mutating func challenge(
        _ key: ConversationKey, _ customer: CustomerReference, for level: VerificationSession.Level, at now: Int64
    ) -> Bool {
        var session = sessions[key] ?? VerificationSession()
        if sessions[key] == nil && sessions.count >= sessionsMax {
            prune(now)
            guard sessions.count < sessionsMax else { return false }
        }
        session.challenge(customer: customer, for: level, at: now, bounds)
        sessions[key] = session
        return true
    }

    mutating func take(answerTo key: ConversationKey, at now: Int64) -> VerificationSession.AnswerVerdict {
        sessions[key]?.take(answerAt: now) ?? .noChallenge
    }

    mutating func settleRight(
        _ challenge: VerificationSession.Challenge, of key: ConversationKey, at now: Int64
    ) -> Bool { sessions[key]?.settleRight(challenge, at: now, bounds) ?? false }

    private mutating func prune(_ now: Int64) {
        guard lastPruned == .min || now - lastPruned >= Self.pruneSeconds || now < lastPruned else { return }
        lastPruned = now
        sessions = sessions.filter {
            switch $0.value.state(at: now) {
            case .challenged, .verified: true
            case .unverified, .expired: false
            }
        }
    }
}
