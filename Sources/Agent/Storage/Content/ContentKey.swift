internal import OpenSSL
internal import Synchronization

/// The key of one scope's content, as it is used: in memory only, and dead from the moment that its scope is shredded,
/// whoever still holds it.
///
/// A sealed value:
///
/// ```
///  1 byte    version, 1
/// 16 bytes   identifier of the key
/// …          salt, nonce, ciphertext and tag (`SaltedCipher`)
/// ```
public final class ContentKey: Sendable {
    /// Length of an identifier.
    static let identifierBytes = 16
    /// Bytes that a sealed value is longer than its plaintext.
    public static let overheadBytes = 1 + identifierBytes + SaltedCipher.overheadBytes
    private static let version: UInt8 = 1

    /// Random; in front of each sealed value, so that one whose key is gone is told from one that is damaged.
    let identifier: [UInt8]
    private let secret: SecretBytes
    private let sealing: SecretBytes
    private let shredded = Atomic(false)

    init(identifier: [UInt8], secret: borrowing SecretBytes) {
        self.identifier = identifier
        self.secret = secret.copy()
        sealing = SaltedCipher.derive(Array("portcullis.content.seal.v1".utf8), from: secret)
    }

    /// Seals `bytes`, bound to `context`: what they are and where they stand. It is not in the result.
    /// - Throws: `.tooLarge`, `.shredded`; `.storage` where the system has no random numbers.
    public func seal(_ bytes: [UInt8], context: [UInt8]) throws(ContentError) -> [UInt8] {
        guard bytes.count <= AgentLimits.contentBytesMax else {
            throw .tooLarge(bytesMax: AgentLimits.contentBytesMax)
        }
        try checkAlive()
        return [Self.version] + identifier
            + (try SaltedCipher.seal(bytes.span, key: sealing, authenticating: context))
    }

    /// What was sealed under this key for `context`.
    /// - Throws: `.shredded` where it was sealed under another key, or this one is gone; `.damaged`.
    public func open(_ sealed: [UInt8], context: [UInt8]) throws(ContentError) -> [UInt8] {
        guard sealed.count >= Self.overheadBytes, sealed[0] == Self.version else { throw .damaged }
        guard sealed[1...Self.identifierBytes].elementsEqual(identifier) else { throw .shredded }
        try checkAlive()
        let rest = sealed.span.extracting((1 + Self.identifierBytes)...)
        guard let plaintext = SaltedCipher.open(rest, key: sealing, authenticating: context) else { throw .damaged }
        return plaintext.withSpan { SaltedCipher.copy($0) }
    }

    /// A key of this one for another purpose or value.
    /// - Throws: `.shredded`.
    func derived(_ label: [UInt8]) throws(ContentError) -> SecretBytes {
        try checkAlive()
        return SaltedCipher.derive(label, from: secret)
    }

    /// From now on it opens and seals nothing.
    func shred() { shredded.store(true, ordering: .releasing) }

    private func checkAlive() throws(ContentError) {
        guard !shredded.load(ordering: .acquiring) else { throw .shredded }
    }
}
