internal import OpenSSL

/// The log's keys that sign checkpoints: the one in force and, while it changes, the next.
struct SigningKeys: ~Copyable {
    /// A key that may be there or not.
    private final class Holder {
        let key: Ed25519PrivateKey
        let publicKey: [UInt8]

        init(_ key: consuming Ed25519PrivateKey) {
            publicKey = key.publicKey
            self.key = key
        }
    }

    private var current: Holder
    private var next: Holder?
    private var isHandingOver = false

    init(_ current: consuming Ed25519PrivateKey, next: consuming Ed25519PrivateKey? = nil) {
        self.current = Holder(current)
        if let key = next { self.next = Holder(key) }
    }

    /// The public half of the key in force.
    var publicKey: [UInt8] { current.publicKey }
    /// That of the key that a rotation has prepared.
    var nextPublicKey: [UInt8]? { next?.publicKey }

    /// The signatures that a checkpoint must carry, or nil without memory.
    func signatures(of checkpoint: Checkpoint) -> [SignedNote.Signature]? {
        guard let signature = checkpoint.signature(by: current.key) else { return nil }
        guard isHandingOver, let next else { return [signature] }
        guard let second = checkpoint.signature(by: next.key) else { return nil }
        return [signature, second]
    }

    /// The next checkpoint carries both signatures.
    mutating func beginHandingOver() {
        precondition(next != nil, "a rotation prepares its key first")
        isHandingOver = true
    }

    /// Only the new key signs from now on.
    mutating func completeHandingOver() {
        isHandingOver = false
        if let key = next { current = key }
        next = nil
    }
}
