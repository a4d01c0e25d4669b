internal import Audit
internal import JSON

/// Records in words, for a terminal. What stands in a record has been escaped by the log's encoding; here it is decoded, so
/// control characters and marks that turn the direction of text are shown by their numbers.
package enum RecordText {
    /// One line: number, time, type, and what was decided on what, and for whom.
    package static func line(_ view: RecordView) -> String {
        var parts = ["\(view.record.seq)", show(view.time), show(view.type)]
        if let result = view.result {
            parts.append(show(result) + (view.reason.map { " (\(show($0)))" } ?? ""))
        } else if let reason = view.reason {
            parts.append(show(reason))
        }
        if let method = view.method, let path = view.path { parts.append("\(show(method)) \(show(path))") }
        let admin = view.json["admin"]
        if let action = admin?["action"]?.bytes {
            parts.append("\(show(action)) \(show(admin?["target"]?.bytes ?? []))")
        }
        if let status = view.status { parts.append("\(status)") }
        if let who = view.subject ?? view.certificate { parts.append(show(who)) }
        if let request = view.request { parts.append(show(request)) }
        return parts.joined(separator: "  ")
    }

    /// Several lines: everything that a reviewer asks for first.
    package static func page(_ view: RecordView) -> String {
        var rows: [(String, String)] = [
            ("record", "\(view.record.seq) in \(view.record.segment) at byte \(view.record.offset)"),
            ("time", show(view.time)), ("type", show(view.type)),
        ]
        func add(_ name: String, _ value: [UInt8]?) { if let value { rows.append((name, show(value))) } }
        add("request", view.request)
        if let method = view.method, let path = view.path { rows.append(("asked", "\(show(method)) \(show(path))")) }
        add("from", view.peer)
        add("certificate", view.certificate)
        add("subject", view.subject)
        let roles = view.json["principal"]?["token"]?["roles"]?.elements?.compactMap(\.bytes).map(show) ?? []
        if !roles.isEmpty { rows.append(("roles", roles.joined(separator: ", "))) }
        if let result = view.result {
            let stage = view.stage.map { " by stage \(show($0))" } ?? ""
            rows.append(("decision", show(result) + stage + (view.reason.map { ": \(show($0))" } ?? "")))
        } else {
            add("reason", view.reason)
        }
        let admin = view.json["admin"]
        add("action", admin?["action"]?.bytes)
        add("on", admin?["target"]?.bytes)
        if let command = admin?["command"], let user = command["user"]?.bytes {
            rows.append(("run by", show(user) + (command["uid"]?.integer.map { " (uid \($0))" } ?? "")))
        }
        add("answered by", view.route)
        if let status = view.status {
            rows.append(("response", "\(status)" + (view.microseconds.map { " after \($0) us" } ?? "")))
        }
        for step in view.json["path"]?.elements ?? [] {
            let reason = step["reason"]?.bytes.map { " (\(show($0)))" } ?? ""
            rows.append(
                (
                    "  " + show(step["stage"]?.bytes ?? []),
                    show(step["outcome"]?.bytes ?? []) + reason + (step["us"]?.integer.map { ", \($0) us" } ?? "")
                ))
        }
        for type in Set(view.redactionTypes).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            rows.append(("personal data", show(type)))
        }
        rows.append(("receipt", "\(view.record.seq):\(show(view.hash))"))
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { name, value in
            name + String(repeating: " ", count: width - name.count + 2) + value + "\n"
        }.joined()
    }

    /// `text` without anything that a terminal acts on.
    package static func show(_ text: [UInt8]) -> String {
        var shown = ""
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
                shown += "\\u{\(String(scalar.value, radix: 16))}"
            default: shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }
}
