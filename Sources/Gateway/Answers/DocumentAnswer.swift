internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import JSON

extension Pipeline {
    /// `POST /v1/documents`: keeps a document. The same content under the same name is kept once, so that a request can be
    /// sent again.
    @inline(never)
    func keep(
        _ upload: UploadContent, of owner: DocumentOwner, _ permit: Permit, _ token: VerifiedToken,
        _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let documents = try documents()
        // The scanner is another process: what it is sent is announced as well.
        try await begin(permit, exchange, &path)
        let stored: StoredDocument
        do throws(DocumentError) {
            let inspected = try await documents.gate.inspect(upload.bytes, declared: upload.mediaType)
            stored = try await documents.store.put(
                DocumentDraft(owner: owner, name: upload.query.name, inspected: inspected))
        } catch {
            throw Refusal(error)
        }
        try await recordDocument(AuditDocument(.store, stored.document), token, exchange, path)
        return Reply(
            status: stored.isNew ? .created : .ok,
            fields: [
                Self.jsonType, ResponseField("Location", Array("/v1/documents/".utf8) + stored.document.id),
            ], body: Self.json(stored.document, exchange))
    }

    /// `GET /v1/documents`: what the owner has.
    @inline(never)
    func listDocuments(
        _ query: DocumentQuery, of owner: DocumentOwner, _ exchange: Exchange
    ) async throws(Refusal) -> Reply {
        let documents = try documents()
        let list: [Document]
        do throws(DocumentError) {
            list = try await documents.store.list(of: owner, withArchived: query.withArchived)
        } catch {
            throw Refusal(error)
        }
        var json = JSONWriter(capacity: 256 + 256 * list.count)
        json.object { json in
            json.name("documents")
            json.array { json in for document in list { json.object { json in Self.write(document, to: &json) } } }
            json.member("request_id", exchange.id)
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }

    /// `GET /v1/documents/{id}`: the document itself, to be saved and never shown as a page of ours.
    @inline(never)
    func readDocument(_ query: DocumentQuery, of owners: [DocumentOwner]) async throws(Refusal) -> Reply {
        let documents = try documents()
        var failure = DocumentError.notFound
        for owner in owners {
            do throws(DocumentError) {
                let found = try await documents.store.content(of: query.id ?? [], version: query.version, owner: owner)
                return Reply(status: .ok, fields: Self.fields(of: found.document), body: found.bytes)
            } catch {
                failure = error
                guard error == .notFound else { break }
            }
        }
        throw Refusal(failure)
    }

    /// `POST /v1/documents/{id}/archive`: takes a document out of sight.
    @inline(never)
    func archiveDocument(
        _ query: DocumentQuery, of owner: DocumentOwner, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let documents = try documents()
        try await begin(permit, exchange, &path)
        let document: Document
        do throws(DocumentError) {
            document = try await documents.store.archive(query.id ?? [], of: owner)
        } catch {
            throw Refusal(error)
        }
        try await recordDocument(AuditDocument(.archive, document), token, exchange, path)
        return Reply(status: .ok, fields: [Self.jsonType], body: Self.json(document, exchange))
    }

    /// `DELETE /v1/documents`: makes all of the owner's documents unreadable for good.
    @inline(never)
    func eraseDocuments(
        of owner: DocumentOwner, _ permit: Permit, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        let documents = try documents()
        try await begin(permit, exchange, &path)
        do throws(DocumentError) { try await documents.store.erase(owner) } catch { throw Refusal(error) }
        try await recordDocument(.erasure, token, exchange, path)
        var json = JSONWriter(capacity: 64)
        json.object { json in json.member("request_id", exchange.id) }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }

    /// Whose documents a request is about: those of a customer that the caller vouches for; or those of a conversation, which
    /// are its customer's once they have proved who they are.
    func owner(_ query: DocumentQuery, in session: SessionID?, _ token: VerifiedToken) -> DocumentOwner {
        let principal = PrincipalKey(issuer: token.issuer, subject: token.subject)
        guard let session else { return .principal(principal, customer: query.customer) }
        if let customer = verifiedCustomer(in: session.bytes, of: token) { return .customer(reference: customer) }
        return .session(principal, session)
    }

    /// Where a document may be that a request names: also what was sent in a conversation before its customer was known is
    /// still read there.
    func owners(_ query: DocumentQuery, in session: SessionID?, _ token: VerifiedToken) -> [DocumentOwner] {
        let first = owner(query, in: session, token)
        guard let session else { return [first] }
        let own = DocumentOwner.session(PrincipalKey(issuer: token.issuer, subject: token.subject), session)
        return first == own ? [own] : [first, own]
    }

    private func verifiedCustomer(in session: [UInt8], of token: VerifiedToken) -> [UInt8]? {
        guard let standing = services.verification?.standing(of: ConversationKey(token, session)),
            standing.state == .verified
        else { return nil }
        return standing.customer?.text
    }

    /// Makes what was sent in a conversation unreadable, but for what was filed in a customer's folder.
    /// - Returns: whether there was anything.
    @inline(never)
    func eraseDocuments(of session: Session) async throws(Refusal) -> Bool {
        guard let documents = services.documents else { return false }
        do throws(DocumentError) {
            return try await documents.store.erase(.session(session.owner, session.id))
        } catch {
            throw Refusal(error)
        }
    }

    func recordDocument(
        _ document: AuditDocument, _ token: VerifiedToken, _ exchange: Exchange, _ path: borrowing DecisionPath
    ) async throws(Refusal) {
        let request = AuditRequest(exchange, bodyBytes: path.facts.bodyBytes)
        let customer = path.facts.customer
        try await append(by: token, exchange) { principal, seal in
            .documentChange(
                request: request, principal: principal, customer: customer, document: document, sealedBy: seal)
        }
    }

    private static func json(_ document: Document, _ exchange: Exchange) -> [UInt8] {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            write(document, to: &json)
            json.member("request_id", exchange.id)
        }
        return json.bytes
    }

    private static func write(_ document: Document, to json: inout JSONWriter) {
        document.writeMembers(to: &json)
        json.member("created", Timestamp.text(microseconds: document.createdMicroseconds))
    }

    private static func fields(of document: Document) -> [ResponseField] {
        let type = document.type.mediaType + (document.type.isText ? "; charset=utf-8" : "")
        return [
            ResponseField("Content-Type", type),
            ResponseField("Content-Disposition", Array("attachment; filename*=UTF-8''".utf8) + encoded(document.name)),
            // Where a browser shows it all the same, it shows it as nobody's and runs nothing.
            ResponseField("Content-Security-Policy", "default-src 'none'; sandbox"),
        ]
    }

    /// A name as a parameter's extended value (RFC 8187 §3.2.1).
    private static func encoded(_ name: DocumentName) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return name.bytes.flatMap { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                [byte]
            default: [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }
}

extension AuditDocument {
    init(_ action: Action, _ document: Document) {
        self.init(
            action: action, identifier: document.id, version: UInt64(document.version), bytes: UInt64(document.size),
            digest: document.digest)
    }
}
