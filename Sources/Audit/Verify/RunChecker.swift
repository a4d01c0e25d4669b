internal import Bytes
internal import OpenSSL

/// Adds lines to a run: each must be a record and follow the one before.
struct RunChecker: ~Copyable {
    /// Sizes at which a root will be asked for, ascending.
    private let cuts: [UInt64]
    private var reading = LineReading()
    private var checker = LineChecker()
    private var hasher = SHA256()
    /// Where in the buffer the hash of the line before is.
    private var previousHash = 0

    init(cuts: [UInt64]) { self.cuts = cuts }

    /// Takes the line at `range` of `bytes`, which is a window of the file from `base` on.
    /// - Returns: false where it is not this segment's, but one from `limit` on.
    mutating func take(
        _ bytes: [UInt8], _ range: Range<Int>, base: UInt64, into run: inout BlockRun, limit: UInt64
    ) throws(LineFault) -> Bool {
        let buffer = bytes.span
        let line = buffer.extracting(range)
        let isFirst = run.count == 0
        let seq = (run.start?.seq ?? 0) + run.count
        if !isFirst, seq >= limit { return false }
        guard let facts = reading.read(line) else {
            throw isFirst ? explainFirst(line, &run) : explain(line, seq, buffer, run)
        }
        if isFirst {
            run.start = Self.start(line, facts)
            if facts.seq >= limit { return false }
        } else if facts.seq != seq || !follows(facts, buffer, range, run) {
            throw explain(line, seq, buffer, run)
        }
        keep(facts, buffer, range, base: base, in: &run)
        return true
    }

    /// Whether the line at `range` of `bytes` is a record by itself.
    mutating func isRecord(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
        checker.isRecord(bytes.span.extracting(range))
    }

    /// Completes a run that gets no further line.
    func finish(_ run: inout BlockRun, _ bytes: [UInt8]) {
        if run.count > 0 { run.lastHex = Self.hex(bytes.span, previousHash) }
    }

    private static func hex(_ bytes: Span<UInt8>, _ start: Int) -> [UInt8] {
        var hex: [UInt8] = []
        RawBytes.append(bytes.extracting(start..<(start + 64)), to: &hex)
        return hex
    }

    private static func start(_ line: Span<UInt8>, _ facts: LineFacts) -> BlockRun.Start {
        BlockRun.Start(
            seq: facts.seq, previousHex: hex(line, facts.previousStart), previousStart: facts.previousStart,
            time: facts.time, timeStart: facts.timeStart, clockSkew: facts.clockSkew)
    }

    private func follows(_ facts: LineFacts, _ buffer: Span<UInt8>, _ range: Range<Int>, _ run: BlockRun) -> Bool {
        guard let time = run.lastTime else { return false }
        return buffer.equals(at: range.lowerBound + facts.previousStart, buffer, at: previousHash, count: 64)
            && facts.time >= time && (facts.clockSkew == nil || facts.time == time)
    }

    /// What is wrong with the line after those of `run`, in the order in which the format names its rules.
    private mutating func explain(
        _ line: Span<UInt8>, _ seq: UInt64, _ buffer: Span<UInt8>, _ run: BlockRun
    ) -> LineFault {
        fault(
            of: line,
            LineExpectation(seq: seq, previousHex: Self.hex(buffer, previousHash), notBefore: run.lastTime))
    }

    /// What is wrong with the first line of a run apart from what it follows, of which nothing is known here.
    private mutating func explainFirst(_ line: Span<UInt8>, _ run: inout BlockRun) -> LineFault {
        guard let frame = LineChecker.Frame(of: line) else { return fault(of: line, LineExpectation()) }
        let hex = Self.hex(line, frame.previousStart)
        let time = WallTime(line, at: frame.timeStart)
        let fault = fault(of: line, LineExpectation(seq: frame.seq, previousHex: hex, notBefore: time))
        if !fault.code.isOfBytes {
            run.start = BlockRun.Start(
                seq: frame.seq, previousHex: hex, previousStart: frame.previousStart, time: time,
                timeStart: frame.timeStart)
        }
        return fault
    }

    private mutating func fault(of line: Span<UInt8>, _ expected: LineExpectation) -> LineFault {
        do throws(LineFault) { _ = try checker.check(line, against: expected) } catch { return error }
        // `LineReading` and `LineChecker` disagree, which fuzzing looks for: not to accept is the safe side.
        return LineFault(.shape, "not a record")
    }

    private mutating func keep(
        _ facts: LineFacts, _ buffer: Span<UInt8>, _ range: Range<Int>, base: UInt64, in run: inout BlockRun
    ) {
        run.count += 1
        run.end = base + UInt64(range.upperBound) + 1
        run.lastTime = facts.time
        previousHash = range.lowerBound + facts.hashStart
        let line = buffer.extracting(range)
        run.leaves.append(facts.leaf, at: facts.seq, with: &hasher)
        if cuts.contains(sorted: facts.seq + 1) { run.leaves.cut() }
        guard let type = NotableType(line, facts.type) else { return }
        var copy: [UInt8] = []
        if type.hasMembers { RawBytes.append(line, to: &copy) }
        run.notables.append(
            BlockRun.Notable(
                seq: facts.seq, type: type, offset: base + UInt64(range.lowerBound), line: copy, end: run.end))
    }
}

extension TamperCode {
    /// Whether it is found before a line's number is compared.
    fileprivate var isOfBytes: Bool {
        switch self {
        case .lineTooLong, .blankLine, .carriageReturn, .controlByte, .notUTF8, .byteOrderMark, .shape: true
        default: false
        }
    }
}
