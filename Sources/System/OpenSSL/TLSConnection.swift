internal import COpenSSL

/// What a non-blocking TLS call came to.
public enum TLSProgress: Equatable, Sendable {
    case done
    case wantsRead
    case wantsWrite
    case failed(TLSFailure)
}

/// What a non-blocking read or write came to.
public enum TLSTransfer: Equatable, Sendable {
    /// So many bytes, at least one.
    case bytes(Int)
    case wantsRead
    case wantsWrite
    /// The peer sent close_notify: the end of the stream (RFC 8446 §6.1).
    case closed
    case failed(TLSFailure)
}

/// One server-side TLS connection over a non-blocking socket.
///
/// Belongs to one thread at a time. `@safe`: the pointer is freed once, in `deinit`, buffers are lent for one call.
@safe public struct TLSConnection: ~Copyable {
    private let ssl: OpaquePointer

    private init(adopting ssl: OpaquePointer) { unsafe self.ssl = ssl }

    deinit { unsafe SSL_free(ssl) }

    /// A connection in its initial state, or nil without memory. The socket stays the caller's to close.
    public static func make(_ context: TLSContext, socket: Int32) -> TLSConnection? {
        ERR_clear_error()
        guard let ssl = unsafe SSL_new(context.pointer) else { return nil }
        let connection = unsafe TLSConnection(adopting: ssl)
        guard unsafe pc_ssl_attach(ssl, context.socketMethod, socket) == 1 else { return nil }
        unsafe SSL_set_accept_state(ssl)
        return connection
    }

    /// Takes the handshake as far as it goes now.
    public func handshake() -> TLSProgress {
        ERR_clear_error()
        let result = unsafe SSL_do_handshake(ssl)
        if result == 1 { return .done }
        switch unsafe SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .wantsRead
        case SSL_ERROR_WANT_WRITE: return .wantsWrite
        case SSL_ERROR_SYSCALL, SSL_ERROR_ZERO_RETURN:
            ERR_clear_error()
            return .failed(.disconnected)
        default:
            return .failed(TLSFailure(verifyResult: unsafe SSL_get_verify_result(ssl)))
        }
    }

    /// Reads decrypted bytes into the start of `room`, which must not be empty.
    public func read(into room: inout MutableSpan<UInt8>) -> TLSTransfer {
        ERR_clear_error()
        let count = unsafe room.withUnsafeMutableBufferPointer { buffer in
            unsafe SSL_read(ssl, buffer.baseAddress, Int32(clamping: buffer.count))
        }
        return count > 0 ? .bytes(Int(count)) : transfer(count)
    }

    /// Writes the start of `bytes`, which must not be empty. After `wants…` call again with the same bytes, wherever
    /// they now lie.
    public func write(_ bytes: Span<UInt8>) -> TLSTransfer {
        ERR_clear_error()
        let count = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe SSL_write(ssl, buffer.baseAddress, Int32(clamping: buffer.count))
        }
        return count > 0 ? .bytes(Int(count)) : transfer(count)
    }

    /// Whether another read would find nothing: the last one emptied the socket, and no decrypted or received byte waits
    /// in between. What comes later is announced by a new event of an edge-triggered set.
    public var hasNothingToRead: Bool {
        unsafe pc_ssl_is_socket_emptied(ssl) == 1 && SSL_has_pending(ssl) == 0
    }

    private func transfer(_ result: Int32) -> TLSTransfer {
        switch unsafe SSL_get_error(ssl, result) {
        case SSL_ERROR_WANT_READ: return .wantsRead
        case SSL_ERROR_WANT_WRITE: return .wantsWrite
        case SSL_ERROR_ZERO_RETURN: return .closed
        case SSL_ERROR_SYSCALL:
            ERR_clear_error()
            return .failed(.disconnected)
        default: return .failed(TLSFailure(verifyResult: Int(X509_V_OK)))
        }
    }

    /// Lets the end of what is written from now on go out together with close_notify, which must follow at once.
    public func corkUntilCloseNotify() { unsafe pc_ssl_cork(ssl, 1) }

    /// Sends close_notify as far as the socket takes it. Not after a failure (SSL_shutdown(3)).
    public func sendCloseNotify() {
        ERR_clear_error()
        unsafe pc_ssl_cork(ssl, 0)
        _ = unsafe SSL_shutdown(ssl)
        ERR_clear_error()
    }

    /// Whether the handshake resumed a kept session.
    public var isResumed: Bool { unsafe pc_ssl_is_reused(ssl) == 1 }

    /// `TLSv1.2` or `TLSv1.3`.
    public var protocolVersion: String { unsafe String(cString: SSL_get_version(ssl)) }

    /// The suite's standard name, such as `TLS_AES_128_GCM_SHA256`.
    public var cipherSuite: String {
        guard let cipher = unsafe SSL_get_current_cipher(ssl), let name = unsafe SSL_CIPHER_standard_name(cipher)
        else { return "none" }
        return unsafe String(cString: name)
    }

    /// The server name that the client asked for (RFC 6066 §3).
    public var serverName: String? {
        guard let name = unsafe SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name) else { return nil }
        return unsafe String(cString: name)
    }

    /// The certificate that the client showed and this context verified; nil where none was asked for or shown.
    public func verifiedPeerCertificate() -> PeerCertificateFields? {
        guard unsafe SSL_get_verify_result(ssl) == Int(X509_V_OK) else { return nil }
        guard let certificate = unsafe SSL_get0_peer_certificate(ssl) else { return nil }
        return unsafe PeerCertificateFields(certificate)
    }

    /// Lets the session be resumed for at most `seconds` from its start: OpenSSL would give it a new lifetime past the
    /// client certificate's end.
    public func limitSession(seconds: Int64) {
        guard let session = unsafe SSL_get_session(ssl), unsafe SSL_SESSION_get_timeout(session) > seconds else {
            return
        }
        _ = unsafe SSL_SESSION_set_timeout(session, Int(max(1, seconds)))
    }

    /// Drops the session, so that it cannot be resumed again.
    public func forgetSession() {
        guard let session = unsafe SSL_get_session(ssl), let context = unsafe SSL_get_SSL_CTX(ssl) else { return }
        _ = unsafe SSL_CTX_remove_session(context, session)
    }

    /// The DER digest of the certificate that the client showed, verified or not: for the record of a refusal.
    public func shownCertificateDigest() -> SHA256Digest? {
        // OpenSSL gives out only what it verified.
        let refused = unsafe pc_ssl_refused_certificate(ssl)
        guard let certificate = unsafe refused ?? SSL_get0_peer_certificate(ssl) else { return nil }
        return unsafe PeerCertificateFields.digest(certificate)
    }
}
