internal import Audit
internal import Bytes
internal import JSON
internal import OpenSSL

/// One page for people about one request: self-contained, without scripts, for the screen and for paper. It is an explanation;
/// the evidence is in the proofs beside it, and the page says so.
struct RequestReport {
    private let evidence: RequestEvidence
    /// The record that says most: the decision, else what came first.
    private let main: RecordView

    init(_ evidence: RequestEvidence) {
        precondition(!evidence.parts.isEmpty, "a request is known by its records")
        self.evidence = evidence
        main = (evidence.parts.first { $0.view.result != nil } ?? evidence.parts[0]).view
    }

    /// The page.
    var bytes: [UInt8] {
        var html = HTMLWriter()
        html.raw("<!DOCTYPE html>\n<html lang=\"en\">\n")
        html.element("head") { html in
            html.raw("<meta charset=\"utf-8\">\n")
            // Whatever a record says, the page loads nothing, runs nothing and has no style but its own.
            html.raw("<meta http-equiv=\"Content-Security-Policy\" content=\"")
            html.write(
                "default-src 'none'; style-src 'sha256-\(Self.styleDigest)'; base-uri 'none'; form-action 'none'")
            html.raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            html.raw(
                "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
            )
            html.element("title", "Evidence about request \(RecordText.show(evidence.request))")
            html.raw("<style>")
            html.raw(ReportStyle.text)
            html.raw("</style>\n")
        }
        html.element("body") { html in
            html.element("h1", "Evidence about request \(RecordText.show(evidence.request))")
            html.element("p", class: "verdict", verdict)
            writeWho(&html)
            writePath(&html)
            writeRedaction(&html)
            writeAnswer(&html)
            writeRecords(&html)
            writeCheckpoints(&html)
            writeVerification(&html)
        }
        html.raw("</html>\n")
        return Array(html.text.utf8)
    }

    private static let styleDigest = Base64.encode(SHA256Digest(of: Array("\(ReportStyle.text)".utf8)).bytes)

    private var verdict: String {
        guard let result = main.result else {
            return "The log has no decision on this request: the process that served it ended before."
        }
        let reason = main.reason.map { ", reason \(RecordText.show($0))" } ?? ""
        switch String(decoding: result, as: UTF8.self) {
        case "allow": return "Allowed\(reason)."
        case "deny": return "Refused" + (main.stage.map { " by stage \(RecordText.show($0))" } ?? "") + reason + "."
        default: return "Failed" + (main.stage.map { " in stage \(RecordText.show($0))" } ?? "") + reason + "."
        }
    }

    private func writeWho(_ html: inout HTMLWriter) {
        let (token, certificate) = (main.json["principal"]?["token"], main.json["principal"]?["cert"])
        var rows = Rows()
        if let method = main.method, let path = main.path {
            rows.add("Asked for", "\(RecordText.show(method)) \(RecordText.show(path))")
        }
        rows.add("Received", main.json["req"]?["received"])
        rows.add("Decided", main.result == nil ? nil : main.json["time"])
        rows.add("Address (peer)", main.json["req"]?["peer"])
        rows.add("Trace", main.json["req"]?["trace"])
        rows.add("Token's subject", token?["sub"])
        rows.add("Token's issuer", token?["iss"])
        rows.add("Token's name (jti)", token?["jti"])
        rows.add("Roles", token?["roles"])
        rows.add("Certificate's subject", certificate?["subject"])
        rows.add("Certificate's names", certificate?["san"])
        rows.add("Certificate's issuer", certificate?["issuer"])
        rows.add("Certificate's serial number", certificate?["serial"])
        rows.add("Certificate, SHA-256", certificate?["sha256"])
        rows.add("TLS", main.json["tls"]?["version"])
        rows.add("Policy in force", main.json["policy"]?["version"])
        rows.add("Policy, SHA-256", main.json["policy"]?["sha256"])
        html.element("h2", "Who asked for what")
        html.pairs(rows.rows)
    }

    private func writePath(_ html: inout HTMLWriter) {
        html.element("h2", "What happened, in order")
        let steps = main.json["path"]?.elements ?? []
        guard !steps.isEmpty else {
            html.element("p", "The record has no decision path.")
            return
        }
        html.table(
            ["Stage", "Outcome", "Reason", "Rule", "Microseconds"],
            steps.map { step in
                ["stage", "outcome", "reason", "rule", "us"].map { name in
                    step.members?.first { $0.name == Array(name.utf8) }.flatMap { Rows.text($0.node) } ?? ""
                }
            })
    }

    private func writeRedaction(_ html: inout HTMLWriter) {
        html.element("h2", "Personal data that was taken out")
        var rows: [[String]] = []
        for (name, words) in [("in", "from what came in"), ("out", "from the answer")] {
            for member in (name == "in" ? main.json["redaction"]?["in"] : main.json["redaction"]?["out"])?.members ?? []
            {
                rows.append([RecordText.show(member.name), words, Rows.text(member.node) ?? ""])
            }
        }
        if rows.isEmpty {
            html.element("p", "The record counts none.")
        } else {
            html.table(["Type", "Where", "How many"], rows)
        }
        html.element("p", "Only types and counts are recorded, never the data.")
    }

    private func writeAnswer(_ html: inout HTMLWriter) {
        let agent = main.json["agent"]
        var rows = Rows()
        rows.add("Response", main.json["response"]?["status"])
        rows.add("Bytes", main.json["response"]?["bytes"])
        rows.add("Microseconds in all", main.json["response"]?["us"])
        rows.add("Answered by", agent?["route"])
        rows.add("Upstream", agent?["upstream"])
        rows.add("Confidence, parts per million", agent?["confidence_ppm"])
        rows.add("Citations", agent?["citations"])
        rows.add("Handed to a person", agent?["escalated"])
        for tool in agent?["tools"]?.elements ?? [] {
            let outcome = Rows.text(tool["outcome"]) ?? ""
            rows.add(
                "Tool \(Rows.text(tool["name"]) ?? "")", "\(outcome), \(Rows.text(tool["us"]) ?? "0") microseconds")
        }
        html.element("h2", "The answer")
        if rows.rows.isEmpty {
            html.element("p", "No answer is recorded.")
        } else {
            html.pairs(rows.rows)
        }
        html.element(
            "p",
            "Questions and answers are not in the log. A record says what was decided, not that the client received it."
        )
    }
}

/// Names and values for a table; what a record does not have gets no row.
struct Rows {
    private(set) var rows: [(String, String)] = []

    mutating func add(_ name: String, _ value: String) { rows.append((name, value)) }

    mutating func add(_ name: String, _ node: JSONNode?) {
        guard let text = Self.text(node), !text.isEmpty else { return }
        rows.append((name, text))
    }

    /// A member in words; of a sealed one, which key would open it.
    static func text(_ node: JSONNode?) -> String? {
        switch node?.value {
        case nil, .null: nil
        case .bool(let value): value ? "yes" : "no"
        case .integer(let value): "\(value)"
        case .double(let value): "\(value)"
        case .string(let bytes): RecordText.show(bytes)
        case .array(let elements): elements.compactMap { text($0) }.joined(separator: ", ")
        case .object: RecordView.text(node).map { RecordText.show($0) }
        }
    }
}

extension RequestReport {
    private func writeRecords(_ html: inout HTMLWriter) {
        html.element("h2", "Where it stands in the log")
        html.table(
            ["Record", "Type", "Time (UTC)", "Place", "Hash", "Proof"],
            evidence.parts.map { part in
                let record = part.view.record
                return [
                    "\(record.seq)", RecordText.show(part.view.type), RecordText.show(part.view.time),
                    "\(record.segment) at byte \(record.offset)", RecordText.show(part.view.hash), part.name,
                ]
            })
    }

    private func writeCheckpoints(_ html: inout HTMLWriter) {
        html.element("h2", "The checkpoints that cover it, and who signed them")
        for part in evidence.parts where isFirst(part) {
            html.pairs([
                ("Log", RecordText.show(Array(part.checkpoint.origin.utf8))),
                ("Records covered", "\(part.checkpoint.size)"), ("Root", Base64.encode(part.checkpoint.root.bytes)),
            ])
            html.table(
                ["Signed by", "Key", "As", "Time (UTC)"],
                part.proof.note.signatures.map { signature in
                    let cosignature = Cosignature(signature.bytes)
                    let time = cosignature.map { cosignature in
                        WallTime(microseconds: Int64(clamping: cosignature.time) &* 1_000_000).text
                    }
                    return [
                        RecordText.show(Array(signature.name.utf8)), Self.hex(signature.keyIdentifier),
                        cosignature == nil ? "the log" : "a witness", time ?? "not stated",
                    ]
                })
            if let confirmed = part.confirmed {
                let names = confirmed.map { RecordText.show(Array($0.utf8)) }.joined(separator: ", ")
                html.element("p", "Checked with the keys of the policy that was given for this export: \(names).")
            } else {
                html.element(
                    "p", "No policy was given for this export: these are the names that the signatures bear, unchecked."
                )
            }
        }
    }

    /// Whether no part before has the same checkpoint.
    private func isFirst(_ part: RequestEvidence.Part) -> Bool {
        evidence.parts.first { $0.checkpoint.size == part.checkpoint.size }?.view.record.seq == part.view.record.seq
    }

    private func writeVerification(_ html: inout HTMLWriter) {
        html.element("h2", "What this proves")
        html.element("ul") { html in
            html.element(
                "li",
                "Each proof shows that its record was in the log, word for word and in its place, when the checkpoint was signed."
            )
            html.element(
                "li",
                "A witness that signed the checkpoint saw the log at that size: the log's owner alone cannot take it back."
            )
        }
        html.element("h2", "What it does not prove")
        html.element("ul") { html in
            html.element(
                "li", "Not that there is no other record about that request: for that, the whole log is to be read.")
            html.element(
                "li",
                "Not that the gateway told the truth when it wrote the record, nor that the client got the answer.")
            html.element(
                "li",
                "This page itself proves nothing: it is made from the proofs' records, and anybody can write a page.")
        }
        html.element("h2", "How to verify it")
        html.element(
            "p",
            "With the proofs of this folder and a policy file P that holds the log's key as you got it from elsewhere:")
        html.element("pre") { html in
            for part in evidence.parts { html.write("portcullis audit verify-bundle \(part.name) --policy P\n") }
        }
        html.element("p", "P needs two lines, the second of which may ask for witnesses instead (C2SP tlog-policy):")
        html.element("pre", "log \(vkeyForm)\nquorum none\n")
        html.element("p", "Any record can be checked with a shell, where L is the record's line:")
        html.element("pre", #"printf 'portcullis.audit.record.v1\n%s' "${L%,\"hash\":*}" | sha256sum"#)
    }

    /// What the key's text begins with, so that a reader can compare it with the one that he pinned.
    private var vkeyForm: String {
        let part = evidence.parts[0]
        let signature = part.proof.note.signatures.first { $0.name == part.checkpoint.origin }
        let origin = RecordText.show(Array(part.checkpoint.origin.utf8))
        return "\(origin)+\(signature.map { Self.hex($0.keyIdentifier) } ?? "KEYID")+…"
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        String(decoding: ByteBuffer.hex(bytes), as: UTF8.self)
    }
}
