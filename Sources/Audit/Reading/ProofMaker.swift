internal import LinuxIO
internal import OpenSSL

/// Makes proofs from a log's folder: what a gateway answers while it runs, made by whoever has the files.
package struct ProofMaker<Disk: Storage> {
    private let disk: Disk

    /// For the log in `disk`.
    package init(_ disk: Disk) { self.disk = disk }

    /// The proof that `record` is in the log, by the oldest stored checkpoint that covers it and meets `policy`.
    /// - Parameter rebuilding: told that the tiles do not serve and every record has to be read.
    /// - Throws: `notCovered` where no such checkpoint is there; `refused` where the records are not those of the checkpoint.
    package func proof(
        of record: StoredRecord, policy: TlogPolicy?, rebuilding: () -> Void = {}
    ) throws(AuditError) -> TlogProof {
        let files = CheckpointFiles(disk: disk, state: disk)
        for size in try files.storedSizes() where size > record.seq {
            guard let note = try files.note(ofSize: size), try Self.meets(policy, note) else { continue }
            let checkpoint: Checkpoint
            do throws(NoteFault) { checkpoint = try Checkpoint(text: note.text) } catch {
                throw .refused(segment: "checkpoints", seq: size, detail: error.detail)
            }
            let made = { (hashes: [SHA256Digest]) in
                TlogProof(record: record.line, index: record.seq, proof: hashes, note: note)
            }
            if let hashes = try? fromTiles(record.seq, size: checkpoint.size), made(hashes).leadsTo(checkpoint) {
                return made(hashes)
            }
            rebuilding()
            let proof = made(try fromRecords(record.seq, size: checkpoint.size))
            guard proof.leadsTo(checkpoint) else {
                throw .refused(
                    segment: record.segment, seq: record.seq,
                    detail: "the records are not those of the checkpoint of size \(size)")
            }
            return proof
        }
        throw .notCovered(record.seq)
    }

    private static func meets(_ policy: TlogPolicy?, _ note: SignedNote) throws(AuditError) -> Bool {
        guard let policy else { return true }
        do throws(NoteFault) {
            var isSigned = false
            for key in policy.logs where try note.isSigned(by: key) { isSigned = true }
            let cosigners = try policy.cosigners(of: note)
            return isSigned && policy.isMet(by: cosigners)
        } catch {
            throw .refused(segment: "checkpoints", seq: 0, detail: "\(error.code.rawValue): \(error.detail)")
        }
    }

    private func fromTiles(_ seq: UInt64, size: UInt64) throws(AuditError) -> [SHA256Digest] {
        var tree = TileTree(TileFiles(disk), size: size)
        return try tree.inclusionProof(of: seq, size: size)
    }

    /// One pass over the records. What is left of the leaf is complete subtrees, which the removed records' hashes begin; what
    /// is right of it falls into the siblings on the way to the root.
    private func fromRecords(_ seq: UInt64, size: UInt64) throws(AuditError) -> [SHA256Digest] {
        let ranges = MerkleTree.siblings(of: seq, size: size)
        var left = try PrunedHead.removedTree(of: disk)
        var right = ranges.map { _ in CompactTree() }
        var hasher = SHA256()
        var number = left.size
        try LeafReader(disk).read(number..<size) { hash, _ throws(AuditError) in
            if number < seq {
                left.append(hash, with: &hasher)
            } else if let index = ranges.firstIndex(where: { $0.contains(number) }) {
                right[index].append(hash, with: &hasher)
            }
            number += 1
        }
        var lefts = left.subtrees
        return zip(ranges, right).map { range, tree in
            range.upperBound <= seq ? lefts.removeLast() : tree.root(with: &hasher)
        }
    }
}
