internal import COpenSSL

/// Makes a guess dear: a hash that takes memory as well as time.
public enum Scrypt {
    /// What one hash costs (RFC 7914 §2).
    public struct Cost: Hashable, Sendable {
        /// `N`: rounds over the memory; a power of two, 2 to 2²⁰.
        public let rounds: UInt64
        /// `r`, the block size, and `p`, the parallelisation: 1 to 64 each.
        public let blockSize: UInt64, parallelisation: UInt64

        /// A cost; nil where a number is out of its range.
        public init?(rounds: UInt64, blockSize: UInt64, parallelisation: UInt64) {
            guard (2...(1 << 20)).contains(rounds), rounds.nonzeroBitCount == 1, (1...64).contains(blockSize),
                (1...64).contains(parallelisation)
            else { return nil }
            self.rounds = rounds
            self.blockSize = blockSize
            self.parallelisation = parallelisation
        }

        /// Bytes that one hash takes, with some to spare: 128 · r · (N + p + 2) (RFC 7914 §5, §6).
        var bytesMax: UInt64 { 128 * blockSize * (rounds + parallelisation + 2) + (1 << 20) }
    }

    /// The hash of `secret` with `salt`, `count` bytes long (RFC 7914).
    /// - Throws: `OpenSSLError` where there is not as much memory.
    public static func hash(
        _ secret: borrowing SecretBytes, salt: [UInt8], cost: Cost, count: Int
    ) throws(OpenSSLError) -> SecretBytes {
        precondition((1...1024).contains(count), "a length is chosen by the program")
        var output = [UInt8](repeating: 0, count: count)
        ErrorQueue.clear()
        let isDone = secret.withSpan { secret in
            unsafe secret.withUnsafeBytes { secret in
                unsafe salt.withUnsafeBufferPointer { salt in
                    unsafe output.withUnsafeMutableBufferPointer { output in
                        unsafe EVP_PBE_scrypt(
                            secret.baseAddress?.assumingMemoryBound(to: CChar.self), secret.count, salt.baseAddress,
                            salt.count, cost.rounds, cost.blockSize, cost.parallelisation, cost.bytesMax,
                            output.baseAddress, output.count) == 1
                    }
                }
            }
        }
        guard isDone else { throw ErrorQueue.drain("compute scrypt") }
        return SecretBytes(wiping: &output)
    }
}
