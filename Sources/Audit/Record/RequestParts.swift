public import OpenSSL

/// A request as `req` records it.
public struct AuditRequest: Sendable {
    /// The request's unique, printable id, at most 64 bytes.
    public var identifier: [UInt8]
    /// W3C trace id, 32 hex digits.
    public var trace: [UInt8]
    /// W3C parent span, where the client sent one.
    public var span: [UInt8]?
    /// The connection's number in this process.
    public var connection: UInt64
    /// When its first byte came, in microseconds since 1970.
    public var receivedMicroseconds: Int64
    /// The method; empty where what came was no request, and then absent in the record.
    public var method: [UInt8]
    /// The target's path, without query; empty and absent likewise.
    public var path: [UInt8]
    /// The protocol, such as `HTTP/1.1`; nil where it is not known.
    public var proto: StaticString?
    /// Bytes of its body.
    public var bodyBytes: UInt64
    /// The peer's address and port.
    public var peer: [UInt8]

    /// A request from its parts.
    public init(
        identifier: [UInt8], trace: [UInt8], span: [UInt8]? = nil, connection: UInt64, receivedMicroseconds: Int64,
        method: [UInt8], path: [UInt8], proto: StaticString?, bodyBytes: UInt64, peer: [UInt8]
    ) {
        self.identifier = identifier
        self.trace = trace
        self.span = span
        self.connection = connection
        self.receivedMicroseconds = receivedMicroseconds
        self.method = method
        self.path = path
        self.proto = proto
        self.bodyBytes = bodyBytes
        self.peer = peer
    }

    func encode(to buffer: inout RecordBuffer, sealedBy seal: RecordSeal? = nil) {
        buffer.object("req") { buffer in
            buffer.text("id", identifier, path: "req.id", bytesMax: RecordLimits.identifierBytesMax)
            buffer.text("trace", trace, path: "req.trace", bytesMax: 32)
            buffer.text("span", span, path: "req.span", bytesMax: 32)
            buffer.number("conn", connection)
            buffer.time("received", WallTime(microseconds: receivedMicroseconds))
            if !method.isEmpty { buffer.text("method", method, path: "req.method") }
            if !path.isEmpty { buffer.text("path", path, path: "req.path") }
            if let proto { buffer.literal("proto", proto) }
            buffer.number("bytes", bodyBytes)
            buffer.text("peer", peer, path: "req.peer", as: .peer, sealedBy: seal)
        }
    }
}

/// A TLS session as `tls` records it.
public struct AuditTLS: Sendable {
    /// Protocol version, such as `TLSv1.3`.
    public var version: [UInt8]
    /// Cipher suite.
    public var cipher: [UInt8]
    /// Server name that the client asked for.
    public var sni: [UInt8]?

    /// A session from its parts.
    public init(version: [UInt8], cipher: [UInt8], sni: [UInt8]? = nil) {
        self.version = version
        self.cipher = cipher
        self.sni = sni
    }

    func encode(to buffer: inout RecordBuffer) {
        buffer.object("tls") { buffer in
            buffer.text("version", version, path: "tls.version")
            buffer.text("cipher", cipher, path: "tls.cipher")
            buffer.text("sni", sni, path: "tls.sni")
        }
    }
}

/// Who asked: the certificate's identity and the token's, as far as each was verified.
public struct AuditPrincipal: Sendable {
    /// A verified client certificate.
    public struct Certificate: Sendable {
        /// Subject, issuer (RFC 4514 text) and serial number (hex).
        public var subject: [UInt8], issuer: [UInt8], serial: [UInt8]
        /// Subject alternative names.
        public var alternativeNames: [[UInt8]]
        /// Digest of the certificate's DER.
        public var sha256: SHA256Digest

        /// A certificate from its parts.
        public init(
            subject: [UInt8], issuer: [UInt8], serial: [UInt8], alternativeNames: [[UInt8]], sha256: SHA256Digest
        ) {
            self.subject = subject
            self.issuer = issuer
            self.serial = serial
            self.alternativeNames = alternativeNames
            self.sha256 = sha256
        }
    }

    /// Claims of a verified token; never the token.
    public struct Token: Sendable {
        /// The claims `iss` and `sub`.
        public var issuer: [UInt8], subject: [UInt8]
        /// The claim `jti` and the header `kid`.
        public var identifier: [UInt8]?, keyIdentifier: [UInt8]?
        /// The roles it carries.
        public var roles: [[UInt8]]
        /// The claim `exp`: seconds since 1970.
        public var expires: Int64
        /// What a role that needs approvals is decided by; nil for a token without approvals.
        public var approval: Approval?

        /// The approvals that a token carries.
        public struct Approval: Sendable {
            /// The claim `iat`: seconds since 1970.
            public var issued: Int64
            /// The names of those who signed.
            public var approvers: [[UInt8]]

            /// Approvals from their parts; nil where nobody signed.
            public init?(issued: Int64, approvers: [[UInt8]]) {
                guard !approvers.isEmpty else { return nil }
                self.issued = issued
                self.approvers = approvers
            }
        }

        /// Claims from their parts.
        public init(
            issuer: [UInt8], subject: [UInt8], identifier: [UInt8]? = nil, keyIdentifier: [UInt8]? = nil,
            roles: [[UInt8]], expires: Int64, approval: Approval? = nil
        ) {
            self.issuer = issuer
            self.subject = subject
            self.identifier = identifier
            self.keyIdentifier = keyIdentifier
            self.roles = roles
            self.expires = expires
            self.approval = approval
        }
    }

    /// The certificate, where one was verified.
    public var certificate: Certificate?
    /// The token, where one was verified.
    public var token: Token?

    /// A principal from its parts.
    public init(certificate: Certificate? = nil, token: Token? = nil) {
        self.certificate = certificate
        self.token = token
    }

    func encode(to buffer: inout RecordBuffer, sealedBy seal: RecordSeal? = nil) {
        guard certificate != nil || token != nil else { return }
        buffer.object("principal") { buffer in
            certificate?.encode(to: &buffer)
            token?.encode(to: &buffer, sealedBy: seal)
        }
    }
}

extension AuditPrincipal.Certificate {
    func encode(to buffer: inout RecordBuffer) {
        buffer.object("cert") { buffer in
            buffer.text("subject", subject, path: "principal.cert.subject")
            buffer.text("issuer", issuer, path: "principal.cert.issuer")
            buffer.text("serial", serial, path: "principal.cert.serial")
            buffer.texts("san", alternativeNames, total: "san_total", path: "principal.cert.san")
            buffer.hex("sha256", sha256)
        }
    }
}

extension AuditPrincipal.Token {
    func encode(to buffer: inout RecordBuffer, sealedBy seal: RecordSeal?) {
        buffer.object("token") { buffer in
            buffer.text("iss", issuer, path: "principal.token.iss")
            buffer.text("sub", subject, path: "principal.token.sub", as: .tokenSubject, sealedBy: seal)
            buffer.text("jti", identifier, path: "principal.token.jti")
            buffer.text("kid", keyIdentifier, path: "principal.token.kid")
            buffer.texts("roles", roles, total: "roles_total", path: "principal.token.roles")
            buffer.number("exp", signed: expires)
            guard let approval else { return }
            buffer.number("iat", signed: approval.issued)
            buffer.texts(
                "approved_by", approval.approvers, total: "approved_by_total", path: "principal.token.approved_by")
        }
    }
}

extension AuditPolicy {
    func encode(
        to buffer: inout RecordBuffer, as name: StaticString = "policy", versionPath: StaticString = "policy.version"
    ) {
        buffer.object(name) { buffer in
            buffer.text("version", version, path: versionPath, bytesMax: 64)
            buffer.hex("sha256", sha256)
        }
    }
}
