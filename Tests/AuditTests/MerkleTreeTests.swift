import OpenSSL
import Testing

@testable import Audit

/// RFC 6962 §2.1 as it is written: a model that is slow and obvious.
private struct WrittenTree: SubtreeHashes {
    let leaves: [SHA256Digest]

    init(_ count: Int) { leaves = (0..<count).map { MerkleTree.leaf(Array("leaf \($0)".utf8)) } }

    func root(_ range: Range<Int>) -> SHA256Digest {
        if range.isEmpty { return SHA256Digest(of: []) }
        if range.count == 1 { return leaves[range.lowerBound] }
        var split = 1
        while split * 2 < range.count { split *= 2 }
        let middle = range.lowerBound + split
        return SHA256Digest(
            of: [1] + root(range.lowerBound..<middle).bytes + root(middle..<range.upperBound).bytes)
    }

    func hash(level: Int, index: UInt64) throws(AuditError) -> SHA256Digest {
        root((Int(index) << level)..<(Int(index + 1) << level))
    }
}

/// Tiles in memory: those that were full, and the newest that were not.
private struct KeptTiles: TileSource {
    var tiles: [String: [SHA256Digest]] = [:]
    func hashes(of tile: Tile) throws(AuditError) -> [SHA256Digest]? {
        if let exact = tiles[tile.path] { return exact }
        return tiles[Tile(level: tile.level, index: tile.index, width: 256).path].map { Array($0.prefix(tile.width)) }
    }
}

@Suite struct `The Merkle tree` {
    private static let leaves = VectorTests.leafHashes

    @Test func `has the format's leaf hashes and roots`() throws {
        #expect(`Format vectors`.lines.map { hex(MerkleTree.leaf($0)) } == Self.leaves)
        var edge = TreeEdge()
        var hasher = SHA256()
        #expect(edge.root(with: &hasher) == SHA256Digest(of: []))
        var roots: [String] = []
        for line in `Format vectors`.lines {
            edge.append(MerkleTree.leaf(line), with: &hasher) { _, _ in }
            roots.append(hex(edge.root(with: &hasher)))
        }
        #expect(roots == VectorTests.roots)
    }

    @Test func `proves inclusion and consistency as the format shows`() throws {
        var tree = Given(hashes: `Format vectors`.lines.map { MerkleTree.leaf($0) })
        #expect(try tree.inclusionProof(of: 1, size: 3).map(hex) == [Self.leaves[0], Self.leaves[2]])
        #expect(try tree.inclusionProof(of: 2, size: 3).map(hex) == [VectorTests.roots[1]])
        #expect(try tree.consistencyProof(from: 1, to: 3).map(hex) == [Self.leaves[1], Self.leaves[2]])
        #expect(try tree.consistencyProof(from: 2, to: 3).map(hex) == [Self.leaves[2]])
    }

    @Test func `agrees with the written definition at every size, and so do its proofs`() throws {
        let count = 70
        var written = WrittenTree(count)
        var edge = TreeEdge()
        var hasher = SHA256()
        for size in 1...count {
            edge.append(written.leaves[size - 1], with: &hasher) { _, _ in }
            let root = written.root(0..<size)
            #expect(edge.root(with: &hasher) == root)
            #expect(try written.root(size: UInt64(size)) == root)
            for index in 0..<size {
                let proof = try written.inclusionProof(of: UInt64(index), size: UInt64(size))
                let proves = { (leaf: Int, at: Int, size: Int, proof: [SHA256Digest]) in
                    MerkleProof.proves(
                        written.leaves[leaf], at: UInt64(at), in: UInt64(size), root: root, by: proof)
                }
                #expect(proves(index, index, size, proof))
                #expect(!proves((index + 1) % count, index, size, proof))
                #expect(!proves(index, index + 1, size, proof))
                #expect(!proves(index, index, size, proof + [root]))
                #expect(proof.isEmpty || !proves(index, index, size, Array(proof.dropLast())))
            }
            for old in 0...size {
                let proof = try written.consistencyProof(from: UInt64(old), to: UInt64(size))
                let oldRoot = written.root(0..<old)
                let extends = { (oldRoot: SHA256Digest, root: SHA256Digest, proof: [SHA256Digest]) in
                    MerkleProof.extends(UInt64(old), root: oldRoot, to: UInt64(size), root: root, by: proof)
                }
                #expect(extends(oldRoot, root, proof))
                #expect(!extends(oldRoot, root, proof + [root]))
                #expect(!extends(written.leaves[0], root, proof) || old == 1)
                #expect(old == 0 || !extends(oldRoot, SHA256Digest(of: [7]), proof))
                #expect(proof.isEmpty || !extends(oldRoot, root, Array(proof.dropLast())))
            }
        }
        #expect(!MerkleProof.extends(5, root: written.leaves[0], to: 4, root: written.leaves[0], by: []))
    }

    @Test func `is the same from its tiles, at sizes around the tiles' ends`() throws {
        let count = 66_100
        let written = WrittenTree(count)
        var edge = TreeEdge()
        var kept = KeptTiles()
        var hasher = SHA256()
        let looks: Set = [1, 2, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 65_792, 66_047, 66_100]
        for (number, leaf) in written.leaves.enumerated() {
            edge.append(leaf, with: &hasher) { tile, hashes in kept.tiles[tile.path] = hashes }
            let size = number + 1
            guard looks.contains(size) else { continue }
            var now = kept
            for (tile, hashes) in edge.partialTiles { now.tiles[tile.path] = hashes }
            let root = edge.root(with: &hasher)
            var tree = TileTree(now, size: UInt64(size))
            #expect(try tree.root(size: UInt64(size)) == root, "\(size)")
            #expect(written.root(0..<size) == root, "\(size)")
            let again = try TreeEdge(size: UInt64(size), from: now)
            #expect(again?.root(with: &hasher) == root, "\(size)")
            for index in [0, size / 2, size - 1] {
                let proof = try tree.inclusionProof(of: UInt64(index), size: UInt64(size))
                #expect(
                    MerkleProof.proves(
                        written.leaves[index], at: UInt64(index), in: UInt64(size), root: root, by: proof))
            }
        }
        #expect(kept.tiles.keys.filter { $0.hasPrefix("tile/0/") }.count == 258)
        #expect(kept.tiles["tile/1/000"]?.count == 256 && kept.tiles["tile/2/000"] == nil)
        #expect(Tile(level: 0, index: 1_234_067, width: 7).path == "tile/0/x001/x234/067.p/7")
        #expect(try TreeEdge(size: 300, from: KeptTiles()) == nil)
        var missing = TileTree(KeptTiles(), size: 300)
        #expect(throws: AuditError.missingHash("tile/1/000.p/1")) { try missing.hash(level: 8, index: 0) }
    }

    @Test func `names the complete subtrees of a size`() {
        #expect(MerkleTree.subtreeSizes(0) == [])
        #expect(MerkleTree.subtreeSizes(13) == [8, 4, 1])
    }
}

/// A tree of leaves that are all there.
struct Given: SubtreeHashes {
    let hashes: [SHA256Digest]
    func hash(level: Int, index: UInt64) throws(AuditError) -> SHA256Digest {
        var hasher = SHA256()
        return MerkleTree.root(of: hashes[(Int(index) << level)..<(Int(index + 1) << level)], with: &hasher)
    }
}

func hex(_ digest: SHA256Digest) -> String { String(decoding: digest.hex, as: UTF8.self) }

/// Figures of the format's page.
enum VectorTests {
    static let leafHashes = [
        "aedda80977067090a7bef72f9bb221dc5f21b5f07269a84c39e31c8c0326c13f",
        "08d5997b3fcf75a982668e9eb631110e7a4ecce0ec074dae4adfbe64c9510393",
        "498f969239ac4a7be375ea9208db84cf0980ad0d8a88b73c186794e94382f052",
    ]
    static let roots = [
        "aedda80977067090a7bef72f9bb221dc5f21b5f07269a84c39e31c8c0326c13f",
        "761c38dbde955a05fdbcb1430cc5a80466c92378f91c16513607918d14fcf992",
        "ac676af15eae59102d3398208645bcb8ed48eda9ec7820afef95e7f94e70fecc",
    ]
    static let note = """
        bank.example/portcullis/test
        3
        rGdq8V6uWRAtM5gghkW8uO1I7anseCCv75Xn+U5w/sw=

        \u{2014} bank.example/portcullis/test qIVoK3eu+F7krZDfxKbPrIOZsXXKrMdZNuqp8XojvdJn+b/YJnveRd8LAE6crdKJcVtw8jxEQvQppt03wHBLYWVTkQ0=
        \u{2014} witness.example/w1 IDJKvgAAAABq//4Kd7dklvif+tGCKcA6mKuJBcwp4PH/hGcuCgAYNVuBH7m1bQuJPG1HEi6nLzRK9Skad0skBe7iNZqEvYZQSqYwAg==

        """
    static let logKey = "bank.example/portcullis/test+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
    static let witnessKey = "witness.example/w1+20324abe+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X"
}
