internal import LinuxIO
internal import OpenSSL
public import Threading

/// The owner of the tree, its tiles and its checkpoints: everything that is signed goes through here.
///
/// It has no thread and no clock; times are arguments. It only ever sees records that are on the disk. After any error it must
/// not be used again, and the log ends.
final class Publisher<Disk: Storage, State: Storage> {
    private let files: CheckpointFiles<Disk, State>
    private let tiles: TileFiles<Disk>
    let leaves: LeafReader<Disk>
    private let origin: String
    private var keys: SigningKeys
    private var edge: TreeEdge
    private var rhythm: PublishingRhythm
    private var hasher = SHA256()
    /// The newest checkpoint that was published, and the tiles that were written for it and are not full.
    private var newest: (note: SignedNote, checkpoint: Checkpoint)?
    private var partialTiles: [Tile] = []
    private var thinning: CheckpointThinning<Disk, State>
    private(set) var statistics = PublishingStatistics()

    /// A publisher whose tree has the records that `edge` has, and whose last signed checkpoint is `last`.
    /// - Parameter storedSizes: sizes of all stored checkpoints, in order.
    init(
        _ files: CheckpointFiles<Disk, State>, origin: String, keys: consuming SigningKeys, edge: TreeEdge,
        last: (note: SignedNote, checkpoint: Checkpoint)?, storedSizes: [UInt64], rhythm: PublishingRhythm
    ) {
        self.files = files
        self.origin = origin
        self.keys = keys
        self.edge = edge
        self.rhythm = rhythm
        newest = last
        thinning = CheckpointThinning(files, stored: storedSizes)
        tiles = TileFiles(files.disk)
        leaves = LeafReader(files.disk)
        statistics.size = last?.checkpoint.size ?? 0
    }

    /// The log's key in force, and the one that a rotation has prepared.
    var key: VerifierKey { VerifierKey(name: origin, publicKey: keys.publicKey) }
    var nextKey: VerifierKey? { keys.nextPublicKey.map { VerifierKey(name: origin, publicKey: $0) } }
    /// Records in the tree.
    var size: UInt64 { edge.size }
    /// The newest checkpoint.
    var newestNote: SignedNote? { newest?.note }

    /// Takes the hashes of records from `firstSeq` on, which are on the disk as are all up to `syncedSize`. Some that were left
    /// out on the way are read back from the log.
    func take(_ hashes: [SHA256Digest], from firstSeq: UInt64, syncedSize: UInt64) throws(AuditError) {
        if firstSeq > edge.size { try readBack(upTo: firstSeq) }
        for hash in hashes.dropFirst(Int(clamping: edge.size - min(edge.size, firstSeq))) { try append(hash) }
        if edge.size < syncedSize { try readBack(upTo: syncedSize) }
    }

    /// Publishes a checkpoint where one is due.
    /// - Returns: the one that was published.
    func publishIfDue(asked: Bool = false, at now: MonotonicInstant) throws(AuditError) -> SignedNote? {
        if asked { rhythm.ask() }
        guard rhythm.isDue(size: edge.size, at: now) else { return nil }
        return try publish(at: now)
    }

    /// Takes up the key that a rotation has prepared.
    func prepare(_ keys: consuming SigningKeys) throws(AuditError) {
        guard keys.publicKey == self.keys.publicKey, keys.nextPublicKey != nil else {
            throw .exhausted("key to hand over to")
        }
        self.keys = keys
    }

    /// Publishes the checkpoint that hands over to the log's next key, which alone signs from then on. The last record of the
    /// tree must be the `key.rotate` that names it.
    func handOver(at now: MonotonicInstant) throws(AuditError) -> SignedNote {
        keys.beginHandingOver()
        let note = try publish(at: now)
        keys.completeHandingOver()
        return note
    }

    /// When a checkpoint may be due next; nil where the next record makes it due at once.
    func nextLook(at now: MonotonicInstant) -> MonotonicInstant? { rhythm.nextLook(size: edge.size, at: now) }

    private func publish(at now: MonotonicInstant) throws(AuditError) -> SignedNote {
        let checkpoint = Checkpoint(origin: origin, size: edge.size, root: edge.root(with: &hasher))
        if let last = newest?.checkpoint {
            // The tree has only grown since; a checkpoint of the same size can only be the same.
            precondition(
                checkpoint.size > last.size || checkpoint == last, "a log never signs a smaller tree or another one")
        }
        guard let signatures = keys.signatures(of: checkpoint) else { throw .exhausted("memory for a signature") }
        let note = SignedNote(text: checkpoint.text, signatures: signatures)
        try files.putSigned(note)
        // Proofs for a checkpoint must be possible as soon as it can be seen.
        let partial = edge.partialTiles
        for (tile, hashes) in partial { try tiles.write(tile, hashes) }
        try files.putPublished(note, size: checkpoint.size, isNewest: true)
        for tile in partialTiles where !partial.contains(where: { $0.0 == tile }) { try tiles.remove(tile) }
        partialTiles = partial.map(\.0)
        newest = (note, checkpoint)
        thinning.note(published: checkpoint.size)
        rhythm.notePublished(size: checkpoint.size, at: now)
        statistics.count += 1
        statistics.size = checkpoint.size
        statistics.publishedAt = now
        return note
    }

    /// Adds a witness's signature to the checkpoint of this size. One that is there already is replaced.
    /// - Returns: the note as it is now, or nil where there is no such checkpoint.
    func add(_ signature: SignedNote.Signature, toSize size: UInt64) throws(AuditError) -> SignedNote? {
        let isNewest = newest?.checkpoint.size == size
        guard var note = isNewest ? newest?.note : try files.note(ofSize: size) else { return nil }
        note.signatures.removeAll {
            $0.name == signature.name && $0.keyIdentifier == signature.keyIdentifier
        }
        guard note.signatures.count < SignedNote.signaturesMax else { return nil }
        note.signatures.append(signature)
        try files.putPublished(note, size: size, isNewest: isNewest)
        if isNewest { newest?.note = note }
        return note
    }

    /// The proof that record `seq` is in the tree of the newest checkpoint.
    /// - Throws: `notCovered`; `missingHash` where the tiles are not what they must be.
    func evidence(for seq: UInt64) throws(AuditError) -> InclusionEvidence {
        guard let newest, seq < newest.checkpoint.size else { throw .notCovered(seq) }
        let size = newest.checkpoint.size
        var tree = TileTree(tiles, size: size)
        let hashes = try tree.inclusionProof(of: seq, size: size)
        let leaf = try tree.hash(level: 0, index: seq)
        // Tiles are a cache that anybody with the folder could have written: a wrong one must not become a wrong proof.
        guard MerkleProof.proves(leaf, at: seq, in: size, root: newest.checkpoint.root, by: hashes) else {
            throw .missingHash("of record \(seq): the tiles do not fit the checkpoint")
        }
        return InclusionEvidence(seq: seq, size: size, leafHash: leaf, hashes: hashes, note: newest.note)
    }

    /// Removes a few old checkpoints that nobody needs.
    func thin() {
        guard let newest else { return }
        thinning.step(newestSize: newest.checkpoint.size)
    }

    private func readBack(upTo size: UInt64) throws(AuditError) {
        statistics.readBack += size - edge.size
        try leaves.read(edge.size..<size) { hash, _ throws(AuditError) in try append(hash) }
    }

    func append(_ hash: SHA256Digest) throws(AuditError) {
        var full: [(Tile, [SHA256Digest])] = []
        edge.append(hash, with: &hasher) { full.append(($0, $1)) }
        for (tile, hashes) in full { try tiles.write(tile, hashes) }
    }
}

/// What there is to know of the publisher.
public struct PublishingStatistics: Equatable, Sendable {
    /// Checkpoints published since the start.
    public var count: UInt64 = 0
    /// Records that the newest covers.
    public var size: UInt64 = 0
    /// When it was published.
    public var publishedAt: MonotonicInstant?
    /// Records that had to be read back from the log for their hashes.
    public var readBack: UInt64 = 0
}
