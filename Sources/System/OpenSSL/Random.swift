internal import COpenSSL

/// The process's cryptographic generator (OpenSSL's DRBG, seeded by the kernel).
public enum Random {
    /// `count` unpredictable bytes.
    /// - Throws: `OpenSSLError` where the generator cannot be seeded.
    public static func bytes(count: Int) throws(OpenSSLError) -> [UInt8] {
        precondition(count >= 0 && count <= Int(Int32.max), "a count of random bytes is chosen by the program")
        guard count > 0 else { return [] }
        var output = [UInt8](repeating: 0, count: count)
        ErrorQueue.clear()
        let filled = unsafe output.withUnsafeMutableBufferPointer {
            unsafe RAND_bytes($0.baseAddress, Int32($0.count))
        }
        guard filled == 1 else { throw ErrorQueue.drain("make random bytes") }
        return output
    }
}
