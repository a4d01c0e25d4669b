internal import LinuxIO
internal import OpenSSL
internal import Redaction
internal import Synchronization

/// Seals vaults by AES-256-GCM, and names the files of sessions.
///
/// The operator's key seals nothing itself: each process, and each 2^32 seals of one, seals under a key that is derived from
/// it and from a random salt, which stands in front of what is sealed. So the bound on random nonces (NIST SP 800-38D §8.3)
/// holds however often a gateway starts.
///
/// ```
/// 16 bytes   salt
/// 12 bytes   nonce
/// …          ciphertext and tag
/// ```
final class VaultSealer: VaultCipher, Sendable {
    /// Seals under one derived key.
    static let sealsMaxDefault = 1 << 32
    private static let saltBytes = 16

    private let sealing: SecretBytes
    private let naming: SecretBytes
    private let sealsMax: Int
    private let current = Mutex(Current())

    private struct Current {
        var salt: [UInt8] = []
        var seals = 0
    }

    /// Makes it from the operator's 32 bytes.
    init(_ key: borrowing SecretBytes, sealsMax: Int = sealsMaxDefault) {
        sealing = Self.derive(Array("portcullis.session.seal.v1".utf8), from: key)
        naming = Self.derive(Array("portcullis.session.name.v1".utf8), from: key)
        self.sealsMax = sealsMax
    }

    /// A session's name on the disk, and what its vault is bound to: it can be computed by nobody without the key, and tells
    /// nothing of whose session it is.
    func name(of key: SessionKey) -> SHA256Digest {
        var message: [UInt8] = []
        for part in [key.issuer, key.subject, key.session] {
            for shift in [24, 16, 8, 0] { message.append(UInt8(truncatingIfNeeded: part.count >> shift)) }
            message += part
        }
        guard let name = SHA256Digest(bytes: HMAC.code(.sha256, of: message.span, key: naming)) else {
            preconditionFailure("an HMAC-SHA-256 has 32 bytes")
        }
        return name
    }

    func seal(_ plaintext: [UInt8], authenticating context: [UInt8]) -> [UInt8]? {
        guard let salt = takeSalt(), let nonce = Self.random(AES256GCM.nonceBytes) else { return nil }
        var cipher = AES256GCM()
        return salt + nonce
            + cipher.seal(
                plaintext.span, key: Self.derive(salt, from: sealing), nonce: nonce, authenticating: context)
    }

    func open(_ sealed: [UInt8], authenticating context: [UInt8]) -> [UInt8]? {
        let start = Self.saltBytes + AES256GCM.nonceBytes
        guard sealed.count >= start + AES256GCM.tagBytes else { return nil }
        var cipher = AES256GCM()
        let plaintext = cipher.open(
            sealed.span.extracting(start...), key: Self.derive(Array(sealed[..<Self.saltBytes]), from: sealing),
            nonce: Array(sealed[Self.saltBytes..<start]), authenticating: context)
        return plaintext?.withSpan { (bytes: Span<UInt8>) in
            var copy: [UInt8] = []
            copy.reserveCapacity(bytes.count)
            for index in bytes.indices { copy.append(bytes[index]) }
            return copy
        }
    }

    /// The salt for one more seal.
    private func takeSalt() -> [UInt8]? {
        current.withLock { current in
            if current.salt.isEmpty || current.seals >= sealsMax {
                guard let salt = Self.random(Self.saltBytes) else { return nil }
                current = Current(salt: salt)
            }
            current.seals += 1
            return current.salt
        }
    }

    private static func derive(_ label: [UInt8], from key: borrowing SecretBytes) -> SecretBytes {
        var code = HMAC.code(.sha256, of: label.span, key: key)
        return SecretBytes(wiping: &code)
    }

    private static func random(_ count: Int) -> [UInt8]? {
        do throws(OpenSSLError) { return try Random.bytes(count: count) } catch { return nil }
    }
}
