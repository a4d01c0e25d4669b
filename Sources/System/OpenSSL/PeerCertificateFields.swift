internal import COpenSSL

/// What a peer's certificate says, taken out once a connection.
public struct PeerCertificateFields: Sendable {
    /// A subject alternative name (RFC 5280 §4.2.1.6).
    public enum AlternativeName: Hashable, Sendable {
        case uri([UInt8])
        case dns([UInt8])
    }

    /// SHA-256 of the DER encoding.
    public let digest: SHA256Digest
    /// Subject and issuer as one line by RFC 2253, with control characters escaped.
    public let subject: [UInt8], issuer: [UInt8]
    /// Serial number in lowercase hexadecimal.
    public let serial: [UInt8]
    /// The last (most specific) common name of the subject, as UTF-8; nil where there is none. It may hold anything.
    public let commonName: [UInt8]?
    /// The first 32 alternative names of the kinds that identify a client, in their order.
    public let alternativeNames: [AlternativeName]
    /// Validity in seconds since 1970, both ends included (RFC 5280 §4.1.2.5).
    public let notBefore: Int64, notAfter: Int64

    /// Alternative names taken from one certificate.
    public static let alternativeNamesMax = 32
}

extension PeerCertificateFields {
    /// Read by `Certificate`, as the commands read certificate files: were there two readers, they could come to see two
    /// names in one certificate.
    init?(_ handle: OpaquePointer) {
        guard unsafe X509_up_ref(handle) == 1 else { return nil }
        let certificate = unsafe Certificate(adopting: handle)
        guard let digest = try? certificate.sha256(), let validity = try? certificate.validity() else { return nil }
        self.digest = digest
        notBefore = validity.lowerBound
        notAfter = validity.upperBound
        subject = certificate.subject
        issuer = certificate.issuer
        serial = certificate.serialHex
        commonName = certificate.subjectCommonName
        alternativeNames = Array(
            certificate.alternativeNames.lazy.compactMap(AlternativeName.init).prefix(Self.alternativeNamesMax))
    }

    static func digest(_ handle: OpaquePointer) -> SHA256Digest? {
        guard unsafe X509_up_ref(handle) == 1 else { return nil }
        return try? unsafe Certificate(adopting: handle).sha256()
    }
}

extension PeerCertificateFields.AlternativeName {
    /// The kinds that identify a client, as they stand: whoever makes a name of them refuses what is malformed. To leave
    /// one out here would let a weaker one take its place.
    fileprivate init?(_ name: OpenSSL.AlternativeName) {
        switch name {
        case .uri(let value): self = .uri(value)
        case .dns(let value): self = .dns(value)
        case .email, .address: return nil
        }
    }
}
