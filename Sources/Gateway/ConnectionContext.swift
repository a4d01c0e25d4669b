internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import OpenSSL
internal import Redaction
internal import Threading

/// What the gateway keeps for one connection: the peer, translated once for Auth and for the record.
final class ConnectionContext: Sendable {
    /// The peer as the edge knows it.
    let peer: Peer
    /// `address:port`.
    let peerText: [UInt8]
    /// The address and the version of TLS, as the policy's conditions see them.
    private let address: ClientAddress?
    private let tlsVersion: TLSVersion?
    /// The certificate's identity; nil where the peer showed none.
    let identity: Result<CertificateIdentity, IdentityRefusal>?
    /// The session and the certificate, as records show them.
    let auditTLS: AuditTLS?
    let auditCertificate: AuditPrincipal.Certificate?

    /// The address in the rate limiter, for requests and for failed authentications.
    let addressKey: RateKey
    let failureKey: RateKey

    /// What the policy's conditions see of a request that is decided now.
    var circumstances: Circumstances { Circumstances(now: WallClock.seconds, address: address, tls: tlsVersion) }

    /// Many clients may share an address, and one that fails must not shut out its neighbours: a client with a certificate
    /// is counted by itself. Of an IPv6 address only the network counts, or one client would have 2^64 counts.
    private static func failureKey(_ peer: Peer, _ limiter: RateLimiter) -> RateKey {
        let index = RateLimitName.failedAuthentication.index
        let address = peer.address.bytes
        guard let certificate = peer.certificate else { return limiter.key(address: address[...], class: index) }
        let network = address.count == 16 ? address.prefix(8) : address[...]
        return limiter.key(principal: (network + certificate.fields.digest.bytes)[...], class: index)
    }

    /// Members that each line about this connection has.
    let logMembers: [UInt8]
    let opened = MonotonicInstant.now

    init(_ peer: Peer, _ services: Services) {
        let limiter = services.rateLimiter
        self.peer = peer
        addressKey = limiter.key(address: peer.address.bytes[...], class: RateLimitName.address.index)
        failureKey = Self.failureKey(peer, limiter)
        peerText = Array(peer.address.text.utf8)
        address = ClientAddress(bytes: peer.address.bytes)
        tlsVersion = peer.tls.flatMap { TLSVersion(protocolName: $0.version) }
        logMembers = services.observation.logsAccess ? Self.logMembers(of: peer) : []
        auditTLS = peer.tls.map { tls in
            AuditTLS(
                version: Array(tls.version.utf8), cipher: Array(tls.cipherSuite.utf8),
                sni: tls.serverName.map { services.redactor.redactForLog(Array($0.utf8)) })
        }
        guard let fields = peer.certificate?.fields else {
            identity = nil
            auditCertificate = nil
            return
        }
        var uris: [[UInt8]] = []
        var dnsNames: [[UInt8]] = []
        for name in fields.alternativeNames {
            switch name {
            case .uri(let value): uris.append(value)
            case .dns(let value): dnsNames.append(value)
            }
        }
        identity = Result { () throws(IdentityRefusal) in
            try CertificateIdentity(
                uris: uris, dnsNames: dnsNames, commonName: fields.commonName, sha256: fields.digest)
        }
        auditCertificate = AuditPrincipal.Certificate(
            subject: fields.subject, issuer: fields.issuer, serial: fields.serial, alternativeNames: uris + dnsNames,
            sha256: fields.digest)
    }
}
