internal import JSON
internal import LinuxIO
internal import OpenSSL
internal import Threading

extension Publisher {
    /// Continues a log's tree: compares every stored checkpoint with the records, and takes in what was written since the newest.
    /// Changes nothing but tiles (`docs/formats/audit-log.md` §10).
    /// - Throws: `refused` where the log has fewer records than a checkpoint says, or others.
    static func open(
        _ files: CheckpointFiles<Disk, State>, origin: String, keys: consuming SigningKeys, size: UInt64,
        rhythm: PublishingRhythm
    ) throws(AuditError) -> Publisher {
        let start = try PublisherStart(files, origin: origin, size: size)
        var keys = keys
        let last = try start.lastSigned(by: keys)
        if let last, try start.handsOver(last.note, keys) { keys.completeHandingOver() }
        let edge = try start.edge(at: last?.checkpoint)
        try start.compareStored(newest: last?.checkpoint)
        let publisher = Publisher(
            files, origin: origin, keys: keys, edge: edge, last: last, storedSizes: try files.storedSizes(),
            rhythm: rhythm)
        try publisher.catchUp(to: size)
        return publisher
    }

    /// Takes in the records from the newest checkpoint on. A rotation of the key that a crash cut short is completed.
    private func catchUp(to end: UInt64) throws(AuditError) {
        let now = MonotonicInstant.now
        try leaves.read(size..<end) { hash, line throws(AuditError) in
            try append(hash)
            guard LineChecker.peek(line)?.type == .keyRotate else { return }
            try expectPreparedKey(line)
            _ = try handOver(at: now)
        }
    }
}

extension Publisher {
    /// The next key must be the one that the record of the rotation names, or the log would change hands.
    private func expectPreparedKey(_ line: Span<UInt8>) throws(AuditError) {
        let bytes = line.indices.map { line[$0] }
        let named = (try? JSONParser.parse(bytes))?["key"]?["new"]?.bytes
        guard let named, let next = nextKey, named == Array(next.text.utf8) else {
            throw .refused(
                segment: SegmentName(firstSeq: size).text, seq: size - 1,
                detail: "the log's key was being rotated, and log.key.next is not the key that the record names")
        }
    }
}

/// What a start reads of checkpoints before anything is signed.
private struct PublisherStart<Disk: Storage, State: Storage> {
    private let files: CheckpointFiles<Disk, State>
    private let origin: String
    private let size: UInt64
    /// The tree of the records that were removed; without leaves where none were.
    private let removed: CompactTree

    init(_ files: CheckpointFiles<Disk, State>, origin: String, size: UInt64) throws(AuditError) {
        self.files = files
        self.origin = origin
        self.size = size
        removed = try PrunedHead.removedTree(of: files.disk)
    }

    /// The checkpoint that a start trusts: it is in the state directory, and one of our keys signed it.
    func lastSigned(by keys: borrowing SigningKeys) throws(AuditError) -> (note: SignedNote, checkpoint: Checkpoint)? {
        guard let note = try files.lastSigned() else {
            guard try files.storedSizes().isEmpty, try files.newest() == nil else {
                throw refusal(
                    0,
                    "\(files.state.name)/\(CheckpointFiles<Disk, State>.lastSignedName) is missing, and the log has checkpoints"
                )
            }
            return nil
        }
        let checkpoint = try read(note)
        let key = VerifierKey(name: origin, publicKey: keys.publicKey)
        let isOurs: Bool
        do throws(NoteFault) { isOurs = try note.isSigned(by: key) } catch { throw refusal(0, error.detail) }
        guard isOurs else {
            throw refusal(checkpoint.size, "the newest signed checkpoint is not of the log's key")
        }
        try expectNotShortened(checkpoint, "the newest signed checkpoint")
        return (note, checkpoint)
    }

    /// Whether `note` hands over to the next key, which then signs alone from now on: a crash came before the key's file was
    /// renamed.
    func handsOver(_ note: SignedNote, _ keys: borrowing SigningKeys) throws(AuditError) -> Bool {
        guard let next = keys.nextPublicKey else { return false }
        do throws(NoteFault) { return try note.isSigned(by: VerifierKey(name: origin, publicKey: next)) } catch {
            throw refusal(0, error.detail)
        }
    }

    /// The tree's right edge at `checkpoint`: from the tiles where they lead to its root, else from the records, and from the
    /// hashes that stand for those that were removed.
    func edge(at checkpoint: Checkpoint?) throws(AuditError) -> TreeEdge {
        guard let checkpoint else { return TreeEdge() }
        var hasher = SHA256()
        let tiles = TileFiles(files.disk)
        if let edge = try TreeEdge(size: checkpoint.size, from: tiles), edge.root(with: &hasher) == checkpoint.root {
            return edge
        }
        return try remakeTiles(at: checkpoint)
    }

    /// Reads the records that `checkpoint` covers, writes their tiles anew, and checks that they lead to its root.
    private func remakeTiles(at checkpoint: Checkpoint) throws(AuditError) -> TreeEdge {
        guard removed.size <= checkpoint.size else {
            throw refusal(checkpoint.size, "the newest signed checkpoint covers fewer records than were removed")
        }
        let tiles = TileFiles(files.disk)
        var hasher = SHA256()
        var edge = TreeEdge(removed)
        try LeafReader(files.disk).read(removed.size..<checkpoint.size) { hash, _ throws(AuditError) in
            var full: [(Tile, [SHA256Digest])] = []
            edge.append(hash, with: &hasher) { full.append(($0, $1)) }
            for (tile, hashes) in full { try tiles.write(tile, hashes) }
        }
        guard edge.root(with: &hasher) == checkpoint.root else { throw mismatch(checkpoint) }
        for (tile, hashes) in edge.partialTiles { try tiles.write(tile, hashes) }
        return edge
    }

    /// Compares each stored checkpoint with the tree. Their signatures are the verifier's matter: what counts here is that
    /// nothing that may have been shown to somebody is contradicted.
    func compareStored(newest: Checkpoint?) throws(AuditError) {
        var notes: [SignedNote] = []
        for size in try files.storedSizes() {
            guard let note = try files.note(ofSize: size) else { continue }
            let checkpoint = try read(note)
            guard checkpoint.size == size else { throw refusal(size, "a checkpoint under another size's name") }
            notes.append(note)
        }
        if let note = try files.newest() { notes.append(note) }
        guard !notes.isEmpty else { return }
        // Its tiles were compared with the newest checkpoint's root, or made anew.
        var tree = TileTree(TileFiles(files.disk), size: newest?.size ?? 0)
        var untold: [Checkpoint] = []
        for note in notes {
            let checkpoint = try read(note)
            try expectNotShortened(checkpoint, "a stored checkpoint")
            guard let newest, checkpoint.size <= newest.size else {
                throw refusal(checkpoint.size, "a stored checkpoint is newer than the newest that was signed here")
            }
            // Of removed records nothing is left to ask, and no root below theirs can be told.
            if checkpoint.size >= removed.size, try !leads(&tree, to: checkpoint) { untold.append(checkpoint) }
        }
        guard let newest, !untold.isEmpty else { return }
        // Tiles are not synced: what a power cut left of those that the newest root does not need shows only here.
        _ = try remakeTiles(at: newest)
        try compareWithRecords(untold.sorted { $0.size < $1.size })
    }

    /// Whether the tiles are there that a checkpoint's root needs, and lead to it.
    private func leads(
        _ tree: inout TileTree<TileFiles<Disk>>, to checkpoint: Checkpoint
    ) throws(AuditError) -> Bool {
        do throws(AuditError) { return try tree.root(size: checkpoint.size) == checkpoint.root } catch {
            guard case .missingHash = error else { throw error }
            return false
        }
    }

    /// Tiles are a cache, and those inside the tree were compared with nothing: what they do not confirm, the records must.
    private func compareWithRecords(_ checkpoints: [Checkpoint]) throws(AuditError) {
        var rest = checkpoints[...]
        guard let last = rest.last else { return }
        var tree = removed
        var hasher = SHA256()
        func compare() throws(AuditError) {
            while let next = rest.first, next.size == tree.size {
                guard tree.root(with: &hasher) == next.root else { throw mismatch(next) }
                rest = rest.dropFirst()
            }
        }
        try compare()
        try LeafReader(files.disk).read(removed.size..<last.size) { hash, _ throws(AuditError) in
            tree.append(hash, with: &hasher)
            try compare()
        }
    }

    private func read(_ note: SignedNote) throws(AuditError) -> Checkpoint {
        let checkpoint: Checkpoint
        do throws(NoteFault) { checkpoint = try Checkpoint(text: note.text) } catch {
            throw refusal(0, "a checkpoint: \(error.detail)")
        }
        guard checkpoint.origin == origin else {
            throw refusal(checkpoint.size, "a checkpoint of the log \(checkpoint.origin), not \(origin)")
        }
        return checkpoint
    }

    private func expectNotShortened(_ checkpoint: Checkpoint, _ what: String) throws(AuditError) {
        guard checkpoint.size <= size else {
            throw refusal(size, "\(what) covers \(checkpoint.size) records, and the log has \(size): it was shortened")
        }
    }

    private func mismatch(_ checkpoint: Checkpoint) -> AuditError {
        refusal(checkpoint.size, "the records are not those of the checkpoint of size \(checkpoint.size)")
    }

    private func refusal(_ seq: UInt64, _ detail: String) -> AuditError {
        .refused(segment: "\(files.disk.name)/\(CheckpointFiles<Disk, State>.newestName)", seq: seq, detail: detail)
    }
}
