internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import OpenSSL

extension Pipeline {
    /// `GET /v1/audit/head`: the newest durable record, for an auditor who keeps it to hold the log against later.
    func auditHead() -> Reply {
        let head = services.log.head
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("seq", head.seq)
            json.member("hash", head.hash.hex)
            json.member("records", head.recordCount)
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }

    /// `GET /v1/audit/checkpoint`: the newest signed checkpoint with its cosignatures, as a note.
    func auditCheckpoint() -> Reply {
        Reply(
            status: .ok, fields: [ResponseField("Content-Type", "text/plain; charset=utf-8")],
            body: services.log.checkpoint)
    }

    /// `GET /v1/audit/proof?seq=N`: that record N is in the tree of the newest checkpoint.
    @inline(never)
    func auditProof(_ seq: UInt64) async throws(Refusal) -> Reply {
        let evidence: InclusionEvidence
        do throws(AuditError) {
            evidence = try await services.log.evidence(for: seq)
        } catch {
            var refusal = Refusal(error)
            switch error {
            case .notCovered: refusal.detail = "\(error)"
            case .missingHash: refusal.detail = "the log's tiles do not serve; portcullis audit prove reads its records"
            default: break
            }
            throw refusal
        }
        var json = JSONWriter(capacity: 2048)
        json.object { json in
            json.member("seq", evidence.seq)
            json.member("leaf", evidence.leaf)
            json.member("size", evidence.size)
            json.name("proof")
            json.array { json in for hash in evidence.proof { json.string(hash) } }
            json.member("checkpoint", String(decoding: evidence.checkpoint, as: UTF8.self))
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }

    /// `POST /v1/audit/erasures`: makes a person's sealed members of the log unreadable, for good. The records of this request
    /// say who had it done; `privacy.erase` names the request.
    @inline(never)
    func erase(
        _ person: [UInt8], _ ticket: [UInt8], _ permit: Permit, _ exchange: Exchange, _ path: inout DecisionPath
    ) async throws(Refusal) -> Reply {
        guard let sealing = services.sealing else {
            var refusal = Refusal(problem: .notFound, reason: "nothing_sealed")
            refusal.detail = "nothing is sealed in this log: audit.key_encryption_key is not set"
            throw refusal
        }
        try await begin(permit, exchange, &path)
        var erased: [[UInt8]] = []
        do throws(AuditError) {
            for subject in SealSubject.named(person) {
                let keys = try await sealing.erase(subject)
                for key in keys {
                    _ = try await services.log.append(
                        .privacyErase(
                            keyIdentifier: key, ticket: ticket, operator: Array("request:".utf8) + exchange.id))
                }
                try await sealing.forget(keys, of: subject)
                erased += keys
            }
        } catch {
            throw Refusal(error)
        }
        guard !erased.isEmpty else {
            var refusal = Refusal(problem: .notFound, reason: "subject_unknown")
            refusal.detail = "nothing is sealed for this subject, or it was erased before"
            throw refusal
        }
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.name("keys")
            json.array { json in for key in erased { json.string(key) } }
            json.member("request_id", exchange.id)
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }
}
