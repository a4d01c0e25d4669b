internal import Audit

/// Checkpoints, as a folder that somebody else could write to holds them.
enum AuditCheckpointTarget {
    static func run(_ input: [UInt8]) {
        guard let note = try? SignedNote(input) else { return }
        precondition(note.bytes == input, "a note has one text")
        guard let checkpoint = try? Checkpoint(text: note.text) else { return }
        precondition(checkpoint.text == note.text, "a checkpoint has one text")
        let key = VerifierKey(name: checkpoint.origin, publicKey: [UInt8](repeating: 7, count: 32))
        precondition((try? note.isSigned(by: key)) != true, "nobody has that key")
    }
}

/// Policies, as people edit them.
enum AuditPolicyTarget {
    static func run(_ input: [UInt8]) {
        guard let policy = try? TlogPolicy(input) else { return }
        let names = policy.witnesses.map(\.name)
        precondition(!policy.logs.isEmpty, "a policy names a log")
        precondition(policy.isMet(by: names), "all witnesses together are enough")
        precondition(policy.asksForWitnesses != policy.isMet(by: []), "a quorum is somebody")
        for key in policy.logs { precondition(VerifierKey(key.text) == key, "a key has one text") }
    }
}

/// Proofs, as somebody who wants to be believed sends them.
enum AuditProofTarget {
    static func run(_ input: [UInt8]) {
        var options = VerifyOptions()
        options.pinnedKeys = [
            VerifierKey(name: "bank.example/portcullis/test", publicKey: [UInt8](repeating: 7, count: 32)).text
        ]
        let report = BundleVerifier.verify(.init(name: "input", bytes: input), options: options)
        precondition(report.exitStatus == 1, "what nobody has signed proves nothing")
        guard let proof = try? TlogProof(input) else { return }
        precondition(proof.bytes == input, "a proof has one text")
    }
}
