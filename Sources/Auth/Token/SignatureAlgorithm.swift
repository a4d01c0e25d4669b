internal import JSON
internal import JWT
internal import OpenSSL

/// The signature algorithms that a key can be pinned to (RFC 7518 §3.1).
public enum SignatureAlgorithm: Sendable, CaseIterable {
    case hs256, hs384, hs512, rs256, rs384, rs512, es256, es384, es512

    /// What the algorithm needs for a key.
    enum Family: Equatable {
        case hmac, rsa
        case ecdsa(NamedCurve)
    }

    /// The name in a token's header.
    public var name: StaticString { jwt.name }

    /// The algorithm of exactly that name. Names are case-sensitive (RFC 7515 §4.1.1).
    public init?(name: [UInt8]) {
        guard let found = Self.allCases.first(where: { name.isEqual(to: $0.name) }) else { return nil }
        self = found
    }

    var family: Family {
        switch self {
        case .hs256, .hs384, .hs512: .hmac
        case .rs256, .rs384, .rs512: .rsa
        case .es256: .ecdsa(.p256)
        case .es384: .ecdsa(.p384)
        case .es512: .ecdsa(.p521)
        }
    }

    var hash: HashFunction {
        switch self {
        case .hs256, .rs256, .es256: .sha256
        case .hs384, .rs384, .es384: .sha384
        case .hs512, .rs512, .es512: .sha512
        }
    }

    var jwt: JWTAlgorithm {
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
        }
    }
}
