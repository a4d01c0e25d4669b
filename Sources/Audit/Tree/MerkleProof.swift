package import OpenSSL

/// Checks of proofs: pure functions of what a stranger sent.
package enum MerkleProof {
    /// Whether `leaf` is leaf `index` of the tree of `size` leaves with `root` (RFC 9162 §2.1.3.2).
    package static func proves(
        _ leaf: SHA256Digest, at index: UInt64, in size: UInt64, root: SHA256Digest, by proof: [SHA256Digest]
    ) -> Bool {
        guard index < size else { return false }
        var hasher = SHA256()
        var (node, last, hash) = (index, size - 1, leaf)
        for sibling in proof {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = MerkleTree.node(sibling, hash, with: &hasher)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleTree.node(hash, sibling, with: &hasher)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether the tree of `size` leaves with `root` extends the one of `old` leaves with `oldRoot` (RFC 9162 §2.1.4.2).
    ///
    /// Of an empty old tree and of equal ones there is nothing to prove, and the proof must be empty.
    package static func extends(
        _ old: UInt64, root oldRoot: SHA256Digest, to size: UInt64, root: SHA256Digest, by proof: [SHA256Digest]
    ) -> Bool {
        guard old > 0 else { return proof.isEmpty && oldRoot == MerkleTree.emptyRoot }
        guard old < size else { return old == size && proof.isEmpty && oldRoot == root }
        var rest = proof[...]
        // Where the old tree is complete its root is a node of the new one, which the proof leaves out.
        guard let start = old & (old - 1) == 0 ? oldRoot : rest.popFirst() else { return false }
        var (node, last) = (old - 1, size - 1)
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var hasher = SHA256()
        var (oldHash, newHash) = (start, start)
        for sibling in rest {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                oldHash = MerkleTree.node(sibling, oldHash, with: &hasher)
                newHash = MerkleTree.node(sibling, newHash, with: &hasher)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                newHash = MerkleTree.node(newHash, sibling, with: &hasher)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && oldHash == oldRoot && newHash == root
    }
}
