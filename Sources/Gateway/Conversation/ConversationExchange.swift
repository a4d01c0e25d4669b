internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import OpenSSL
internal import Redaction
internal import Synchronization
internal import Threading

/// One request of a conversation, as the assistant's tools see it: policy, the log, and the customer's proof.
final class ConversationExchange: ConversationHost {
    /// What the request established before its answer.
    struct Facts: Sendable {
        let steps: [AuditStep]
        let token: AuditPrincipal.Token?
        let bodyBytes: Int
    }

    private struct State {
        var beginSeq: UInt64?
        var customer: AuditCustomer?
        var failure: Refusal?
    }

    private let pipeline: Pipeline
    private let conversations: ConversationServices
    private let conversation: ConversationKey
    private let token: VerifiedToken
    private let permit: Permit
    private let exchange: Exchange
    private let originals: RequestOriginals
    private let facts: Facts
    private let state: Mutex<State>

    init(
        _ pipeline: Pipeline, _ conversations: ConversationServices, session: SessionID, token: VerifiedToken,
        permit: Permit, exchange: Exchange, originals: RequestOriginals, facts: Facts, beginSeq: UInt64?
    ) {
        self.pipeline = pipeline
        self.conversations = conversations
        conversation = ConversationKey(token, session.bytes)
        self.token = token
        self.permit = permit
        self.exchange = exchange
        self.originals = originals
        self.facts = facts
        state = Mutex(State(beginSeq: beginSeq))
    }

    /// The number of `request.begin`; nil where nothing had an effect.
    var beginSeq: UInt64? { state.withLock { $0.beginSeq } }
    /// Takes over that the request has been announced.
    func note(begin seq: UInt64?) { state.withLock { $0.beginSeq = $0.beginSeq ?? seq } }

    /// Whom the request is about, where it found out.
    var customer: AuditCustomer? { state.withLock { $0.customer } }
    /// Why the request must not be answered: the log cannot take what happened.
    var failure: Refusal? { state.withLock { $0.failure } }

    private var services: Services { pipeline.services }

    // MARK: Policy

    func decide(_ tool: AssistantTool) -> ToolDecision {
        guard let name = ToolName(Array(tool.rawValue.utf8)) else { return .denied }
        var circumstances = exchange.connection.circumstances
        let level = conversations.desk.standing(of: conversation).level
        circumstances.customer = level
        do throws(PolicyRefusal) {
            try permitted(name, circumstances)
            return .allowed
        } catch {
            guard error == .customerNotVerified else { return .denied }
        }
        for higher in VerificationSession.Level.allCases where higher > level {
            circumstances.customer = higher
            do throws(PolicyRefusal) {
                try permitted(name, circumstances)
                return .needsCustomer(higher.inTools)
            } catch {
                continue
            }
        }
        return .denied
    }

    private func permitted(_ tool: ToolName, _ circumstances: Circumstances) throws(PolicyRefusal) {
        let certificate = try? exchange.connection.identity?.get()
        _ = try services.policy.decide(tool, token: token, certificate: certificate, in: circumstances)
    }

    // MARK: The log

    func announce(_ effect: ToolEffect?) async throws(ToolError) {
        do throws(Refusal) {
            if beginSeq == nil {
                let seq = try await pipeline.appendBegin(
                    exchange, steps: facts.steps, token: facts.token, bodyBytes: facts.bodyBytes)
                state.withLock { $0.beginSeq = seq }
            }
            guard let effect else { return }
            let call = AuditToolCall(
                name: Array(effect.tool.rawValue.utf8), call: effect.callID, arguments: effect.arguments)
            let customer = pipeline.customer(in: conversation, conversations.desk)
            let request = AuditRequest(exchange, bodyBytes: facts.bodyBytes)
            try await pipeline.append(by: token, exchange) { principal, seal in
                .toolCall(request: request, principal: principal, customer: customer, tool: call, sealedBy: seal)
            }
        } catch {
            throw unavailable(error)
        }
    }

    /// A request whose record failed is not answered, whatever else is said.
    private func unavailable(_ refusal: Refusal) -> ToolError {
        state.withLock { $0.failure = $0.failure ?? refusal }
        return .unavailable
    }

    // MARK: What redaction took out

    func original(_ text: [UInt8]) -> [UInt8] { originals.original(text) }
    func remembered(_ text: [UInt8]) -> [UInt8] { originals.remembered(text) }

    func redacted(_ result: [UInt8]) -> [UInt8] {
        originals.redacted(result, by: services.redactors.redactor(for: permit, .input))
    }

    func clean(_ text: [UInt8]) -> CleanText { masked(redacted(text), by: services.redactor) }

    func digest(of result: [UInt8]) -> [UInt8]? { conversations.desk.digest(ofResult: result) }

    // MARK: The customer's proof

    var standing: IdentityStanding {
        let standing = conversations.desk.standing(of: conversation)
        return IdentityStanding(
            state: standing.state.inTools, level: standing.level.inTools,
            customer: conversations.customers.verified(standing, in: conversation), seconds: standing.seconds)
    }

    func challenge(
        _ claim: (account: [UInt8], name: [UInt8])?, by method: IdentityMethod
    ) async throws(ToolError) -> IdentityChallenge {
        let claimed: CustomerClaim
        if let claim {
            guard let read = CustomerClaim(account: claim.account, name: claim.name) else {
                throw .badCall(detail: "account, name: each needs a letter or digit")
            }
            claimed = read
        } else {
            guard let known = conversations.customers.known(in: conversation) else {
                throw .badCall(detail: "account, name: wanted, since the conversation knows nobody")
            }
            claimed = known.claim
        }
        let desk = conversations.desk
        let reference = desk.reference(of: claimed)
        let proof: ProofMethod = method == .code ? .code : .question
        state.withLock { $0.customer = AuditCustomer(level: .none, reference: reference.text) }
        do throws(VerificationRefusal) {
            let asked = try await desk.challenge(reference, by: proof, in: conversation)
            conversations.customers.note(claimed, reference, proof, in: conversation)
            return .asked(question: asked.question, answersMax: asked.answersMax, seconds: asked.seconds)
        } catch {
            guard case .locked(let until) = error else { throw .unavailable }
            return .locked(seconds: max(1, until - WallClock.seconds))
        }
    }

    func judge(_ answer: [UInt8]) async throws(ToolError) -> IdentityVerdict {
        let method = conversations.customers.known(in: conversation)?.method
        let typed = method == .code ? OneTimeCodeReader.code(in: answer) ?? answer : answer
        if let known = conversations.customers.known(in: conversation) {
            state.withLock { $0.customer = AuditCustomer(level: .none, reference: known.reference.text) }
        }
        let verdict: VerificationDesk.Verdict
        do throws(VerificationRefusal) {
            verdict = try await conversations.desk.judge(typed, in: conversation)
        } catch {
            switch error {
            case .locked(let until): return .locked(seconds: max(1, until - WallClock.seconds))
            case .noChallenge, .challengeOver: return .notAsked
            case .sessionsFull, .guessesFull, .busy, .storage: throw .unavailable
            }
        }
        switch verdict {
        case .wrong(let answersLeft): return .wrong(answersLeft: answersLeft)
        case .right(let right): return try await believe(right)
        }
    }

    /// Whoever was right is believed once that is on record, not before.
    private func believe(_ right: VerificationDesk.RightAnswer) async throws(ToolError) -> IdentityVerdict {
        let customer = AuditCustomer(level: right.level.inRecord, reference: right.customer.text)
        let request = AuditRequest(exchange, bodyBytes: facts.bodyBytes)
        do throws(Refusal) {
            try await pipeline.append(by: token, exchange) { principal, seal in
                .customerVerify(request: request, principal: principal, customer: customer, sealedBy: seal)
            }
        } catch {
            throw unavailable(error)
        }
        do throws(VerificationRefusal) {
            let standing = try conversations.desk.confirm(right)
            state.withLock { $0.customer = customer }
            return .right(standing.level.inTools)
        } catch {
            return .notAsked
        }
    }
}

/// A one-time code in what somebody typed: "the code is 123 456".
enum OneTimeCodeReader {
    /// The only run of 6 to 8 digits, which blanks and hyphens may part; nil where there is none, or another.
    static func code(in text: [UInt8]) -> [UInt8]? {
        var runs: [[UInt8]] = [[]]
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): runs[runs.count - 1].append(byte)
            case 0x20, UInt8(ascii: "-"): continue
            default: if !runs[runs.count - 1].isEmpty { runs.append([]) }
            }
        }
        let codes = runs.filter { (6...8).contains($0.count) }
        return codes.count == 1 && runs.filter({ !$0.isEmpty }).count == 1 ? codes[0] : nil
    }
}

extension Standing.State {
    fileprivate var inTools: IdentityStanding.State {
        switch self {
        case .unverified: .unverified
        case .challenged: .challenged
        case .verified: .verified
        case .expired: .expired
        }
    }
}

extension VerificationSession.Level {
    fileprivate var inTools: IdentityLevel {
        switch self {
        case .none: .none
        case .knowledge: .knowledge
        case .possession: .possession
        }
    }
}

extension IdempotencyKey {
    /// The key of a call in a conversation of a principal.
    init(_ context: ToolContext) {
        var hasher = SHA256()
        let parts = [
            context.principal.issuer, context.principal.subject, context.sessionID?.bytes ?? [], context.callID,
        ]
        // Each with its length, so that no two lists of parts are one text.
        for part in parts {
            hasher.update(Array("\(part.count):".utf8))
            hasher.update(part)
        }
        self.init(Array(hasher.finish().hex))
    }
}
