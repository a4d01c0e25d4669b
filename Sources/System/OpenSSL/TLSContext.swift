internal import COpenSSL

/// What a TLS server is made from.
public struct TLSConfiguration: Sendable {
    /// Whether a client has to show a certificate (RFC 8446 §4.3.2).
    public enum ClientCertificate: String, Sendable, CaseIterable {
        /// The handshake fails without one. The default of every listener.
        case required
        /// One is asked for and checked when it comes.
        case optional
        /// None is asked for.
        case off
    }

    /// PEM file of the server's certificate, followed by its intermediates.
    public var certificateFile: String
    /// PEM file of the certificate's key.
    public var keyFile: String
    /// PEM file of the CAs that client certificates must chain to; nil only where none is asked for.
    public var clientCAFile: String?
    /// Whether a client has to show a certificate.
    public var clientCertificate: ClientCertificate
    /// Intermediate certificates allowed between a client's and its root.
    public var chainDepthMax: Int32
    /// Sessions kept for resumption; about 6 KB each, client certificate included. Beyond it the oldest goes.
    public var sessionsMax: Int
    /// How long a session can be resumed, in seconds.
    public var sessionSeconds: Int

    /// Takes the files; the rest has defaults.
    public init(
        certificateFile: String, keyFile: String, clientCAFile: String?,
        clientCertificate: ClientCertificate = .required, chainDepthMax: Int32 = 3, sessionsMax: Int = 4096,
        sessionSeconds: Int = 3600
    ) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.clientCAFile = clientCAFile
        self.clientCertificate = clientCertificate
        self.chainDepthMax = chainDepthMax
        self.sessionsMax = sessionsMax
        self.sessionSeconds = sessionSeconds
    }
}

/// Why a TLS server cannot be made.
public enum TLSConfigurationError: Error, Hashable, Sendable {
    case certificateUnusable(file: String, detail: String)
    case keyUnusable(file: String, detail: String)
    case keyDoesNotMatch(keyFile: String, certificateFile: String)
    case clientCAUnusable(file: String, detail: String)
    case clientCAMissing
    case libraryRefused(setting: String, detail: String)
}

/// A TLS server's settings, certificate and session cache, shared by all its connections.
///
/// TLS 1.2 and 1.3 with AEAD suites and forward secrecy only, the server's preference, no renegotiation, no
/// compression, no 0-RTT. Sessions are kept here and not in tickets: with client certificates a stateless ticket costs
/// OpenSSL 3.0 about 125 µs, and a session kept here can be dropped.
///
/// `@safe`: the context is reference counted by OpenSSL, freed once in `deinit`, never changed after `make`, and its
/// session cache takes OpenSSL's own lock; hence also `@unchecked Sendable`.
@safe public final class TLSContext: @unchecked Sendable {
    let pointer: OpaquePointer
    /// The connections' socket BIO.
    let socketMethod: OpaquePointer
    /// Client certificates that verified, so that a client that comes back costs no chain check.
    private let chains: OpaquePointer
    /// Whether client certificates are asked for.
    public let clientCertificate: TLSConfiguration.ClientCertificate

    private init(
        adopting pointer: OpaquePointer, _ socketMethod: OpaquePointer, _ chains: OpaquePointer,
        clientCertificate: TLSConfiguration.ClientCertificate
    ) {
        unsafe self.pointer = pointer
        unsafe self.socketMethod = socketMethod
        unsafe self.chains = chains
        self.clientCertificate = clientCertificate
    }

    deinit {
        unsafe SSL_CTX_free(pointer)
        unsafe BIO_meth_free(socketMethod)
        unsafe pc_chain_cache_free(chains)
    }

    /// Handshakes since the start whose client certificate was known to chain to a root.
    public var knownChains: UInt64 { UInt64(unsafe pc_chain_cache_hits(chains)) }

    /// Loads and checks everything that `configuration` names.
    /// - Throws: `TLSConfigurationError`, which names the file.
    public static func make(_ configuration: TLSConfiguration) throws(TLSConfigurationError) -> TLSContext {
        let context = try bare(configuration)
        try context.setProtocol()
        try context.setSessions(configuration)
        try context.loadCertificate(configuration)
        try context.setClientCertificates(configuration)
        return context
    }

    /// A context that no server can be made with: it knows what clients' certificates are judged by.
    static func forVerifying(_ configuration: TLSConfiguration) throws(TLSConfigurationError) -> TLSContext {
        let context = try bare(configuration)
        try context.setClientCertificates(configuration)
        return context
    }

    private static func bare(_ configuration: TLSConfiguration) throws(TLSConfigurationError) -> TLSContext {
        ERR_clear_error()
        guard let pointer = unsafe SSL_CTX_new(TLS_server_method()) else {
            throw .libraryRefused(setting: "context", detail: OpenSSLErrors.drain())
        }
        guard let method = unsafe pc_bio_method() else {
            unsafe SSL_CTX_free(pointer)
            throw .libraryRefused(setting: "socket", detail: OpenSSLErrors.drain())
        }
        guard let chains = unsafe pc_chain_cache_new() else {
            unsafe SSL_CTX_free(pointer)
            unsafe BIO_meth_free(method)
            throw .libraryRefused(setting: "chain cache", detail: "out of memory")
        }
        return unsafe TLSContext(
            adopting: pointer, method, chains, clientCertificate: configuration.clientCertificate)
    }

    private func setProtocol() throws(TLSConfigurationError) {
        unsafe SSL_CTX_set_options(pointer, pc_ctx_options())
        let mode = SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS
        _ = unsafe pc_ctx_set_mode(pointer, Int(mode))
        // The chain that is sent is the file's. OpenSSL would look for one among the client CAs in every handshake.
        _ = unsafe pc_ctx_set_mode(pointer, Int(SSL_MODE_NO_AUTO_CHAIN))
        unsafe pc_ctx_set_read_ahead(pointer, 1)
        unsafe pc_ctx_set_max_cert_list(pointer, Self.certificateListBytesMax)
        try check(Int(unsafe pc_ctx_bound_key_updates(pointer)), "key updates")
        unsafe pc_ctx_select_http1(pointer)
        try check(unsafe pc_ctx_set_min_version(pointer, TLS1_2_VERSION), "minimum version")
        try check(unsafe pc_ctx_set_groups(pointer, Self.groups), "groups")
        try check(Int(unsafe SSL_CTX_set_cipher_list(pointer, Self.suites12)), "TLS 1.2 suites")
        try check(Int(unsafe SSL_CTX_set_ciphersuites(pointer, Self.suites13)), "TLS 1.3 suites")
        try check(Int(unsafe SSL_CTX_set_num_tickets(pointer, 1)), "tickets")
    }

    private func setSessions(_ configuration: TLSConfiguration) throws(TLSConfigurationError) {
        _ = unsafe pc_ctx_set_cache_mode(pointer, Int(SSL_SESS_CACHE_SERVER))
        _ = unsafe pc_ctx_set_cache_size(pointer, configuration.sessionsMax)
        _ = unsafe SSL_CTX_set_timeout(pointer, configuration.sessionSeconds)
        let name = Array("portcullis".utf8)
        try check(
            Int(unsafe SSL_CTX_set_session_id_context(pointer, name, UInt32(name.count))), "session id context")
    }

    private func loadCertificate(_ configuration: TLSConfiguration) throws(TLSConfigurationError) {
        let certificateFile = configuration.certificateFile
        guard unsafe SSL_CTX_use_certificate_chain_file(pointer, certificateFile) == 1 else {
            throw .certificateUnusable(file: certificateFile, detail: OpenSSLErrors.drain())
        }
        guard unsafe SSL_CTX_use_PrivateKey_file(pointer, configuration.keyFile, SSL_FILETYPE_PEM) == 1 else {
            let mismatch = OpenSSLErrors.newestReason() == X509_R_KEY_VALUES_MISMATCH
            let detail = OpenSSLErrors.drain()
            if mismatch || detail.contains("mismatch") {
                throw .keyDoesNotMatch(keyFile: configuration.keyFile, certificateFile: certificateFile)
            }
            throw .keyUnusable(file: configuration.keyFile, detail: detail)
        }
        guard unsafe SSL_CTX_check_private_key(pointer) == 1 else {
            ERR_clear_error()
            throw .keyDoesNotMatch(keyFile: configuration.keyFile, certificateFile: certificateFile)
        }
    }

    private func setClientCertificates(_ configuration: TLSConfiguration) throws(TLSConfigurationError) {
        guard configuration.clientCertificate != .off else {
            unsafe SSL_CTX_set_verify(pointer, SSL_VERIFY_NONE, nil)
            return
        }
        guard let file = configuration.clientCAFile else { throw .clientCAMissing }
        guard unsafe SSL_CTX_load_verify_file(pointer, file) == 1 else {
            throw .clientCAUnusable(file: file, detail: OpenSSLErrors.drain())
        }
        guard let names = unsafe SSL_load_client_CA_file(file) else {
            throw .clientCAUnusable(file: file, detail: OpenSSLErrors.drain())
        }
        unsafe SSL_CTX_set_client_CA_list(pointer, names)
        var mode = SSL_VERIFY_PEER | SSL_VERIFY_CLIENT_ONCE
        if configuration.clientCertificate == .required { mode |= SSL_VERIFY_FAIL_IF_NO_PEER_CERT }
        try check(Int(unsafe pc_ctx_set_verify(pointer, mode)), "client certificates")
        unsafe pc_ctx_set_chain_cache(pointer, chains)
        unsafe SSL_CTX_set_verify_depth(pointer, configuration.chainDepthMax)
        try check(Int(unsafe SSL_CTX_set_purpose(pointer, X509_PURPOSE_SSL_CLIENT)), "client purpose")
    }

    private func check(_ result: Int, _ setting: String) throws(TLSConfigurationError) {
        guard result == 1 else { throw .libraryRefused(setting: setting, detail: OpenSSLErrors.drain()) }
    }

    /// Bytes of the certificate chain that a client may send: OpenSSL would take 100 kB.
    public static let certificateListBytesMax = 32_768

    private static let groups = "X25519:P-256:P-384"
    private static let suites12 =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
        + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"
    private static let suites13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
}
