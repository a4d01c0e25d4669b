package import OpenSSL

/// A tile of the tree: up to 256 neighbouring hashes of every eighth level (C2SP tlog-tiles).
package struct Tile: Hashable, Sendable {
    /// Hashes of a full tile.
    package static let width: UInt64 = 256
    /// Tree levels of a tile.
    static let height = 8

    /// Counted in tiles: the hashes are of the tree's level `8 * level`.
    package let level: Int
    /// Counted from the left.
    package let index: UInt64
    /// Hashes in it, 1 to 256.
    package let width: Int

    /// Its path below the log's directory: `tile/0/x001/x234/067`, and `….p/7` where it is not full.
    package var path: String {
        let part = width < Self.width ? ".p/\(width)" : ""
        return "tile/\(level)/\(Self.text(index))\(part)"
    }

    /// Groups of three digits, all but the last marked.
    private static func text(_ index: UInt64) -> String {
        var groups: [String] = []
        var rest = index
        repeat {
            let digits = String(rest % 1000)
            groups.append(String(repeating: "0", count: 3 - digits.utf8.count) + digits)
            rest /= 1000
        } while rest > 0
        return groups.reversed().enumerated().map { $0 < groups.count - 1 ? "x\($1)" : $1 }.joined(separator: "/")
    }

    /// The tile that holds the complete subtree at `level`, `index` of the tree, in a tree of `size` leaves, and where.
    /// - Returns: nil where that tree has no such subtree.
    static func holding(level: Int, index: UInt64, size: UInt64) -> (tile: Tile, hashes: Range<Int>)? {
        let (tileLevel, row) = (level / height, UInt64(level % height))
        guard level >= 0, level < 64, index < (size >> UInt64(level)) else { return nil }
        let first = index << row
        let number = first / width
        let there = (size >> UInt64(tileLevel * height)) - number * width
        let start = Int(first % width)
        return (
            Tile(level: tileLevel, index: number, width: Int(min(there, width))), start..<(start + Int(1 << row))
        )
    }
}

/// Where tiles lie. They are a cache: whoever uses one compares what comes of it with a root that is signed.
package protocol TileSource {
    /// The hashes of `tile`, or nil where it is not there. May be wrong.
    func hashes(of tile: Tile) throws(AuditError) -> [SHA256Digest]?
}

/// A tree that is read from its tiles.
package struct TileTree<Source: TileSource>: SubtreeHashes {
    /// Its leaves.
    package let size: UInt64
    private let source: Source
    /// The tiles of a walk from leaf to root, and of its neighbours.
    private var cache: [Tile: [SHA256Digest]] = [:]
    private static var cachedMax: Int { 64 }

    /// The tree of `size` leaves in `source`.
    package init(_ source: Source, size: UInt64) {
        self.source = source
        self.size = size
    }

    package mutating func hash(level: Int, index: UInt64) throws(AuditError) -> SHA256Digest {
        guard let (tile, range) = Tile.holding(level: level, index: index, size: size) else {
            throw .missingHash("level \(level), index \(index) of \(size) leaves")
        }
        let hashes = try read(tile)
        var hasher = SHA256()
        return MerkleTree.root(of: hashes[range], with: &hasher)
    }

    private mutating func read(_ tile: Tile) throws(AuditError) -> [SHA256Digest] {
        if let found = cache[tile] { return found }
        guard let hashes = try source.hashes(of: tile), hashes.count == tile.width else {
            throw .missingHash(tile.path)
        }
        if cache.count >= Self.cachedMax { cache.removeAll(keepingCapacity: true) }
        cache[tile] = hashes
        return hashes
    }
}

extension MerkleTree {
    /// The root over a run of hashes whose count is a power of two.
    static func root(of run: ArraySlice<SHA256Digest>, with hasher: inout SHA256) -> SHA256Digest {
        precondition(!run.isEmpty && run.count & (run.count - 1) == 0, "a complete subtree")
        var hashes = Array(run)
        while hashes.count > 1 {
            for pair in 0..<(hashes.count / 2) {
                hashes[pair] = node(hashes[2 * pair], hashes[2 * pair + 1], with: &hasher)
            }
            hashes.removeLast(hashes.count / 2)
        }
        return hashes[0]
    }
}
