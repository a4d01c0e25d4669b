internal import OpenSSL

extension VerifierKey {
    /// Whether `bytes`, as they follow the key's identifier in a signature line, are this key's signature of `text`.
    func isSignature(_ bytes: [UInt8], of text: [UInt8]) -> Bool {
        switch kind {
        case .log: return Ed25519.isValid(bytes, of: text, by: publicKey)
        case .witness:
            guard let cosignature = Cosignature(bytes) else { return false }
            return Ed25519.isValid(
                cosignature.signature, of: Cosignature.message(text, time: cosignature.time), by: publicKey)
        }
    }
}

/// What a witness adds to a checkpoint: when it saw it, and its signature over both (C2SP tlog-cosignature).
package struct Cosignature: Equatable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    package let time: UInt64
    /// Ed25519, 64 bytes.
    package let signature: [UInt8]

    /// Reads the bytes after the key's identifier: 8 of time, big-endian, and 64 of signature.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 8 + Ed25519.signatureBytes else { return nil }
        time = bytes[..<8].reduce(0) { $0 << 8 | UInt64($1) }
        signature = Array(bytes[8...])
    }

    /// What is signed: `cosignature/v1`, `time <t>`, and the checkpoint's text.
    package static func message(_ text: [UInt8], time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n".utf8) + text
    }
}
