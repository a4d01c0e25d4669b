internal import Agent
internal import Audit
internal import Auth
internal import JSON
internal import Redaction

/// What a request carries once no personal data is left in it that the policy forbids.
enum CleanContent: Sendable {
    case question(CleanText, sessionID: SessionID?, customerID: CustomerID?, confirmation: Bool?)
    case newTicket(CleanText, category: CleanText?)
    case ticket(CleanText)
    case search(CleanText, limit: Int)
    case suggestions(CleanText, limit: Int)
    case knowledge(csv: [UInt8])
    case tokenRequest(TokenRequestContent)
    case revocation(RevocationContent)
    case revocations(after: Int64, limit: Int)
    case challenge(CustomerClaim, by: ProofMethod, in: SessionID?)
    case customerProof(answer: [UInt8], in: SessionID)
    case standing(of: SessionID)
    case proof(seq: UInt64)
    case erasure(subject: [UInt8], ticket: [UInt8])
    case redaction(CleanText, findings: [ReportedFinding])
    case conversation(CleanConversation)
    case completion(CleanCompletion)
    case upload(UploadContent, in: SessionID?)
    case documents(DocumentQuery, Route, in: SessionID?)
    case nothing(Route)
}

extension Pipeline {
    /// Stage `redact`: after it nobody sees the original again but `restore`, for a caller who may.
    /// - Throws: `Refusal`: `413` for a text over its bound, `422` for what the policy blocks, `400` for identifiers
    ///   that are bad or personal.
    func redact(
        _ content: Content, _ permit: Permit, _ vault: inout RequestVault, _ path: inout DecisionPath
    ) throws(Refusal) -> CleanContent {
        switch content {
        case .question(let message, let sessionID, let customerID, let confirmation):
            let session = try self.session(sessionID)
            try refusePersonal(customerID, named: "customer_id")
            let customer: CustomerID?
            do throws(AgentError) {
                customer = try customerID.map { id throws(AgentError) in try CustomerID(vouched(id)) }
            } catch {
                throw Refusal(error)
            }
            if let session { vault.join(session.bytes) }
            return .question(
                try cleanMessage(message, permit, &vault, &path), sessionID: session, customerID: customer,
                confirmation: confirmation)
        case .newTicket(let message, let category):
            let text = try clean(message, permit, &vault, &path)
            return .newTicket(text, category: category.map { vouched(services.redactor.redactForLog($0)) })
        case .search(let query, let limit): return .search(try clean(query, permit, &vault, &path), limit: limit)
        case .suggestions(let typed, let limit):
            return .suggestions(try clean(typed, permit, &vault, &path), limit: limit)
        case .ticket(let identifier):
            path.skip()
            return .ticket(vouched(services.redactor.redactForLog(identifier)))
        case .knowledge(let csv):
            // The bank's own text, which has the bank's telephone numbers in it.
            path.skip()
            return .knowledge(csv: csv)
        case .tokenRequest(let request):
            path.skip()
            return .tokenRequest(request)
        case .erasure(let subject, let ticket):
            // The subject goes to the key store alone, under a keyed hash; the ticket to a record that stays.
            try refusePersonal(ticket, named: "ticket")
            path.skip()
            return .erasure(subject: subject, ticket: ticket)
        case .redaction(let text, let isExplained):
            let redacted = try redact(text, permit, &vault, &path)
            let findings =
                isExplained
                ? services.redactors.redactor(for: permit, .input).explain(text).map {
                    ReportedFinding($0.finding, $0.explanation)
                }
                : redacted.findings.map { ReportedFinding($0) }
            return .redaction(vouched(redacted.bytes), findings: findings)
        case .completion(let completion):
            return .completion(try clean(completion, permit, &vault, &path))
        case .revocation(let revocation):
            // It names what tokens say of themselves, for the store alone; the record gets a digest of a subject.
            path.skip()
            return .revocation(revocation)
        case .revocations(let number, let limit):
            path.skip()
            return .revocations(after: number, limit: limit)
        case .challenge(let challenge):
            // Who it is goes to the customers' database alone, under a keyed hash; so does the answer.
            path.skip()
            guard let claim = CustomerClaim(account: challenge.account, name: challenge.name) else {
                var refusal = Refusal(problem: .invalidBody, reason: "customer_claim")
                refusal.detail = "account, name: each needs a letter or digit"
                throw refusal
            }
            return .challenge(claim, by: challenge.method, in: try session(challenge.sessionID))
        case .customerProof(let answer, let sessionID):
            path.skip()
            return .customerProof(answer: answer, in: try session(sessionID))
        case .standing(let sessionID):
            path.skip()
            return .standing(of: try session(sessionID))
        case .proof(let seq):
            path.skip()
            return .proof(seq: seq)
        case .upload(let upload):
            // The document itself is its owner's, and goes to nobody else: what a model gets of it is redacted then.
            let session = try session(of: upload.query)
            path.skip()
            return .upload(upload, in: session)
        case .documents(let query, let route):
            let session = try session(of: query)
            path.skip()
            return .documents(query, route, in: session)
        case .conversation(let content):
            return .conversation(try redact(content, permit, &vault, &path))
        case .nothing(let route):
            path.skip()
            return .nothing(route)
        }
    }

    private func session(_ identifier: [UInt8]?) throws(Refusal) -> SessionID? {
        guard let identifier else { return nil }
        return try session(identifier)
    }

    /// The conversation that a path names. One that could be none's name does not exist.
    func session(inPath identifier: [UInt8]) throws(Refusal) -> SessionID {
        do throws(AgentError) { return try SessionID(vouched(identifier)) } catch { throw Refusal.sessionUnknown }
    }

    /// What a client keeps with a conversation: its members with their texts redacted, as JSON.
    func metadata(
        _ members: [ConversationContent.Member], _ permit: Permit, _ vault: inout RequestVault,
        _ path: inout DecisionPath
    ) throws(Refusal) -> CleanText? {
        guard !members.isEmpty else { return nil }
        var texts: [(name: [UInt8], text: [UInt8])] = []
        for member in members {
            texts.append((member.name, try clean(member.text, permit, &vault, &path).bytes))
        }
        var json = JSONWriter()
        json.object { json in
            for member in texts {
                json.name(text: member.name)
                json.string(member.text)
            }
        }
        return vouched(json.bytes)
    }

    /// What a conversation keeps in place of the answer to a challenge, which is a secret of the customer's.
    var answerToChallenge: CleanText { vouched(Array("(an answer that proves who the customer is)".utf8)) }

    /// What a ticket says that was opened without a message.
    var askedForPerson: CleanText { vouched(Array("The customer asked for a person.".utf8)) }

    private func session(_ identifier: [UInt8]) throws(Refusal) -> SessionID {
        try refusePersonal(identifier, named: "session_id")
        do throws(AgentError) { return try SessionID(vouched(identifier)) } catch { throw Refusal(error) }
    }

    func clean(
        _ text: [UInt8], _ permit: Permit, _ vault: inout RequestVault, _ path: inout DecisionPath
    ) throws(Refusal) -> CleanText {
        vouched(try redact(text, permit, &vault, &path).bytes)
    }

    /// The message of a conversation. One that answers a challenge may be what the policy blocks elsewhere, such as "my code is
    /// 123456": it is for the verification alone, and all that anybody else sees is that it was a secret.
    func cleanMessage(
        _ text: [UInt8], _ permit: Permit, _ vault: inout RequestVault, _ path: inout DecisionPath
    ) throws(Refusal) -> CleanText {
        guard text.count <= services.bounds.message else {
            throw Refusal(RedactionError.textTooLong(limitBytes: services.bounds.message))
        }
        do throws(RedactionError) {
            let redacted = try vault.redactMessage(text, by: services.redactors.redactor(for: permit, .input))
            if !redacted.counts.isEmpty { path.modify("pii_redacted") }
            note(redacted.counts, &path)
            return vouched(redacted.bytes)
        } catch {
            if case .blocked(let types) = error {
                note(types.map { RedactedText.TypeCount(type: $0, action: .block, count: 1) }, &path)
                if isChallenged(vault) {
                    path.modify("pii_redacted")
                    return vouched(vault.hideMessage(text))
                }
            }
            throw Refusal(error)
        }
    }

    private func isChallenged(_ vault: borrowing RequestVault) -> Bool {
        guard let name = vault.conversation, let desk = services.conversations?.desk else { return false }
        return desk.standing(
            of: ConversationKey(issuer: name.issuer, subject: name.subject, session: name.session)
        ).state == .challenged
    }

    /// Each text by itself: no value reaches from one speaker's words into another's.
    private func clean(
        _ completion: CompletionContent, _ permit: Permit, _ vault: inout RequestVault, _ path: inout DecisionPath
    ) throws(Refusal) -> CleanCompletion {
        var messages: [ChatMessage] = []
        for message in completion.messages {
            var text: [UInt8] = []
            for part in message.texts {
                if !text.isEmpty { text.append(UInt8(ascii: "\n")) }
                text += try clean(part, permit, &vault, &path).bytes
            }
            messages.append(ChatMessage(message.role, text))
        }
        return CleanCompletion(
            model: completion.model, messages: messages, answerTokensMax: completion.answerTokensMax,
            isStreamed: completion.isStreamed, includesUsage: completion.includesUsage)
    }

    private func redact(
        _ text: [UInt8], _ permit: Permit, _ vault: inout RequestVault, _ path: inout DecisionPath
    ) throws(Refusal) -> RedactedText {
        guard text.count <= services.bounds.message else {
            throw Refusal(RedactionError.textTooLong(limitBytes: services.bounds.message))
        }
        do throws(RedactionError) {
            let redacted = try vault.redact(text, by: services.redactors.redactor(for: permit, .input))
            if !redacted.counts.isEmpty { path.modify("pii_redacted") }
            note(redacted.counts, &path)
            return redacted
        } catch {
            if case .blocked(let types) = error {
                // Once for each type: the text was not gone through for more.
                note(types.map { RedactedText.TypeCount(type: $0, action: .block, count: 1) }, &path)
            }
            throw Refusal(error)
        }
    }

    /// The conversation that documents belong to. A customer's name that is personal data is refused here as well.
    private func session(of query: DocumentQuery) throws(Refusal) -> SessionID? {
        if let customer = query.customer {
            try refusePersonal(customer, named: "customer")
            do throws(AgentError) { _ = try CustomerID(vouched(customer)) } catch { throw Refusal(error) }
        }
        return try session(query.sessionID)
    }

    /// An identifier cannot be masked, since it would then be another: one that is personal data is not taken.
    func refusePersonal(_ identifier: [UInt8]?, named name: String) throws(Refusal) {
        guard let identifier else { return }
        let found = services.redactor.detect(identifier)
        guard found.contains(where: { !Self.looksLikeAnyNumber.contains($0.type) }) else { return }
        var refusal = Refusal(problem: .invalidBody, reason: "identifier_is_personal")
        refusal.detail = "\(name): found personal data, wanted an identifier that says nothing about the person"
        refusal.place = Refusal.Place(pointer: "/" + name, line: nil, column: nil)
        throw refusal
    }

    /// Without words around them these types are told by little more than a number's length: one customer number in fifty
    /// would be refused for looking like a telephone's.
    private static let looksLikeAnyNumber = Set(
        ["PHONE_NUMBER", "IP_ADDRESS"].compactMap { DetectorType(named: $0.utf8) })

    private func note(_ counts: [RedactedText.TypeCount], _ path: inout DecisionPath) {
        guard !counts.isEmpty else { return }
        path.facts.note(counts, .input)
        services.metrics.countRedactions(counts, .input)
    }
}

/// A text with everything found masked, for a command that looks something up by hand.
func masked(_ text: [UInt8], by redactor: Redactor) -> CleanText { vouched(redactor.redactForLog(text)) }

/// The one place where text becomes clean. Identifiers come here too, once nothing personal was found in them.
private func vouched(_ text: [UInt8]) -> CleanText { CleanText(redacted: text) }
