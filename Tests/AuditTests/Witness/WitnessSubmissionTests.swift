import OpenSSL
import Testing
import Threading

@testable import Audit

@Suite struct `What goes to a witness` {
    private let fixture: WitnessFixture
    init() throws { fixture = try WitnessFixture() }

    private func digest(_ text: String) throws -> SHA256Digest {
        let bytes = try #require(Base64.decode(Array(text.utf8)))
        return try #require(SHA256Digest(bytes: bytes))
    }

    @Test func `is what the format shows`() throws {
        let note = try SignedNote(Array(VectorTests.note.utf8))
        let published = try WitnessTarget(note)
        let proof = [
            try digest("CNWZez/PdamCZo6etjERDnpOzODsB02uSt++ZMlRA5M="),
            try digest("SY+WkjmsSnvjdeqSCNuEzwmArQ2KiLc8GGeU6UOC8FI="),
        ]
        let submission = WitnessSubmission(old: 1, target: published)
        let body = try #require(submission.body(proof: proof))
        let start =
            "old 1\nCNWZez/PdamCZo6etjERDnpOzODsB02uSt++ZMlRA5M=\nSY+WkjmsSnvjdeqSCNuEzwmArQ2KiLc8GGeU6UOC8FI=\n\n"
        // The cosignature of the vector is for readers and stays here.
        let bare = SignedNote(text: note.text, signatures: [note.signatures[0]])
        #expect(body == Array(start.utf8) + bare.bytes)
        let leaf = MerkleTree.leaf(`Format vectors`.lines[0])
        #expect(submission.isProved(by: proof, from: leaf) && !submission.isProved(by: proof.reversed(), from: leaf))
        let same = WitnessSubmission(old: 3, target: published)
        #expect(same.body(proof: []) == Array("old 3\n\n".utf8) + bare.bytes)
    }

    @Test func `has at most 63 hashes and 128 KiB`() throws {
        let hash = SHA256Digest(of: [])
        let submission = WitnessSubmission(old: 1, target: try fixture.checkpoint(9))
        #expect(submission.body(proof: [SHA256Digest](repeating: hash, count: 63)) != nil)
        #expect(submission.body(proof: [SHA256Digest](repeating: hash, count: 64)) == nil)
        // Signatures of the log's name fill the note.
        func body(_ bytes: Int) throws -> [UInt8]? {
            var note = try fixture.note(9)
            let rest = WitnessLimits.requestBytesMax - 7 - note.bytes.count + bytes
            let name = "\u{2014} \(fixture.origin) ".utf8.count
            note.signatures.append(
                SignedNote.Signature(
                    name: fixture.origin, keyIdentifier: [0, 0, 0, 0],
                    bytes: [UInt8](repeating: 0, count: (rest - name - 1) / 4 * 3 - 4)))
            return WitnessSubmission(old: 1, target: try WitnessTarget(note)).body(proof: [])
        }
        let sizes = try (-6...6).map { try body($0)?.count }
        #expect(sizes.contains(nil) && sizes.compactMap { $0 }.max().map { $0 <= 131_072 && $0 > 131_066 } == true)
    }

    @Test func `is a checkpoint that the log signed`() throws {
        let note = try fixture.note(3)
        #expect(throws: NoteFault.self) { try WitnessTarget(SignedNote(text: note.text, signatures: [])) }
        let foreign = SignedNote.Signature(name: "other", keyIdentifier: [1, 2, 3, 4], bytes: [5])
        #expect(throws: NoteFault.self) {
            try WitnessTarget(SignedNote(text: note.text, signatures: [foreign]))
        }
        #expect(throws: NoteFault.self) {
            try WitnessTarget(SignedNote(text: Array("x\n".utf8), signatures: note.signatures))
        }
        // Both keys' lines of a rotation go.
        let twice = SignedNote(text: note.text, signatures: note.signatures + [foreign] + note.signatures)
        #expect(try SignedNote(try WitnessTarget(twice).note).signatures.count == 2)
    }
}

@Suite struct `The quorum's lag` {
    private func policy(_ quorum: String) throws -> TlogPolicy {
        var text = "log \(VectorTests.logKey)\n"
        for number in 0..<3 {
            let key = VerifierKey(
                name: "w\(number)", publicKey: try signingKey(UInt8(32 * number)..<UInt8(32 * number + 32)).publicKey,
                kind: .witness)
            text += "witness w\(number) \(key.text)\n"
        }
        return try TlogPolicy(Array((text + "group two 2 w0 w1 w2\nquorum \(quorum)\n").utf8))
    }

    private func instant(_ seconds: UInt64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func `is the age of the oldest checkpoint without a quorum`() throws {
        var lag = QuorumLag(try policy("two"))
        #expect(lag.uncoveredSince == nil)
        lag.published(5, at: instant(1))
        lag.published(8, at: instant(2))
        lag.published(7, at: instant(3))
        lag.cosigned(8, by: "w0")
        lag.cosigned(9, by: "stranger")
        #expect(lag.uncoveredSince == instant(1) && lag.covered == 0)
        lag.cosigned(5, by: "w1")
        #expect(lag.uncoveredSince == instant(2) && lag.covered == 5)
        lag.cosigned(4, by: "w1")
        #expect(lag.covered == 5)
        lag.cosigned(10, by: "w2")
        #expect(lag.uncoveredSince == nil && lag.covered == 8)
        lag.published(8, at: instant(4))
        #expect(lag.uncoveredSince == nil)
        lag.published(9, at: instant(5))
        #expect(lag.uncoveredSince == instant(5))
    }

    @Test func `is none where nobody has to sign`() throws {
        var lag = QuorumLag(try policy("none"))
        lag.published(5, at: instant(1))
        #expect(lag.uncoveredSince == nil)
    }

    @Test func `is never told too small, however much waits`() throws {
        var lag = QuorumLag(try policy("w0"))
        for size in 1...2000 as ClosedRange<UInt64> { lag.published(size, at: instant(size)) }
        #expect(lag.uncoveredSince == instant(1))
        for size in stride(from: UInt64(1), to: 2000, by: 7) {
            lag.cosigned(size, by: "w0")
            let since = try #require(lag.uncoveredSince)
            #expect(since <= instant(size + 1))
        }
        lag.cosigned(2000, by: "w0")
        #expect(lag.uncoveredSince == nil)
    }
}
