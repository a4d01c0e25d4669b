public import OpenSSL

/// A certificate authority for development and tests: one self-signed root that signs leaf certificates.
///
/// ECDSA P-256 throughout, random serial numbers of 128 bits. It keeps no list of what it issued and revokes nothing: a
/// bank has its own PKI.
public final class CertificateAuthority: Sendable {
    private let certificate: Certificate
    private let key: PrivateKey

    /// Who a leaf certificate is for.
    public enum Leaf: Sendable {
        /// A TLS server under these DNS names and addresses (4 or 16 bytes); the first name is its common name.
        case server(dnsNames: [String], addresses: [[UInt8]])
        /// A TLS client known by this URI and common name.
        case client(uri: String, commonName: String)

        /// A server on this machine: `localhost`, 127.0.0.1 and ::1.
        public static let localServer = Leaf.server(
            dnsNames: ["localhost"], addresses: [[127, 0, 0, 1], [UInt8](repeating: 0, count: 15) + [1]])

        /// The development client of a role: `spiffe://portcullis.dev/client/ROLE`.
        public static func developmentClient(role: RoleName) -> Leaf {
            .client(uri: "spiffe://portcullis.dev/client/\(role)", commonName: "\(role)")
        }
    }

    private init(certificate: Certificate, key: PrivateKey) {
        self.certificate = certificate
        self.key = key
    }

    /// Makes a new authority with a new key, good for `days` (10 years unless said otherwise).
    /// - Parameter now: seconds since 1970.
    public static func create(
        commonName: String, days: Int = 3653, now: Int64
    ) throws(AuthError) -> CertificateAuthority {
        let key: PrivateKey
        do throws(OpenSSLError) { key = try PrivateKey.generate(.ec(.p256)) } catch { throw AuthError(error) }
        return try create(commonName: commonName, days: days, now: now, key: key)
    }

    /// Makes a new authority with the key of one that was never finished.
    /// - Throws: `AuthError.key` where it cannot be read.
    public static func create(
        commonName: String, days: Int = 3653, now: Int64, keyPEM: borrowing SecretBytes
    ) throws(AuthError) -> CertificateAuthority {
        try create(commonName: commonName, days: days, now: now, key: try read(keyPEM))
    }

    private static func create(
        commonName: String, days: Int, now: Int64, key: PrivateKey
    ) throws(AuthError) -> CertificateAuthority {
        let validity = try validity(days: days, now: now)
        do throws(OpenSSLError) {
            let description = CertificateDescription(commonName: commonName, purpose: .authority, validity: validity)
            let certificate = try Certificate.sign(description, for: key.publicKey(), by: key, issuer: nil)
            return CertificateAuthority(certificate: certificate, key: key)
        } catch { throw AuthError(error) }
    }

    private static func read(_ keyPEM: borrowing SecretBytes) throws(AuthError) -> PrivateKey {
        do throws(OpenSSLError) { return try PrivateKey(pem: keyPEM) } catch {
            throw .key(
                name: "without certificate", found: error.description,
                wanted: "an unencrypted private key in PEM (PKCS#8)")
        }
    }

    /// Takes up an authority again.
    /// - Throws: `AuthError.key` where key and certificate do not belong together or cannot be read.
    public static func load(
        certificatePEM: [UInt8], keyPEM: borrowing SecretBytes
    ) throws(AuthError) -> CertificateAuthority {
        do throws(OpenSSLError) {
            let certificate = try Certificate(pem: certificatePEM)
            let key = try PrivateKey(pem: keyPEM)
            guard certificate.matches(key) else {
                throw OpenSSLError(operation: "use this key with this certificate", reasons: ["they do not match"])
            }
            return CertificateAuthority(certificate: certificate, key: key)
        } catch {
            throw .key(
                name: "of the certificate authority", found: error.description,
                wanted: "the certificate and the PKCS#8 key that belong together")
        }
    }

    /// The root certificate as a PEM block.
    public func certificatePEM() throws(AuthError) -> [UInt8] {
        do throws(OpenSSLError) { return try certificate.pem() } catch { throw AuthError(error) }
    }

    /// The root's private key as a PKCS#8 PEM block.
    public func keyPEM() throws(AuthError) -> SecretBytes {
        do throws(OpenSSLError) { return try key.pem() } catch { throw AuthError(error) }
    }

    /// A certificate with its key.
    public struct Issued: ~Copyable, Sendable {
        /// The certificate as a PEM block.
        public let certificatePEM: [UInt8]
        /// The key as a PKCS#8 PEM block.
        public let keyPEM: SecretBytes
    }

    /// Issues a certificate with a new key, good for `days` (825 unless said otherwise) but no longer than the authority's
    /// own, since a chain is only as good as its shortest part.
    /// - Parameter now: seconds since 1970.
    /// - Throws: `AuthError.request` where a name cannot stand in a certificate.
    public func issue(_ leaf: Leaf, days: Int = 825, now: Int64) throws(AuthError) -> Issued {
        let key: PrivateKey
        do throws(OpenSSLError) { key = try PrivateKey.generate(.ec(.p256)) } catch { throw AuthError(error) }
        let certificate = try certify(leaf, key, days: days, now: now)
        do throws(OpenSSLError) {
            return Issued(certificatePEM: certificate, keyPEM: try key.pem())
        } catch { throw AuthError(error) }
    }

    /// Issues a certificate for a key that is there already.
    /// - Returns: the certificate as a PEM block.
    /// - Throws: `AuthError.key` where the key cannot be read; else as `issue`.
    public func certify(
        _ leaf: Leaf, keyPEM: borrowing SecretBytes, days: Int = 825, now: Int64
    ) throws(AuthError) -> [UInt8] {
        try certify(leaf, try Self.read(keyPEM), days: days, now: now)
    }

    private func certify(_ leaf: Leaf, _ key: PrivateKey, days: Int, now: Int64) throws(AuthError) -> [UInt8] {
        let wanted = try Self.validity(days: days, now: now)
        try leaf.check()
        do throws(OpenSSLError) {
            let end = min(wanted.upperBound, try certificate.validity().upperBound)
            let description = leaf.description(validity: min(wanted.lowerBound, end)...end)
            return try Certificate.sign(description, for: key.publicKey(), by: self.key, issuer: certificate).pem()
        } catch { throw AuthError(error) }
    }

    /// The last second at which this authority is valid, since 1970.
    public func expires() throws(AuthError) -> Int64 {
        do throws(OpenSSLError) { return try certificate.validity().upperBound } catch { throw AuthError(error) }
    }

    /// From five minutes before `now`, for peers whose clocks are behind.
    private static func validity(days: Int, now: Int64) throws(AuthError) -> ClosedRange<Int64> {
        guard (1...AuthLimits.certificateDaysMax).contains(days) else {
            throw .request(member: "days", found: "\(days)", wanted: "1 to \(AuthLimits.certificateDaysMax)")
        }
        return (now - 300)...(now + Int64(days) * 86_400)
    }
}

extension CertificateAuthority.Leaf {
    /// What is signed here must be readable as an identity there.
    fileprivate func check() throws(AuthError) {
        let names: [(PrincipalName.Kind, String)] =
            switch self {
            case .server(let dnsNames, _): dnsNames.map { (.dns, $0) }
            case .client(let uri, let commonName): [(.uri, uri), (.commonName, commonName)]
            }
        for (kind, name) in names where (try? PrincipalName(kind: kind, value: Array(name.utf8))) == nil {
            throw .request(
                member: "\(kind.word)", found: "\"\(name)\"", wanted: "printable characters without white space")
        }
    }

    fileprivate func description(validity: ClosedRange<Int64>) -> CertificateDescription {
        switch self {
        case .server(let dnsNames, let addresses):
            CertificateDescription(
                commonName: dnsNames.first ?? "portcullis", purpose: .server,
                alternativeNames: dnsNames.map { .dns(Array($0.utf8)) } + addresses.map { .address($0) },
                validity: validity)
        case .client(let uri, let commonName):
            CertificateDescription(
                commonName: commonName, purpose: .client, alternativeNames: [.uri(Array(uri.utf8))],
                validity: validity)
        }
    }
}
