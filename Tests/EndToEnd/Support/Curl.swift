import Foundation
import JSON
import Patience
import Testing

/// What the gateway answered.
struct Reply: Sendable {
    /// 0 where there was no answer.
    let status: Int
    let fields: [(name: String, value: String)]
    let body: [UInt8]
    /// curl's exit code and words.
    let exit: Int32
    let errors: String

    var text: String { String(decoding: body, as: UTF8.self) }

    /// The field's value; nil where it is absent.
    func field(_ name: String) -> String? { fields.first { $0.name == name.lowercased() }?.value }

    /// The body as JSON.
    var json: JSONNode {
        get throws { try JSONParser.parse(body) }
    }

    /// The receipt's sequence number and hash.
    var receipt: Acknowledged? { field("audit-receipt").flatMap(Acknowledged.init) }
}

/// A record that the gateway promised to have written.
struct Acknowledged: Hashable, Sendable {
    let sequence: Int
    let hash: String

    /// Reads `SEQ:HASH`.
    init?(_ text: String) {
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count == 2, let sequence = Int(parts[0]), parts[1].count == 64,
            parts[1].allSatisfy({ $0.isHexDigit && !$0.isUppercase })
        else { return nil }
        self.sequence = sequence
        hash = parts[1]
    }
}

/// Who a request is made by.
struct Caller: Sendable {
    var identity: Identity?
    var token: String?

    static func role(_ role: Role, of deployment: Deployment) -> Caller {
        Caller(identity: deployment.identity(role), token: deployment.token(role))
    }
}

extension GatewayProcess {
    /// One request by the real curl.
    func request(
        _ method: String, _ path: String, by caller: Caller, body: [UInt8]? = nil,
        type: String? = "application/json", options: [String] = [], input: [UInt8]? = nil
    ) async throws -> Reply {
        let scratch = deployment.scratch
        let tag = String(UInt32.random(in: .min ... .max), radix: 36)
        let (head, content, sent) = (scratch.file("h-\(tag)"), scratch.file("b-\(tag)"), scratch.file("d-\(tag)"))
        var words = [
            "-sS", "--http1.1", "--max-time", "\(60 * patienceFactor)", "-X", method, "-D", head, "-o", content, "-w",
            "%{http_code}",
        ]
        if method == "HEAD" { words += ["--head"] }
        words += ["--cacert", deployment.authority.certificate]
        if let identity = caller.identity { words += ["--cert", identity.certificate, "--key", identity.key] }
        if let token = caller.token { words += ["-H", "Authorization: Bearer \(token)"] }
        if let body {
            try write(body, to: sent)
            words += ["--data-binary", "@\(sent)"]
            if let type { words += ["-H", "Content-Type: \(type)"] } else { words += ["-H", "Content-Type:"] }
        }
        let finished = try await run("curl", words + options + [url + path], scratch: scratch, input: input)
        let block = String(decoding: contents(of: head), as: UTF8.self).components(separatedBy: "\r\n\r\n")
            .last { $0.hasPrefix("HTTP/") }
        let fields = (block ?? "").components(separatedBy: "\r\n").dropFirst().compactMap { line in
            line.firstIndex(of: ":").map { colon in
                (
                    name: line[..<colon].lowercased(),
                    value: line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                )
            }
        }
        return Reply(
            status: Int(finished.text) ?? 0, fields: fields, body: contents(of: content), exit: finished.status,
            errors: finished.errors)
    }

    /// `GET path`.
    func get(_ path: String, by caller: Caller) async throws -> Reply { try await request("GET", path, by: caller) }

    /// `POST path` with a JSON text.
    func post(_ path: String, _ body: String, by caller: Caller) async throws -> Reply {
        try await request("POST", path, by: caller, body: Array(body.utf8))
    }

    /// A question by the customer.
    func ask(_ message: String = "How do I order a physical card?") async throws -> Reply {
        try await post("/v1/ask", #"{"message": "\#(message)"}"#, by: customer)
    }

    /// The customer of this gateway.
    var customer: Caller { .role(.customer, of: deployment) }

    /// The metrics page.
    func metrics() async throws -> String {
        try await succeed(
            "curl", ["-sS", "--max-time", "\(20 * patienceFactor)", metricsURL], scratch: deployment.scratch
        ).text
    }

    /// The value of the first sample whose line starts with `prefix`; nil where there is none.
    func metric(_ prefix: String) async throws -> Double? {
        let line = try await metrics().split(separator: "\n").first { $0.hasPrefix(prefix) }
        return line?.split(separator: " ").last.flatMap { Double($0) }
    }
}

/// Checks that `reply` is a refusal in the one form that all refusals have (RFC 9457).
func expectProblem(
    _ reply: Reply, _ status: Int, recorded: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    #expect(reply.status == status, "\(reply.text) \(reply.errors)", sourceLocation: sourceLocation)
    #expect(reply.field("content-type") == "application/problem+json", sourceLocation: sourceLocation)
    let problem = try JSONObject(
        try reply.json, allowing: ["type", "title", "status", "detail", "request_id", "errors"])
    #expect(try problem.integer("status", in: 100...599) == status, sourceLocation: sourceLocation)
    #expect(try !problem.string("type").isEmpty, sourceLocation: sourceLocation)
    #expect(try !problem.string("title").isEmpty, sourceLocation: sourceLocation)
    #expect(try problem.string("request_id") == reply.field("x-request-id"), sourceLocation: sourceLocation)
    if recorded { #expect(reply.receipt != nil, "no receipt", sourceLocation: sourceLocation) }
}
