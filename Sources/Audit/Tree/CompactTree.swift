internal import OpenSSL

/// A growing tree as the complete subtrees that its leaves fall into, left to right: all that its root needs, at most 64 hashes.
///
/// It takes whole subtrees, so that what threads have hashed is joined in order at next to no cost. `TreeEdge` keeps more, for
/// tiles.
struct CompactTree: Sendable {
    /// Leaves so far.
    private(set) var size: UInt64
    /// One hash for each bit that `size` has, the largest subtree first.
    private(set) var subtrees: [SHA256Digest]

    /// The tree without leaves.
    init() {
        size = 0
        subtrees = []
    }

    /// The tree of `size` leaves that falls into `subtrees`, one for each bit of `size`.
    init(size: UInt64, subtrees: [SHA256Digest]) {
        precondition(subtrees.count == size.nonzeroBitCount, "a subtree for each bit of the size")
        self.size = size
        self.subtrees = subtrees
    }

    /// Appends the root of a complete subtree of `1 << level` leaves, in whose place the tree must end.
    mutating func append(_ hash: SHA256Digest, level: Int, with hasher: inout SHA256) {
        precondition(size & ((1 << UInt64(level)) - 1) == 0, "a subtree stands at a multiple of its size")
        var (hash, height) = (hash, UInt64(level))
        while size >> height & 1 == 1 {
            hash = MerkleTree.node(subtrees.removeLast(), hash, with: &hasher)
            height += 1
        }
        subtrees.append(hash)
        size += 1 << UInt64(level)
    }

    /// Appends a leaf.
    mutating func append(_ leaf: SHA256Digest, with hasher: inout SHA256) { append(leaf, level: 0, with: &hasher) }

    /// The root of the tree.
    func root(with hasher: inout SHA256) -> SHA256Digest {
        guard var root = subtrees.last else { return MerkleTree.emptyRoot }
        for left in subtrees.dropLast().reversed() { root = MerkleTree.node(left, root, with: &hasher) }
        return root
    }
}

/// Neighbouring leaves of a tree, folded into as few complete subtrees as their places allow.
struct FoldedLeaves: Sendable {
    /// A complete subtree of `1 << level` leaves.
    struct Subtree: Sendable {
        var level: Int
        var hash: SHA256Digest
    }

    /// Left to right.
    private(set) var subtrees: [Subtree] = []
    /// Subtrees before this one are not folded on.
    private var closed = 0

    /// Appends the leaf with number `index`, which follows the one before.
    mutating func append(_ leaf: SHA256Digest, at index: UInt64, with hasher: inout SHA256) {
        var (hash, level) = (leaf, 0)
        while index >> UInt64(level) & 1 == 1, subtrees.count > closed, let left = subtrees.last, left.level == level {
            hash = MerkleTree.node(left.hash, hash, with: &hasher)
            subtrees.removeLast()
            level += 1
        }
        subtrees.append(Subtree(level: level, hash: hash))
    }

    /// Lets a boundary between subtrees be here, where a root will be asked for.
    mutating func cut() { closed = subtrees.count }
}
