internal import OpenSSL

/// A log's public key as a note names it: `name+hex(keyID)+base64(0x01 || key)` (C2SP signed-note).
struct VerifierKey: Equatable, Sendable {
    let name: String
    let publicKey: [UInt8]

    init(name: String, publicKey: [UInt8]) {
        self.name = name
        self.publicKey = publicKey
    }

    /// The key that `text` writes, or nil where it is malformed or its key id does not belong to it.
    init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let encoded = Base64.decode(Array(parts[2].utf8)), encoded.count == 33,
            encoded[0] == Self.algorithm, !parts[0].isEmpty
        else { return nil }
        self.init(name: String(parts[0]), publicKey: Array(encoded[1...]))
        guard Array(text.utf8) == Array(self.text.utf8) else { return nil }
    }

    /// The first four bytes of SHA-256(name, LF, 0x01, key).
    var identifier: [UInt8] {
        Array(SHA256Digest(of: Array(name.utf8) + [0x0A, Self.algorithm] + publicKey).bytes.prefix(4))
    }

    var text: String {
        let hex = identifier.map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return "\(name)+\(hex.joined())+\(Base64.encode([Self.algorithm] + publicKey))"
    }

    /// Ed25519 in C2SP signed-note.
    private static let algorithm: UInt8 = 0x01
}

/// Base64 of RFC 4648 §4 with padding; decoding takes nothing but the one canonical encoding.
enum Base64 {
    static func encode(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for position in 0..<4 {
                let digit = Int(bits >> UInt32(18 - 6 * position) & 63)
                output.append(position <= group.count ? alphabet[digit] : UInt8(ascii: "="))
            }
            index += 3
        }
        return String(decoding: output, as: UTF8.self)
    }

    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var output: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for byte in text.prefix(while: { $0 != UInt8(ascii: "=") }) {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            bits = bits << 6 | UInt32(digit)
            count += 6
            if count >= 8 {
                count -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        // One canonical form: the same bytes must not have two texts that a comparison would tell apart.
        return Array(encode(output).utf8) == text ? output : nil
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
}
