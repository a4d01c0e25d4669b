internal import JSON
internal import Redaction

/// Writes what a stream makes of a text in the form that was asked for. No value is in what it writes beside the text.
///
/// It follows both texts: `offset` is that in the original of what stands at `given` in the redacted one.
struct RedactionPrinter {
    /// Bytes of a line after which its object ends, and the next one goes on with it.
    static let lineBytesMax = 65_536

    private let form: RedactCommands.Request.Form
    private let paint: Paint
    private let file: String
    private var lines = LineIndex()
    private var offset = 0
    private var given = 0
    private var line = JSONLine()
    private var text: [UInt8] = []

    /// A line of the text, or what stands between two line ends outside of values.
    private struct JSONLine {
        var start = 0
        var text: [UInt8] = []
        var findings: [ExplainedFinding] = []
    }

    init(_ form: RedactCommands.Request.Form, isColored: Bool, file: String) {
        self.form = form
        self.file = file
        paint = Paint(isOn: isColored)
    }

    /// Takes the next bytes of the original, of which only the line ends are kept.
    mutating func see(_ chunk: [UInt8]) { if form != .text { lines.add(chunk) } }

    /// Forgets lines that end before `offset`.
    mutating func forget(before offset: Int) { lines.forget(before: min(offset, line.start)) }

    /// What is to be printed since the last call.
    mutating func takeText() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &text)
        return taken
    }

    /// Takes what the stream gave out, and what it found in it.
    mutating func take(_ output: [UInt8], _ found: [StreamedFinding]) {
        var rest = output[...]
        for one in found {
            let start = one.explained?.finding.range.lowerBound ?? offset
            let copied = one.replacement.isEmpty ? start - offset : one.replacement.lowerBound - given
            copy(rest.prefix(copied))
            rest = rest.dropFirst(copied)
            if let explained = one.explained { tell(explained) }
            replace(rest.prefix(one.replacement.count))
            rest = rest.dropFirst(one.replacement.count)
            given += one.replacement.count
            offset = one.resumesAt
        }
        copy(rest)
    }

    /// Ends the last line.
    mutating func finish() { if form == .json, !line.text.isEmpty || !line.findings.isEmpty { endLine() } }

    private mutating func copy(_ bytes: ArraySlice<UInt8>) {
        given += bytes.count
        guard form == .json else {
            offset += bytes.count
            if form == .text { text += bytes }
            return
        }
        for byte in bytes {
            if line.text.count >= Self.lineBytesMax, byte & 0xC0 != 0x80 { endLine() }
            offset += 1
            if byte == UInt8(ascii: "\n") {
                endLine()
            } else {
                line.text.append(byte)
            }
        }
    }

    private mutating func replace(_ replacement: ArraySlice<UInt8>) {
        switch form {
        case .text: text += paint.value(replacement)
        case .json: line.text += replacement
        case .explanation: break
        }
    }

    private mutating func tell(_ explained: ExplainedFinding) {
        switch form {
        case .text: break
        case .json: line.findings.append(explained)
        case .explanation: explain(explained)
        }
    }

    /// `letter.txt:3:14: EMAIL_ADDRESS tokenise 99 % email_address.mailbox: a name, an @ and …`
    private mutating func explain(_ explained: ExplainedFinding) {
        let finding = explained.finding
        let place = lines.position(of: finding.range.lowerBound)
        let action = explained.action == .block ? paint.alarm("block") : "\(explained.action)"
        let confidence = "\((finding.confidencePPM + 5_000) / 10_000) %"
        text += Array(
            "\(file):\(place.line):\(place.column): \(paint.strong("\(finding.type)")) \(action) \(confidence) ".utf8)
        text += Array("\(paint.faint(explained.explanation.detector)): \(explained.explanation.reason)\n".utf8)
    }

    private mutating func endLine() {
        var json = JSONWriter(capacity: 256 + line.text.count)
        json.object {
            $0.member("file", file)
            $0.member("line", lines.position(of: line.start).line)
            $0.member("byte_start", line.start)
            $0.member("text", Self.repaired(line.text))
            $0.name("findings")
            $0.array { json in
                for explained in line.findings { write(explained, &json) }
            }
        }
        text += json.bytes
        text.append(UInt8(ascii: "\n"))
        line = JSONLine(start: offset)
    }

    /// JSON texts are UTF-8 (RFC 8259 §8.1): what is none becomes U+FFFD.
    private static func repaired(_ text: [UInt8]) -> [UInt8] {
        UTF8Validation.firstInvalid(in: text) == nil ? text : Array(String(decoding: text, as: UTF8.self).utf8)
    }

    private func write(_ explained: ExplainedFinding, _ json: inout JSONWriter) {
        let place = lines.position(of: explained.finding.range.lowerBound)
        json.object {
            $0.member("type", Array(explained.finding.type.name.utf8))
            $0.member("byte_start", explained.finding.range.lowerBound)
            $0.member("byte_end", explained.finding.range.upperBound)
            $0.member("line", place.line)
            $0.member("column", place.column)
            $0.name("confidence")
            $0.millionths(explained.finding.confidencePPM)
            $0.member("action", "\(explained.action)")
            $0.member("detector", explained.explanation.detector)
            $0.member("reason", explained.explanation.reason)
        }
    }
}

/// Where the lines of a text begin, for as much of it as is asked for.
struct LineIndex {
    /// Offsets behind the line ends that are kept.
    private var starts: [Int] = [0]
    /// Number of the first of them, from 1.
    private var firstLine = 1
    private var seen = 0

    /// Takes the next bytes of the text.
    mutating func add(_ chunk: [UInt8]) {
        for (index, byte) in chunk.enumerated() where byte == UInt8(ascii: "\n") { starts.append(seen + index + 1) }
        seen += chunk.count
    }

    /// Line and column, in bytes, of `offset`, both from 1. Behind what was forgotten only.
    func position(of offset: Int) -> (line: Int, column: Int) {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        let index = max(0, low - 1)
        return (firstLine + index, offset - starts[index] + 1)
    }

    /// Forgets the lines that end before `offset`.
    mutating func forget(before offset: Int) {
        let count = (starts.firstIndex { $0 > offset } ?? starts.count) - 1
        guard count > 0 else { return }
        starts.removeFirst(count)
        firstLine += count
    }
}

/// Colours of a terminal, or none (ECMA-48 §8.3.117).
struct Paint: Sendable {
    /// Whether there are any.
    let isOn: Bool

    /// A replaced value.
    func value(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        isOn && !bytes.isEmpty ? Array("\u{1B}[1;33m".utf8) + bytes + Array("\u{1B}[0m".utf8) : Array(bytes)
    }

    /// What matters.
    func strong(_ text: String) -> String { painted("1", text) }
    /// What refuses.
    func alarm(_ text: String) -> String { painted("1;31", text) }
    /// What matters less.
    func faint(_ text: String) -> String { painted("2", text) }

    private func painted(_ code: String, _ text: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
