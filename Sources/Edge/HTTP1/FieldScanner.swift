/// Reads field lines up to the empty line that ends them, for header and trailer sections alike (RFC 9112 §5, §7.1.2).
///
/// ```
///            ┌────────────────────────────◄──────────────────────────────┐
/// lineStart ─┼─ tchar ─► name ─ ":" ─► leadingSpace ─► value ─ CR ─► valueLF ─ LF
///            └─ CR ─► endLF ─ LF ─► done
/// ```
/// Each fault belongs to one byte, so it is the same fault however the bytes are cut. Names are stored in lower case,
/// values without the white space around them.
struct FieldScanner: Sendable {
    enum Step: Sendable, Hashable { case needsMore, done, fault(HTTPFault) }

    private enum State: Sendable, Hashable { case lineStart, name, leadingSpace, value, valueLF, endLF }

    private let bytesMax: Int
    private let countMax: Int
    private let excess: HTTPFault
    private var state = State.lineStart
    private var sectionBytes = 0
    private var nameStart = 0
    private var valueStart = 0
    private(set) var lineCount = 0

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
        lineCount = 0
    }

    /// Reads on from `index`, which it moves past what it has taken.
    mutating func scan(
        _ input: Span<UInt8>, from index: inout Int, into bytes: inout [UInt8], _ entries: inout [FieldEntry]
    ) -> Step {
        while index < input.count {
            let fault: HTTPFault?
            switch state {
            case .lineStart: fault = beginLine(input[index], index: &index, bytes.count)
            case .name: fault = scanName(input, &index, &bytes)
            case .leadingSpace: fault = skipLeadingSpace(input, &index, bytes.count)
            case .value: fault = scanValue(input, &index, &bytes)
            case .valueLF:
                guard input[index] == Octets.lineFeed else { return .fault(.bareCR) }
                fault = take(1)
                index += 1
                endLine(&bytes, &entries)
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

    private mutating func beginLine(_ byte: UInt8, index: inout Int, _ position: Int) -> HTTPFault? {
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
            nameStart = position
            state = .name
            return nil
        }
    }

    private mutating func scanName(
        _ input: Span<UInt8>, _ index: inout Int, _ bytes: inout [UInt8]
    ) -> HTTPFault? {
        let start = index
        while index < input.count, Octets.isToken(input[index]) { index += 1 }
        if let fault = take(index - start) { return fault }
        bytes.append(lowercasing: input, start..<index)
        guard index < input.count else { return nil }
        switch input[index] {
        case UInt8(ascii: ":"):
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

    private mutating func skipLeadingSpace(
        _ input: Span<UInt8>, _ index: inout Int, _ position: Int
    ) -> HTTPFault? {
        let byte = input[index]
        if byte == Octets.space || byte == Octets.tab {
            index += 1
            return take(1)
        }
        valueStart = position
        state = .value
        return nil
    }

    private mutating func scanValue(
        _ input: Span<UInt8>, _ index: inout Int, _ bytes: inout [UInt8]
    ) -> HTTPFault? {
        let start = index
        while index < input.count, Octets.isFieldValue(input[index]) { index += 1 }
        if let fault = take(index - start) { return fault }
        bytes.append(copying: input, start..<index)
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

    private mutating func endLine(_ bytes: inout [UInt8], _ entries: inout [FieldEntry]) {
        while bytes.count > valueStart, let last = bytes.last, last == Octets.space || last == Octets.tab {
            bytes.removeLast()
        }
        entries.append(
            FieldEntry(
                nameStart: UInt32(nameStart), valueStart: UInt32(valueStart), valueEnd: UInt32(bytes.count),
                name: FieldName(lowercase: bytes[nameStart..<valueStart])))
        lineCount += 1
        state = .lineStart
    }
}
