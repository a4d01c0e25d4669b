/// Reads records of comma-separated values (RFC 4180) from bytes, strictly.
///
/// ```
///            "            any           "
///   start ──────► quoted ──────┐   ┌──────► quote seen ──► "" is a quote; , CR LF end the field; else broken
///     │  other                 └───┘
///     └──────► plain   a quote inside is broken
/// ```
/// What RFC 4180 leaves open: a line ends with CRLF or LF, a bare CR is broken, the last line's end is optional, and an
/// empty line is skipped. A broken record ends at the next LF, so that one mistake costs one line.
package struct CSVReader {
    /// One record, or why there is none on its line.
    package enum Record: Equatable {
        case fields([[UInt8]])
        case broken(RefusedRow.Reason)
    }

    private let text: [UInt8]
    private let fieldBytesMax: Int
    private var position = 0
    /// The line that the reader stands on, counted from 1.
    private(set) var line = 1
    /// The line on which the record that `next` returned last begins.
    package private(set) var recordLine = 1

    /// Reads `text`, whose fields may have so many bytes each.
    package init(_ text: [UInt8], fieldBytesMax: Int) {
        self.text = text
        self.fieldBytesMax = fieldBytesMax
    }

    /// The next record, or nil at the end.
    package mutating func next() -> Record? {
        skipEmptyLines()
        guard position < text.count else { return nil }
        recordLine = line
        var fields: [[UInt8]] = []
        while true {
            switch takeField() {
            case .success(let field): fields.append(field)
            case .failure(let broken):
                skipLine()
                return .broken(broken.reason)
            }
            if take(UInt8(ascii: ",")) { continue }
            if endLine() { return .fields(fields) }
            skipLine()
            return .broken(.brokenQuotes)
        }
    }

    private struct Broken: Error { let reason: RefusedRow.Reason }

    private mutating func takeField() -> Result<[UInt8], Broken> {
        take(UInt8(ascii: "\"")) ? takeQuoted() : takePlain()
    }

    private mutating func takePlain() -> Result<[UInt8], Broken> {
        let start = position
        while position < text.count {
            switch text[position] {
            case UInt8(ascii: ","), 0x0A, 0x0D: return checked(Array(text[start..<position]))
            case UInt8(ascii: "\""): return .failure(Broken(reason: .brokenQuotes))
            default: position += 1
            }
        }
        return checked(Array(text[start..<position]))
    }

    private mutating func takeQuoted() -> Result<[UInt8], Broken> {
        let start = (position, line)
        var field: [UInt8] = []
        while position < text.count {
            let byte = text[position]
            position += 1
            if byte == UInt8(ascii: "\"") && !take(UInt8(ascii: "\"")) { return checked(field) }
            if byte == 0x0A { line += 1 }
            field.append(byte)
        }
        // The quote was never closed: what follows it may be good rows, so go back and give up this line only.
        (position, line) = start
        return .failure(Broken(reason: .brokenQuotes))
    }

    private func checked(_ field: [UInt8]) -> Result<[UInt8], Broken> {
        field.count <= fieldBytesMax
            ? .success(field) : .failure(Broken(reason: .fieldTooLong(bytesMax: fieldBytesMax)))
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    /// Takes LF, CRLF or the end of the text.
    private mutating func endLine() -> Bool {
        if position == text.count { return true }
        if text[position] == 0x0D, position + 1 < text.count, text[position + 1] == 0x0A { position += 1 }
        guard take(0x0A) else { return false }
        line += 1
        return true
    }

    private mutating func skipEmptyLines() {
        while position < text.count, text[position] == 0x0A || text[position] == 0x0D {
            if !endLine() { return }
        }
    }

    private mutating func skipLine() {
        while position < text.count, text[position] != 0x0A { position += 1 }
        _ = endLine()
    }
}
