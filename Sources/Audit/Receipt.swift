public import OpenSSL

/// Proof that a record is durable. Only the log's writer can make one, and only a receipt lets a response go.
public struct Receipt: Hashable, Sendable {
    /// The record's number.
    public let seq: UInt64
    /// The record's hash, which fixes every record before it too.
    public let hash: SHA256Digest

    init(seq: UInt64, hash: SHA256Digest) {
        self.seq = seq
        self.hash = hash
    }
}
