internal import LinuxIO
internal import OpenSSL

/// What a start finds: everything that the next segment continues.
struct LogHistory: Sendable {
    var genesis: Genesis
    var end: ChainEnd
    var segment: SegmentName
    var segmentIndex: UInt64
    var segmentRecords: UInt64
    var segmentBytes: UInt64
    var torn: TornTail?
    var isStopped: Bool
    var interrupted: [InterruptedRequest] = []

    /// What there is to tell an operator; nil after a clean stop.
    var note: AuditLog.RecoveryNote? {
        if isStopped { return nil }
        return AuditLog.RecoveryNote(
            segment: segment.text, tornBytes: torn?.bytes ?? 0, interruptedRequests: interrupted.count)
    }

    /// The header of the segment that continues this log.
    var continuation: SegmentOpen {
        SegmentOpen(
            index: segmentIndex + 1, reason: isStopped ? .start : .recovery, previousName: segment.text,
            previousRecords: segmentRecords, previousBytes: segmentBytes, torn: torn, interrupted: interrupted)
    }
}

/// Reads a log at start (`docs/formats/audit-log.md` §9) and changes nothing.
///
/// The last segment is checked record by record. Of the earlier ones, names, sizes, headers and the link from each to the next
/// are, which costs two reads a segment: what happened inside them is for `portcullis audit verify`.
struct Recovery<Disk: Storage>: ~Copyable {
    private let disk: Disk
    private var checker = LineChecker()

    init(_ disk: Disk) { self.disk = disk }

    /// The most bytes after the last valid record that a crash can leave: one batch and one record.
    static var tornBytesMax: Int { AuditConfiguration.batchBytesMax + Chain.bodyBytesMax + 1 }

    /// What is in the log, or nil where there is none yet.
    mutating func examine() throws(AuditError) -> LogHistory? {
        do {
            // A process that died may have left names that a power cut would take from under what follows.
            try disk.synchroniseNames()
            let segments = try listSegments()
            guard let last = segments.last else { return nil }
            var openings: [SegmentOpen?] = []
            let head = segments[0].firstSeq == 0 ? nil : try PrunedHead.covering(segments, of: disk)
            let genesis = try head.map { try Genesis(line: $0.genesisLine) } ?? readGenesis()
            let firstIndex = head == nil ? 0 : try SegmentOpen(line: firstLine(of: segments[0])).index
            for (index, segment) in segments.enumerated() {
                let previous = index == 0 ? nil : segments[index - 1]
                let place = firstIndex + UInt64(index)
                openings.append(try readOpening(segment, index: place, after: previous))
            }
            var history = try scan(last, index: firstIndex + UInt64(segments.count - 1), genesis: genesis)
            guard !history.isStopped else { return history }
            history.interrupted = try interrupted(segments, openings)
            return history
        } catch let error as AuditError {
            throw error
        } catch let error as FileError {
            throw .storage(error)
        } catch {
            throw .refused(segment: disk.name, seq: 0, detail: "\(error)")
        }
    }

    private func listSegments() throws -> [SegmentName] {
        var segments: [SegmentName] = []
        for name in try disk.names() where SegmentName.isClaimed(by: name) {
            guard let segment = SegmentName(name) else {
                throw AuditError.refused(segment: name, seq: 0, detail: "not a segment's name")
            }
            guard try disk.status(of: name).kind == .regular else {
                throw refusal(segment, segment.firstSeq, "not a regular file")
            }
            segments.append(segment)
        }
        segments.sort { $0.firstSeq < $1.firstSeq }
        return segments
    }

    private mutating func readGenesis() throws -> Genesis {
        let segment = SegmentName(firstSeq: 0)
        let line = try firstLine(of: segment)
        do {
            _ = try checker.check(line.span, against: LineExpectation())
            return try Genesis(line: line)
        } catch {
            throw refusal(segment, 0, "\(error.code.rawValue): \(error.detail)")
        }
    }

    /// The header of a later segment, after checking that it continues the one before; nil for segment 0.
    private mutating func readOpening(
        _ segment: SegmentName, index: UInt64, after previous: SegmentName?
    ) throws -> SegmentOpen? {
        if index == 0 { return nil }
        let line = try firstLine(of: segment)
        // What it continues was pruned: the head that covers that was checked.
        guard let previous else { return try SegmentOpen(line: line) }
        guard checker.isRecord(line.span), let opening = try? SegmentOpen(line: line),
            opening.index == index, opening.previousName == previous.text,
            previous.firstSeq + opening.previousRecords == segment.firstSeq
        else { throw refusal(segment, segment.firstSeq, "the segment does not continue \(previous.text)") }
        let size = opening.previousBytes + (opening.torn?.bytes ?? 0)
        guard try disk.status(of: previous.text).size == size, opening.previousBytes > UInt64(Chain.tailBytes) else {
            throw refusal(previous, segment.firstSeq, "the file does not have the \(size) bytes that were sealed")
        }
        var tail: [UInt8] = []
        _ = try disk.open(previous.text).read(into: &tail, count: 67, at: opening.previousBytes - 67)
        guard line.span.matches(Array(tail.prefix(64)), at: line.count - Chain.tailBytes + Chain.previousMember.count)
        else { throw refusal(segment, segment.firstSeq, "PREV_MISMATCH: not linked to the record before") }
        return opening
    }

    /// Checks the records of the last segment, and what follows them.
    private mutating func scan(_ segment: SegmentName, index: UInt64, genesis: Genesis) throws -> LogHistory {
        let file = try disk.open(segment.text)
        // What counts after a crash is what the disk holds, not the kernel's copy of it: what a killed process wrote is brought
        // there before anything is built on it, and what a failed sync left in the cache is forgotten.
        try file.synchroniseData()
        file.dropCache()
        var reader = LineReader(file)
        var rules = ChainRules()
        var expected = LineExpectation(seq: segment.firstSeq)
        var history = LogHistory(
            genesis: genesis, end: ChainEnd(), segment: segment, segmentIndex: index, segmentRecords: 0,
            segmentBytes: 0, isStopped: false)
        while case .line(let range) = try reader.next() {
            let line = reader.buffer.span.extracting(range)
            let isFirst = history.segmentRecords == 0
            if isFirst, index > 0, range.count > Chain.tailBytes {
                let start = range.upperBound - Chain.tailBytes + Chain.previousMember.count
                expected.previousHex = Array(reader.buffer[start..<(start + 64)])
                // The record before is in another file; where the clock was set back, this one repeats its time.
                expected.notBefore = LineChecker.time(of: line)
            }
            do throws(LineFault) {
                let checked = try checker.check(line, against: expected)
                let isOpening = isFirst && index > 0 && checked.type == .segmentOpen
                let opening = isOpening ? try SegmentOpen(line: Array(reader.buffer[range])) : nil
                try rules.accept(checked, isFirstOfSegment: isFirst, opening: opening)
                expected = LineExpectation(
                    seq: checked.seq + 1, previousHex: checker.hashHex, notBefore: checked.time)
            } catch {
                guard isFirst else { break }
                throw refusal(segment, segment.firstSeq, "\(error.code.rawValue): \(error.detail)")
            }
            history.segmentRecords += 1
            history.segmentBytes = reader.lineOffset + UInt64(range.count) + 1
        }
        guard history.segmentRecords > 0 else { throw refusal(segment, segment.firstSeq, "the segment has no record") }
        history.isStopped = rules.isStopped
        history.end = ChainEnd(
            nextSeq: expected.seq, hash: SHA256Digest(hex: expected.previousHex),
            time: expected.notBefore)
        history.torn = try tornTail(of: file, segment: segment, after: history)
        return history
    }

    private mutating func tornTail(
        of file: Disk.OpenFile, segment: SegmentName, after history: LogHistory
    ) throws -> TornTail? {
        let size = try file.status().size
        guard size > history.segmentBytes else { return nil }
        let count = size - history.segmentBytes
        let seq = history.end.nextSeq
        guard !history.isStopped else { throw refusal(segment, seq, "\(count) bytes after a clean stop") }
        guard count <= UInt64(Self.tornBytesMax) else {
            throw refusal(segment, seq, "the chain is broken \(count) bytes before the end: more than a crash leaves")
        }
        var tail: [UInt8] = []
        while tail.count < Int(count) {
            let offset = history.segmentBytes + UInt64(tail.count)
            let wanted = Int(count) - tail.count
            guard try file.read(into: &tail, count: wanted, at: offset) > 0 else { break }
        }
        // What has no LF is no line: a record that was torn just before its LF was never acknowledged.
        for line in tail.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        where checker.isRecord(line.span) {
            throw refusal(segment, seq, "the chain is broken before a record that is whole")
        }
        return TornTail(offset: history.segmentBytes, bytes: UInt64(tail.count), sha256: SHA256Digest(of: tail))
    }

    /// Walks back to the segment in which the dead process started, and forward through its records.
    private func interrupted(_ segments: [SegmentName], _ openings: [SegmentOpen?]) throws -> [InterruptedRequest] {
        var first = segments.count - 1
        while let reason = openings[first]?.reason, reason != .start, reason != .recovery { first -= 1 }
        var scan = InterruptedScan()
        for segment in segments[first...] {
            var reader = LineReader(try disk.open(segment.text))
            while case .line(let range) = try reader.next() {
                let line = reader.buffer.span.extracting(range)
                if let (seq, type) = LineChecker.peek(line) { scan.take(line, seq: seq, type: type) }
            }
        }
        return scan.requests
    }

    private func firstLine(of segment: SegmentName) throws -> [UInt8] {
        var reader = LineReader(try disk.open(segment.text), chunkBytes: Chain.bodyBytesMax + 1)
        guard case .line(let range) = try reader.next() else {
            throw refusal(segment, segment.firstSeq, "the segment has no complete first record")
        }
        return Array(reader.buffer[range])
    }

    private func refusal(_ segment: SegmentName, _ seq: UInt64, _ detail: String) -> AuditError {
        .refused(segment: segment.text, seq: seq, detail: detail)
    }
}
