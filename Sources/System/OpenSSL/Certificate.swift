internal import COpenSSL

/// An X.509 certificate that was read, not verified: what it says, not whether that is true.
@safe public final class Certificate: @unchecked Sendable {
    // Safe: this object alone owns one reference. Sendable: an X509 is not changed after it was read or signed.
    let handle: OpaquePointer

    /// Takes over one reference of `handle`.
    init(adopting handle: OpaquePointer) { unsafe self.handle = handle }

    deinit { unsafe X509_free(handle) }

    /// Reads the first `CERTIFICATE` block of a PEM text.
    public convenience init(pem: [UInt8]) throws(OpenSSLError) {
        let bio = try MemoryBIO.reading(pem.span)
        ErrorQueue.clear()
        guard let handle = unsafe PEM_read_bio_X509(bio.bio, nil, noPassPhrase, nil) else {
            throw ErrorQueue.drain("read a certificate in PEM")
        }
        unsafe self.init(adopting: handle)
    }

    /// The certificate as a `CERTIFICATE` block.
    public func pem() throws(OpenSSLError) -> [UInt8] {
        let bio = try MemoryBIO.empty()
        ErrorQueue.clear()
        guard unsafe PEM_write_bio_X509(bio.bio, handle) == 1 else { throw ErrorQueue.drain("write a certificate") }
        return bio.bytes
    }

    /// SHA-256 of the DER encoding, the certificate's fingerprint.
    public func sha256() throws(OpenSSLError) -> SHA256Digest {
        var output = [UInt8](repeating: 0, count: 32)
        ErrorQueue.clear()
        let done = unsafe X509_digest(handle, FetchedHash.of(.sha256).algorithm, &output, nil)
        guard done == 1, let digest = SHA256Digest(bytes: output) else {
            throw ErrorQueue.drain("compute a certificate's fingerprint")
        }
        return digest
    }

    /// The public key that it certifies.
    public func publicKey() throws(OpenSSLError) -> PublicKey {
        ErrorQueue.clear()
        guard let key = unsafe X509_get_pubkey(handle) else { throw ErrorQueue.drain("read a certificate's key") }
        return unsafe PublicKey(adopting: key)
    }

    /// Whether `key` is the private half of the certified key.
    public func matches(_ key: PrivateKey) -> Bool {
        ErrorQueue.clear()
        let matches = unsafe X509_check_private_key(handle, key.handle) == 1
        ErrorQueue.clear()
        return matches
    }

    /// The serial number in lowercase hexadecimal, two digits a byte.
    public var serialHex: [UInt8] {
        guard let serial = unsafe X509_get0_serialNumber(handle) else { return [] }
        return unsafe CertificateText.hex(of: serial)
    }

    /// The subject's distinguished name in RFC 2253 form, `CN=…,O=…`.
    public var subject: [UInt8] { unsafe CertificateText.line(of: X509_get_subject_name(handle)) }

    /// The issuer's distinguished name in RFC 2253 form.
    public var issuer: [UInt8] { unsafe CertificateText.line(of: X509_get_issuer_name(handle)) }

    /// The subject's last (most specific) common name in UTF-8, or nil where it has none.
    public var subjectCommonName: [UInt8]? {
        unsafe CertificateText.commonName(of: X509_get_subject_name(handle))
    }

    /// The first and the last second of validity since 1970 (RFC 5280 §4.1.2.5).
    public func validity() throws(OpenSSLError) -> ClosedRange<Int64> {
        ErrorQueue.clear()
        guard let start = unsafe CertificateText.seconds(of: X509_get0_notBefore(handle)),
            let end = unsafe CertificateText.seconds(of: X509_get0_notAfter(handle)), start <= end
        else { throw ErrorQueue.drain("read a certificate's validity") }
        return start...end
    }

    /// The alternative names of the subject in the certificate's order.
    public var alternativeNames: [AlternativeName] {
        guard let raw = unsafe X509_get_ext_d2i(handle, NID_subject_alt_name, nil, nil) else {
            // Absent and malformed alike leave no names; the latter must not be blamed on the next call.
            ErrorQueue.clear()
            return []
        }
        let names = OpaquePointer(raw)
        defer { unsafe pc_general_names_free(names) }
        return unsafe (0..<pc_general_names_count(names)).compactMap {
            unsafe AlternativeName(pc_general_names_at(names, $0))
        }
    }
}

/// One subject alternative name (RFC 5280 §4.2.1.6). The bytes are the certificate's: they may hold anything.
public enum AlternativeName: Equatable, Sendable {
    case uri([UInt8])
    case dns([UInt8])
    case email([UInt8])
    /// 4 bytes for IPv4, 16 for IPv6.
    case address([UInt8])

    @unsafe init?(_ name: UnsafeMutablePointer<GENERAL_NAME>?) {
        guard let name = unsafe name, let string = unsafe pc_general_name_string(name) else { return nil }
        let bytes = unsafe CertificateText.bytes(of: string)
        switch unsafe name.pointee.type {
        case GEN_URI: self = .uri(bytes)
        case GEN_DNS: self = .dns(bytes)
        case GEN_EMAIL: self = .email(bytes)
        case GEN_IPADD: self = .address(bytes)
        default: return nil
        }
    }
}
