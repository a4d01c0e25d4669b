internal import Bytes
internal import JSON

/// A text whose personal data people have labelled: one line of a file that `redact eval` reads.
///
/// ```json
/// {"id": "1", "text": "call 0300 1234567", "spans": [{"byte_start": 5, "byte_end": 17, "type": "PHONE_NUMBER"}]}
/// ```
public struct GoldRow: Sendable {
    /// A labelled place.
    public struct Span: Sendable {
        /// Byte offsets in the text, on the boundaries of characters.
        public let range: Range<Int>
        /// The type's name; empty for decoys and what is neutral.
        public let type: [UInt8]

        /// Makes a labelled place.
        public init(_ range: Range<Int>, type: [UInt8] = []) {
            self.range = range
            self.type = type
        }
    }

    /// What names the row.
    public let id: [UInt8]
    /// The text.
    public let text: [UInt8]
    /// What must be redacted.
    public let spans: [Span]
    /// What may be redacted or left.
    public let neutral: [Span]
    /// What looks like personal data and must be left.
    public let decoys: [Span]

    /// Bytes of a line that are accepted: 4 MiB.
    public static let lineBytesMax = 4 << 20

    /// Makes a row.
    public init(id: [UInt8], text: [UInt8], spans: [Span], neutral: [Span] = [], decoys: [Span] = []) {
        self.id = id
        self.text = text
        self.spans = spans
        self.neutral = neutral
        self.decoys = decoys
    }

    /// The row with the places of `types` made neutral.
    public func leavingOut(_ types: Set<[UInt8]>) -> GoldRow {
        guard !types.isEmpty else { return self }
        let left = spans.filter { types.contains($0.type) }.map { Span($0.range) }
        return GoldRow(
            id: id, text: text, spans: spans.filter { !types.contains($0.type) }, neutral: neutral + left,
            decoys: decoys)
    }

    /// Reads a line. Members that are not named here are passed over. `start` and `end` count characters (Unicode scalars);
    /// where `byte_start` and `byte_end` stand beside them, those count.
    /// - Throws: `GoldRowError`
    public init(_ line: [UInt8]) throws(GoldRowError) {
        guard line.count <= Self.lineBytesMax else {
            throw GoldRowError(found: "\(line.count) bytes", wanted: "at most \(Self.lineBytesMax) a line")
        }
        let row: JSONNode
        do throws(JSONSyntaxError) { row = try JSONParser.parse(line, dialect: .rfc8259) } catch {
            throw GoldRowError(found: error.message, wanted: "a JSON object a line")
        }
        guard let id = row["id"]?.bytes else { throw GoldRowError(found: "no text /id", wanted: "what names the row") }
        guard let text = row["text"]?.bytes else { throw GoldRowError(found: "no text /text", wanted: "the text") }
        let starts = ScalarOffsets.starts(of: text)
        self.init(
            id: id, text: text, spans: try Self.spans(row["spans"], "spans", starts),
            neutral: try Self.spans(row["neutral"], "neutral", starts),
            decoys: try Self.spans(row["decoys"], "decoys", starts))
    }

    private static func spans(
        _ node: JSONNode?, _ name: String, _ starts: [Int]
    ) throws(GoldRowError) -> [Span] {
        guard let node else { return [] }
        guard let elements = node.elements else {
            throw GoldRowError(found: node.kindName, wanted: "an array /\(name)")
        }
        var spans: [Span] = []
        for (index, element) in elements.enumerated() {
            let start = offset(element["byte_start"]) ?? offset(element["start"], in: starts)
            let end = offset(element["byte_end"]) ?? offset(element["end"], in: starts)
            guard let start, let end, start < end, starts.contains(sorted: start), starts.contains(sorted: end) else {
                throw GoldRowError(
                    found: "/\(name)/\(index) outside the text or inside a character",
                    wanted: "a start and an end behind it, in characters, or in bytes as byte_start and byte_end")
            }
            spans.append(Span(start..<end, type: element["type"]?.bytes ?? []))
        }
        return spans
    }

    private static func offset(_ node: JSONNode?) -> Int? { node?.integer.flatMap { Int(exactly: $0) } }

    private static func offset(_ node: JSONNode?, in starts: [Int]) -> Int? {
        guard let character = offset(node), starts.indices.contains(character) else { return nil }
        return starts[character]
    }
}

/// What is wrong with a labelled row.
public struct GoldRowError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What stands there.
    public let found: String
    /// What was wanted instead.
    public let wanted: String

    /// "found …, wanted …".
    public var description: String { "found \(found), wanted \(wanted)" }
}

/// Where the characters of UTF-8 text begin.
enum ScalarOffsets {
    /// The byte offset of each Unicode scalar of `text`, and that of its end.
    static func starts(of text: [UInt8]) -> [Int] {
        var starts = text.indices.filter { text[$0] & 0xC0 != 0x80 }
        starts.append(text.count)
        return starts
    }
}
