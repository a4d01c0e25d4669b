/// Finds field lines up to the empty line that ends them, for header and trailer sections alike (RFC 9112 §5, §7.1.2).
///
/// ```
///            ┌──────────────────────────────◄──────────────────────────────┐
/// lineStart ─┼─ tchar ─► name ─ ":" ─► leadingSpace ─► value ─ CR ─► valueLF ─ LF
///            └─ CR ─► endLF ─ LF ─► done
/// ```
/// Each fault belongs to one byte, so it is the same fault however the bytes are cut. The scanner notes where the lines
/// lie; who keeps the bytes reads them when the section is complete (`FieldEntry.settled`).
struct FieldScanner: Sendable {
    enum Step: Sendable, Hashable { case needsMore, done, fault(HTTPFault) }

    private enum State: Sendable, Hashable { case lineStart, name, leadingSpace, value, valueLF, endLF }

    private let bytesMax: Int
    private let countMax: Int
    private let excess: HTTPFault
    private var state = State.lineStart
    private var sectionBytes = 0
    private var nameRange = ByteRange(0..<0)
    private var start = 0

    /// - Parameter excess: the fault of a section of more than `bytesMax` bytes.
    init(bytesMax: Int, countMax: Int, excess: HTTPFault) {
        self.bytesMax = bytesMax
        self.countMax = countMax
        self.excess = excess
    }

    /// Ready for the next section.
    mutating func reset() {
        state = .lineStart
        sectionBytes = 0
    }

    /// Reads on from `index`, which it moves past what it has taken.
    /// - Parameter offset: what to add to an index to get its place among the bytes that are kept.
    mutating func scan(
        _ input: Span<UInt8>, from index: inout Int, offset: Int, _ entries: inout [FieldEntry]
    ) -> Step {
        while index < input.count {
            let fault: HTTPFault?
            switch state {
            case .lineStart: fault = beginLine(input[index], &index, offset, entries.count)
            case .name: fault = scanName(input, &index, offset)
            case .leadingSpace: fault = skipLeadingSpace(input[index], &index, offset)
            case .value: fault = scanValue(input, &index)
            case .valueLF:
                guard input[index] == Octets.lineFeed else { return .fault(.bareCR) }
                entries.append(
                    FieldEntry(nameRange: nameRange, valueRange: ByteRange(start..<index + offset - 1)))
                index += 1
                state = .lineStart
                fault = take(1)
            case .endLF:
                guard input[index] == Octets.lineFeed else { return .fault(.bareCR) }
                index += 1
                return .done
            }
            if let fault { return .fault(fault) }
        }
        return .needsMore
    }

    /// Counts bytes of the section.
    @inline(__always)
    private mutating func take(_ count: Int) -> HTTPFault? {
        sectionBytes += count
        return sectionBytes > bytesMax ? excess : nil
    }

    @inline(__always)
    private mutating func beginLine(
        _ byte: UInt8, _ index: inout Int, _ offset: Int, _ lineCount: Int
    ) -> HTTPFault? {
        switch byte {
        case Octets.carriageReturn:
            state = .endLF
            index += 1
            return nil
        case Octets.lineFeed: return .bareLF
        // RFC 9112 §2.2 and §5.2: a line that begins with white space is skipped by some and folded by others.
        case Octets.space, Octets.tab: return lineCount == 0 ? .spaceBeforeFields : .obsFold
        case UInt8(ascii: ":"): return .emptyFieldName
        default:
            guard Octets.isToken(byte) else { return .badFieldName }
            guard lineCount < countMax else { return .tooManyFields }
            start = index + offset
            state = .name
            return nil
        }
    }

    @inline(__always)
    private mutating func scanName(_ input: Span<UInt8>, _ index: inout Int, _ offset: Int) -> HTTPFault? {
        let first = index
        while index < input.count, Octets.isToken(input[index]) { index += 1 }
        if let fault = take(index - first) { return fault }
        guard index < input.count else { return nil }
        switch input[index] {
        case UInt8(ascii: ":"):
            nameRange = ByteRange(start..<index + offset)
            index += 1
            state = .leadingSpace
            return take(1)
        // RFC 9112 §5.1: "A server MUST reject, with a response status code of 400, any received request message that
        // contains whitespace between a header field name and colon."
        case Octets.space, Octets.tab: return .spaceBeforeColon
        case Octets.carriageReturn: return .fieldWithoutColon
        case Octets.lineFeed: return .bareLF
        default: return .badFieldName
        }
    }

    @inline(__always)
    private mutating func skipLeadingSpace(_ byte: UInt8, _ index: inout Int, _ offset: Int) -> HTTPFault? {
        if byte == Octets.space || byte == Octets.tab {
            index += 1
            return take(1)
        }
        start = index + offset
        state = .value
        return nil
    }

    @inline(__always)
    private mutating func scanValue(_ input: Span<UInt8>, _ index: inout Int) -> HTTPFault? {
        let first = index
        index = Octets.endOfFieldValue(input, from: index)
        if let fault = take(index - first) { return fault }
        guard index < input.count else { return nil }
        switch input[index] {
        case Octets.carriageReturn:
            index += 1
            state = .valueLF
            return take(1)
        case Octets.lineFeed: return .bareLF
        default: return .badFieldValue
        }
    }
}

extension FieldEntry {
    /// The line with its name known and without the white space at the end of its value.
    func settled(in head: Span<UInt8>) -> FieldEntry {
        FieldEntry(
            nameRange: nameRange, valueRange: ByteRange(head.trimmingSpace(valueRange.range)),
            name: FieldName(head, nameRange.range))
    }
}
