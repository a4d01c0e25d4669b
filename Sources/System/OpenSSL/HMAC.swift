internal import COpenSSL

/// HMAC (RFC 2104) over SHA-2.
public enum HMAC {
    /// The code of `message` under `key`, `hash.digestBytes` long.
    public static func code(_ hash: HashFunction, of message: Span<UInt8>, key: borrowing SecretBytes) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: hash.digestBytes)
        let done = key.withSpan { key in
            unsafe key.withUnsafeBytes { key in
                unsafe message.withUnsafeBufferPointer { message in
                    unsafe output.withUnsafeMutableBufferPointer { code in
                        unsafe compute(hash, key, message, code)
                    }
                }
            }
        }
        precondition(done, "OpenSSL cannot compute an HMAC")
        return output
    }

    /// HMAC-SHA-1, for RFC 6238 alone: what it is broken for, collisions, is no use against an HMAC (RFC 6194 §3.3).
    public static func sha1Code(of message: Span<UInt8>, key: borrowing SecretBytes) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: 20)
        let done = key.withSpan { key in
            unsafe key.withUnsafeBytes { key in
                unsafe message.withUnsafeBufferPointer { message in
                    unsafe output.withUnsafeMutableBufferPointer { code in
                        unsafe COpenSSL.HMAC(
                            EVP_sha1(), key.baseAddress, Int32(key.count), message.baseAddress, message.count,
                            code.baseAddress, nil) != nil
                    }
                }
            }
        }
        precondition(done, "OpenSSL cannot compute an HMAC")
        return output
    }

    /// Whether `code` is the code of `message` under `key`, compared in constant time.
    public static func isValid(
        _ code: Span<UInt8>, _ hash: HashFunction, of message: Span<UInt8>, key: borrowing SecretBytes
    ) -> Bool {
        SecretBytes(copying: self.code(hash, of: message, key: key).span).isEqual(to: code)
    }

    @unsafe private static func compute(
        _ hash: HashFunction, _ key: UnsafeRawBufferPointer, _ message: UnsafeBufferPointer<UInt8>,
        _ code: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        unsafe COpenSSL.HMAC(
            FetchedHash.of(hash).algorithm, key.baseAddress, Int32(key.count), message.baseAddress, message.count,
            code.baseAddress, nil) != nil
    }
}
