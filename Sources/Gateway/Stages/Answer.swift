internal import Agent
internal import Audit
internal import Auth
internal import Edge

/// An answer before personal data is put back and before it is written out.
enum Draft: Sendable {
    /// From the assistant: its text may hold tokens that stand for personal data.
    case answer(AnswerDraft)
    /// What a search found.
    case found(Retrieved)
    /// Questions for what was typed so far.
    case suggested(Suggestions)
    /// Texts that others wrote, or this caller before, and what is made of them.
    case texts(TextsDraft)
    /// Anything else: ready as it is.
    case reply(Reply)
}

/// What the assistant said.
struct AnswerDraft: Sendable {
    var text: [UInt8]
    let answer: Answer
    let sessionID: SessionID?
}

/// An answer that is made of texts which have to be looked at first.
struct TextsDraft: Sendable {
    var texts: [[UInt8]]
    /// Whether tokens in them are those of the vault at hand, so that a caller who may gets the originals.
    var isRestorable = false
    /// Writes the answer with the texts in the same order.
    let write: @Sendable (_ texts: [[UInt8]]) -> Reply
}

extension Pipeline {
    /// Stage `answer`: does what was asked for. Whatever changes the world is announced in the log first
    /// (`request.begin`); an answer from the knowledge base changes nothing.
    /// - Throws: `Refusal`.
    @inline(never)
    func answer(
        _ content: CleanContent, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ originals: RequestOriginals, _ path: inout DecisionPath
    ) async throws(Refusal) -> Draft {
        switch content {
        case .question(let text, let sessionID, let customerID):
            let question = Question(
                text: text, sessionID: sessionID, customerID: customerID, requestID: exchange.id,
                principal: PrincipalKey(issuer: token.issuer, subject: token.subject),
                roles: services.policy.roles.names(of: permit.roles).map(\.bytes))
            return .answer(try await answer(question, permit, token, exchange, originals, &path))
        case .newTicket(let text, let category):
            return .reply(try await openTicket(text, category, permit, token, exchange, &path))
        case .ticket(let identifier): return .texts(try await showTicket(identifier, permit, token, exchange))
        case .conversation(let content): return try await answer(content, permit, token, exchange, originals, &path)
        case .search(let query, let limit): return .found(try await search(query, limit))
        case .suggestions(let typed, let limit): return .suggested(try await suggest(typed, limit))
        case .knowledge(let csv): return .reply(try await replaceKnowledge(csv, permit, token, exchange, &path))
        case .tokenRequest(let request):
            return .reply(try await issueToken(request, permit, token, exchange, &path))
        case .revocation(let request): return .reply(try await revoke(request, permit, token, exchange, &path))
        case .revocations(let number, let limit): return .reply(try await revocations(after: number, limit))
        case .challenge(let claim, let method, let session):
            return .reply(try await challenge(claim, by: method, in: session, token, exchange, &path))
        case .customerProof(let answer, let session):
            return .reply(try await judge(answer, in: session, permit, token, exchange, &path))
        case .standing(let session): return .reply(try standing(of: session, token, exchange))
        case .upload(let upload, let session):
            let owner = owner(upload.query, in: session, token)
            return .reply(try await keep(upload, of: owner, permit, token, exchange, &path))
        case .documents(let query, .documentsList, let session):
            return .reply(try await listDocuments(query, of: owner(query, in: session, token), exchange))
        case .documents(let query, .documentsArchive, let session):
            let owner = owner(query, in: session, token)
            return .reply(try await archiveDocument(query, of: owner, permit, token, exchange, &path))
        case .documents(let query, .documentsErase, let session):
            let owner = owner(query, in: session, token)
            return .reply(try await eraseDocuments(of: owner, permit, token, exchange, &path))
        case .documents(let query, _, let session):
            return .reply(try await readDocument(query, of: owner(query, in: session, token)))
        case .nothing(.auditHead): return .reply(auditHead())
        case .nothing(.auditCheckpoint): return .reply(auditCheckpoint())
        case .proof(let seq): return .reply(try await auditProof(seq))
        case .erasure(let subject, let ticket):
            return .reply(try await erase(subject, ticket, permit, exchange, &path))
        case .redaction(let text, let findings): return .reply(redacted(text, findings, exchange))
        case .completion: preconditionFailure("a completion has an answer of its own, which may be streamed")
        case .nothing(.modelsList): return .reply(listModels())
        case .nothing(.openapi): return .reply(OpenAPI.reply)
        case .nothing: throw Refusal(problem: .notFound, reason: "route_unknown")
        }
    }

    /// Makes the request's beginning durable, so that no effect is without a record (audit log §8, D2). Demands the
    /// permit of the effect.
    @inline(never)
    func begin(
        _ permit: Permit, _ exchange: Exchange, _ path: inout DecisionPath, isStreamed: Bool = false
    ) async throws(Refusal) {
        // Whoever has several effects announces them once.
        guard path.facts.beginSeq == nil else { return }
        path.facts.beginSeq = try await appendBegin(
            exchange, steps: path.closedSteps, token: path.facts.token, bodyBytes: path.facts.bodyBytes,
            isStreamed: isStreamed)
    }

    /// The same for whoever has not the path itself.
    /// - Returns: the record's number.
    func appendBegin(
        _ exchange: Exchange, steps: [AuditStep], token: AuditPrincipal.Token?, bodyBytes: Int, isStreamed: Bool = false
    ) async throws(Refusal) -> UInt64 {
        let principal = AuditPrincipal(certificate: exchange.connection.auditCertificate, token: token)
        let record = RequestBegin(
            request: AuditRequest(exchange, bodyBytes: bodyBytes), tls: exchange.connection.auditTLS,
            principal: principal, path: steps, stream: isStreamed, policy: services.auditPolicy)
        do throws(AuditError) {
            let seal = try await seal(principal, exchange)
            return try await services.log.append(record.encode(sealedBy: seal)).seq
        } catch {
            throw Refusal(error)
        }
    }
}
