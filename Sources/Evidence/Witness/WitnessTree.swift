package import Audit
package import OpenSSL

/// Our own tree, as proofs for witnesses need it. Called on the witnesses' thread only.
package struct WitnessTree: Sendable {
    /// The consistency proof from a size to a larger one; empty from 0 and to itself.
    package let proof: @Sendable (_ from: UInt64, _ to: UInt64) throws(AuditError) -> [SHA256Digest]
    /// The root at a size, for a tree of at least `of` records.
    package let root: @Sendable (_ size: UInt64, _ of: UInt64) throws(AuditError) -> SHA256Digest

    package init(
        proof: @escaping @Sendable (_ from: UInt64, _ to: UInt64) throws(AuditError) -> [SHA256Digest],
        root: @escaping @Sendable (_ size: UInt64, _ of: UInt64) throws(AuditError) -> SHA256Digest
    ) {
        self.proof = proof
        self.root = root
    }

    /// The tree in `tiles`: those of the log's directory, of which there are all for the size of each checkpoint.
    package init(_ tiles: some TileSource & Sendable) {
        self.init(
            proof: { from, to throws(AuditError) in
                var tree = TileTree(tiles, size: to)
                return try tree.consistencyProof(from: from, to: to)
            },
            root: { size, whole throws(AuditError) in
                var tree = TileTree(tiles, size: whole)
                return try tree.root(size: size)
            })
    }
}
