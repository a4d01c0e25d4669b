public import OpenSSL

/// The answer to a security question as it is kept: a salted hash that is dear to guess at.
///
/// What people type differs in case, accents' writing, spaces and punctuation; `normalised` takes these away, on both sides.
public struct SecretAnswer: ~Copyable, Sendable {
    /// Random bytes of its own.
    public let salt: [UInt8]
    /// What one guess costs whoever steals the file: 16 MiB and some 50 ms.
    static let cost = Scrypt.Cost(rounds: 1 << 14, blockSize: 8, parallelisation: 1)
    /// Bytes of an answer, at most.
    public static let bytesMax = 256
    private let digest: SecretBytes

    private static let saltBytes = 16, digestBytes = 32

    /// An answer as it was kept.
    /// - Throws: `AuthError.setting` where salt or digest are not 16 and 32 bytes.
    public init(salt: [UInt8], digest: consuming SecretBytes) throws(AuthError) {
        let count = digest.count
        guard salt.count == Self.saltBytes, count == Self.digestBytes else {
            throw .setting(
                name: "security answer", found: "a salt of \(salt.count) bytes and a digest of \(count)",
                wanted: "\(Self.saltBytes) and \(Self.digestBytes)")
        }
        self.salt = salt
        self.digest = digest
    }

    /// Hashes an answer that a customer chose.
    /// - Throws: `AuthError.setting` where nothing is left of it, or it is longer than `bytesMax`; `.library`.
    public static func make(_ answer: [UInt8]) throws(AuthError) -> SecretAnswer {
        guard let text = normalised(answer) else {
            throw .setting(
                name: "security answer", found: "\(answer.count) bytes",
                wanted: "UTF-8 of at most \(bytesMax) bytes with a letter or digit")
        }
        let salt: [UInt8]
        do throws(OpenSSLError) { salt = try Random.bytes(count: saltBytes) } catch { throw AuthError(error) }
        return try SecretAnswer(salt: salt, digest: try hash(text, salt))
    }

    /// Lends the digest, for whoever keeps it.
    public func withDigest<Result: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result { try digest.withSpan(body) }

    /// Whether `given` is the answer, compared in constant time. One that cannot be any answer costs as much.
    /// - Throws: `AuthError.library` where there is no memory for it.
    public func isRight(_ given: [UInt8]) throws(AuthError) -> Bool {
        let text = Self.normalised(given)
        let guess = try Self.hash(text ?? [], salt)
        return digest.withSpan { guess.isEqual(to: $0) } && text != nil
    }

    static func normalised(_ answer: [UInt8]) -> [UInt8]? { SpokenText.normalised(answer, bytesMax: bytesMax) }

    private static func hash(_ text: [UInt8], _ salt: [UInt8]) throws(AuthError) -> SecretBytes {
        guard let cost else { throw .library("the cost of an answer's hash is out of range") }
        do throws(OpenSSLError) {
            return try Scrypt.hash(SecretBytes(copying: text), salt: salt, cost: cost, count: digestBytes)
        } catch {
            throw AuthError(error)
        }
    }
}
