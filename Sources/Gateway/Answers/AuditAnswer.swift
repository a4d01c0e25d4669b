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
}
