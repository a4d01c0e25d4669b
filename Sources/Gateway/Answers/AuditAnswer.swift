internal import Audit
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
            if case .notCovered = error { refusal.detail = "\(error)" }
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
}
