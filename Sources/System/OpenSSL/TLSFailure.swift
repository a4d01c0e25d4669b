internal import COpenSSL

/// Why a TLS connection failed, by whose doing and in one word for log, metric and record.
public enum TLSFailure: String, Error, CaseIterable, Sendable {
    case certificateMissing = "certificate_missing"
    case certificateExpired = "certificate_expired"
    case certificateNotYetValid = "certificate_not_yet_valid"
    case certificateSelfSigned = "certificate_self_signed"
    case certificateUnknownCA = "certificate_unknown_ca"
    case certificatePurpose = "certificate_purpose"
    case certificateChainTooLong = "certificate_chain_too_long"
    case certificateRevoked = "certificate_revoked"
    case certificateInvalid = "certificate_invalid"
    case protocolVersion = "protocol_version"
    case noSharedCipher = "no_shared_cipher"
    case noSharedProtocol = "no_shared_protocol"
    case notTLS = "not_tls"
    case peerAlert = "peer_alert"
    case renegotiation = "renegotiation"
    case protocolError = "protocol_error"
    case disconnected = "disconnected"
    case timeout = "handshake_timeout"

    /// From the verification result where that failed, else from the error queue, which is left empty.
    init(verifyResult: Int) {
        let code = ERR_peek_error()
        let reason = pc_err_reason(code)
        let isTLS = pc_err_library(code) == ERR_LIB_SSL
        ERR_clear_error()
        if verifyResult != Int(X509_V_OK) {
            self = Self.certificateFailure(Int32(clamping: verifyResult))
        } else {
            self = isTLS ? Self.protocolFailure(reason) : .protocolError
        }
    }

    private static func certificateFailure(_ result: Int32) -> TLSFailure {
        switch result {
        case X509_V_ERR_CERT_HAS_EXPIRED: .certificateExpired
        case X509_V_ERR_CERT_NOT_YET_VALID: .certificateNotYetValid
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: .certificateSelfSigned
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
            X509_V_ERR_CERT_UNTRUSTED:
            .certificateUnknownCA
        case X509_V_ERR_INVALID_PURPOSE: .certificatePurpose
        case X509_V_ERR_CERT_CHAIN_TOO_LONG, X509_V_ERR_PATH_LENGTH_EXCEEDED: .certificateChainTooLong
        case X509_V_ERR_CERT_REVOKED: .certificateRevoked
        default: .certificateInvalid
        }
    }

    private static func protocolFailure(_ reason: Int32) -> TLSFailure {
        switch reason {
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: .certificateMissing
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW, SSL_R_UNKNOWN_PROTOCOL: .protocolVersion
        case SSL_R_NO_SHARED_CIPHER, SSL_R_NO_SUITABLE_KEY_SHARE, SSL_R_NO_SHARED_GROUPS: .noSharedCipher
        case SSL_R_NO_APPLICATION_PROTOCOL: .noSharedProtocol
        case SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST, SSL_R_WRONG_VERSION_NUMBER: .notTLS
        case SSL_R_NO_RENEGOTIATION: .renegotiation
        case SSL_R_UNEXPECTED_EOF_WHILE_READING: .disconnected
        case 1000...: .peerAlert
        default: .protocolError
        }
    }
}
