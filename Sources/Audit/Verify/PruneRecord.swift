internal import Bytes
internal import JSON
internal import LinuxIO
internal import OpenSSL

/// What a record `log.prune` says: which records were removed, and what stands for them in the tree.
struct PruneRecord: Sendable {
    /// The number of the record itself.
    let seq: UInt64
    /// Its hash, 64 hex digits: it is read ahead of its turn, and must be the same when its turn comes.
    let hashHex: [UInt8]
    /// The first record that was kept.
    let keptFrom: UInt64
    /// The hash of the record before that one, 64 hex digits.
    let previousHex: [UInt8]
    /// The tree of the records before it.
    let tree: CompactTree

    /// Reads it from its line, which is shaped like a record and has a right hash.
    init(line: [UInt8], seq: UInt64) throws(LineFault) {
        do {
            let record = try JSONObject(try JSONParser.parse(line), allowing: nil)
            let prune = try record.object("prune", allowing: nil)
            keptFrom = UInt64(try prune.integer("kept_from", in: 1...Int(Chain.integerMax)))
            previousHex = try prune.bytes("prev", countRange: 64...64)
            var hashes: [SHA256Digest] = []
            for node in try prune.optionalArray("subtrees") ?? [] {
                guard let text = node.bytes, let bytes = Base64.decode(text),
                    let hash = SHA256Digest(bytes: bytes)
                else { throw LineFault(.headTruncated, "subtrees: not a hash in base64") }
                hashes.append(hash)
            }
            guard let tree = CompactTree(size: keptFrom, subtrees: hashes) else {
                throw LineFault(.headTruncated, "subtrees: \(hashes.count) hashes for \(keptFrom) records")
            }
            self.tree = tree
        } catch let fault as LineFault {
            throw fault
        } catch {
            throw LineFault(.headTruncated, "\(error)")
        }
        self.seq = seq
        hashHex = Array(line.suffix(66).prefix(64))
    }

    /// The last one in the log, which says where the records begin that must be there; nil where there is none.
    ///
    /// It is looked for from the end: records that tell of a removal are younger than what was removed. Nothing of it is
    /// believed before the walk has come to it and a signed checkpoint covers it.
    static func last<Disk: Storage>(in segments: [SegmentName], of disk: Disk) throws -> Result<PruneRecord, LineFault>?
    {
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
