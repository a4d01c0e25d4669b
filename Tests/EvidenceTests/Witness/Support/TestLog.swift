import Foundation
import LinuxIO
import OpenSSL
import Synchronization
import Testing
import Threading

@testable import Audit

/// A folder of one test below `.build`, removed with it. Not in `/tmp`, which may be a tmpfs.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let package = (0..<5).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        path = package.appending(path: ".build/evidence-tests/\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A log without records: a tree with its tiles on disk, and a key that signs checkpoints.
final class TestLog: Sendable {
    let origin = "bank.example/portcullis/test"
    let folder: TemporaryFolder
    let disk: DirectoryStorage
    private let seed: [UInt8]
    private let edge = Mutex(TreeEdge())

    init(seed: ClosedRange<UInt8> = 0...31) throws {
        folder = try TemporaryFolder()
        disk = try DirectoryStorage(path: folder.path)
        self.seed = Array(seed)
    }

    func key() throws -> Ed25519PrivateKey { try testKey(seed) }
    var verifierKey: VerifierKey { get throws { VerifierKey(name: origin, publicKey: try key().publicKey) } }
    var tiles: TileFiles<DirectoryStorage> { TileFiles(disk) }

    /// Appends `count` leaves and signs the whole, with all tiles on disk.
    /// - Parameter salt: another one makes another log.
    func grow(by count: Int, salt: String = "") throws -> SignedNote {
        let checkpoint = try edge.withLock { edge in
            var hasher = SHA256()
            for _ in 0..<count {
                var full: [(Tile, [SHA256Digest])] = []
                let leaf = MerkleTree.leaf(Array("\(salt)record \(edge.size)".utf8))
                edge.append(leaf, with: &hasher) { full.append(($0, $1)) }
                for (tile, hashes) in full { try tiles.write(tile, hashes) }
            }
            for (tile, hashes) in edge.partialTiles { try tiles.write(tile, hashes) }
            return Checkpoint(origin: origin, size: edge.size, root: edge.root(with: &hasher))
        }
        let made = checkpoint.signature(by: try key())
        let signature = try #require(made)
        return SignedNote(text: checkpoint.text, signatures: [signature])
    }
}

/// The key of a seed of 32 bytes.
func testKey(_ seed: [UInt8]) throws -> Ed25519PrivateKey {
    guard let key = Ed25519PrivateKey.make(seed: seed) else { throw AuditError.exhausted("key of this seed") }
    return key
}

/// What a service told.
final class Heard: Sendable {
    struct Values: Sendable {
        var lines: [(size: UInt64, line: SignedNote.Signature)] = []
        var failures: [AuditError] = []
        var alarms: [String] = []
    }
    private let values = Mutex(Values())
    var all: Values { values.withLock { $0 } }
    func note(_ change: (inout Values) -> Void) { values.withLock { change(&$0) } }
}

/// Looks every few milliseconds whether `condition` holds.
func eventually(within limit: Duration = .seconds(30), _ condition: () -> Bool) -> Bool {
    let deadline = MonotonicInstant.now + limit
    while !condition() {
        if MonotonicInstant.now > deadline { return false }
        FileWait.pause(.milliseconds(2))
    }
    return true
}
