internal import Audit
internal import Auth
internal import Edge
internal import JSON
internal import OpenSSL

/// A story for people and for scripts.
extension DecisionStory {
    /// What the record of a refusal says.
    private struct Refused {
        let type: String, stage: String, reason: String
        var rule: String?
        /// nil where there is no answer.
        var status: UInt16?
    }

    func verdict(_ ending: Ending) -> PolicyExplaining.Verdict {
        var lines = steps.map { "\($0.word)  \($0.check): \($0.detail)" }
        let refused = Self.refused(ending)
        switch ending {
        case .allowed(let allowed):
            lines.append("allow: \(allowed.name) for \(allowed.role)" + (allowed.isOwnOnly ? ", what is its own" : ""))
        case .open(let what): lines.append("allow: \(what), whoever asks")
        case .refused, .rejected: break
        }
        if let refused {
            let rule = refused.rule.map { " by \($0)" } ?? ""
            let answer = refused.status.map { "the answer is \($0)" } ?? "there is no answer"
            lines.append("deny: \(refused.reason)\(rule)")
            lines.append("record: \(refused.type), stage \(refused.stage), reason \(refused.reason); \(answer)")
        }
        return .init(isAllowed: refused == nil, lines: lines, json: json(ending, refused))
    }

    private static func refused(_ ending: Ending) -> Refused? {
        switch ending {
        case .allowed, .open: nil
        case .rejected(let failure):
            Refused(type: "connection.reject", stage: "handshake", reason: failure.rawValue)
        case .refused(let stage, let refusal):
            Refused(
                type: "request.end", stage: "\(stage.name)", reason: text(refusal.reason.bytes),
                rule: refusal.rule.map(text), status: refusal.problem.status.code)
        }
    }

    private func json(_ ending: Ending, _ refused: Refused?) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            json.member("result", literal: refused == nil ? "allow" : "deny")
            if case .allowed(let allowed) = ending {
                json.member("permission", allowed.name)
                json.member("role", allowed.role.bytes)
                json.member("own", allowed.isOwnOnly)
            }
            if let refused {
                json.member("record", refused.type)
                json.member("stage", refused.stage)
                json.member("reason", refused.reason)
                if let rule = refused.rule { json.member("rule", rule) }
                if let status = refused.status { json.member("status", status) }
            }
            json.name("steps")
            json.array { json in
                for step in steps {
                    json.object { json in
                        json.member("check", step.check)
                        json.member("outcome", step.word)
                        json.member("detail", step.detail)
                    }
                }
            }
        }
        return json.bytes
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
