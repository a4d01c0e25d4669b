internal import Audit
internal import JSON

/// The forms in which a log's records leave it.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// The records' own bytes, one a line: the hashes hold on.
    case jsonl
    /// A table (RFC 4180). A convenience, not evidence.
    case csv
    /// One event a line in the Open Cybersecurity Schema Framework: class 6003, API Activity. A convenience, not evidence.
    case ocsf

    /// Whether what comes out can be verified.
    package var isEvidence: Bool { self == .jsonl }
}

/// Turns records into one of the forms, one at a time: nothing is kept but the log's name.
package struct RecordExport {
    private let format: ExportFormat
    /// The log's name, where its first record was seen.
    private var origin: [UInt8]?
    /// Records that the form has no place for.
    package private(set) var leftOut: UInt64 = 0

    package init(_ format: ExportFormat) { self.format = format }

    /// What comes before the first record.
    package var head: [UInt8] { format == .csv ? RecordTable.head : [] }

    /// Takes note of a record that is not asked for: the first one names the log.
    package mutating func pass(_ view: RecordView) {
        if let origin = view.json["log"]?["origin"]?.bytes { self.origin = origin }
    }

    /// A record in this form, its line end included; empty where the form has no place for it.
    package mutating func bytes(of view: RecordView) -> [UInt8] {
        pass(view)
        switch format {
        case .jsonl: return view.record.line + [0x0A]
        case .csv: return RecordTable.row(view)
        case .ocsf:
            guard let event = OCSFEvent(view, origin: origin) else {
                leftOut += 1
                return []
            }
            return event.bytes + [0x0A]
        }
    }
}
