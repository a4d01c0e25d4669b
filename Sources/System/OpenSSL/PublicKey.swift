internal import COpenSSL

/// The NIST curves of RFC 7518 §6.2.1.1.
public enum NamedCurve: Sendable, CaseIterable {
    case p256, p384, p521

    /// Length of a coordinate, and of each half of a raw ECDSA signature, in bytes.
    public var coordinateBytes: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }

    /// The curve's name in a JWK and in OpenSSL.
    public var name: String {
        switch self {
        case .p256: "P-256"
        case .p384: "P-384"
        case .p521: "P-521"
        }
    }

    static func named(_ group: String) -> NamedCurve? {
        switch group {
        case "prime256v1", "P-256": .p256
        case "secp384r1", "P-384": .p384
        case "secp521r1", "P-521": .p521
        default: nil
        }
    }
}

/// What a key is, with the numbers that make it up (big-endian).
public enum KeyComponents: Equatable, Sendable {
    /// Modulus without leading zeros, exponent, and the modulus' length in bits.
    case rsa(modulus: [UInt8], exponent: [UInt8], bits: Int)
    /// A point with coordinates of the curve's full length.
    case ec(NamedCurve, x: [UInt8], y: [UInt8])
    /// The 32 bytes of an Ed25519 key (RFC 8032 §5.1.5).
    case ed25519([UInt8])
    /// A kind that no token here is signed with (DSA, another curve), with OpenSSL's name for it.
    case other(String)
}

/// A public key.
@safe public final class PublicKey: @unchecked Sendable {
    // Safe: this object alone owns one reference. Sendable: an EVP_PKEY is not changed after it was read, and OpenSSL
    // locks what it caches inside it.
    let handle: OpaquePointer

    /// What kind of key, with its numbers.
    public let components: KeyComponents

    /// Takes over one reference of `handle`.
    init(adopting handle: OpaquePointer) {
        unsafe self.handle = handle
        components = unsafe KeyParameters.components(of: handle)
    }

    deinit { unsafe EVP_PKEY_free(handle) }

    /// Reads the first `PUBLIC KEY` block (SubjectPublicKeyInfo, RFC 5280 §4.1) of a PEM text.
    /// - Throws: `OpenSSLError` where there is none; a private key is not taken for its public half.
    public convenience init(pem: [UInt8]) throws(OpenSSLError) {
        let bio = try MemoryBIO.reading(pem.span)
        ErrorQueue.clear()
        guard let handle = unsafe PEM_read_bio_PUBKEY(bio.bio, nil, noPassPhrase, nil) else {
            throw ErrorQueue.drain("read a public key in PEM")
        }
        unsafe self.init(adopting: handle)
    }

    /// The key as a `PUBLIC KEY` block.
    public func pem() throws(OpenSSLError) -> [UInt8] {
        let bio = try MemoryBIO.empty()
        ErrorQueue.clear()
        guard unsafe PEM_write_bio_PUBKEY(bio.bio, handle) == 1 else { throw ErrorQueue.drain("write a public key") }
        return bio.bytes
    }
}

/// Reads a key's numbers from its handle.
enum KeyParameters {
    @unsafe static func components(of key: OpaquePointer) -> KeyComponents {
        let kind = unsafe EVP_PKEY_get0_type_name(key).map { unsafe String(cString: $0) } ?? "unknown"
        switch kind {
        case "RSA":
            guard let modulus = unsafe number("n", of: key, padTo: nil),
                let exponent = unsafe number("e", of: key, padTo: nil)
            else { return .other(kind) }
            return .rsa(modulus: modulus, exponent: exponent, bits: Int(unsafe EVP_PKEY_get_bits(key)))
        case "EC":
            guard let group = unsafe groupName(of: key), let curve = NamedCurve.named(group),
                let x = unsafe number("qx", of: key, padTo: curve.coordinateBytes),
                let y = unsafe number("qy", of: key, padTo: curve.coordinateBytes)
            else { return .other(kind) }
            return .ec(curve, x: x, y: y)
        case "ED25519":
            guard let bytes = unsafe rawBytes(of: key) else { return .other(kind) }
            return .ed25519(bytes)
        default: return .other(kind)
        }
    }

    @unsafe private static func groupName(of key: OpaquePointer) -> String? {
        var name = [CChar](repeating: 0, count: 64)
        var count = 0
        guard unsafe EVP_PKEY_get_group_name(key, &name, name.count, &count) == 1 else { return nil }
        return String(decoding: name.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    @unsafe private static func rawBytes(of key: OpaquePointer) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: Ed25519.publicKeyBytes)
        var count = bytes.count
        guard unsafe EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, count == bytes.count else { return nil }
        return bytes
    }

    /// The parameter as big-endian bytes, left-padded with zeros to `length` where one is given.
    @unsafe private static func number(_ name: String, of key: OpaquePointer, padTo length: Int?) -> [UInt8]? {
        var value: OpaquePointer? = nil
        guard unsafe EVP_PKEY_get_bn_param(key, name, &value) == 1, let value = unsafe value else { return nil }
        defer { unsafe BN_free(value) }
        let count = length ?? Int((unsafe BN_num_bits(value) + 7) / 8)
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe BN_bn2binpad(value, &bytes, Int32(count)) == Int32(count) else { return nil }
        return bytes
    }
}
