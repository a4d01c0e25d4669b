import OpenSSL
import Testing

@testable import Audit

@Suite struct `Notes and checkpoints` {
    private let bytes = Array(VectorTests.note.utf8)
    private var logKey: VerifierKey { get throws { try #require(VerifierKey(VectorTests.logKey)) } }
    private var witnessKey: VerifierKey {
        get throws { try #require(VerifierKey(VectorTests.witnessKey, kind: .witness)) }
    }

    @Test func `read and write the format's checkpoint to the byte`() throws {
        let note = try SignedNote(bytes)
        #expect(note.bytes == bytes)
        let checkpoint = try Checkpoint(text: note.text)
        #expect(checkpoint.origin == "bank.example/portcullis/test" && checkpoint.size == 3)
        #expect(hex(checkpoint.root) == VectorTests.roots[2])
        #expect(checkpoint.text == note.text)
        #expect(
            hex(SHA256Digest(of: Array(checkpoint.origin.utf8)))
                == "dbcd264c9d933c1bd9c2c5340824a847434c47038016b0c48b617bfe3df531f2")
    }

    @Test func `sign as the format shows`() throws {
        let key = try signingKey(0..<32)
        let note = try SignedNote(bytes)
        let signed = try Checkpoint(text: note.text).signature(by: key)
        #expect(signed == note.signatures[0])
        let witness = try signingKey(32..<64)
        let publicKey = witness.publicKey
        #expect(try publicKey == witnessKey.publicKey)
        let signature = witness.sign(Cosignature.message(note.text, time: 1_795_161_610))
        #expect(Cosignature(note.signatures[1].bytes)?.signature == signature)
        #expect(Cosignature(note.signatures[1].bytes)?.time == 1_795_161_610)
    }

    @Test func `know both signatures, and miss any flipped bit of what is signed`() throws {
        let note = try SignedNote(bytes)
        #expect(try note.isSigned(by: logKey) && note.isSigned(by: witnessKey))
        for index in note.text.indices {
            for bit in 0..<8 {
                var text = note.text
                text[index] ^= 1 << UInt8(bit)
                let flipped = SignedNote(text: text, signatures: note.signatures)
                #expect(throws: NoteFault.self) { try flipped.isSigned(by: logKey) }
                #expect(throws: NoteFault.self) { try flipped.isSigned(by: witnessKey) }
            }
        }
        let other = try signingKey(64..<96).publicKey
        #expect(try !note.isSigned(by: VerifierKey(name: "bank.example/portcullis/test", publicKey: other)))
        var stripped = note
        stripped.signatures.removeLast()
        #expect(try !stripped.isSigned(by: witnessKey))
    }

    @Test(arguments: [
        ("", "empty"), ("a\nb\n", "no signatures"), ("a\n1\nb\n\n", "no signature line"),
        ("x\n\n\u{2014} y\n", "a signature without bytes"), ("x\n\n\u{2014} y AAAA\n", "nothing after the key id"),
        ("x\r\n\n\u{2014} y AAAAAAA=\n", "CR"), ("x\n\n- y AAAAAAA=\n", "another dash"),
        ("x\n\n\u{2014} y+z AAAAAAA=\n", "plus in a name"), ("x\n\n\u{2014} y AAAAAAB=\n", "base64 not canonical"),
        ("x\n\n\u{2014} y AAAAAAA=", "no LF at the end"),
        ("x\n\n\u{2014} y AAAAAAA=\n\u{2014} y AAAAAAA= \n", "a space"),
    ])
    func `are refused where they are not a note`(text: String, why: String) {
        #expect(throws: NoteFault.self, "\(why)") { try SignedNote(Array(text.utf8)) }
    }

    @Test(arguments: [
        "a\n1\n", "a\n01\nAAAA\n", "a\n1\n\(String(repeating: "A", count: 43))=\nextension\n",
        "a\n1\n\(String(repeating: "A", count: 42))B=\n", "a b\n1\n\(String(repeating: "A", count: 43))=\n",
        "a\n-1\n\(String(repeating: "A", count: 43))=\n",
        "a\n9007199254740992\n\(String(repeating: "A", count: 43))=\n",
        "a\n1\n\(String(repeating: "A", count: 43))=",
    ])
    func `are refused where they are no checkpoint`(text: String) {
        #expect(throws: NoteFault.self) { try Checkpoint(text: Array(text.utf8)) }
    }

    @Test func `are bounded`() throws {
        let line = "\u{2014} y AAAAAAA=\n"
        let most = "x\n\n" + String(repeating: line, count: SignedNote.signaturesMax)
        #expect(try SignedNote(Array(most.utf8)).signatures.count == SignedNote.signaturesMax)
        #expect(throws: NoteFault.self) { try SignedNote(Array((most + line).utf8)) }
        let long = String(repeating: "x", count: SignedNote.bytesMax - 2 - line.utf8.count) + "\n\n" + line
        #expect(try SignedNote(Array(long.utf8)).bytes.count == SignedNote.bytesMax)
        #expect(throws: NoteFault.self) { try SignedNote(Array(("x" + long).utf8)) }
    }

    @Test func `make a proof that is read back and leads to the checkpoint`() throws {
        let note = try SignedNote(bytes)
        let checkpoint = try Checkpoint(text: note.text)
        let hashes = `Format vectors`.lines.map { MerkleTree.leaf($0) }
        let proof = TlogProof(record: `Format vectors`.lines[1], index: 1, proof: [hashes[0], hashes[2]], note: note)
        #expect(try TlogProof(proof.bytes) == proof)
        #expect(proof.leadsTo(checkpoint))
        var other = proof
        other.index = 0
        #expect(!other.leadsTo(checkpoint))
        other = proof
        other.record[20] ^= 1
        #expect(!other.leadsTo(checkpoint))
        for broken in ["x\n", "c2sp.org/tlog-proof@v1\nindex 1\n\n", "c2sp.org/tlog-proof@v1\nextra =\nindex 1\n\n"] {
            #expect(throws: NoteFault.self) { try TlogProof(Array(broken.utf8) + bytes) }
        }
    }
}

@Suite struct `A policy of logs and witnesses` {
    private func policy(_ text: String) throws -> TlogPolicy { try TlogPolicy(Array(text.utf8)) }

    private func key(_ name: String) throws -> String {
        let seed = UInt8(name.utf8.first ?? 0)
        return VerifierKey(name: name, publicKey: try signingKey(seed..<(seed + 32)).publicKey, kind: .witness).text
    }

    @Test func `counts nested groups`() throws {
        let text = """
            # ours
            log \(VectorTests.logKey)
            witness a \(try key("a.example"))
            witness b \(try key("b.example")) https://b.example/prefix
            witness c \(try key("c.example"))
            group ab any a b
            group most 2 ab c
            quorum most
            """
        let policy = try policy(text)
        #expect(policy.logs.map(\.text) == [VectorTests.logKey])
        #expect(policy.witnesses.map(\.url) == [nil, "https://b.example/prefix", nil])
        #expect(policy.asksForWitnesses)
        #expect(!policy.isMet(by: []) && !policy.isMet(by: ["a", "b"]) && !policy.isMet(by: ["c"]))
        #expect(policy.isMet(by: ["b", "c"]) && policy.isMet(by: ["a", "b", "c"]))
    }

    @Test func `finds who signed`() throws {
        let policy = try policy("log \(VectorTests.logKey)\nwitness w \(VectorTests.witnessKey)\nquorum w\n")
        let note = try SignedNote(Array(VectorTests.note.utf8))
        #expect(try policy.cosigners(of: note) == ["w"])
        var broken = note
        broken.signatures[1] = SignedNote.Signature(
            name: "witness.example/w1", keyIdentifier: note.signatures[1].keyIdentifier,
            bytes: note.signatures[1].bytes.map { $0 ^ 1 })
        #expect(throws: NoteFault(.cosignature, "the signature of witness.example/w1 is wrong")) {
            try policy.cosigners(of: broken)
        }
    }

    @Test func `is refused with the line where it is wrong`() throws {
        let log = "log \(VectorTests.logKey)\n"
        let witness = "witness w \(VectorTests.witnessKey)\n"
        let wrong: [(String, Int)] = [
            ("", 1), ("quorum none\n", 1), (log, 1), (log + "quorum w\n", 2), (log + "quorum none\nquorum none\n", 3),
            (log + "bogus\n", 2), ("log \(VectorTests.witnessKey)\nquorum none\n", 1),
            (log + "witness w \(VectorTests.logKey)\nquorum w\n", 2), (log + witness + witness + "quorum w\n", 3),
            (log + witness + "group g 2 w\nquorum g\n", 3), (log + witness + "group g 0 w\nquorum g\n", 3),
            (log + witness + "group g all w w\nquorum g\n", 3), (log + witness + "group none any w\nquorum w\n", 3),
            (log + "witness none \(VectorTests.witnessKey)\nquorum none\n", 2), (log + "group g any x\nquorum g\n", 2),
        ]
        for (text, line) in wrong {
            do {
                _ = try policy(text)
                Issue.record("taken: \(text)")
            } catch let fault as TlogPolicy.Fault {
                #expect(fault.line == line, "\(text): \(fault)")
            }
        }
    }
}

/// A key whose seed is these bytes.
func signingKey(_ seed: Range<UInt8>) throws -> Ed25519PrivateKey {
    guard let key = Ed25519PrivateKey.make(seed: Array(seed)) else { throw AuditError.exhausted("key of this seed") }
    return key
}
