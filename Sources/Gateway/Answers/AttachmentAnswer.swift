internal import Agent
internal import Audit
internal import Auth
internal import Edge

extension Pipeline {
    /// A message may bring documents where its caller may keep some: to ask is another permission.
    /// - Throws: `Refusal`: `403`, or `503` where none are kept.
    func admitAttachments(of message: CleanMessage, _ token: VerifiedToken, _ exchange: Exchange) throws(Refusal) {
        guard !message.attachments.isEmpty else { return }
        _ = try documents()
        let certificate = try? exchange.connection.identity?.get()
        do throws(PolicyRefusal) {
            _ = try services.policy.decide(
                .documentsWrite, token: token, certificate: certificate, in: exchange.connection.circumstances)
        } catch {
            throw Refusal(error)
        }
    }

    /// Keeps the documents that came with a message as those of its conversation: all of them, or none where one is refused.
    /// `request.begin` is durable.
    /// - Returns: their ids, each once.
    @inline(never)
    func keepAttachments(
        of message: CleanMessage, in session: Session, _ token: VerifiedToken, _ exchange: Exchange,
        _ path: borrowing DecisionPath
    ) async throws(Refusal) -> [[UInt8]] {
        guard !message.attachments.isEmpty else { return [] }
        let documents = try documents()
        var drafts: [DocumentDraft] = []
        for (index, attachment) in message.attachments.enumerated() {
            do throws(DocumentError) {
                drafts.append(
                    DocumentDraft(
                        owner: .session(session.owner, session.id), name: attachment.name,
                        inspected: try await documents.gate.inspect(
                            attachment.bytes, declared: attachment.mediaType)))
            } catch {
                var refusal = Refusal(error)
                if let detail = refusal.detail { refusal.detail = "file \(index + 1): \(detail)" }
                throw refusal
            }
        }
        var ids: [[UInt8]] = []
        for draft in drafts {
            let stored: StoredDocument
            do throws(DocumentError) { stored = try await documents.store.put(draft) } catch { throw Refusal(error) }
            try await recordDocument(AuditDocument(.store, stored.document), token, exchange, path)
            if !ids.contains(stored.document.id) { ids.append(stored.document.id) }
        }
        return ids
    }
}
