internal import Edge
internal import JSON

/// Problems in the form that OpenAI's clients read, on the routes that are for them:
///
/// ```json
/// {"error":{"message":"…","type":"invalid_request_error","param":"messages/0/role","code":"invalid_body",
///  "request_id":"01JD…"}}
/// ```
enum CompletionProblem {
    static func reply(to refusal: Refusal, requestID: [UInt8]) -> Reply {
        var reply = ProblemWriter.reply(to: refusal, requestID: requestID)
        var json = JSONWriter(capacity: 256)
        write(refusal, requestID, to: &json)
        reply.body = json.bytes
        reply.fields.removeAll { "\($0.name)" == "Content-Type" }
        reply.fields.insert(Pipeline.jsonType, at: 0)
        return reply
    }

    /// The event that ends a stream badly. What was sent before it is what the model said.
    static func event(_ refusal: Refusal, requestID: [UInt8]) -> [UInt8] {
        CompletionWriter.event { write(refusal, requestID, to: &$0) }
    }

    private static func write(_ refusal: Refusal, _ requestID: [UInt8], to json: inout JSONWriter) {
        let problem = refusal.problem
        json.object { json in
            json.name("error")
            json.object { json in
                json.member("message", refusal.detail.map { "\(problem.title): \($0)" } ?? "\(problem.title)")
                json.member("type", literal: type(of: problem))
                if let pointer = refusal.place?.pointer {
                    json.member("param", String(pointer.drop { $0 == "/" }))
                } else {
                    json.name("param")
                    json.null()
                }
                json.member("code", problem.rawValue)
                json.member("request_id", requestID)
            }
        }
    }

    private static func type(of problem: Problem) -> StaticString {
        switch problem.status.code {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 404: "not_found_error"
        case 429: "rate_limit_error"
        case 400..<500: "invalid_request_error"
        default: "server_error"
        }
    }
}
