internal import CSHA256

/// Computes two SHA-256 digests (FIPS 180-4) in little more than the time of one, where the processor has instructions for
/// it; elsewhere OpenSSL computes them one after the other.
///
/// For who must hash the same bytes twice, with different beginnings. OpenSSL 3 hashes one message at a time, and one
/// message leaves such a processor half idle.
public struct SHA256Pair: ~Copyable {
    private var hasher = SHA256()
    private let isPaired: Bool

    /// The most bytes of a prefix.
    public static let prefixBytesMax = Int(PC_SHA256_PREFIX_MAX)

    /// Whether this processor can hash two messages at once.
    public static let isAvailable = pc_sha256_pair_available()

    /// - Parameter isPaired: false has OpenSSL compute both digests, whatever the processor can.
    public init(isPaired: Bool = true) { self.isPaired = isPaired && Self.isAvailable }

    /// The digests of two messages, each a prefix of at most `prefixBytesMax` bytes and then bytes.
    public mutating func digests(
        _ firstPrefix: [UInt8], _ first: Span<UInt8>, _ secondPrefix: [UInt8], _ second: Span<UInt8>
    ) -> (SHA256Digest, SHA256Digest) {
        precondition(
            firstPrefix.count <= Self.prefixBytesMax && secondPrefix.count <= Self.prefixBytesMax,
            "a prefix is one block at most")
        guard isPaired else { return (digest(firstPrefix, first), digest(secondPrefix, second)) }
        return unsafe Self.withMessage(firstPrefix, first) { firstMessage in
            unsafe Self.withMessage(secondPrefix, second) { secondMessage in
                var secondDigest = SHA256Digest.zero
                let firstDigest = unsafe SHA256Digest { output in
                    secondDigest = unsafe SHA256Digest { secondOutput in
                        unsafe pc_sha256_pair(firstMessage, secondMessage, output, secondOutput)
                    }
                }
                return (firstDigest, secondDigest)
            }
        }
    }

    private mutating func digest(_ prefix: [UInt8], _ bytes: Span<UInt8>) -> SHA256Digest {
        hasher.reset()
        hasher.update(prefix)
        hasher.update(bytes)
        return hasher.finish()
    }

    private static func withMessage<Result>(
        _ prefix: [UInt8], _ bytes: Span<UInt8>, _ body: (UnsafePointer<pc_sha256_message>) -> Result
    ) -> Result {
        unsafe prefix.withUnsafeBufferPointer { prefix in
            unsafe bytes.withUnsafeBufferPointer { bytes in
                var message = unsafe pc_sha256_message(
                    prefix: prefix.baseAddress, prefix_count: prefix.count, bytes: bytes.baseAddress, count: bytes.count
                )
                return unsafe withUnsafePointer(to: &message, body)
            }
        }
    }
}
