internal import JSON

/// Encrypts vaults that are to outlive the process: AES-256-GCM, or another cipher that authenticates, filled in by the
/// module that owns the keys.
public protocol VaultCipher {
    /// `plaintext` encrypted under a nonce that the key never had, authenticated together with `context`; whatever
    /// `open` needs (nonce, tag) is in it. Nil where it fails.
    func seal(_ plaintext: [UInt8], authenticating context: [UInt8]) -> [UInt8]?

    /// The plaintext, or nil where a byte of `sealed` or of `context` is not what it was, or the key is another. The
    /// array must not be shared: the vault zeroes it.
    func open(_ sealed: [UInt8], authenticating context: [UInt8]) -> [UInt8]?
}

/// Why a vault was not sealed or not opened. No case carries any of its contents.
public enum VaultError: Error, Equatable, Sendable {
    /// A session's identifier has 1 to `limitBytes` bytes.
    case sessionLength(limitBytes: Int)
    /// A sealed vault is longer than this.
    case tooLong(limitBytes: Int)
    /// The cipher could not encrypt.
    case notSealed
    /// The bytes do not start as a sealed vault does.
    case notAVault
    /// The vault was sealed in a version of the format that this build does not read.
    case unknownVersion(UInt8)
    /// Another key, another session, or bytes that were changed.
    case notAuthentic
    /// Authentic, but not what this version writes; a type that this build does not know is in it, or more values than
    /// `valuesMax`.
    case malformed
}

/// The form in which a vault is kept. All numbers are big-endian.
///
/// ```
/// 50 43 56 54   "PCVT"
/// 01            version
/// …             what the cipher made of the plaintext; context: "portcullis vault", 00, version, session identifier
///
/// plaintext of a vault with a@b.de behind [EMAIL_2], in whose texts [EMAIL_1] and [EMAIL_7] stand:
/// 00 00 00 01                                          entries, in the order in which they were made
///   05 45 4D 41 49 4C 00 00 00 02                      stem's length, stem, number
///   00 00 00 06 61 40 62 2E 64 65                      value's length, value
/// 00 00 00 01                                          numbers that are not to be given out
///   05 45 4D 41 49 4C 00 00 00 07
/// ```
extension Vault {
    /// Bytes of a session's identifier.
    public static let sessionBytesMax = 256
    /// Bytes of a sealed vault: 1 MiB, twice what the default bounds can come to.
    public static let sealedBytesMax = 1_048_576

    private static let magic = Array("PCVT".utf8)
    private static let version: UInt8 = 1

    /// The vault, encrypted, for `session` alone: `open` with another session's identifier refuses it.
    /// - Throws: `VaultError`: `sessionLength`, `tooLong`, `notSealed`.
    public func sealed(by cipher: some VaultCipher, session: [UInt8]) throws(VaultError) -> [UInt8] {
        let context = try Self.context(session)
        var plaintext = encoded()
        defer { WipedBytes.zero(&plaintext) }
        guard let sealed = cipher.seal(plaintext, authenticating: context) else { throw .notSealed }
        guard sealed.count <= Self.sealedBytesMax - Self.magic.count - 1 else {
            throw .tooLong(limitBytes: Self.sealedBytesMax)
        }
        return Self.magic + [Self.version] + sealed
    }

    /// The vault that `sealed` holds; it goes on where it stopped and gives the same values the same tokens.
    /// - Throws: `VaultError`: all cases but `notSealed`.
    public static func open(
        _ sealed: [UInt8], by cipher: some VaultCipher, session: [UInt8], valuesMax: Int = valuesMaxDefault
    ) throws(VaultError) -> Vault {
        let context = try context(session)
        guard sealed.count <= sealedBytesMax else { throw .tooLong(limitBytes: sealedBytesMax) }
        guard sealed.count > magic.count, sealed.starts(with: magic) else { throw .notAVault }
        guard sealed[magic.count] == version else { throw .unknownVersion(sealed[magic.count]) }
        guard var plaintext = cipher.open(Array(sealed.dropFirst(magic.count + 1)), authenticating: context) else {
            throw .notAuthentic
        }
        defer { WipedBytes.zero(&plaintext) }
        return try decode(plaintext, valuesMax: valuesMax)
    }

    private static func context(_ session: [UInt8]) throws(VaultError) -> [UInt8] {
        guard (1...sessionBytesMax).contains(session.count) else { throw .sessionLength(limitBytes: sessionBytesMax) }
        return Array("portcullis vault".utf8) + [0, version] + session
    }

    // MARK: Writing

    private func encoded() -> [UInt8] {
        let reserved = reservedTokens()
        let tokenBytes = 1 + Token.stemBytesMax + 4
        let valueBytes = originals?.bytes.count ?? 0
        var bytes: [UInt8] = []
        // An array that grows leaves its old bytes behind.
        bytes.reserveCapacity(8 + entries.count * (tokenBytes + 4) + valueBytes + reserved.count * tokenBytes)
        Self.append(entries.count, to: &bytes)
        for entry in entries {
            Self.append(entry.token, to: &bytes)
            Self.append(entry.range.count, to: &bytes)
            append(entry.range, as: .plain, to: &bytes)
        }
        Self.append(reserved.count, to: &bytes)
        for token in reserved { Self.append(token, to: &bytes) }
        return bytes
    }

    private func reservedTokens() -> [Token] {
        var tokens: [Token] = []
        for (index, numbers) in numbers.enumerated() {
            let type = types.type(at: index)
            tokens += numbers.reservedNumbers.sorted().map { Token(type: type, number: $0) }
        }
        return tokens
    }

    private static func append(_ token: Token, to bytes: inout [UInt8]) {
        let stem = token.type.tokenStem
        bytes.append(UInt8(stem.count))
        bytes.append(contentsOf: stem)
        append(token.number, to: &bytes)
    }

    private static func append(_ number: Int, to bytes: inout [UInt8]) {
        for shift in [24, 16, 8, 0] { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    // MARK: Reading

    private static func decode(_ bytes: [UInt8], valuesMax: Int) throws(VaultError) -> Vault {
        var reader = PlaintextReader(bytes: bytes)
        var vault = Vault(valuesMax: valuesMax)
        let entryCount = try reader.number()
        guard entryCount <= valuesMax else { throw .malformed }
        for _ in 0..<entryCount {
            let token = try reader.token()
            guard vault.learnWhereNew(token.type) else { throw .malformed }
            let value = try reader.bytes(try reader.number())
            let valueBytes = vault.originals?.bytes.count ?? 0
            guard valueBytes + value.count <= valueBytesMax, vault.isNext(token) else { throw .malformed }
            vault.adopt(value, for: token)
        }
        let reservedCount = try reader.number()
        guard reservedCount <= reservedMax else { throw .malformed }
        for _ in 0..<reservedCount {
            let token = try reader.token()
            guard vault.learnWhereNew(token.type) else { throw .malformed }
            vault.adopt(reserved: token)
        }
        guard reader.isAtEnd else { throw .malformed }
        return vault
    }

    private mutating func learnWhereNew(_ type: DetectorType) -> Bool { !type.isCustom || learn(type) }

    /// Whether `token`'s number is greater than all of its type so far.
    private func isNext(_ token: Token) -> Bool {
        guard let last = entries.last(where: { $0.token.type == token.type }) else { return true }
        return last.token.number < token.number
    }
}

/// Reads a plaintext from its beginning.
private struct PlaintextReader {
    let bytes: [UInt8]
    private var index = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { index == bytes.count }

    mutating func bytes(_ count: Int) throws(VaultError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - index else { throw .malformed }
        index += count
        return bytes[index - count..<index]
    }

    mutating func number() throws(VaultError) -> Int {
        try bytes(4).reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func token() throws(VaultError) -> Token {
        let stem = Array(try bytes(try Int(bytes(1).first ?? 0)))
        let number = try number()
        guard (1...Token.numberMax).contains(number) else { throw .malformed }
        if let index = Catalogue.tokenStems.firstIndex(of: stem) {
            return Token(type: DetectorType(index: UInt8(index)), number: number)
        }
        // A type of the policy that the text was redacted by; whether today's policy has it does not matter to a token.
        guard let name = CustomType.name(stem) else { throw .malformed }
        return Token(type: DetectorType(custom: name, place: 0, masking: .placeholder), number: number)
    }
}
