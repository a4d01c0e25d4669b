import Bytes
import OpenSSL
import Synchronization
import Testing

@testable import Audit

/// A log whose checkpoints a key of these tests has signed, without the writer: segments of records' middles.
///
/// It can be written anew with other contents, as an attacker would who computes every number, name and hash anew; the
/// checkpoints are then the old ones unless he has the key.
struct SignedLog {
    /// What ended a segment's predecessor, and the middles of its records.
    struct Segment {
        var reason: SegmentReason = .size
        var torn: [UInt8] = []
        var middles: [[UInt8]]
    }

    static let origin = "bank.example/portcullis/test"

    var segments: [Segment]
    /// Sizes of the checkpoints that are published.
    var sizes: [UInt64]
    /// Seeds of the log's keys: the first one, and those that it was rotated to.
    var seeds: [Range<UInt8>] = [0..<32]

    static func text(_ middle: String) -> [UInt8] { Array(middle.utf8) }

    /// `genesis start end stop | open(start) start end end | open(recovery) start reject stop`, 12 records.
    static var sample: SignedLog {
        get throws {
            let start = text(#""type":"gateway.start","gateway":{"version":"1"}"#)
            let stop = text(#""type":"gateway.stop","stop":{"reason":"shutdown","requests":1}"#)
            return SignedLog(
                segments: [
                    Segment(middles: [try genesis(0..<32), start, end(2), stop]),
                    Segment(reason: .start, middles: [start, end(6), end(7)]),
                    Segment(
                        reason: .recovery, torn: Array("{\"v\":1,\"seq\":8,\"ti".utf8), middles: [start, end(10), stop]),
                ], sizes: [1, 4, 6, 9, 12])
        }
    }

    static func genesis(_ seed: Range<UInt8>) throws -> [UInt8] {
        LogRecords.genesis(origin: origin, key: try key(seed)).bytes
    }

    static func end(_ number: Int) -> [UInt8] {
        text(#""type":"request.end","req":{"id":"r\#(number)"},"response":{"status":200,"bytes":1,"us":2}"#)
    }

    static func key(_ seed: Range<UInt8>) throws -> VerifierKey {
        VerifierKey(name: origin, publicKey: try signingKey(seed).publicKey)
    }

    static func rotation(from old: Range<UInt8>, to new: Range<UInt8>) throws -> [UInt8] {
        text(#""type":"key.rotate","key":{"old":"\#(try key(old).text)","new":"\#(try key(new).text)"}"#)
    }

    /// The log on a disk, with its checkpoints.
    func written() throws -> FaultyStorage {
        let disk = FaultyStorage()
        writeSegments(to: disk)
        try publish(to: disk)
        return disk
    }

    func writeSegments(to disk: FaultyStorage) {
        for name in disk.segments { disk.state.withLock { $0.names[name] = nil } }
        var chain = ChainBuilder(disk)
        for (index, segment) in segments.enumerated() {
            if index > 0 { chain.open(segment.reason, torn: segment.torn) }
            for middle in segment.middles { chain.add(middle: middle) }
        }
        chain.finish()
    }

    /// Signs the checkpoints of `sizes` over what is on the disk.
    func publish(to disk: FaultyStorage) throws {
        let lines = Self.lines(of: disk)
        var rotations: [UInt64] = []
        for (number, line) in lines.enumerated()
        where String(decoding: line, as: UTF8.self).contains(#""type":"key.rotate""#) {
            rotations.append(UInt64(number))
        }
        for size in sizes {
            let place = rotations.count { $0 + 1 <= size }
            var signers = [seeds[min(place, seeds.count - 1)]]
            if rotations.contains(size - 1) { signers.insert(seeds[place - 1], at: 0) }
            let note = try Self.note(size: size, lines: lines, seeds: signers)
            disk[CheckpointShelf<FaultyStorage>.path(of: size)] = note
            disk["checkpoint"] = note
        }
    }

    /// The checkpoint of the first `size` of `lines`, signed by the keys of `seeds`.
    static func note(
        size: UInt64, lines: [[UInt8]], seeds: [Range<UInt8>] = [0..<32], origin: String = SignedLog.origin
    ) throws -> [UInt8] {
        let checkpoint = Checkpoint(origin: origin, size: size, root: root(of: lines.prefix(Int(size))))
        var note = SignedNote(text: checkpoint.text, signatures: [])
        for seed in seeds {
            if let signature = checkpoint.signature(by: try signingKey(seed)) { note.signatures.append(signature) }
        }
        return note.bytes
    }

    /// `note` with the cosignature of the witness whose key has this seed.
    static func cosigned(_ note: SignedNote, by seed: Range<UInt8>, name: String) throws -> SignedNote {
        let key = try signingKey(seed)
        let time: UInt64 = 1_795_161_610
        guard let signature = key.sign(Cosignature.message(note.text, time: time)) else {
            throw AuditError.exhausted("memory")
        }
        let bytes = (0..<8).reversed().map { UInt8(truncatingIfNeeded: time >> UInt64(8 * $0)) } + signature
        let identifier = VerifierKey(name: name, publicKey: key.publicKey, kind: .witness).identifier
        var note = note
        note.signatures.append(SignedNote.Signature(name: name, keyIdentifier: identifier, bytes: bytes))
        return note
    }

    /// `MTH` of RFC 6962 §2.1, by its definition.
    static func root(of lines: ArraySlice<[UInt8]>) -> SHA256Digest {
        var hasher = SHA256()
        switch lines.count {
        case 0: return MerkleTree.emptyRoot
        case 1: return MerkleTree.leaf(lines[lines.startIndex])
        default:
            let middle = lines.startIndex + Int(MerkleTree.split(UInt64(lines.count)))
            return MerkleTree.node(root(of: lines[..<middle]), root(of: lines[middle...]), with: &hasher)
        }
    }

    /// All records, without LF.
    static func lines(of disk: FaultyStorage) -> [[UInt8]] {
        let segments = disk.segments.compactMap(SegmentName.init)
        return segments.enumerated().flatMap { index, segment in
            let all = FileTamper.lines(disk[segment.text]).filter { $0.last == 0x0A }.map { Array($0.dropLast()) }
            guard index + 1 < segments.count else { return all }
            return Array(all.prefix(Int(segments[index + 1].firstSeq - segment.firstSeq)))
        }
    }
}

extension FaultyStorage {
    /// Verifies with the key of the sample pinned.
    func verifyPinned(_ change: (inout VerifyOptions) -> Void = { _ in }) throws -> VerifyReport {
        var options = VerifyOptions()
        options.pinnedKeys = [try SignedLog.key(0..<32).text]
        change(&options)
        return Verifier.verify(self, options: options)
    }

    func delete(_ name: String) { state.withLock { $0.names[name] = nil } }
}

/// Expects a report that begins so, and shows it where it does not.
func expect(
    _ report: @autoclosure () throws -> VerifyReport, begins prefix: String,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let text = try report().text
    #expect(text.hasPrefix(prefix), "\(text)", sourceLocation: sourceLocation)
}
