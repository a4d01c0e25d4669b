package import OpenSSL

/// The Merkle tree of RFC 6962 §2.1 over a log's records: a leaf is a line without its LF.
package enum MerkleTree {
    /// The root of a tree without leaves: the digest of nothing.
    package static let emptyRoot = SHA256Digest(of: [])

    /// The hash of the leaf `body`.
    package static func leaf(_ body: Span<UInt8>, with hasher: inout SHA256) -> SHA256Digest {
        hasher.reset()
        hasher.update(leafPrefix.span)
        hasher.update(body)
        return hasher.finish()
    }

    /// The hash of the leaf `body`.
    package static func leaf(_ body: [UInt8]) -> SHA256Digest {
        var hasher = SHA256()
        return leaf(body.span, with: &hasher)
    }

    /// The hash of the node over `left` and `right`.
    package static func node(_ left: SHA256Digest, _ right: SHA256Digest, with hasher: inout SHA256) -> SHA256Digest {
        hasher.reset()
        hasher.update(nodePrefix.span)
        hasher.update(left)
        hasher.update(right)
        return hasher.finish()
    }

    /// The largest power of two below `count`, which must be at least 2: where a tree of `count` leaves splits.
    static func split(_ count: UInt64) -> UInt64 {
        precondition(count > 1, "a tree of one leaf does not split")
        return 1 << UInt64(63 - (count - 1).leadingZeroBitCount)
    }

    /// The leaves that hang off the way from leaf `index` to the root of `size` leaves, leaf to root: RFC 6962 §2.1.1.
    static func siblings(of index: UInt64, size: UInt64) -> [Range<UInt64>] {
        precondition(index < size, "a leaf of the tree")
        var siblings: [Range<UInt64>] = []
        var range = 0..<size
        while range.count > 1 {
            let middle = range.lowerBound + split(UInt64(range.count))
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            siblings.append(index < middle ? right : left)
            range = index < middle ? left : right
        }
        return siblings.reversed()
    }

    /// The numbers of leaves of the complete subtrees that `size` leaves fall into, left to right.
    package static func subtreeSizes(_ size: UInt64) -> [UInt64] {
        (0..<UInt64(64)).reversed().map { 1 << $0 }.filter { size & $0 != 0 }
    }

    static let leafPrefix: [UInt8] = [0]
    private static let nodePrefix: [UInt8] = [1]
}

/// Hashes of complete subtrees of one tree.
package protocol SubtreeHashes {
    /// The root of the complete subtree with leaves `index << level ..< (index + 1) << level`.
    /// - Throws: `AuditError` where it cannot be had.
    mutating func hash(level: Int, index: UInt64) throws(AuditError) -> SHA256Digest
}

extension SubtreeHashes {
    /// The root of the tree over the first `size` leaves.
    package mutating func root(size: UInt64) throws(AuditError) -> SHA256Digest {
        var hasher = SHA256()
        return size == 0 ? MerkleTree.emptyRoot : try hash(0..<size, with: &hasher)
    }

    /// `PATH(index, D[size])` of RFC 6962 §2.1.1, leaf to root. `index` must be below `size`.
    package mutating func inclusionProof(of index: UInt64, size: UInt64) throws(AuditError) -> [SHA256Digest] {
        var hasher = SHA256()
        var path: [SHA256Digest] = []
        for range in MerkleTree.siblings(of: index, size: size) { path.append(try hash(range, with: &hasher)) }
        return path
    }

    /// `PROOF(old, D[size])` of RFC 6962 §2.1.2; empty where there is nothing to prove (0, or equal sizes).
    package mutating func consistencyProof(from old: UInt64, to size: UInt64) throws(AuditError) -> [SHA256Digest] {
        precondition(old <= size, "a tree is consistent with smaller ones")
        guard old > 0, old < size else { return [] }
        var hasher = SHA256()
        var proof: [SHA256Digest] = []
        var range = 0..<size
        // Whether the old tree's root is itself a node that the verifier knows.
        var isWhole = true
        while range.upperBound != old {
            let middle = range.lowerBound + MerkleTree.split(UInt64(range.count))
            let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
            if old <= middle {
                proof.append(try hash(right, with: &hasher))
                range = left
            } else {
                proof.append(try hash(left, with: &hasher))
                range = right
                isWhole = false
            }
        }
        if !isWhole { proof.append(try hash(range, with: &hasher)) }
        return proof.reversed()
    }

    /// The hashes of the complete subtrees of the first `size` leaves, left to right.
    package mutating func subtrees(size: UInt64) throws(AuditError) -> [SHA256Digest] {
        var hashes: [SHA256Digest] = []
        var start: UInt64 = 0
        for count in MerkleTree.subtreeSizes(size) {
            let level = count.trailingZeroBitCount
            hashes.append(try hash(level: level, index: start >> UInt64(level)))
            start += count
        }
        return hashes
    }

    /// `MTH(D[range])` for a range that the recursion of RFC 6962 §2.1 meets: its start is a multiple of its split.
    private mutating func hash(_ range: Range<UInt64>, with hasher: inout SHA256) throws(AuditError) -> SHA256Digest {
        let count = UInt64(range.count)
        if count & (count - 1) == 0 {
            let level = count.trailingZeroBitCount
            return try hash(level: level, index: range.lowerBound >> UInt64(level))
        }
        let middle = range.lowerBound + MerkleTree.split(count)
        let left = try hash(range.lowerBound..<middle, with: &hasher)
        let right = try hash(middle..<range.upperBound, with: &hasher)
        return MerkleTree.node(left, right, with: &hasher)
    }
}
