internal import COpenSSL

/// What a new certificate says; `CertificateBuilder.sign` turns it into one.
public struct CertificateDescription: Sendable {
    /// What the key may be used for, with the extensions that say so (RFC 5280 §4.2.1.3, .9, .12).
    public enum Purpose: Sendable, Equatable {
        /// Signs leaf certificates only: CA, path length 0.
        case authority
        /// A TLS server.
        case server
        /// A TLS client.
        case client
    }

    /// The subject's only name part.
    public var commonName: String
    /// What it may be used for.
    public var purpose: Purpose
    /// Its other names.
    public var alternativeNames: [AlternativeName]
    /// First and last second of validity since 1970.
    public var validity: ClosedRange<Int64>

    /// A description; an authority needs no alternative names.
    public init(
        commonName: String, purpose: Purpose, alternativeNames: [AlternativeName] = [], validity: ClosedRange<Int64>
    ) {
        self.commonName = commonName
        self.purpose = purpose
        self.alternativeNames = alternativeNames
        self.validity = validity
    }
}

extension Certificate {
    /// Signs a new version 3 certificate for `key` with a random serial number of 128 bits, by ECDSA or RSA with SHA-256.
    /// - Parameter issuer: who signs; nil for a certificate that signs itself.
    /// - Throws: `OpenSSLError`, in particular for a common name that is empty or over 64 characters (`ub-common-name`).
    public static func sign(
        _ description: CertificateDescription, for key: PublicKey, by issuerKey: PrivateKey, issuer: Certificate?
    ) throws(OpenSSLError) -> Certificate {
        ErrorQueue.clear()
        guard let made = unsafe X509_new() else { throw ErrorQueue.drain("allocate a certificate") }
        let certificate = unsafe Certificate(adopting: made)
        try certificate.setFields(of: description, key: key, issuer: issuer ?? certificate)
        for (nid, value) in extensions(for: description.purpose) {
            let added = unsafe pc_certificate_add_extension(made, (issuer ?? certificate).handle, nid, value)
            guard added == 1 else { throw ErrorQueue.drain("add a certificate's extension") }
        }
        if !description.alternativeNames.isEmpty { try certificate.add(description.alternativeNames) }
        guard unsafe X509_sign(made, issuerKey.handle, FetchedHash.of(.sha256).algorithm) > 0 else {
            throw ErrorQueue.drain("sign a certificate")
        }
        return certificate
    }

    /// In the order of the extensions. The key identifiers come last: they are computed from the key set before.
    private static func extensions(for purpose: CertificateDescription.Purpose) -> [(Int32, String)] {
        switch purpose {
        case .authority:
            [
                (NID_basic_constraints, "critical,CA:TRUE,pathlen:0"), (NID_key_usage, "critical,keyCertSign,cRLSign"),
                (NID_subject_key_identifier, "hash"),
            ]
        case .server: leafExtensions(usage: "serverAuth")
        case .client: leafExtensions(usage: "clientAuth")
        }
    }

    private static func leafExtensions(usage: String) -> [(Int32, String)] {
        [
            (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
            (NID_ext_key_usage, usage), (NID_subject_key_identifier, "hash"),
            (NID_authority_key_identifier, "keyid:always"),
        ]
    }

    private func setFields(
        of description: CertificateDescription, key: PublicKey, issuer: Certificate
    ) throws(OpenSSLError) {
        let name = unsafe X509_get_subject_name(handle)
        let commonName = Array(description.commonName.utf8)
        // A positive number of 128 bits: the first of RFC 5280's 20 bytes may not carry the sign.
        var serial = try Random.bytes(count: 16)
        serial[0] = serial[0] & 0x7F | 0x40
        let start = time_t(description.validity.lowerBound)
        let end = time_t(description.validity.upperBound)
        let steps = unsafe [
            X509_set_version(handle, 2) == 1,
            setSerial(serial),
            X509_set_pubkey(handle, key.handle) == 1,
            X509_NAME_add_entry_by_NID(
                name, NID_commonName, MBSTRING_UTF8, commonName, Int32(clamping: commonName.count), -1, 0) == 1,
            X509_set_issuer_name(handle, X509_get_subject_name(issuer.handle)) == 1,
            ASN1_TIME_set(X509_getm_notBefore(handle), start) != nil,
            ASN1_TIME_set(X509_getm_notAfter(handle), end) != nil,
        ]
        guard steps.allSatisfy({ $0 }) else {
            throw ErrorQueue.drain("fill in a certificate for \"\(description.commonName)\"")
        }
    }

    private func setSerial(_ bytes: [UInt8]) -> Bool {
        guard let number = unsafe BN_bin2bn(bytes, Int32(bytes.count), nil) else { return false }
        defer { unsafe BN_free(number) }
        return unsafe BN_to_ASN1_INTEGER(number, X509_get_serialNumber(handle)) != nil
    }

    private func add(_ alternativeNames: [AlternativeName]) throws(OpenSSLError) {
        guard let names = unsafe pc_general_names_new() else { throw ErrorQueue.drain("allocate a name list") }
        defer { unsafe pc_general_names_free(names) }
        for name in alternativeNames {
            let (type, bytes) =
                switch name {
                case .uri(let bytes): (GEN_URI, bytes)
                case .dns(let bytes): (GEN_DNS, bytes)
                case .email(let bytes): (GEN_EMAIL, bytes)
                case .address(let bytes): (GEN_IPADD, bytes)
                }
            guard unsafe pc_general_names_append(names, type, bytes, Int32(clamping: bytes.count)) == 1 else {
                throw ErrorQueue.drain("add a name to a certificate")
            }
        }
        let raw = unsafe UnsafeMutableRawPointer(names)
        guard unsafe X509_add1_ext_i2d(handle, NID_subject_alt_name, raw, 0, UInt(X509V3_ADD_DEFAULT)) == 1 else {
            throw ErrorQueue.drain("add a certificate's names")
        }
    }
}
