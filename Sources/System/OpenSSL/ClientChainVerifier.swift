internal import COpenSSL

/// Judges a client's certificate as a handshake does whose context is made of the same configuration: the same roots,
/// purpose, depth and security level. It needs no certificate or key of the server's.
public struct ClientChainVerifier: Sendable {
    private let context: TLSContext

    /// Reads the roots.
    /// - Throws: `TLSConfigurationError.clientCAUnusable`, which names the file, `.clientCAMissing`, `.libraryRefused`.
    public static func make(_ configuration: TLSConfiguration) throws(TLSConfigurationError) -> ClientChainVerifier {
        ClientChainVerifier(context: try TLSContext.forVerifying(configuration))
    }

    private init(context: TLSContext) { self.context = context }

    /// Why a handshake with these certificates fails; nil where it does not.
    /// - Parameters:
    ///   - pem: the client's certificate as a `CERTIFICATE` block, then those that it would send with it.
    ///   - seconds: when, since 1970.
    public func refusal(of pem: [UInt8], at seconds: Int64) -> TLSFailure? {
        let result = context.verifyClient(pem, at: seconds)
        return result == X509_V_OK ? nil : TLSFailure(verifyResult: Int(result))
    }
}

extension TLSContext {
    fileprivate func verifyClient(_ pem: [UInt8], at seconds: Int64) -> Int32 {
        let result = unsafe pem.withUnsafeBytes { bytes in
            unsafe pc_ctx_verify_client(
                pointer, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count, Int(seconds))
        }
        // What cannot be judged is not let in either.
        return result < 0 ? X509_V_ERR_UNSPECIFIED : result
    }
}
