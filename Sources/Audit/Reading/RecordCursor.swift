internal import LinuxIO

/// A record as it stands in the log.
package struct StoredRecord: Equatable, Sendable {
    /// Its number.
    package let seq: UInt64
    /// The file it is in, and where its line begins there.
    package let segment: String
    package let offset: UInt64
    /// Its line without the LF.
    package let line: [UInt8]

    package init(seq: UInt64, segment: String, offset: UInt64, line: [UInt8]) {
        self.seq = seq
        self.segment = segment
        self.offset = offset
        self.line = line
    }
}

/// Reads a log's records in order, for people: each one's number and hash are checked, what a crash left is passed over. Whether
/// the log is the one that was written is the verifier's matter.
package struct RecordCursor<Disk: Storage> {
    private let disk: Disk
    private var file: Disk.OpenFile?
    private var segment = SegmentName(firstSeq: 0)
    private let checker = LineCheck()
    private var buffer: [UInt8] = []
    private var start = 0
    private var bufferOffset: UInt64 = 0
    /// The number of the record that `next` returns next.
    package private(set) var nextSeq: UInt64
    /// Bytes that were read so far.
    package private(set) var bytesRead: UInt64 = 0

    private static var chunkBytes: Int { 1 << 20 }

    /// Checks a line; a class, since a value that is not copyable cannot lie in one that is.
    private final class LineCheck {
        private var checker = LineChecker()
        func isRecord(_ line: Span<UInt8>, seq: UInt64) -> Bool {
            checker.isRecord(line) && LineChecker.peek(line)?.seq == seq
        }
    }

    /// A cursor before record `seq` of the log in `disk`; before the first that is there, where `seq` was pruned.
    package init(_ disk: Disk, from seq: UInt64 = 0) throws(AuditError) {
        self.disk = disk
        nextSeq = seq
        let segments = try Self.segments(of: disk)
        guard let first = segments.first else { return }
        let begin = segments.last { $0.firstSeq <= seq } ?? first
        nextSeq = begin.firstSeq
        try open(begin)
        while nextSeq < seq, try next() != nil {}
    }

    /// Bytes of all segments.
    package static func bytes(of disk: Disk) throws(AuditError) -> UInt64 {
        var total: UInt64 = 0
        do throws(FileError) {
            for name in try disk.names() where SegmentName(name) != nil { total += try disk.status(of: name).size }
        } catch {
            throw .storage(error)
        }
        return total
    }

    /// The next record, or nil where there is none yet.
    /// - Throws: `refused` where a record is missing or not whole although later ones are there.
    package mutating func next() throws(AuditError) -> StoredRecord? {
        while true {
            if let end = buffer[start...].firstIndex(of: 0x0A) {
                let line = Array(buffer[start..<end])
                guard checker.isRecord(line.span, seq: nextSeq) else {
                    guard try moveOn() else { return nil }
                    continue
                }
                let record = StoredRecord(
                    seq: nextSeq, segment: segment.text, offset: bufferOffset + UInt64(start), line: line)
                start = end + 1
                nextSeq += 1
                return record
            }
            if buffer.count - start <= Chain.bodyBytesMax, try fill() { continue }
            guard try moveOn() else { return nil }
        }
    }

    /// The record at a place that somebody remembers, or nil where it is not there.
    package static func record(
        _ seq: UInt64, in segment: String, at offset: UInt64, of disk: Disk
    ) throws(AuditError) -> StoredRecord? {
        guard SegmentName(segment) != nil else { return nil }
        var bytes: [UInt8] = []
        do throws(FileError) {
            do throws(FileError) {
                let file = try disk.open(segment)
                while bytes.count <= Chain.bodyBytesMax {
                    let at = offset + UInt64(bytes.count)
                    guard try file.read(into: &bytes, count: 4096, at: at) > 0, bytes.last != 0x0A else { break }
                }
            } catch  where error.isMissing {}
        } catch {
            throw .storage(error)
        }
        guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
        let line = Array(bytes[..<end])
        guard LineCheck().isRecord(line.span, seq: seq) else { return nil }
        return StoredRecord(seq: seq, segment: segment, offset: offset, line: line)
    }

    private mutating func fill() throws(AuditError) -> Bool {
        guard let file else { return try moveOn() }
        buffer.removeFirst(start)
        bufferOffset += UInt64(start)
        start = 0
        do throws(FileError) {
            let count = try file.read(
                into: &buffer, count: Self.chunkBytes, at: bufferOffset + UInt64(buffer.count))
            bytesRead += UInt64(count)
            return count > 0
        } catch {
            throw .storage(error)
        }
    }

    /// Goes to the segment that begins with the next record, if it is there.
    private mutating func moveOn() throws(AuditError) -> Bool {
        let wanted = SegmentName(firstSeq: nextSeq)
        let segments = try Self.segments(of: disk)
        if wanted != segment || file == nil, segments.contains(wanted) {
            try open(wanted)
            return true
        }
        guard !segments.contains(where: { $0.firstSeq > nextSeq }) else {
            throw .refused(
                segment: segment.text, seq: nextSeq,
                detail: "the record is missing or not whole, and later ones are there")
        }
        return false
    }

    private mutating func open(_ name: SegmentName) throws(AuditError) {
        do throws(FileError) { file = try disk.open(name.text) } catch { throw .storage(error) }
        segment = name
        buffer = []
        start = 0
        bufferOffset = 0
    }

    private static func segments(of disk: Disk) throws(AuditError) -> [SegmentName] {
        do throws(FileError) {
            return try disk.names().compactMap { SegmentName($0) }.sorted { $0.firstSeq < $1.firstSeq }
        } catch {
            throw .storage(error)
        }
    }
}
