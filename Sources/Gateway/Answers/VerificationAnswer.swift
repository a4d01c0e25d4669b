internal import Agent
internal import Audit
internal import Auth
internal import Bytes
internal import Edge
internal import JSON
internal import OpenSSL
internal import Threading

extension Pipeline {
    /// `POST /v1/verification`: asks somebody who says they are a customer for proof.
    @inline(never)
    func challenge(
        _ claim: CustomerClaim, by method: ProofMethod, in session: SessionID?, _ token: VerifiedToken,
        _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let desk = try verificationDesk()
        let name: [UInt8]
        if let session { name = session.bytes } else { name = try Self.newSession() }
        let customer = desk.reference(of: claim)
        path.facts.customer = AuditCustomer(level: .none, reference: customer.text)
        let asked: VerificationDesk.Asked
        do throws(VerificationRefusal) {
            asked = try await desk.challenge(customer, by: method, in: ConversationKey(token, name))
        } catch {
            throw Refusal(error, now: WallClock.seconds)
        }
        services.conversations?.customers.note(claim, customer, method, in: ConversationKey(token, name))
        var json = JSONWriter(capacity: 512)
        json.object { json in
            json.member("session_id", name)
            json.member("state", literal: "challenged")
            json.member("method", method.rawValue)
            if let question = asked.question { json.member("question", question) }
            json.member("expires_in", asked.seconds)
            json.member("answers_left", asked.answersMax)
            json.member("request_id", exchange.id)
        }
        return Reply(status: .created, fields: [Self.jsonType], body: json.bytes)
    }

    /// `POST /v1/verification` with an answer. It is paid for before it is judged; and whoever was right is believed once that is
    /// on record, not before.
    @inline(never)
    func judge(
        _ answer: [UInt8], in session: SessionID, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let desk = try verificationDesk()
        try await begin(permit, exchange, &path)
        let verdict: VerificationDesk.Verdict
        do throws(VerificationRefusal) {
            verdict = try await desk.judge(answer, in: ConversationKey(token, session.bytes))
        } catch {
            throw Refusal(error, now: WallClock.seconds)
        }
        switch verdict {
        case .wrong(let answersLeft): throw Refusal.wrongAnswer(answersLeft: answersLeft)
        case .right(let right):
            let customer = AuditCustomer(level: right.level.inRecord, reference: right.customer.text)
            let request = AuditRequest(exchange, bodyBytes: path.facts.bodyBytes)
            try await append(by: token, exchange) { principal, seal in
                .customerVerify(request: request, principal: principal, customer: customer, sealedBy: seal)
            }
            let standing: Standing
            do throws(VerificationRefusal) { standing = try desk.confirm(right) } catch {
                throw Refusal(error, now: WallClock.seconds)
            }
            path.facts.customer = customer
            return reply(standing, session, exchange)
        }
    }

    /// `GET /v1/verification`: where a conversation of the caller's is.
    func standing(
        of session: SessionID, _ token: VerifiedToken, _ exchange: Exchange
    ) throws(Refusal) -> Reply {
        reply(
            try verificationDesk().standing(of: ConversationKey(token, session.bytes)), session, exchange)
    }

    /// The customer in the conversation called `session`, for the record.
    func customer(in session: [UInt8]?, of token: VerifiedToken) -> AuditCustomer {
        guard let session, let desk = services.verification else { return AuditCustomer(level: .none) }
        return customer(in: ConversationKey(token, session), desk)
    }

    /// The same of a conversation.
    func customer(in conversation: ConversationKey, _ desk: VerificationDesk) -> AuditCustomer {
        let standing = desk.standing(of: conversation)
        return AuditCustomer(level: standing.level.inRecord, reference: standing.customer?.text)
    }

    private func reply(_ standing: Standing, _ session: SessionID, _ exchange: Exchange) -> Reply {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("session_id", session.bytes)
            json.member("state", standing.state.rawValue)
            json.member("level", literal: standing.level.name)
            if let seconds = standing.seconds { json.member("expires_in", seconds) }
            if let answersLeft = standing.answersLeft { json.member("answers_left", answersLeft) }
            json.member("request_id", exchange.id)
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }

    private func verificationDesk() throws(Refusal) -> VerificationDesk {
        guard let desk = services.verification else {
            throw Refusal(problem: .unavailable, reason: "verification_off", kind: .failure)
        }
        return desk
    }

    /// A name for a conversation that has none: 128 random bits.
    private static func newSession() throws(Refusal) -> [UInt8] {
        do throws(OpenSSLError) {
            return ByteBuffer.hex(try Random.bytes(count: 16))
        } catch {
            var refusal = Refusal(problem: .internalError, reason: "no_entropy", kind: .failure)
            refusal.cause = error.description
            throw refusal
        }
    }
}

extension ConversationKey {
    /// The conversation `session` of whoever the token names.
    init(_ token: VerifiedToken, _ session: [UInt8]) {
        self.init(issuer: token.issuer, subject: token.subject, session: session)
    }
}

extension VerificationSession.Level {
    var inRecord: AuditCustomer.Level {
        switch self {
        case .none: .none
        case .knowledge: .knowledge
        case .possession: .possession
        }
    }
}
