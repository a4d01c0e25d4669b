internal import LinuxIO
internal import OpenSSL

/// Reads records back for their leaf hashes: what was written after the newest checkpoint, or everything where the tiles are
/// gone. Each line's number and hash are checked; the chain between segments is the start's and the verifier's matter.
struct LeafReader<Disk: Storage> {
    private let disk: Disk

    init(_ disk: Disk) { self.disk = disk }

    /// Calls `body` with the leaf hash of each record in `range`, in order.
    /// - Throws: `refused` where a record is missing or not whole; what `body` throws.
    func read(_ range: Range<UInt64>, _ body: (SHA256Digest, Span<UInt8>) throws(AuditError) -> Void) throws(AuditError)
    {
        var next = range.lowerBound
        var checker = LineChecker()
        var hasher = SHA256()
        let segments = try listSegments()
        for (index, segment) in segments.enumerated() where next < range.upperBound {
            let end = index + 1 < segments.count ? segments[index + 1].firstSeq : range.upperBound
            guard end > next, segment.firstSeq <= next else { continue }
            var reader: LineReader<Disk.OpenFile>
            do throws(FileError) { reader = LineReader(try disk.open(segment.text)) } catch { throw .storage(error) }
            var seq = segment.firstSeq
            while seq < min(end, range.upperBound) {
                let line: LineReader<Disk.OpenFile>.Next
                do throws(FileError) { line = try reader.next() } catch { throw .storage(error) }
                guard case .line(let place) = line else { throw missing(segment, seq) }
                if seq == next {
                    let bytes = reader.buffer.span.extracting(place)
                    guard checker.isRecord(bytes), LineChecker.peek(bytes)?.seq == seq else {
                        throw missing(segment, seq)
                    }
                    try body(MerkleTree.leaf(bytes, with: &hasher), bytes)
                    next += 1
                }
                seq += 1
            }
        }
        guard next >= range.upperBound else { throw missing(SegmentName(firstSeq: next), next) }
    }

    private func listSegments() throws(AuditError) -> [SegmentName] {
        do throws(FileError) {
            return try disk.names().compactMap { SegmentName($0) }.sorted { $0.firstSeq < $1.firstSeq }
        } catch {
            throw .storage(error)
        }
    }

    private func missing(_ segment: SegmentName, _ seq: UInt64) -> AuditError {
        .refused(segment: segment.text, seq: seq, detail: "the record is missing or not whole")
    }
}
