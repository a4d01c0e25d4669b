internal import Synchronization
internal import Threading

/// Finds out whether the person in a conversation is the customer that they say they are.
///
/// Conversations are kept in memory: who was verified before a restart is asked again. Guesses are kept on the disk.
public final class VerificationDesk: Sendable {
    /// Every bound.
    public struct Bounds: Sendable {
        let session: VerificationSession.Bounds
        let customer: GuessLedger.Bounds, caller: GuessLedger.Bounds
        let sessionsMax: Int

        /// Bounds.
        /// - Parameter sessionsMax: conversations that are challenged or verified at once.
        public init(
            session: VerificationSession.Bounds, customer: GuessLedger.Bounds, caller: GuessLedger.Bounds,
            sessionsMax: Int
        ) {
            self.session = session
            self.customer = customer
            self.caller = caller
            self.sessionsMax = sessionsMax
        }
    }

    /// What somebody is asked.
    public struct Asked: Sendable {
        /// The question; nil for a one-time code.
        public let question: [UInt8]?
        /// Seconds in which it can be answered, and answers that can be given.
        public let seconds: Int64, answersMax: Int
    }

    /// What came of an answer.
    public enum Verdict: Sendable {
        /// It is right: `confirm` it once it is on record.
        case right(RightAnswer)
        /// It is wrong, and so many more may be given.
        case wrong(answersLeft: Int)
    }

    /// Proof that an answer was right.
    public struct RightAnswer: Sendable {
        fileprivate let challenge: VerificationSession.Challenge
        fileprivate let key: ConversationKey

        /// Who it is.
        public var customer: CustomerReference { challenge.customer }
        /// How sure it is.
        public var level: VerificationSession.Level { challenge.level }
    }

    /// What happened since the start.
    public struct Statistics: Sendable {
        /// Conversations kept now; those that ended leave when there is need of their places.
        public var sessions = 0
        /// Challenges made; answers that were right, wrong, and not judged because of a lock.
        public var challenges: UInt64 = 0, right: UInt64 = 0, wrong: UInt64 = 0, locked: UInt64 = 0
    }

    private struct State {
        var table: VerificationTable
        var statistics = Statistics()
    }

    private let key: CustomerKey
    private let bounds: Bounds
    private let threads: JobThreads<CustomerDatabase>
    private let state: Mutex<State>
    private let clock: @Sendable () -> Int64

    private init(
        _ key: CustomerKey, _ bounds: Bounds, _ threads: JobThreads<CustomerDatabase>,
        _ clock: @escaping @Sendable () -> Int64
    ) {
        self.key = key
        self.bounds = bounds
        self.threads = threads
        self.clock = clock
        state = Mutex(State(table: VerificationTable(bounds: bounds.session, sessionsMax: bounds.sessionsMax)))
    }

    /// Opens the customers' database at `path`. It blocks; call it at start.
    /// - Parameters:
    ///   - isDevelopment: whether customers who were seeded for development may be in it. Where they may not, those who come
    ///     into it later are nobody.
    /// - Throws: `AuthError.storage`, which names the file.
    public static func open(
        path: String, key: CustomerKey, bounds: Bounds, isDevelopment: Bool
    ) throws(AuthError) -> VerificationDesk {
        try open(bounds, key, clock: { WallClock.seconds }) { () throws(AuthError) in
            let database = try CustomerDatabase(path: path, key: key, makes: false)
            database.knowsDevelopment = isDevelopment
            try database.inspect()
            let madeUp = try database.count("customers WHERE development = 1")
            guard isDevelopment || madeUp == 0 else {
                throw AuthError.storage(
                    file: path, found: "customers who were made up for development are in it",
                    mend: "remove them with: portcullis customers remove --development")
            }
            return database
        }
    }

    /// A desk over the database that `make` opens, by a clock that says seconds since 1970.
    static func open(
        _ bounds: Bounds, _ key: CustomerKey, clock: @escaping @Sendable () -> Int64,
        making make: () throws(AuthError) -> sending CustomerDatabase
    ) throws(AuthError) -> VerificationDesk {
        let threads = try JobThreads.start(
            named: "customers", count: 1, jobsMax: AuthLimits.customerJobsMax,
            refusal: { AuthError.library($0) }, making: make)
        return VerificationDesk(key, bounds, threads, clock)
    }

    /// A digest of what a tool found out, under the bank's key: 32 hexadecimal digits.
    /// - Parameter result: at most 65,535 bytes.
    public func digest(ofResult result: [UInt8]) -> [UInt8] { key.digest(ofResult: result) }

    /// What records call a customer.
    public func reference(of claim: CustomerClaim) -> CustomerReference { key.reference(of: claim) }

    /// Asks somebody who says that they are `customer` for proof.
    ///
    /// Whether there is such a customer changes nothing that can be seen.
    /// - Throws: `VerificationRefusal`.
    public func challenge(
        _ customer: CustomerReference, by method: ProofMethod, in conversation: ConversationKey
    ) async throws(VerificationRefusal) -> Asked {
        let guess = guess(customer, conversation)
        let now = clock()
        let question: [UInt8]?
        do throws(VerificationRefusal) {
            question = try await run { (database) throws(VerificationRefusal) in
                try database.ask(guess, by: method, now: now)
            }
        } catch {
            count(error)
            throw error
        }
        let isTaken = state.withLock { state in
            guard state.table.challenge(conversation, customer, for: method.level, at: now) else { return false }
            state.statistics.challenges += 1
            return true
        }
        guard isTaken else { throw .sessionsFull }
        return Asked(
            question: question, seconds: bounds.session.challengeSeconds,
            answersMax: bounds.session.answersMax)
    }

    /// Judges an answer: paid for and on the disk before it is looked at.
    /// - Throws: `VerificationRefusal`.
    public func judge(
        _ answer: [UInt8], in conversation: ConversationKey
    ) async throws(VerificationRefusal) -> Verdict {
        let now = clock()
        let verdict = state.withLock { $0.table.take(answerTo: conversation, at: now) }
        guard case .judge(let challenge) = verdict else { throw .noChallenge }
        let guess = guess(challenge.customer, conversation)
        let bounds = bounds
        let isRight: Bool
        do throws(VerificationRefusal) {
            isRight = try await run { (database) throws(VerificationRefusal) in
                try database.judge(answer, of: challenge, guess, now: now, bounds)
            }
        } catch {
            count(error)
            throw error
        }
        state.withLock { state in
            if isRight { state.statistics.right += 1 } else { state.statistics.wrong += 1 }
        }
        return isRight
            ? .right(RightAnswer(challenge: challenge, key: conversation))
            : .wrong(answersLeft: challenge.answersLeft - 1)
    }

    /// Notes that the customer is verified, once that is on record.
    /// - Returns: where the conversation is now.
    /// - Throws: `.challengeOver`.
    public func confirm(_ answer: RightAnswer) throws(VerificationRefusal) -> Standing {
        let now = clock()
        let settled = state.withLock { state -> VerificationSession.State? in
            guard state.table.settleRight(answer.challenge, of: answer.key, at: now) else { return nil }
            return state.table.state(of: answer.key, at: now)
        }
        guard let settled else { throw .challengeOver }
        return Standing(settled, now: now)
    }

    /// Where a conversation is now, and for how many seconds yet.
    public func standing(of conversation: ConversationKey) -> Standing {
        let now = clock()
        return Standing(state.withLock { $0.table.state(of: conversation, at: now) }, now: now)
    }

    /// What happened, and what is.
    public var statistics: Statistics {
        state.withLock { state in
            var statistics = state.statistics
            statistics.sessions = state.table.count
            return statistics
        }
    }

    /// At most 64 of the command's actions that are on no record, past number `number`, oldest first.
    /// - Throws: `VerificationRefusal`: `.busy`, `.storage`.
    public func unrecordedActions(after number: Int64) async throws(VerificationRefusal) -> [CustomerAction] {
        try await run { (database) throws(VerificationRefusal) in
            do throws(AuthError) { return try database.unrecordedActions(after: number) } catch {
                throw .storage(error)
            }
        }
    }

    /// Forgets an action that is on record.
    /// - Throws: `VerificationRefusal`: `.busy`, `.storage`.
    public func markRecorded(_ action: CustomerAction) async throws(VerificationRefusal) {
        try await run { (database) throws(VerificationRefusal) in
            do throws(AuthError) { try database.markRecorded(action.number) } catch { throw .storage(error) }
        }
    }

    private func guess(_ customer: CustomerReference, _ conversation: ConversationKey) -> CustomerDatabase.Guess {
        CustomerDatabase.Guess(
            customer: customer,
            caller: key.callerReference(issuer: conversation.issuer, subject: conversation.subject))
    }

    private func count(_ refusal: VerificationRefusal) {
        guard case .locked = refusal else { return }
        state.withLock { $0.statistics.locked += 1 }
    }

    private func run<Value: Sendable>(
        _ work: @escaping @Sendable (CustomerDatabase) throws(VerificationRefusal) -> Value
    ) async throws(VerificationRefusal) -> Value {
        try await threads.run(orThrow: .busy) { database in
            Result { () throws(VerificationRefusal) in try work(database) }
        }
    }
}

extension CustomerDatabase {
    /// What to ask somebody; nil for a one-time code.
    fileprivate func ask(
        _ guess: Guess, by method: ProofMethod, now: Int64
    ) throws(VerificationRefusal) -> [UInt8]? {
        let (end, known, decoy): (Int64?, [UInt8]?, [UInt8]?)
        do throws(AuthError) {
            // Looked up and worked out for everybody, so that the time tells nothing.
            end = try lock(of: guess, now: now)
            known = try proofs(of: guess.customer)?.question
            decoy = key.decoyQuestion(guess.customer, of: try questions())
        } catch {
            throw .storage(error)
        }
        if let end { throw .locked(until: end) }
        return method == .question ? known ?? decoy ?? Self.questionOfNone : nil
    }

    /// Asked where no customer has a question.
    private static let questionOfNone = Array("What is your security word?".utf8)

    fileprivate func judge(
        _ answer: [UInt8], of challenge: VerificationSession.Challenge, _ guess: Guess, now: Int64,
        _ bounds: VerificationDesk.Bounds
    ) throws(VerificationRefusal) -> Bool {
        let charge = try reserve(guess, now: now, customer: bounds.customer, caller: bounds.caller)
        do throws(AuthError) {
            let method: ProofMethod = challenge.level == .possession ? .code : .question
            guard let right = try judge(answer, by: method, for: guess.customer, now: now) else { return false }
            try settleRight(
                guess, charge, usedStep: right.usedStep, now: now, customer: bounds.customer, caller: bounds.caller)
            return true
        } catch {
            throw .storage(error)
        }
    }
}

/// Where a conversation is.
public struct Standing: Hashable, Sendable {
    /// The states of `VerificationSession`. The raw value is the name in answers.
    public enum State: String, Hashable, Sendable { case unverified, challenged, verified, expired }

    /// Where it is, and how sure.
    public let state: State, level: VerificationSession.Level
    /// The customer, where they are verified or asked for proof.
    public let customer: CustomerReference?
    /// Seconds until it ends; nil where nothing does.
    public let seconds: Int64?
    /// Answers that may be given yet; nil where none is asked for.
    public let answersLeft: Int?

    /// Nobody asked.
    public static let unverified = Standing(.unverified, now: 0)

    init(_ state: VerificationSession.State, now: Int64) {
        switch state {
        case .unverified, .expired:
            self.state = state == .expired ? .expired : .unverified
            (level, customer, seconds, answersLeft) = (.none, nil, nil, nil)
        case .challenged(let challenge):
            self.state = .challenged
            (level, customer) = (.none, challenge.customer)
            (seconds, answersLeft) = (challenge.ends - now, challenge.answersLeft)
        case .verified(let customer, let level, let ends):
            self.state = .verified
            (self.level, self.customer, seconds, answersLeft) = (level, customer, ends - now, nil)
        }
    }
}
