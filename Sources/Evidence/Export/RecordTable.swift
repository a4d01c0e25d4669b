internal import Audit
internal import JSON

/// Records as rows of a table: RFC 4180, every field quoted, for people with a spreadsheet. The last column says that the row is
/// no evidence, and where the evidence is.
enum RecordTable {
    private static let columns: [(name: String, value: @Sendable (RecordView) -> String)] = [
        ("seq", { "\($0.record.seq)" }), ("time", { text($0.time) }), ("type", { text($0.type) }),
        ("request", { text($0.request) }), ("method", { text($0.method) }), ("path", { text($0.path) }),
        ("peer", { text($0.peer) }), ("subject", { text($0.subject) }),
        ("roles", { Rows.text($0.json["principal"]?["token"]?["roles"]) ?? "" }),
        ("certificate", { text($0.certificate) }), ("result", { text($0.result) }), ("stage", { text($0.stage) }),
        ("reason", { text($0.reason) }), ("route", { text($0.route) }),
        ("status", { $0.status.map { "\($0)" } ?? "" }), ("microseconds", { $0.microseconds.map { "\($0)" } ?? "" }),
        ("personal_data_in", { counts($0.json["redaction"]?["in"]) }),
        ("personal_data_out", { counts($0.json["redaction"]?["out"]) }),
        ("policy_version", { Rows.text($0.json["policy"]?["version"]) ?? "" }),
        ("not_evidence_see_record", { "\($0.record.seq):\(text($0.hash))" }),
    ]

    /// The line with the columns' names.
    static var head: [UInt8] { line(columns.map(\.name)) }

    /// A record's line.
    static func row(_ view: RecordView) -> [UInt8] { line(columns.map { $0.value(view) }) }

    private static func text(_ bytes: [UInt8]?) -> String { bytes.map { RecordText.show($0) } ?? "" }

    private static func counts(_ node: JSONNode?) -> String {
        (node?.members ?? []).map { "\(text($0.name)): \(Rows.text($0.node) ?? "")" }.joined(separator: ", ")
    }

    private static func line(_ fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += quoted(field)
        }
        return bytes + [0x0D, 0x0A]
    }

    /// A field in quotes. What a spreadsheet would take for a formula gets an apostrophe before it, which makes it a text.
    static func quoted(_ field: String) -> [UInt8] {
        let isFormula = field.unicodeScalars.first { $0 != " " }.map { formulaStarts.contains($0) } ?? false
        var bytes = Array((isFormula ? "\"'" : "\"").utf8)
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
        return bytes
    }

    /// With their full-width forms, which some take for the same; control characters do not get here.
    private static let formulaStarts: Set<Unicode.Scalar> = [
        "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]
}
