internal import Edge
internal import JSON

/// Problems as `application/problem+json` (RFC 9457).
///
/// ```json
/// {"type":"urn:portcullis:problem:invalid-body","title":"…","status":400,"detail":"line 1, column 9: …",
///  "request_id":"01JD…","errors":[{"pointer":"/message","line":1,"column":9}]}
/// ```
enum ProblemWriter {
    static func reply(to refusal: Refusal, requestID: [UInt8]) -> Reply {
        let problem = refusal.problem
        var json = JSONWriter(capacity: 384)
        json.object { json in
            json.member("type", problem.typeURI)
            json.member("title", literal: problem.title)
            json.member("status", problem.status.code)
            if let detail = refusal.detail { json.member("detail", detail) }
            json.member("request_id", requestID)
            if let place = refusal.place { write(place, to: &json) }
        }
        var fields = [ResponseField("Content-Type", "application/problem+json")] + refusal.fields
        if let seconds = problem.retryAfterSeconds, !fields.contains(where: { "\($0.name)" == "Retry-After" }) {
            fields.append(ResponseField("Retry-After", String(seconds)))
        }
        return Reply(status: problem.status, fields: fields, body: json.bytes)
    }

    private static func write(_ place: Refusal.Place, to json: inout JSONWriter) {
        json.name("errors")
        json.array { json in
            json.object { json in
                if let pointer = place.pointer { json.member("pointer", pointer) }
                if let line = place.line { json.member("line", line) }
                if let column = place.column { json.member("column", column) }
            }
        }
    }
}
