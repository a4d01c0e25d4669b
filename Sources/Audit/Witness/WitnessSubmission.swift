package import OpenSSL

/// A checkpoint as it goes to the witnesses: with the log's signatures and nobody else's.
package struct WitnessTarget: Hashable, Sendable {
    /// What is signed.
    package let checkpoint: Checkpoint
    /// The note's bytes.
    package let note: [UInt8]

    /// Records it covers.
    package var size: UInt64 { checkpoint.size }

    /// The checkpoint of `note`, whose signatures are not checked: it is our own.
    /// - Throws: `NoteFault` where it is no checkpoint.
    package init(_ note: SignedNote) throws(NoteFault) {
        let checkpoint = try Checkpoint(text: note.text)
        var bare = note
        // Cosignatures are for readers; a witness looks for the log's own lines.
        bare.signatures.removeAll { $0.name != checkpoint.origin }
        guard !bare.signatures.isEmpty else { throw NoteFault(.checkpointSignature, "no signature of the log") }
        self.checkpoint = checkpoint
        self.note = bare.bytes
    }
}

/// One request to a witness (C2SP tlog-witness, `add-checkpoint`).
///
/// ```
/// old 1
/// CNWZez/PdamCZo6etjERDnpOzODsB02uSt++ZMlRA5M=
/// SY+WkjmsSnvjdeqSCNuEzwmArQ2KiLc8GGeU6UOC8FI=
///
/// bank.example/portcullis/test
/// 3
/// …
/// ```
package struct WitnessSubmission: Hashable, Sendable {
    /// The size that the witness is believed to know: that of the last checkpoint it cosigned, 0 for none.
    package let old: UInt64
    /// What it shall cosign; not smaller than `old`.
    package let target: WitnessTarget

    package init(old: UInt64, target: WitnessTarget) {
        precondition(old <= target.size, "a tree is proved to extend smaller ones")
        self.old = old
        self.target = target
    }

    /// The request's body, or nil where `proof` has more than 63 hashes or the body more than 128 KiB.
    package func body(proof: [SHA256Digest]) -> [UInt8]? {
        guard proof.count <= WitnessLimits.proofLinesMax else { return nil }
        var body = Array("old \(old)\n".utf8)
        for hash in proof { body += Array("\(Base64.encode(hash.bytes))\n".utf8) }
        body.append(0x0A)
        body += target.note
        return body.count <= WitnessLimits.requestBytesMax ? body : nil
    }

    /// Whether `proof` leads from `oldRoot`, which is our own tree's at the old size, to what was signed.
    package func isProved(by proof: [SHA256Digest], from oldRoot: SHA256Digest) -> Bool {
        MerkleProof.extends(old, root: oldRoot, to: target.size, root: target.checkpoint.root, by: proof)
    }
}
