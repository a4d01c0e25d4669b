internal import Agent
internal import Edge
internal import JSON
internal import Redaction

extension Pipeline {
    /// `POST /v1/redact`: a text as the assistant would see it, for other services of the bank. Nothing of it is kept: what
    /// became a token does not become the original again.
    func redacted(_ text: CleanText, _ findings: [ReportedFinding], _ exchange: Exchange) -> Reply {
        var json = JSONWriter(capacity: 512 + text.bytes.count)
        json.object { json in
            json.member("text", text.bytes)
            json.name("findings")
            json.array { json in for finding in findings { Self.write(finding, to: &json) } }
            json.member("request_id", exchange.id)
        }
        return Reply(status: .ok, fields: [Self.jsonType], body: json.bytes)
    }

    private static func write(_ reported: ReportedFinding, to json: inout JSONWriter) {
        let finding = reported.finding
        json.object { json in
            json.member("type", finding.type.name)
            json.member("byte_start", finding.range.lowerBound)
            json.member("byte_end", finding.range.upperBound)
            json.name("confidence")
            json.millionths(finding.confidencePPM)
            guard let explanation = reported.explanation else { return }
            json.member("detector", explanation.detector)
            json.member("reason", explanation.reason)
        }
    }
}

/// A finding as it is told to the caller who sent the text.
struct ReportedFinding: Sendable {
    let finding: Finding
    /// Why it was found, where the caller asks.
    let explanation: Explanation?

    init(_ finding: Finding, _ explanation: Explanation? = nil) {
        self.finding = finding
        self.explanation = explanation
    }
}
