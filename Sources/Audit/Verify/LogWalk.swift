internal import LinuxIO
internal import OpenSSL

/// One pass over a log's segments, from record 0 on. Stops at the first thing that is wrong, which is therefore the smallest
/// position.
struct LogWalk<Disk: Storage>: ~Copyable {
    /// A reason why nothing can be said.
    struct Unusable: Error, CustomStringConvertible { let description: String }

    /// A segment that has been walked, for its successor's header to be compared with.
    private struct Walked {
        var segment: SegmentName
        var records: UInt64
        var bytes: UInt64
        /// What follows the last record, and what makes it unfit to be a torn tail.
        var tail: TornTail?
        var tailFault: String?
    }

    private let disk: Disk
    private let options: VerifyOptions
    private let keys: [VerifierKey]
    private let progress: ((UInt64, UInt64) -> Void)?
    private var checker = LineChecker()
    private var rules = ChainRules()
    private var expected = LineExpectation()
    private var firstTime: WallTime?
    private var previous: Walked?
    private var firstIndex = 0
    private var bytesDone: UInt64 = 0
    private var bytesTotal: UInt64 = 0
    private(set) var warnings: [String] = []

    private static var warningsMax: Int { 32 }

    init(
        _ disk: Disk, options: VerifyOptions, keys: [VerifierKey], progress: ((UInt64, UInt64) -> Void)?
    ) {
        self.disk = disk
        self.options = options
        self.keys = keys
        self.progress = progress
    }

    mutating func run() throws -> VerifyReport.Summary {
        let segments = try listSegments()
        guard let first = segments.first else { throw Unusable(description: "\(disk.name): no segments") }
        if first.firstSeq != 0 {
            try startAfterPrune(segments)
        }
        for (offset, segment) in segments.enumerated() {
            let index = firstIndex + offset
            let next = offset + 1 < segments.count ? segments[offset + 1] : nil
            try walk(segment, index: index, next: next)
        }
        guard let from = firstTime, let to = expected.notBefore else {
            throw Unusable(description: "\(disk.name): no records")
        }
        warn(
            "no checkpoint covers these records: compare the head with one kept elsewhere, for an edit after which every "
                + "later hash was computed anew leaves no other trace")
        if keys.isEmpty { warn("no key is pinned: whose log this is was not checked") }
        return VerifyReport.Summary(
            records: expected.seq, head: String(decoding: expected.previousHex, as: UTF8.self), from: from.text,
            to: to.text)
    }

    /// Where the log's head was pruned, and a record in it covers that.
    private mutating func startAfterPrune(_ segments: [SegmentName]) throws {
        let first = segments[0]
        do throws(AuditError) {
            let head = try PrunedHead.covering(checked: segments, of: disk)
            expected.seq = first.firstSeq
            expected.previousHex = head.previousHex
            firstIndex = head.firstIndex
        } catch {
            throw VerifyReport.Finding(
                .headTruncated, seq: 0, segment: first.text, line: nil, offset: nil,
                detail: "the first segment begins with record \(first.firstSeq): \(error)")
        }
        warn("records 0 to \(first.firstSeq - 1) were removed, as a log.prune record says")
    }

    private mutating func listSegments() throws -> [SegmentName] {
        var segments: [SegmentName] = []
        for name in try disk.names().sorted() where SegmentName.isClaimed(by: name) {
            guard let segment = SegmentName(name) else {
                throw VerifyReport.Finding(
                    .badName, seq: nil, segment: name, line: nil, offset: nil, detail: "not a segment's name")
            }
            segments.append(segment)
            bytesTotal += try disk.status(of: name).size
        }
        return segments.sorted { $0.firstSeq < $1.firstSeq }
    }

    private mutating func walk(_ segment: SegmentName, index: Int, next: SegmentName?) throws {
        let file = try openSegment(segment)
        var reader = LineReader(file)
        var walked = Walked(segment: segment, records: 0, bytes: 0)
        // A closed segment has as many records as the next one's name says.
        let recordsMax = next.map { $0.firstSeq - segment.firstSeq } ?? UInt64.max
        while walked.records < recordsMax {
            switch try reader.next() {
            case .line(let range):
                do throws(LineFault) {
                    let line = reader.buffer.span.extracting(range)
                    try take(line, bytes: reader.buffer, range, index: index, isFirst: walked.records == 0)
                } catch {
                    throw finding(error, in: walked, lineOffset: reader.lineOffset)
                }
                walked.records += 1
                walked.bytes += UInt64(range.count) + 1
                if walked.records == 1, index > 0 { try compare(reader.buffer[range], index: index) }
                report(bytes: UInt64(range.count) + 1)
            case .tooLong(let range):
                let fault = LineFault(
                    .lineTooLong, "more than \(Chain.bodyBytesMax) bytes without an LF: \(range.count)")
                throw finding(fault, in: walked, lineOffset: reader.lineOffset)
            case .unterminated(let range):
                guard next == nil else { throw try short(walked, next: next) }
                try takeTorn(walked, count: range.count)
                return
            case .end:
                guard next == nil else { throw try short(walked, next: next) }
                return
            }
        }
        try takeTail(of: file, into: &walked)
        previous = walked
    }

    private func openSegment(_ segment: SegmentName) throws -> Disk.OpenFile {
        let status = try disk.status(of: segment.text)
        let seq = segment.firstSeq
        switch status.kind {
        case .regular: break
        case .link:
            throw VerifyReport.Finding(
                .notRegular, seq: seq, segment: segment.text, line: nil, offset: nil, detail: "a symbolic link")
        case .directory, .other: throw Unusable(description: "\(disk.name)/\(segment.text): not a regular file")
        }
        guard status.size > 0 else {
            throw VerifyReport.Finding(
                .segmentEmpty, seq: seq, segment: segment.text, line: nil, offset: nil, detail: "the file is empty")
        }
        return try disk.open(segment.text)
    }

    /// Checks a line and moves on to the next.
    private mutating func take(
        _ line: Span<UInt8>, bytes: [UInt8], _ range: Range<Int>, index: Int, isFirst: Bool
    ) throws(LineFault) {
        let checked = try checker.check(line, against: expected)
        let opening = checked.type == .segmentOpen && isFirst ? try SegmentOpen(line: Array(bytes[range])) : nil
        try rules.accept(checked, isFirstOfSegment: isFirst, opening: opening)
        if checked.seq == 0 { try check(try Genesis(line: Array(bytes[range]))) }
        firstTime = firstTime ?? checked.time
        expected.seq = checked.seq + 1
        expected.previousHex = checker.hashHex
        expected.notBefore = checked.time
    }

    private func check(_ genesis: Genesis) throws(LineFault) {
        if let origin = options.origin, origin != genesis.origin {
            throw LineFault(.origin, "the log's origin is \(genesis.origin)")
        }
        guard keys.isEmpty || keys.contains(genesis.key) else {
            throw LineFault(.unknownKey, "the log's key \(genesis.key.text) is none of those pinned")
        }
    }

    /// Compares a segment's header, which is in its place in the chain, with the segment before it.
    private mutating func compare(_ line: ArraySlice<UInt8>, index: Int) throws {
        guard let before = previous, let opening = try? SegmentOpen(line: Array(line)) else { return }
        let seq = before.segment.firstSeq + before.records
        guard opening.index == UInt64(index), opening.previousName == before.segment.text,
            opening.previousRecords == before.records, opening.previousBytes == before.bytes
        else {
            throw VerifyReport.Finding(
                .header, seq: seq, segment: SegmentName(firstSeq: seq).text, line: 1, offset: 0,
                detail: "the header does not describe the segment before it")
        }
        func tailFinding(_ code: TamperCode, _ detail: String) -> VerifyReport.Finding {
            VerifyReport.Finding(
                code, seq: seq, segment: before.segment.text, line: before.records + 1, offset: before.bytes,
                detail: detail)
        }
        switch (before.tail, opening.torn) {
        case (nil, nil): return
        case (let tail?, nil):
            throw tailFinding(.trailingBytes, "\(tail.bytes) bytes after the last record of a closed segment")
        case (nil, .some):
            throw tailFinding(.tornMismatch, "the torn tail that the next segment seals is gone")
        case (let tail?, let torn?):
            guard tail == torn else {
                throw tailFinding(.tornMismatch, "not the torn tail that the next segment seals")
            }
            if let fault = before.tailFault { throw tailFinding(.tornMismatch, fault) }
            warn("torn tail sealed: segment=\(before.segment.text) offset=\(torn.offset) bytes=\(torn.bytes)")
        }
    }

    /// What follows the last record of a closed segment. Judged when the next header is known.
    private mutating func takeTail(of file: Disk.OpenFile, into walked: inout Walked) throws {
        let size = try file.status().size
        guard size > walked.bytes else { return }
        let count = size - walked.bytes
        report(bytes: count)
        var tail: [UInt8] = []
        while tail.count < min(Int(count), Recovery<Disk>.tornBytesMax) {
            let offset = walked.bytes + UInt64(tail.count)
            guard try file.read(into: &tail, count: LineReader<Disk.OpenFile>.chunkBytesDefault, at: offset) > 0 else {
                break
            }
        }
        walked.tail = TornTail(offset: walked.bytes, bytes: count, sha256: SHA256Digest(of: tail))
        if count > UInt64(Recovery<Disk>.tornBytesMax) { walked.tailFault = "more than a crash can tear" }
        for line in tail.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        where checker.isRecord(line.span) { walked.tailFault = "a whole record passed off as torn" }
    }

    /// Bytes without an LF at the log's end: a record in the making where a writer is at work.
    private mutating func takeTorn(_ walked: Walked, count: Int) throws {
        guard try options.isLive || disk.isLockedByWriter() else {
            throw VerifyReport.Finding(
                .tornTail, seq: expected.seq, segment: walked.segment.text, line: walked.records + 1,
                offset: walked.bytes, detail: "\(count) bytes without an LF, and no writer at work")
        }
        warn("the last \(count) bytes are not yet a record: a writer is at work")
    }

    /// A closed segment ended before its last record: cut, or whole segments after it are gone.
    private func short(_ walked: Walked, next: SegmentName?) throws -> VerifyReport.Finding {
        var code = TamperCode.segmentGap
        if let next, case .regular = try disk.status(of: next.text).kind {
            var reader = LineReader(try disk.open(next.text), chunkBytes: Chain.bodyBytesMax + 1)
            if case .line(let range) = try reader.next(),
                let opening = try? SegmentOpen(line: Array(reader.buffer[range])),
                opening.previousName == walked.segment.text
            {
                code = .segmentShort
            }
        }
        return VerifyReport.Finding(
            code, seq: expected.seq, segment: walked.segment.text, line: walked.records + 1, offset: walked.bytes,
            detail: "record \(expected.seq) is missing")
    }

    private func finding(_ fault: LineFault, in walked: Walked, lineOffset: UInt64) -> VerifyReport.Finding {
        VerifyReport.Finding(
            fault.code, seq: expected.seq, segment: walked.segment.text, line: walked.records + 1,
            offset: lineOffset + UInt64(fault.offset), detail: fault.detail)
    }

    private mutating func report(bytes: UInt64) {
        let before = bytesDone >> 20
        bytesDone += bytes
        if bytesDone >> 20 != before || bytesDone == bytesTotal { progress?(bytesDone, bytesTotal) }
    }

    private mutating func warn(_ text: String) {
        if warnings.count < Self.warningsMax { warnings.append(text) }
    }
}
