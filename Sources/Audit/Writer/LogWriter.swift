internal import Bytes
internal import LinuxIO
internal import OpenSSL
internal import Threading

/// The owner of the open segment and of the chain: everything that changes the log's files goes through one of these.
///
/// It has no thread, no queue and no clock of its own; times are arguments. After any error it must not be used again: what
/// is on disk is then for the next start to find out.
final class LogWriter<Disk: Storage> {
    private let disk: Disk
    private let segmentBytesMax: UInt64
    private let isStrict: Bool
    private var assembler: LineAssembler
    private var file: Disk.OpenFile
    private var segment: OpenSegment
    private var buffer = ByteBuffer(capacity: AuditConfiguration.batchBytesMax)
    private(set) var statistics = AuditStatistics()
    /// Leaf hashes of what was written and not yet handed on.
    private var leaves: [SHA256Digest] = []
    private var leafHasher = SHA256()
    /// Bytes that `relaxed` has written and not yet brought to the disk.
    private(set) var unsyncedBytes = 0

    private struct OpenSegment {
        var name: SegmentName
        var index: UInt64
        var bytes: UInt64
        var day: Int64
        var identity: FileIdentity
    }

    private struct Created {
        var file: Disk.OpenFile
        var segment: OpenSegment
        /// Leaf hash of the first record.
        var leaf: SHA256Digest
    }

    /// Name of a segment while its first record is being written.
    static var temporaryName: String { ".segment.tmp" }

    /// Opens the segment whose first record is `opening`.
    init(
        _ disk: Disk, segmentBytesMax: Int, durability: AuditConfiguration.Durability, continuing end: ChainEnd,
        index: UInt64, opening: EncodedRecord, at now: WallTime
    ) throws(AuditError) {
        self.disk = disk
        self.segmentBytesMax = UInt64(segmentBytesMax)
        isStrict = durability == .strict
        assembler = LineAssembler(continuing: end)
        let created: Created
        do throws(FileError) {
            created = try Self.create(
                on: disk, index: index, opening: opening, at: now, assembler: &assembler,
                reserving: self.segmentBytesMax + UInt64(AuditConfiguration.batchBytesMax))
            (file, segment) = (created.file, created.segment)
        } catch {
            throw .storage(error)
        }
        statistics.count([opening], bytes: Int(segment.bytes))
        leaves.append(created.leaf)
    }

    /// The number and hash of the last record.
    var end: ChainEnd { assembler.end }

    /// Which segment is open, counted from 0.
    var segmentIndex: UInt64 { segment.index }

    /// The leaf hashes of the records that came to the disk since the last call, in order; none while some are not there yet.
    func takeSyncedLeaves() -> [SHA256Digest] {
        guard unsyncedBytes == 0 else { return [] }
        defer { leaves.removeAll(keepingCapacity: true) }
        return leaves
    }

    /// Appends `records` as one write, brings them to the disk as the durability demands, and looks whether the file is still
    /// what it was left as. A new segment is opened first where the size or the day asks for one.
    func append(_ records: [EncodedRecord], at now: WallTime) throws(AuditError) -> [Receipt] {
        let receipts: [Receipt]
        do throws(FileError) {
            if let reason = rotationReason(at: now) { try rotate(reason, at: now) }
            receipts = try write(records, at: now)
        } catch {
            throw .storage(named(error))
        }
        try checkFile()
        return receipts
    }

    private func write(_ records: [EncodedRecord], at now: WallTime) throws(FileError) -> [Receipt] {
        buffer.truncate(to: 0)
        var receipts: [Receipt] = []
        receipts.reserveCapacity(records.count)
        for record in records {
            let start = buffer.count
            receipts.append(assembler.append(record.bytes, at: now, to: &buffer))
            leaves.append(Self.leaf(buffer, from: start, with: &leafHasher))
        }
        if unsyncedBytes + buffer.count > AuditConfiguration.batchBytesMax { try synchronise() }
        try Self.write(buffer, to: file, name: segment.name)
        segment.bytes += UInt64(buffer.count)
        unsyncedBytes += buffer.count
        if isStrict { try synchronise() }
        statistics.count(records, bytes: buffer.count)
        statistics.count(batch: records.count)
        return receipts
    }

    /// Opens a new segment on an operator's request.
    func rotate(at now: WallTime) throws(AuditError) {
        do throws(FileError) { try rotate(.operator, at: now) } catch { throw .storage(error) }
    }

    /// Brings to the disk what `relaxed` left.
    func flush() throws(AuditError) {
        do throws(FileError) { try synchronise() } catch { throw .storage(named(error)) }
    }

    /// Checks that the segment's name still leads to the open file.
    func checkName() throws(AuditError) {
        do throws(FileError) {
            guard try disk.status(of: segment.name.text).identity == segment.identity else {
                throw FileError("replaced", segment.name.text, code: 0)
            }
        } catch {
            throw .interference(
                path: "\(disk.name)/\(segment.name.text)", detail: "the log file was removed or replaced")
        }
    }

    /// The last act on the segment: everything to the disk, reserved space given back.
    func finish() throws(AuditError) {
        try flush()
        // Refused under `chattr +a`; the space then stays reserved until someone lifts the flag.
        try? file.releaseReservation(after: segment.bytes)
    }

    /// Free bytes of the log's file system.
    func freeBytes() throws(AuditError) -> UInt64 {
        do throws(FileError) { return try disk.freeBytes() } catch { throw .storage(error) }
    }

    private func rotationReason(at now: WallTime) -> SegmentReason? {
        if segment.bytes >= segmentBytesMax { return .size }
        return max(now, assembler.end.time ?? now).day != segment.day ? .day : nil
    }

    private func rotate(_ reason: SegmentReason, at now: WallTime) throws(FileError) {
        try synchronise()
        try? file.releaseReservation(after: segment.bytes)
        let opening = SegmentOpen(
            index: segment.index + 1, reason: reason, previousName: segment.name.text,
            previousRecords: assembler.end.nextSeq - segment.name.firstSeq, previousBytes: segment.bytes
        ).encode()
        let created = try Self.create(
            on: disk, index: segment.index + 1, opening: opening, at: now, assembler: &assembler,
            reserving: segmentBytesMax + UInt64(AuditConfiguration.batchBytesMax))
        (file, segment) = (created.file, created.segment)
        leaves.append(created.leaf)
        statistics.count([opening], bytes: Int(segment.bytes))
    }

    /// The leaf hash of the line that begins at `start` and ends the buffer with its LF.
    private static func leaf(_ buffer: borrowing ByteBuffer, from start: Int, with hasher: inout SHA256) -> SHA256Digest
    {
        buffer.withSpan { MerkleTree.leaf($0.extracting(start..<($0.count - 1)), with: &hasher) }
    }

    private func synchronise() throws(FileError) {
        guard unsyncedBytes > 0 else { return }
        let start = MonotonicInstant.now
        try file.synchroniseData()
        statistics.count(sync: MonotonicInstant.now.microseconds(since: start))
        unsyncedBytes = 0
    }

    private func checkFile() throws(AuditError) {
        let status: FileStatus
        do throws(FileError) { status = try file.status() } catch { throw .storage(named(error)) }
        guard status.size == segment.bytes, status.links > 0 else {
            throw .interference(
                path: "\(disk.name)/\(segment.name.text)",
                detail: "the log file has \(status.size) bytes and \(status.links) names, not \(segment.bytes) and one")
        }
    }

    /// The open file was made under a temporary name: an error of it names the segment that it became.
    private func named(_ error: FileError) -> FileError {
        guard error.path.hasSuffix(Self.temporaryName) else { return error }
        return FileError(error.operation, "\(disk.name)/\(segment.name.text)", code: error.code)
    }

    /// A segment never exists without its first record: it gets its name when that is on the disk.
    private static func create(
        on disk: Disk, index: UInt64, opening: EncodedRecord, at now: WallTime, assembler: inout LineAssembler,
        reserving bytes: UInt64
    ) throws(FileError) -> Created {
        let name = SegmentName(firstSeq: assembler.end.nextSeq)
        do throws(FileError) { try disk.remove(temporaryName) } catch  where error.isMissing {}
        let file = try disk.create(temporaryName)
        var line = ByteBuffer(capacity: 1024)
        _ = assembler.append(opening.bytes, at: now, to: &line)
        try write(line, to: file, name: name)
        try file.synchroniseData()
        try disk.rename(temporaryName, toNew: name.text)
        try disk.synchroniseNames()
        // Where space is short or cannot be reserved, the limits on free space still stand guard.
        do throws(FileError) { try file.reserve(bytes: bytes) } catch {
            // ext4 keeps what it found room for, and the disk would be full of it.
            try? file.releaseReservation(after: UInt64(line.count))
        }
        let identity = try file.status().identity
        let day = (assembler.end.time ?? now).day
        var hasher = SHA256()
        return Created(
            file: file,
            segment: OpenSegment(name: name, index: index, bytes: UInt64(line.count), day: day, identity: identity),
            leaf: leaf(line, from: 0, with: &hasher))
    }

    private static func write(_ bytes: borrowing ByteBuffer, to file: Disk.OpenFile, name: SegmentName)
        throws(FileError)
    {
        let count = try bytes.withSpan { span throws(FileError) in try file.write(span) }
        guard count == bytes.count else { throw FileError("write", name.text, code: 0) }
    }
}

extension AuditStatistics {
    mutating func count(_ records: [EncodedRecord], bytes: Int) {
        for record in records { recordsByType[record.type.position] += 1 }
        self.bytes += UInt64(bytes)
    }
}
