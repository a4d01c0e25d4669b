internal import LinuxIO
internal import OpenSSL

/// What a log keeps of the segments that were removed: record 0, and the `log.prune` record that covers the removal.
///
/// Both are in the file `pruned`, a line each, put there before the first segment goes. The file only saves a search: the
/// record counts because it is found in the log itself, and record 0 because the key that it names signed a checkpoint.
package struct PrunedHead: Sendable {
    /// Record 0, a line without its LF.
    let genesisLine: [UInt8]
    /// The record, a line without its LF.
    let pruneLine: [UInt8]
    /// The number of that record.
    package let seq: UInt64
    /// What it says.
    package let prune: LogPrune

    static let fileName = "pruned"
    private static let fileBytesMax = 2 * (Chain.bodyBytesMax + 1)

    init(genesisLine: [UInt8], pruneLine: [UInt8]) throws(LineFault) {
        var checker = LineChecker()
        _ = try checker.check(genesisLine.span, against: LineExpectation())
        guard checker.isRecord(pruneLine.span), let (seq, type) = LineChecker.peek(pruneLine.span), type == .prune
        else {
            throw LineFault(.headTruncated, "the second line is no log.prune record")
        }
        self.genesisLine = genesisLine
        self.pruneLine = pruneLine
        self.seq = seq
        prune = try LogPrune(line: pruneLine)
    }

    /// The file's content; nil where there is none.
    /// - Throws: `AuditError.refused` where it is not two such lines.
    static func read<Disk: Storage>(_ disk: Disk) throws(AuditError) -> PrunedHead? {
        let text: [UInt8]?
        do throws(FileError) { text = try disk.contents(of: fileName, bytesMax: fileBytesMax) } catch {
            throw .storage(error)
        }
        guard let text else { return nil }
        let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        guard lines.count == 3, lines[2].isEmpty else {
            throw .refused(segment: fileName, seq: 0, detail: "not the two lines that a prune leaves")
        }
        do throws(LineFault) { return try PrunedHead(genesisLine: lines[0], pruneLine: lines[1]) } catch {
            throw .refused(segment: fileName, seq: 0, detail: "\(error.code.rawValue): \(error.detail)")
        }
    }

    /// The tree of the records that were removed from the log in `disk`, as `log.prune` tells it; without leaves where none
    /// were. Whether it is right shows in the root of any checkpoint.
    static func removedTree<Disk: Storage>(of disk: Disk) throws(AuditError) -> CompactTree {
        guard let first = try PrunePlanner.segments(of: disk).first, first.firstSeq > 0, let head = try read(disk)
        else {
            return CompactTree()
        }
        return head.prune.tree
    }

    func put<Disk: Storage>(on disk: Disk) throws(FileError) {
        try disk.put(genesisLine + [0x0A] + pruneLine + [0x0A], as: Self.fileName, isDurable: true)
    }

    /// The head of a log whose first segment is `segments[0]` and not number 0.
    /// - Throws: `AuditError.refused` unless a `log.prune` record in the log covers exactly what is missing.
    static func covering<Disk: Storage>(_ segments: [SegmentName], of disk: Disk) throws -> PrunedHead {
        let first = segments[0]
        func refusal(_ detail: String) -> AuditError {
            .refused(segment: first.text, seq: 0, detail: "the first segment is missing, and \(detail)")
        }
        guard let head = try read(disk) else { throw refusal("the file \(fileName) that a prune leaves is too") }
        // A prune that was interrupted has removed some of its segments, oldest first.
        let isCovered =
            head.prune.keptFrom == first.firstSeq || head.prune.segments.contains { $0.name == first.text }
        guard isCovered, let kept = segments.firstIndex(of: SegmentName(firstSeq: head.prune.keptFrom)) else {
            throw refusal("record \(head.seq) does not cover that")
        }
        guard let holder = segments[kept...].last(where: { $0.firstSeq <= head.seq }),
            try Self.contains(head.pruneLine, seq: head.seq, in: holder, of: disk)
        else { throw refusal("the log has no record \(head.seq) that covers it") }
        var reader = LineReader(try disk.open(segments[kept].text), chunkBytes: Chain.bodyBytesMax + 1)
        guard case .line(let range) = try reader.next(), range.count > Chain.tailBytes,
            reader.buffer.span.extracting(range).matches(
                head.prune.previousHash.hex, at: range.count - Chain.tailBytes + Chain.previousMember.count)
        else { throw refusal("record \(head.prune.keptFrom) does not follow the one that was removed") }
        return head
    }

    private static func contains<Disk: Storage>(
        _ line: [UInt8], seq: UInt64, in segment: SegmentName, of disk: Disk
    ) throws -> Bool {
        var reader = LineReader(try disk.open(segment.text))
        var next = segment.firstSeq
        while case .line(let range) = try reader.next() {
            if next == seq { return Array(reader.buffer[range]) == line }
            next += 1
        }
        return false
    }
}

extension PrunedHead {
    /// What the walk through a pruned log begins with.
    struct Start {
        /// Hash of the record before the first one that is there, as that one has it.
        var previousHex: [UInt8]
        /// Index of the first segment.
        var firstIndex: Int
    }

    /// Where a walk through `segments` begins, the first of which is not number 0.
    /// - Throws: `AuditError.refused` as `covering`.
    static func covering<Disk: Storage>(checked segments: [SegmentName], of disk: Disk) throws(AuditError) -> Start {
        do {
            _ = try covering(segments, of: disk)
            var reader = LineReader(try disk.open(segments[0].text), chunkBytes: Chain.bodyBytesMax + 1)
            guard case .line(let range) = try reader.next(), range.count > Chain.tailBytes else {
                throw AuditError.refused(segment: segments[0].text, seq: 0, detail: "no complete first record")
            }
            let opening = try SegmentOpen(line: Array(reader.buffer[range]))
            let start = range.upperBound - Chain.tailBytes + Chain.previousMember.count
            return Start(
                previousHex: Array(reader.buffer[start..<(start + 64)]), firstIndex: Int(clamping: opening.index))
        } catch let error as AuditError {
            throw error
        } catch let error as FileError {
            throw .storage(error)
        } catch {
            throw .refused(segment: segments[0].text, seq: 0, detail: "\(error)")
        }
    }
}
