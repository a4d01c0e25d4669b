internal import JSON
internal import JWT
internal import OpenSSL

/// The signature algorithms that a key can be pinned to (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2).
public enum SignatureAlgorithm: Sendable, CaseIterable {
    case hs256, hs384, hs512, rs256, rs384, rs512, es256, es384, es512
    /// libjwt 1.10 does not know these: OpenSSL checks them whatever the configuration says.
    case ps256, ps384, ps512, edDSA, ed25519

    /// What the algorithm needs for a key.
    enum Family: Equatable {
        case hmac, rsa, rsaPSS, ed25519
        case ecdsa(NamedCurve)
    }

    /// The name in a token's header.
    public var name: StaticString {
        switch self {
        case .hs256: "HS256"
        case .hs384: "HS384"
        case .hs512: "HS512"
        case .rs256: "RS256"
        case .rs384: "RS384"
        case .rs512: "RS512"
        case .es256: "ES256"
        case .es384: "ES384"
        case .es512: "ES512"
        case .ps256: "PS256"
        case .ps384: "PS384"
        case .ps512: "PS512"
        case .edDSA: "EdDSA"
        case .ed25519: "Ed25519"
        }
    }

    /// The algorithm of exactly that name. Names are case-sensitive (RFC 7515 §4.1.1).
    public init?(name: [UInt8]) {
        guard let found = Self.allCases.first(where: { name.isEqual(to: $0.name) }) else { return nil }
        self = found
    }

    /// Whether whoever can verify can also sign.
    public var isSymmetric: Bool { family == .hmac }

    var family: Family {
        switch self {
        case .hs256, .hs384, .hs512: .hmac
        case .rs256, .rs384, .rs512: .rsa
        case .ps256, .ps384, .ps512: .rsaPSS
        case .es256: .ecdsa(.p256)
        case .es384: .ecdsa(.p384)
        case .es512: .ecdsa(.p521)
        case .edDSA, .ed25519: .ed25519
        }
    }

    /// What the signature is over; nil for Ed25519, which is over the message itself.
    var hash: HashFunction? {
        switch self {
        case .hs256, .rs256, .es256, .ps256: .sha256
        case .hs384, .rs384, .es384, .ps384: .sha384
        case .hs512, .rs512, .es512, .ps512: .sha512
        case .edDSA, .ed25519: nil
        }
    }

    /// libjwt's word for it; nil where it has none.
    var jwt: JWTAlgorithm? {
        switch self {
        case .hs256: .hs256
        case .hs384: .hs384
        case .hs512: .hs512
        case .rs256: .rs256
        case .rs384: .rs384
        case .rs512: .rs512
        case .es256: .es256
        case .es384: .es384
        case .es512: .es512
        case .ps256, .ps384, .ps512, .edDSA, .ed25519: nil
        }
    }
}
