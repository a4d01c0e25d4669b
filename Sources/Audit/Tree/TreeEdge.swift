package import OpenSSL

/// The right edge of a growing tree: all that is needed to append leaves, to tell the root, and to fill tiles.
///
/// At every eighth level it keeps the hashes of the tile that is not full: at most 255 a level, so that the size does not
/// matter. A value without I/O: full tiles come out of `append` and are the caller's to write.
package struct TreeEdge: Sendable {
    /// Leaves so far.
    package private(set) var size: UInt64 = 0
    /// The hashes of each level's incomplete tile, by tile level.
    private var rows: [Row] = []

    /// A tile that is not full.
    private struct Row: Sendable {
        /// What stands for its first hashes where they are not known: records that were removed.
        var folded = CompactTree()
        /// The others.
        var hashes: [SHA256Digest] = []

        var count: Int { Int(folded.size) + hashes.count }
        /// Whether all its hashes are known.
        var isWhole: Bool { folded.size == 0 }

        func tree(with hasher: inout SHA256) -> CompactTree {
            var tree = folded
            for hash in hashes { tree.append(hash, with: &hasher) }
            return tree
        }
    }

    /// The tree without leaves.
    package init() {}

    /// The edge of a tree of `size` leaves, read from its tiles.
    /// - Returns: nil where a tile is missing or is not as wide as it must be. The hashes are not checked: compare `root`.
    package init?(size: UInt64, from source: some TileSource) throws(AuditError) {
        self.size = size
        for tile in Self.incompleteTiles(size) {
            guard tile.width > 0 else {
                rows.append(Row())
                continue
            }
            guard let hashes = try source.hashes(of: tile), hashes.count == tile.width else { return nil }
            rows.append(Row(hashes: hashes))
        }
    }

    /// The edge of a tree of which no more is known than its root needs. Roots and later tiles come out of it as of any other;
    /// a tile that holds one of the leaves so far never does.
    init(_ tree: CompactTree) {
        size = tree.size
        var rest = tree.subtrees[...]
        for tile in Self.incompleteTiles(size) {
            let own = rest.suffix(tile.width.nonzeroBitCount)
            rest = rest.dropLast(own.count)
            rows.append(Row(folded: CompactTree(size: UInt64(tile.width), subtrees: Array(own))))
        }
    }

    /// Appends a leaf.
    /// - Parameter completed: told each tile that this leaf fills, from the lowest level on.
    package mutating func append(
        _ leaf: SHA256Digest, with hasher: inout SHA256, completed: (Tile, [SHA256Digest]) -> Void
    ) {
        size += 1
        var hash = leaf
        for level in 0... {
            if level == rows.count { rows.append(Row()) }
            rows[level].hashes.append(hash)
            guard rows[level].count == Tile.width else { return }
            let index = (size >> UInt64(level * Tile.height)) / Tile.width - 1
            if rows[level].isWhole {
                completed(Tile(level: level, index: index, width: Int(Tile.width)), rows[level].hashes)
            }
            hash = rows[level].tree(with: &hasher).root(with: &hasher)
            rows[level].folded = CompactTree()
            rows[level].hashes.removeAll(keepingCapacity: true)
        }
    }

    /// The root of the tree.
    package func root(with hasher: inout SHA256) -> SHA256Digest {
        // Complete subtrees from the right, which is from the lowest level: each row falls into runs by powers of two.
        var root: SHA256Digest?
        for row in rows {
            for left in row.tree(with: &hasher).subtrees.reversed() {
                root = root.map { MerkleTree.node(left, $0, with: &hasher) } ?? left
            }
        }
        return root ?? MerkleTree.emptyRoot
    }

    /// The tiles that are not full, with their hashes, as they are to be kept for proofs about this size.
    package var partialTiles: [(Tile, [SHA256Digest])] {
        zip(Self.incompleteTiles(size), rows).filter { $0.width > 0 && $1.isWhole }.map { ($0, $1.hashes) }
    }

    /// For each level, the tile that is not full; of width 0 where the last one just was.
    private static func incompleteTiles(_ size: UInt64) -> [Tile] {
        var tiles: [Tile] = []
        var hashes = size
        while hashes > 0 {
            tiles.append(Tile(level: tiles.count, index: hashes / Tile.width, width: Int(hashes % Tile.width)))
            hashes /= Tile.width
        }
        return tiles
    }
}
