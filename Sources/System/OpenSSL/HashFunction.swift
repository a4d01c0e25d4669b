internal import COpenSSL

/// The SHA-2 functions that signatures are made over (FIPS 180-4).
public enum HashFunction: Sendable, CaseIterable {
    case sha256, sha384, sha512

    /// Length of the digest in bytes.
    public var digestBytes: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The digest of `message`.
    public func digest(of message: Span<UInt8>) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: digestBytes)
        let done = unsafe message.withUnsafeBytes { input in
            unsafe output.withUnsafeMutableBufferPointer { digest in
                unsafe EVP_Digest(
                    input.baseAddress, input.count, digest.baseAddress, nil, FetchedHash.of(self).algorithm, nil)
            }
        }
        // Only a failed allocation or a provider without SHA-2 gets here; neither leaves anything to go on with.
        precondition(done == 1, "OpenSSL cannot compute a SHA-2 digest")
        return output
    }
}

/// Algorithms fetched once for the process: an implicit fetch in each call costs about 180 ns (OpenSSL 3.0).
/// Immutable after creation and never freed, so any thread may use them.
@safe struct FetchedHash: @unchecked Sendable {
    let algorithm: OpaquePointer?

    private static let sha256 = FetchedHash("SHA256")
    private static let sha384 = FetchedHash("SHA384")
    private static let sha512 = FetchedHash("SHA512")

    private init(_ name: String) { unsafe algorithm = EVP_MD_fetch(nil, name, nil) }

    static func of(_ hash: HashFunction) -> FetchedHash {
        switch hash {
        case .sha256: sha256
        case .sha384: sha384
        case .sha512: sha512
        }
    }
}
