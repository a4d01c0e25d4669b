/// Takes a `multipart/form-data` body apart (RFC 7578, RFC 2046 §5.1), however its bytes are cut. It reads nothing itself.
///
/// ```
/// start ─boundary─► delimiter ─CR LF─► head ─empty line─► content ─CR LF boundary─► delimiter
///                       └──"--"──► closing ─► end
/// ```
///
/// Where the standard leaves a choice, what two readers could take for two different forms is a fault: text before the first
/// boundary or after the last, bare CR or LF in header lines, a line that begins with the boundary and goes on.
struct MultipartParser: Sendable {
    /// What the next bytes of a body were.
    enum Event: Hashable, Sendable {
        /// A part begins.
        case part(MultipartHead)
        /// More of its content.
        case content(ArraySlice<UInt8>)
        /// It is complete.
        case partEnd
    }

    private enum State: Hashable, Sendable {
        /// The first boundary, of which this many bytes came.
        case start(matched: Int)
        /// After a boundary. `hyphens` and `padding` came.
        case delimiter(hyphens: Int, padding: Int)
        /// After the boundary's line and its CR.
        case delimiterEnd
        /// In header lines.
        case head
        /// In content; this many bytes came of what may be the next boundary.
        case content(matched: Int)
        /// After the last boundary: nothing, CR, or CR LF.
        case closing(matched: Int)
        case failed(MultipartFault)
    }

    /// CR LF, two hyphens and the boundary. CR stands at its start alone, so that a false start ends no later one.
    private let delimiter: [UInt8]
    private let partBytesMax: Int
    private var state: State
    private var parts = 0
    private var contentBytes = 0
    private var lines = HeaderLines()

    /// A parser of one body.
    /// - Parameter partBytesMax: bytes that a part's content may have.
    init(_ boundary: MultipartBoundary, partBytesMax: Int) {
        delimiter = Array("\r\n--".utf8) + boundary.bytes
        self.partBytesMax = partBytesMax
        // The CR LF in front of the first boundary is the body's beginning.
        state = .start(matched: 2)
    }

    /// Takes the next bytes of the body and tells what they are.
    /// - Throws: `MultipartFault`, once and for all.
    mutating func consume(_ bytes: ArraySlice<UInt8>, _ emit: (Event) -> Void) throws(MultipartFault) {
        if case .failed(let fault) = state { throw fault }
        do throws(MultipartFault) {
            var rest = bytes
            while !rest.isEmpty { try step(&rest, emit) }
        } catch {
            state = .failed(error)
            throw error
        }
    }

    /// To be called at the body's end.
    /// - Throws: `.unfinished` where there is no last boundary; the fault of before.
    func finish() throws(MultipartFault) {
        switch state {
        case .closing(0), .closing(2): return
        case .closing: throw .epilogue
        case .failed(let fault): throw fault
        case .start, .delimiter, .delimiterEnd, .head, .content: throw .unfinished
        }
    }

    private mutating func step(_ rest: inout ArraySlice<UInt8>, _ emit: (Event) -> Void) throws(MultipartFault) {
        switch state {
        case .start(let matched):
            guard rest.removeFirst() == delimiter[matched] else { throw .preamble }
            let isWhole = matched + 1 == delimiter.count
            state = isWhole ? .delimiter(hyphens: 0, padding: 0) : .start(matched: matched + 1)
        case .delimiter(let hyphens, let padding):
            try stepDelimiter(rest.removeFirst(), hyphens, padding)
        case .delimiterEnd:
            guard rest.removeFirst() == 0x0A else { throw .badDelimiter }
            parts += 1
            guard parts <= MultipartLimits.partsMax else { throw .tooManyParts(partsMax: MultipartLimits.partsMax) }
            lines = HeaderLines()
            state = .head
        case .head:
            guard let head = try lines.take(&rest) else { return }
            emit(.part(head))
            contentBytes = 0
            state = .content(matched: 0)
        case .content(let matched): try stepContent(&rest, matched, emit)
        case .closing(let matched):
            guard matched < 2, rest.removeFirst() == delimiter[matched] else { throw .epilogue }
            state = .closing(matched: matched + 1)
        case .failed(let fault): throw fault
        }
    }

    private mutating func stepDelimiter(_ byte: UInt8, _ hyphens: Int, _ padding: Int) throws(MultipartFault) {
        switch byte {
        case UInt8(ascii: "-") where padding == 0:
            state = hyphens == 1 ? .closing(matched: 0) : .delimiter(hyphens: 1, padding: 0)
        case 0x20 where hyphens == 0, 0x09 where hyphens == 0:
            guard padding < MultipartLimits.paddingBytesMax else { throw .badDelimiter }
            state = .delimiter(hyphens: 0, padding: padding + 1)
        case 0x0D where hyphens == 0: state = .delimiterEnd
        default: throw .badDelimiter
        }
    }

    private mutating func stepContent(
        _ rest: inout ArraySlice<UInt8>, _ matched: Int, _ emit: (Event) -> Void
    ) throws(MultipartFault) {
        guard matched > 0 else {
            let end = rest.firstIndex(of: 0x0D) ?? rest.endIndex
            if end > rest.startIndex { try add(rest[..<end], emit) }
            rest = rest[end...]
            if !rest.isEmpty {
                rest.removeFirst()
                state = .content(matched: 1)
            }
            return
        }
        guard rest.first == delimiter[matched] else {
            // What looked like a boundary is content; the byte that differs is looked at anew.
            try add(delimiter[..<matched], emit)
            state = .content(matched: 0)
            return
        }
        rest.removeFirst()
        guard matched + 1 == delimiter.count else {
            state = .content(matched: matched + 1)
            return
        }
        emit(.partEnd)
        state = .delimiter(hyphens: 0, padding: 0)
    }

    private mutating func add(_ bytes: ArraySlice<UInt8>, _ emit: (Event) -> Void) throws(MultipartFault) {
        contentBytes += bytes.count
        guard contentBytes <= partBytesMax else { throw .contentTooLarge(bytesMax: partBytesMax) }
        emit(.content(bytes))
    }
}

/// Header lines as they come, up to the empty one.
private struct HeaderLines: Hashable, Sendable {
    private var lines: [ArraySlice<UInt8>] = []
    private var line: [UInt8] = []
    private var hasCR = false
    private var bytes = 0

    /// Takes bytes up to the end of the head.
    /// - Returns: the head; nil where there is more to come.
    mutating func take(_ rest: inout ArraySlice<UInt8>) throws(MultipartFault) -> MultipartHead? {
        while let byte = rest.popFirst() {
            bytes += 1
            guard bytes <= MultipartLimits.headerBytesMax else {
                throw .headerTooLarge(bytesMax: MultipartLimits.headerBytesMax)
            }
            switch (hasCR, byte) {
            case (false, 0x0D): hasCR = true
            case (true, 0x0A):
                hasCR = false
                if line.isEmpty { return try MultipartHead(lines) }
                lines.append(line[...])
                line = []
            case (true, _), (false, 0x0A): throw .badHeader
            case (false, _): line.append(byte)
            }
        }
        return nil
    }
}
