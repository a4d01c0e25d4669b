package import OpenSSL

/// That a record is in the log, as far as hashes show it: with the record itself it is a `TlogProof`.
public struct InclusionEvidence: Sendable {
    /// The record's number.
    public let seq: UInt64
    /// Records that the checkpoint covers.
    public let size: UInt64
    package let leafHash: SHA256Digest
    package let hashes: [SHA256Digest]
    package let note: SignedNote

    /// The hash of the record as a leaf of the tree, in base64.
    public var leaf: String { Base64.encode(leafHash.bytes) }
    /// The inclusion proof, leaf to root, each hash in base64.
    public var proof: [String] { hashes.map { Base64.encode($0.bytes) } }
    /// The checkpoint with its cosignatures: a signed note.
    public var checkpoint: [UInt8] { note.bytes }
}
