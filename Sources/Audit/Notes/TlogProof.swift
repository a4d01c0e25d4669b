package import OpenSSL

/// Proof that a record is in a log, complete but for the pinned keys (C2SP tlog-proof).
///
/// ```
/// c2sp.org/tlog-proof@v1
/// extra eyJ2IjoxLC…
/// index 1
/// 7dqggHcGcJCnvvcvm7Ih3F8hsD8nJpqEw54xyMAybBM=
/// SY+WkjmsSnvjdeqSCNuEzwmArQ2KiLc8GGeU6UOC8FI=
///
/// bank.example/portcullis/test
/// 3
/// …
/// ```
package struct TlogProof: Equatable, Sendable {
    /// The record: a line without its LF.
    package var record: [UInt8]
    /// Its number.
    package var index: UInt64
    /// Inclusion proof, leaf to root.
    package var proof: [SHA256Digest]
    /// The checkpoint that the proof leads to, with its cosignatures.
    package var note: SignedNote

    package init(record: [UInt8], index: UInt64, proof: [SHA256Digest], note: SignedNote) {
        self.record = record
        self.index = index
        self.proof = proof
        self.note = note
    }

    private static let head = "c2sp.org/tlog-proof@v1"
    /// The most bytes of a proof that is read: a record in base64, 63 hashes, a note.
    package static let bytesMax = 65_536 * 3

    /// The file's content.
    package var bytes: [UInt8] {
        var text = "\(Self.head)\nextra \(Base64.encode(record))\nindex \(index)\n"
        for hash in proof { text += Base64.encode(hash.bytes) + "\n" }
        return Array(text.utf8) + [0x0A] + note.bytes
    }

    /// Reads a file's content.
    /// - Throws: `NoteFault` with code `INCLUSION` or `CHECKPOINT_FORMAT`.
    package init(_ bytes: [UInt8]) throws(NoteFault) {
        guard bytes.count <= Self.bytesMax else { throw NoteFault(.inclusion, "longer than \(Self.bytesMax) bytes") }
        guard let gap = bytes.indices.dropLast().first(where: { bytes[$0] == 0x0A && bytes[$0 + 1] == 0x0A }) else {
            throw NoteFault(.inclusion, "no empty line before the checkpoint")
        }
        var lines = bytes[..<gap].split(separator: 0x0A, omittingEmptySubsequences: false)[...]
        guard lines.popFirst().map({ Array($0) == Array(Self.head.utf8) }) == true else {
            throw NoteFault(.inclusion, "does not begin with \(Self.head)")
        }
        guard let extra = Self.value(of: "extra ", &lines), let record = Base64.decode(Array(extra)) else {
            throw NoteFault(.inclusion, "no extra line with the record")
        }
        guard let digits = Self.value(of: "index ", &lines), let index = UInt64(plainDecimal: digits) else {
            throw NoteFault(.inclusion, "no index line")
        }
        guard lines.count <= 63 else { throw NoteFault(.inclusion, "more than 63 hashes") }
        proof = []
        for line in lines {
            guard let bytes = Base64.decode(Array(line)), let hash = SHA256Digest(bytes: bytes) else {
                throw NoteFault(.inclusion, "a line that is no hash")
            }
            proof.append(hash)
        }
        self.record = record
        self.index = index
        note = try SignedNote(Array(bytes[(gap + 2)...]))
    }

    private static func value(of name: String, _ lines: inout ArraySlice<ArraySlice<UInt8>>) -> ArraySlice<UInt8>? {
        guard let line = lines.first, line.starts(with: name.utf8) else { return nil }
        lines.removeFirst()
        return line.dropFirst(name.utf8.count)
    }

    /// Whether the record is in the tree that the checkpoint states. Signatures are another matter (`TlogPolicy`).
    package func leadsTo(_ checkpoint: Checkpoint) -> Bool {
        MerkleProof.proves(
            MerkleTree.leaf(record), at: index, in: checkpoint.size, root: checkpoint.root, by: proof)
    }
}
