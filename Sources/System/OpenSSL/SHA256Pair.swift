internal import COpenSSL

/// Two SHA-256 digests at once, in hardly more time than one takes: for the two that each record of a log has.
///
/// Where the processor has no instructions for it, OpenSSL computes one after the other.
public struct SHA256Pair: ~Copyable {
    private let isSupported = pc_sha256_pair_is_supported() != 0
    private var hasher = SHA256()

    /// The most bytes of a prefix.
    public static let prefixBytesMax = 63

    /// Makes one, for one thread at a time.
    public init() {}

    /// The digests of `firstPrefix` and `first`, and of `secondPrefix` and `second`.
    public mutating func digests(
        _ firstPrefix: [UInt8], _ first: Span<UInt8>, _ secondPrefix: [UInt8], _ second: Span<UInt8>
    ) -> (SHA256Digest, SHA256Digest) {
        precondition(
            firstPrefix.count <= Self.prefixBytesMax && secondPrefix.count <= Self.prefixBytesMax,
            "a prefix is shorter than a block")
        guard isSupported else { return (digest(firstPrefix, first), digest(secondPrefix, second)) }
        return SHA256Digest.pair(firstPrefix.span, first, secondPrefix.span, second)
    }

    private mutating func digest(_ prefix: [UInt8], _ data: Span<UInt8>) -> SHA256Digest {
        hasher.reset()
        hasher.update(prefix)
        hasher.update(data)
        return hasher.finish()
    }
}

extension SHA256Digest {
    fileprivate static func pair(
        _ firstPrefix: Span<UInt8>, _ first: Span<UInt8>, _ secondPrefix: Span<UInt8>, _ second: Span<UInt8>
    ) -> (SHA256Digest, SHA256Digest) {
        var other: SHA256Digest?
        let one = unsafe SHA256Digest { output in
            other = unsafe SHA256Digest { secondOutput in
                unsafe firstPrefix.withUnsafeBufferPointer { prefix1 in
                    unsafe first.withUnsafeBufferPointer { data1 in
                        unsafe secondPrefix.withUnsafeBufferPointer { prefix2 in
                            unsafe second.withUnsafeBufferPointer { data2 in
                                unsafe pc_sha256_pair(
                                    prefix1.baseAddress, prefix1.count, data1.baseAddress, data1.count,
                                    prefix2.baseAddress, prefix2.count, data2.baseAddress, data2.count, output,
                                    secondOutput)
                            }
                        }
                    }
                }
            }
        }
        return (one, other ?? one)
    }
}
