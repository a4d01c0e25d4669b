internal import LinuxIO
internal import OpenSSL

/// Where one segment ends and the next begins.
extension LogWalk {
    /// Compares a segment's header, which is in its place in the chain, with the segment before it.
    mutating func compareHeader(_ line: [UInt8], _ walked: Walked) throws {
        guard let opening = try? SegmentOpen(line: line) else { return }
        guard let before = previous else { return try compareFirstHeader(opening, walked) }
        guard !before.isBroken else { return }
        let seq = before.segment.firstSeq + before.records
        guard opening.index == firstIndex + UInt64(walked.index), opening.previousName == before.segment.text,
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

    /// The header of the first segment that was kept describes one that is gone: only its numbers can be right.
    private mutating func compareFirstHeader(_ opening: SegmentOpen, _ walked: Walked) throws {
        firstIndex = opening.index
        guard opening.index > 0, let before = SegmentName(opening.previousName),
            before.firstSeq + opening.previousRecords == walked.segment.firstSeq
        else {
            throw VerifyReport.Finding(
                .header, seq: walked.segment.firstSeq, segment: walked.segment.text, line: 1, offset: 0,
                detail: "the header does not describe a segment that ended where this one begins")
        }
    }

    /// What follows the last record of a closed segment. Judged when the next header is known.
    mutating func takeTail(of opened: SegmentPlan<Disk>.Opened, into walked: inout Walked) throws {
        guard opened.size > walked.bytes else { return }
        let count = opened.size - walked.bytes
        var tail: [UInt8] = []
        while tail.count < min(Int(count), Recovery<Disk>.tornBytesMax) {
            let offset = walked.bytes + UInt64(tail.count)
            let wanted = LineReader<Disk.OpenFile>.chunkBytesDefault
            guard try opened.file.read(into: &tail, count: wanted, at: offset) > 0 else { break }
        }
        walked.tail = TornTail(offset: walked.bytes, bytes: count, sha256: SHA256Digest(of: tail))
        if count > UInt64(Recovery<Disk>.tornBytesMax) { walked.tailFault = "more than a crash can tear" }
        var checker = LineChecker()
        for line in tail.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast()
        where checker.isRecord(line.span) { walked.tailFault = "a whole record passed off as torn" }
    }

    /// Bytes without an LF at the log's end: a record in the making where a writer is at work.
    mutating func takeTorn(_ walked: Walked, count: Int, wasLive: Bool) throws {
        guard try wasLive || disk.isLockedByWriter() else {
            throw VerifyReport.Finding(
                .tornTail, seq: expected.seq, segment: walked.segment.text, line: walked.lines + 1,
                offset: walked.bytes, detail: "\(count) bytes without an LF, and no writer at work")
        }
        warn("the last \(count) bytes are not yet a record: a writer is at work")
    }

    /// A closed segment ended before its last record: cut, or whole segments after it are gone.
    func short(_ walked: Walked) throws -> VerifyReport.Finding {
        var code = TamperCode.segmentGap
        if let next = walked.next, case .regular = try disk.status(of: next.text).kind {
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
}
