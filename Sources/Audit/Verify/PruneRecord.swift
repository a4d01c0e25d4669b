internal import Bytes
internal import LinuxIO

/// A record `log.prune` in its place: which records were removed, and what stands for them in the tree.
struct PruneRecord: Sendable {
    /// The number of the record itself.
    let seq: UInt64
    /// Its line, without the LF: it is read ahead of its turn, and must be the same when its turn comes.
    let line: [UInt8]
    /// What it says.
    let prune: LogPrune
    /// The first record that was kept.
    var keptFrom: UInt64 { prune.keptFrom }

    /// Reads it from its line, which is shaped like a record and has a right hash.
    init(line: [UInt8], seq: UInt64) throws(LineFault) {
        prune = try LogPrune(line: line)
        self.line = line
        self.seq = seq
    }

    /// The record that says where `segments` begin; nil where there is none.
    ///
    /// The file `pruned` saves a search where it names one that would do. Nothing of either is believed before the walk has
    /// come to the record itself and a signed checkpoint covers it.
    static func find<Disk: Storage>(
        for segments: [SegmentName], of disk: Disk
    ) throws -> Result<PruneRecord, LineFault>? {
        let first = segments.first?.firstSeq ?? 0
        if let head = try? PrunedHead.read(disk), head.prune.keptFrom >= first,
            let record = try? PruneRecord(line: head.pruneLine, seq: head.seq),
            try contains(record, segments, disk)
        {
            return .success(record)
        }
        return try last(in: segments, of: disk)
    }

    private static func contains<Disk: Storage>(
        _ record: PruneRecord, _ segments: [SegmentName], _ disk: Disk
    ) throws -> Bool {
        guard let segment = segments.last(where: { $0.firstSeq <= record.seq }),
            case .regular = try disk.status(of: segment.text).kind
        else { return false }
        var reader = LineReader(try disk.open(segment.text))
        while case .line(let range) = try reader.next() {
            if reader.buffer.span.extracting(range).isSame(as: record.line) { return true }
        }
        return false
    }

    /// The last one in the log, looked for from the end: records that tell of a removal are younger than what was removed.
    static func last<Disk: Storage>(
        in segments: [SegmentName], of disk: Disk
    ) throws -> Result<PruneRecord, LineFault>? {
        var checker = LineChecker()
        for segment in segments.reversed() {
            guard case .regular = try disk.status(of: segment.text).kind else { continue }
            var reader = LineReader(try disk.open(segment.text))
            var found: Result<PruneRecord, LineFault>?
            while case .line(let range) = try reader.next() {
                let line = reader.buffer.span.extracting(range)
                guard let frame = LineChecker.Frame(of: line),
                    NotableType(line, frame.typeStart..<frame.typeEnd) == .prune, checker.isRecord(line)
                else { continue }
                let bytes = Array(reader.buffer[range])
                found = Result { () throws(LineFault) in try PruneRecord(line: bytes, seq: frame.seq) }
            }
            if let found { return found }
        }
        return nil
    }
}

extension Span<UInt8> {
    fileprivate func isSame(as line: [UInt8]) -> Bool { count == line.count && matches(line, at: 0) }
}
