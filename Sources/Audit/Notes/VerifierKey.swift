internal import OpenSSL

/// A public key as a note names it: `name+hex(keyID)+base64(type || key)` (C2SP signed-note).
package struct VerifierKey: Hashable, Sendable {
    /// What a key signs; the number is the signature type of C2SP signed-note.
    package enum Kind: UInt8, Sendable {
        /// A log's: the note's text.
        case log = 0x01
        /// A witness's: the note's text and a time (C2SP tlog-cosignature).
        case witness = 0x04
    }

    /// Whose it is: a log's origin, a witness's name.
    package let name: String
    /// The 32 bytes of an Ed25519 key.
    package let publicKey: [UInt8]
    /// What it signs.
    package let kind: Kind

    package init(name: String, publicKey: [UInt8], kind: Kind = .log) {
        self.name = name
        self.publicKey = publicKey
        self.kind = kind
    }

    /// The key that `text` writes, or nil where it is malformed, of another kind, or its key id does not belong to it.
    package init?(_ text: String, kind: Kind = .log) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let encoded = Base64.decode(Array(parts[2].utf8)),
            encoded.count == 1 + Ed25519.publicKeyBytes, encoded[0] == kind.rawValue, Self.isName(String(parts[0]))
        else { return nil }
        self.init(name: String(parts[0]), publicKey: Array(encoded[1...]), kind: kind)
        guard Array(text.utf8) == Array(self.text.utf8) else { return nil }
    }

    /// The first four bytes of SHA-256(name, LF, type, key).
    package var identifier: [UInt8] {
        Array(SHA256Digest(of: Array(name.utf8) + [0x0A, kind.rawValue] + publicKey).bytes.prefix(4))
    }

    /// The text that `init` reads.
    package var text: String {
        let hex = identifier.map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\(name)+\(hex.joined())+\(Base64.encode([kind.rawValue] + publicKey))"
    }

    /// Whether `name` can stand in a signature line: printable, without space or plus.
    package static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "+" && !$0.properties.isWhitespace }
    }
}
