internal import LinuxIO
internal import OpenSSL

/// Removes what a `log.prune` record names, once a signed checkpoint covers that record.
///
/// ```
/// record durable ──> checkpoint over it ──> file `pruned` ──> segments, oldest first, each removal durable ──> done
/// ```
/// A crash at any of these leaves a log that verifies and starts: up to the third step nothing is missing; after it, what is
/// missing is the head of what the record names. `prune` again goes on where it was.
package struct Pruner<Disk: Storage> {
    private let disk: Disk
    private let key: VerifierKey

    /// - Parameter key: the log's, which must have signed the checkpoint.
    package init(_ disk: Disk, key: VerifierKey) {
        self.disk = disk
        self.key = key
    }

    /// The prune whose record is in the log and whose files are not all gone; nil where there is none. Reads the log from its
    /// end, as far as the newest such record.
    package func unfinished() throws(AuditError) -> PrunedHead? {
        let segments = try PrunePlanner.segments(of: disk)
        guard let first = segments.first else { return nil }
        if let head = try PrunedHead.read(disk), head.prune.keptFrom > first.firstSeq { return head }
        guard let seq = try newestRecord(in: segments) else { return nil }
        let head = try head(ofPruneRecorded: seq)
        return head.prune.keptFrom > first.firstSeq ? head : nil
    }

    private func newestRecord(in segments: [SegmentName]) throws(AuditError) -> UInt64? {
        do throws(FileError) {
            for segment in segments.reversed() {
                var reader = LineReader(try disk.open(segment.text))
                var found: UInt64?
                while case .line(let range) = try reader.next() {
                    let line = reader.buffer.span.extracting(range)
                    if let (seq, type) = LineChecker.peek(line), type == .prune { found = seq }
                }
                if let found { return found }
            }
            return nil
        } catch {
            throw .storage(error)
        }
    }

    /// The head of the log after the prune that record `seq` tells of.
    package func head(ofPruneRecorded seq: UInt64) throws(AuditError) -> PrunedHead {
        let segments = try PrunePlanner.segments(of: disk)
        guard let first = segments.first, let holder = segments.last(where: { $0.firstSeq <= seq }) else {
            throw .refused(segment: disk.name, seq: seq, detail: "the log has no segments")
        }
        let genesis: [UInt8]
        if first.firstSeq == 0 {
            genesis = try line(0, of: first)
        } else if let before = try PrunedHead.read(disk) {
            genesis = before.genesisLine
        } else {
            throw .refused(segment: first.text, seq: 0, detail: "the first segment is missing")
        }
        do throws(LineFault) {
            return try PrunedHead(genesisLine: genesis, pruneLine: try lineOf(seq, holder))
        } catch {
            throw .refused(segment: holder.text, seq: seq, detail: error.detail)
        }
    }

    /// Removes the files. The caller holds the log's lock.
    /// - Parameter progress: files removed, and files there are to remove.
    /// - Returns: the names of the removed files.
    /// - Throws: `AuditError.refused` where no checkpoint signed by the log's key covers the record, or where its root is not
    ///   that of `subtrees` and the records that stay: nothing is removed then.
    package func remove(
        _ head: PrunedHead, progress: ((Int, Int) -> Void)? = nil
    ) throws(AuditError) -> [String] {
        try checkCheckpoint(over: head)
        var removed: [String] = []
        do throws(FileError) {
            try head.put(on: disk)
            for segment in head.prune.segments {
                do throws(FileError) { try disk.remove(segment.name) } catch {
                    if error.isMissing { continue }
                    throw error
                }
                // One by one: a disk that lost the first removal and kept the second would have a gap.
                try disk.synchroniseNames()
                removed.append(segment.name)
                progress?(removed.count, head.prune.segments.count)
            }
        } catch {
            throw .storage(error)
        }
        return removed
    }

    private func checkCheckpoint(over head: PrunedHead) throws(AuditError) {
        func refusal(_ detail: String) -> AuditError {
            .refused(segment: "checkpoint", seq: head.seq, detail: "\(detail), so no segment is removed")
        }
        let text: [UInt8]?
        do throws(FileError) {
            text = try disk.contents(of: "checkpoint", bytesMax: SignedNote.bytesMax)
        } catch {
            throw .storage(error)
        }
        guard let text else { throw refusal("no checkpoint covers the prune record") }
        let checkpoint: Checkpoint
        let isSigned: Bool
        do throws(NoteFault) {
            let note = try SignedNote(text)
            checkpoint = try Checkpoint(text: note.text)
            isSigned = try note.isSigned(by: key)
        } catch {
            throw refusal(error.detail)
        }
        guard checkpoint.origin == key.name, isSigned else {
            throw refusal("the newest checkpoint is not signed by the log's key")
        }
        guard checkpoint.size > head.seq else { throw refusal("the newest checkpoint does not cover the prune record") }
        guard try root(of: head, size: checkpoint.size) == checkpoint.root else {
            throw refusal("the newest checkpoint's root is not that of the pruned log")
        }
    }

    /// The root over the first `size` records as it can be told without those that go.
    private func root(of head: PrunedHead, size: UInt64) throws(AuditError) -> SHA256Digest {
        var tree = head.prune.tree
        var hasher = SHA256()
        let segments = try PrunePlanner.segments(of: disk)
        do throws(FileError) {
            for segment in segments where segment.firstSeq >= head.prune.keptFrom {
                var reader = LineReader(try disk.open(segment.text))
                while tree.size < size, case .line(let range) = try reader.next() {
                    // Bytes after the last record of a closed segment are a torn tail, which is no leaf.
                    let line = reader.buffer.span.extracting(range)
                    guard LineChecker.peek(line)?.seq == tree.size else { break }
                    tree.append(MerkleTree.leaf(line, with: &hasher), with: &hasher)
                }
            }
        } catch {
            throw .storage(error)
        }
        return tree.root(with: &hasher)
    }

    private func line(_ seq: UInt64, of segment: SegmentName) throws(AuditError) -> [UInt8] {
        do throws(FileError) {
            var reader = LineReader(try disk.open(segment.text))
            var next = segment.firstSeq
            while case .line(let range) = try reader.next() {
                if next == seq { return Array(reader.buffer[range]) }
                next += 1
            }
        } catch {
            throw .storage(error)
        }
        throw .refused(segment: segment.text, seq: seq, detail: "the record is missing")
    }

    private func lineOf(_ seq: UInt64, _ segment: SegmentName) throws(LineFault) -> [UInt8] {
        do throws(AuditError) { return try line(seq, of: segment) } catch {
            throw LineFault(.headTruncated, error.description)
        }
    }
}
