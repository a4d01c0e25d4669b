internal import LinuxIO

/// What the fixed members at a line's beginning say.
struct RecordHead: Equatable, Sendable {
    var seq: UInt64
    var time: WallTime
    /// The 13 bytes of `time` up to the hour, which tell hours apart.
    var hour: [UInt8]
    /// nil for a type that this version does not know.
    var type: RecordType?

    /// Reads the beginning of a line; nil where it is none. The rest of the line, its hash included, is not looked at.
    init?(_ line: Span<UInt8>) {
        guard line.matches(Chain.head, at: 0) else { return nil }
        var index = Chain.head.count
        var digits: [UInt8] = []
        while index < line.count, line[index] != UInt8(ascii: ","), digits.count < 17 {
            digits.append(line[index])
            index += 1
        }
        let timeStart = index + Chain.timeMember.count
        guard let seq = UInt64(plainDecimal: digits[...]), line.matches(Chain.timeMember, at: index),
            let time = WallTime(line, at: timeStart),
            line.matches(Chain.typeMember, at: timeStart + WallTime.byteCount)
        else { return nil }
        index = timeStart + WallTime.byteCount + Chain.typeMember.count
        var type: [UInt8] = []
        while index < line.count, line[index] != UInt8(ascii: "\""), type.count < 64 {
            type.append(line[index])
            index += 1
        }
        self.seq = seq
        self.time = time
        self.hour = (timeStart..<(timeStart + 13)).map { line[$0] }
        self.type = RecordType(rawValue: String(decoding: type, as: UTF8.self))
    }

    /// Bytes that are enough for the beginning of any line.
    static let bytesMax = Chain.head.count + 16 + Chain.timeMember.count + WallTime.byteCount + 80
}

/// Finds the beginning of a record's line by halving its segment, without reading what is before it. Whether the line is whole is
/// not its matter.
struct RecordSeeker<Disk: Storage> {
    private let disk: Disk
    /// The segment that was searched last, and the number of the first record after it where another follows.
    private var segment: (file: Disk.OpenFile, seqs: Range<UInt64>)?

    private static var blockBytes: UInt64 { 65_536 }

    init(_ disk: Disk) { self.disk = disk }

    /// The beginning of record `seq`, or nil where the log does not have it.
    mutating func head(of seq: UInt64) throws(FileError) -> RecordHead? {
        guard let file = try file(with: seq) else { return nil }
        // The line begins in `low ..< high`, and one begins at `low`.
        var (low, high) = (UInt64(0), try file.status().size)
        while high - low > Self.blockBytes {
            let middle = low + (high - low) / 2
            if let next = try firstHead(after: middle, before: high, in: file), next.head.seq <= seq {
                low = next.start
            } else {
                high = middle + 1
            }
        }
        return try heads(from: low, before: high, in: file).first { $0.head.seq == seq }?.head
    }

    private mutating func file(with seq: UInt64) throws(FileError) -> Disk.OpenFile? {
        if let segment, segment.seqs.contains(seq) { return segment.file }
        let firsts = try disk.names().compactMap { SegmentName($0)?.firstSeq }.sorted()
        guard let index = firsts.lastIndex(where: { $0 <= seq }) else { return nil }
        let file = try disk.open(SegmentName(firstSeq: firsts[index]).text)
        let isLast = index + 1 == firsts.count
        // The last one grows, and another may follow it at any time.
        segment = isLast ? nil : (file, firsts[index]..<firsts[index + 1])
        return file
    }

    /// The first line that begins after `start` and before `end`.
    private func firstHead(
        after start: UInt64, before end: UInt64, in file: Disk.OpenFile
    ) throws(FileError) -> (start: UInt64, head: RecordHead)? {
        var bytes: [UInt8] = []
        while start + UInt64(bytes.count) < end {
            let room = bytes.count
            guard try file.read(into: &bytes, count: 4096, at: start + UInt64(room)) > 0 else { return nil }
            guard let gap = bytes[room...].firstIndex(of: 0x0A) else { continue }
            let begin = start + UInt64(gap) + 1
            guard begin < end else { return nil }
            var line: [UInt8] = []
            _ = try file.read(into: &line, count: RecordHead.bytesMax, at: begin)
            return RecordHead(line.span).map { (begin, $0) }
        }
        return nil
    }

    /// All lines that begin in `start ..< end`.
    private func heads(
        from start: UInt64, before end: UInt64, in file: Disk.OpenFile
    ) throws(FileError) -> [(start: UInt64, head: RecordHead)] {
        var bytes: [UInt8] = []
        let wanted = Int(end - start) + RecordHead.bytesMax
        while bytes.count < wanted {
            let room = bytes.count
            if try file.read(into: &bytes, count: wanted - room, at: start + UInt64(room)) == 0 { break }
        }
        var found: [(start: UInt64, head: RecordHead)] = []
        var index = 0
        while index < min(bytes.count, Int(end - start)) {
            let line = bytes.span.extracting(index..<min(bytes.count, index + RecordHead.bytesMax))
            if let head = RecordHead(line) { found.append((start + UInt64(index), head)) }
            guard let gap = bytes[index...].firstIndex(of: 0x0A) else { break }
            index = gap + 1
        }
        return found
    }
}
