internal import Bytes
internal import JSON
internal import OpenSSL

/// What the verifier found, and how it is said (`docs/formats/audit-log.md` §13).
public struct VerifyReport: Sendable {
    /// The first thing that is wrong.
    public struct Finding: Equatable, Sendable, Error {
        /// What, as in `HASH_MISMATCH`.
        public var code: String
        /// The first record that is wrong or missing.
        public var seq: UInt64?
        /// The file it is in.
        public var segment: String?
        /// Its line in that file, from 1.
        public var line: UInt64?
        /// Offset in that file of the offending byte, or of the line.
        public var offset: UInt64?
        /// In words.
        public var detail: String
    }

    /// A log in which nothing is wrong.
    public struct Summary: Equatable, Sendable {
        /// Records verified.
        public var records: UInt64
        /// The number of the first one; above 0 where older ones were removed.
        public var first: UInt64
        /// Size of the largest checkpoint that agrees; nil where there is none.
        public var size: UInt64?
        /// Its root, as the checkpoint writes it.
        public var root: String?
        /// Hash of the last record, 64 hex digits.
        public var head: String
        /// Records that no checkpoint covers.
        public var uncovered: UInt64
        /// Size of the largest checkpoint that enough witnesses have signed; nil where none has to, or none is.
        public var cosigned: UInt64?
        /// Time of the first record.
        public var from: String
        /// Time of the last record.
        public var to: String
    }

    /// The three answers.
    public enum Verdict: Equatable, Sendable {
        case ok(Summary)
        case tampered(Finding)
        /// Nothing can be said: usage, or files that are missing or unreadable.
        case unusable(String)
    }

    /// The answer.
    public let verdict: Verdict
    /// What an OK does not cover, or a reader should know.
    public let warnings: [String]
    /// Everything that is wrong, where that was asked for; at most `LogWalk.findingsMax`.
    public var breaks: [Finding] = []
    /// How many breaks there are, listed or not.
    public var breaksCount = 0

    /// 0 nothing is wrong, 1 the log was tampered with, 2 no answer.
    public var exitStatus: Int32 {
        switch verdict {
        case .ok: 0
        case .tampered: 1
        case .unusable: 2
        }
    }

    /// Lines for people and scripts, each with its LF. For standard error where the verdict is `unusable`, else for standard output.
    public var text: String {
        switch verdict {
        case .ok(let summary):
            let line =
                "OK records=\(summary.records) first=\(summary.first) size=\(Self.orDash(summary.size)) "
                + "root=\(summary.root ?? "-") head=\(summary.head) uncovered=\(summary.uncovered) "
                + "cosigned=\(Self.orDash(summary.cosigned)) from=\(summary.from) to=\(summary.to)\n"
            return line + warnings.map { "WARNING \($0)\n" }.joined()
        case .tampered(let finding):
            guard breaksCount > 0 else { return finding.text + "\n" }
            return breaks.map { $0.text + "\n" }.joined() + "SUMMARY breaks=\(breaksCount) listed=\(breaks.count)\n"
        case .unusable(let reason): return "UNUSABLE \(reason)\n"
        }
    }

    /// The same as one JSON object and an LF.
    public var json: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            switch verdict {
            case .ok(let summary):
                json.member("verdict", literal: "OK")
                json.member("records", summary.records)
                json.member("first", summary.first)
                if let size = summary.size { json.member("size", size) }
                if let root = summary.root { json.member("root", root) }
                json.member("head", summary.head)
                json.member("uncovered", summary.uncovered)
                if let cosigned = summary.cosigned { json.member("cosigned", cosigned) }
                json.member("from", summary.from)
                json.member("to", summary.to)
                json.name("warnings")
                json.array { json in for warning in warnings { json.string(warning) } }
            case .tampered(let finding):
                json.member("verdict", literal: "TAMPERED")
                finding.write(to: &json)
                if breaksCount > 0 {
                    json.member("breaks", UInt64(breaksCount))
                    json.name("listed")
                    json.array { json in
                        for one in breaks { json.object { json in one.write(to: &json) } }
                    }
                }
            case .unusable(let reason):
                json.member("verdict", literal: "UNUSABLE")
                json.member("detail", reason)
            }
        }
        return json.bytes + [0x0A]
    }

    /// One line on a terminal, whatever a file is called or a record says.
    static func printable(_ text: String) -> String {
        var bytes = ByteBuffer(capacity: text.utf8.count)
        _ = TextProfile.append(Array(text.utf8), bytesMax: RecordLimits.textBytesMax, to: &bytes)
        return String(decoding: bytes.array(), as: UTF8.self)
    }

    fileprivate static func orDash(_ number: UInt64?) -> String { number.map(String.init) ?? "-" }
}

extension VerifyReport.Finding {
    init(_ code: TamperCode, seq: UInt64?, segment: String?, line: UInt64?, offset: UInt64?, detail: String) {
        self.init(
            code: code.rawValue, seq: seq, segment: segment.map(VerifyReport.printable), line: line, offset: offset,
            detail: VerifyReport.printable(detail))
    }

    /// `TAMPERED code=… seq=… segment=… line=… offset=… detail=…`, with `-` for what does not apply.
    var text: String {
        "TAMPERED code=\(code) seq=\(VerifyReport.orDash(seq)) segment=\(segment ?? "-") "
            + "line=\(VerifyReport.orDash(line)) offset=\(VerifyReport.orDash(offset)) detail=\(detail)"
    }

    fileprivate func write(to json: inout JSONWriter) {
        json.member("code", code)
        if let seq { json.member("seq", seq) }
        if let segment { json.member("segment", segment) }
        if let line { json.member("line", line) }
        if let offset { json.member("offset", offset) }
        json.member("detail", detail)
    }
}
