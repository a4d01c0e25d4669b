internal import OpenSSL

/// The complete subtrees that a growing tree's leaves fall into, left to right: at most 64 hashes, whatever the size.
struct SubtreeStack: Sendable {
    private(set) var size: UInt64
    private(set) var hashes: [SHA256Digest]

    /// - Precondition: as many hashes as `size` has bits.
    init(size: UInt64 = 0, hashes: [SHA256Digest] = []) {
        precondition(hashes.count == size.nonzeroBitCount, "one subtree for each bit of the size")
        self.size = size
        self.hashes = hashes
    }

    mutating func append(_ leaf: SHA256Digest, with hasher: inout SHA256) {
        var hash = leaf
        for _ in 0..<size.trailingOneBitCount {
            hash = MerkleTree.node(hashes.removeLast(), hash, with: &hasher)
        }
        hashes.append(hash)
        size += 1
    }

    func root(with hasher: inout SHA256) -> SHA256Digest {
        guard var root = hashes.last else { return MerkleTree.emptyRoot }
        for left in hashes.dropLast().reversed() { root = MerkleTree.node(left, root, with: &hasher) }
        return root
    }
}

extension UInt64 {
    /// How many subtrees the next leaf completes.
    fileprivate var trailingOneBitCount: Int { (~self).trailingZeroBitCount }
}
