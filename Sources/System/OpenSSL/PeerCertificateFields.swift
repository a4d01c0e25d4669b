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
    /// Subject and issuer as one line by RFC 2253, with control and non-ASCII characters escaped.
    public let subject: [UInt8], issuer: [UInt8]
    /// Serial number in lowercase hexadecimal.
    public let serial: [UInt8]
    /// The first common name of the subject, as UTF-8; nil where there is none or it holds a NUL.
    public let commonName: [UInt8]?
    /// The first 32 alternative names of the kinds that identify a client, in their order.
    public let alternativeNames: [AlternativeName]
    /// Validity in seconds since 1970, both ends included (RFC 5280 §4.1.2.5).
    public let notBefore: Int64, notAfter: Int64

    /// Alternative names taken from one certificate.
    public static let alternativeNamesMax = 32
}

extension PeerCertificateFields {
    init?(_ certificate: OpaquePointer) {
        guard let digest = unsafe Self.digest(certificate),
            let notBefore = unsafe Self.seconds(X509_get0_notBefore(certificate)),
            let notAfter = unsafe Self.seconds(X509_get0_notAfter(certificate))
        else { return nil }
        self.digest = digest
        self.notBefore = notBefore
        self.notAfter = notAfter
        subject = unsafe Self.line(X509_get_subject_name(certificate))
        issuer = unsafe Self.line(X509_get_issuer_name(certificate))
        serial = unsafe Self.serial(certificate)
        commonName = unsafe Self.commonName(X509_get_subject_name(certificate))
        alternativeNames = unsafe Self.alternativeNames(certificate)
    }

    static func digest(_ certificate: OpaquePointer) -> SHA256Digest? {
        var output = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        guard unsafe X509_digest(certificate, EVP_sha256(), &output, &length) == 1 else { return nil }
        return SHA256Digest(bytes: output)
    }

    private static func seconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64? {
        var parts = unsafe tm()
        guard let time = unsafe time, unsafe ASN1_TIME_to_tm(time, &parts) == 1 else { return nil }
        return Int64(unsafe timegm(&parts))
    }

    private static func line(_ name: OpaquePointer?) -> [UInt8] {
        guard let name = unsafe name, let bio = unsafe BIO_new(BIO_s_mem()) else { return [] }
        defer { unsafe BIO_free(bio) }
        // The non-ASCII and control characters stay escaped: the line goes to logs.
        guard unsafe X509_NAME_print_ex(bio, name, 0, pc_name_flags()) >= 0 else { return [] }
        return unsafe contents(of: bio)
    }

    private static func contents(of bio: OpaquePointer) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: unsafe BIO_ctrl_pending(bio))
        let count = unsafe BIO_read(bio, &bytes, Int32(clamping: bytes.count))
        return Array(bytes.prefix(Int(max(0, count))))
    }

    private static func serial(_ certificate: OpaquePointer) -> [UInt8] {
        guard let number = unsafe X509_get0_serialNumber(certificate),
            let big = unsafe ASN1_INTEGER_to_BN(number, nil)
        else { return [] }
        defer { unsafe BN_free(big) }
        guard let text = unsafe BN_bn2hex(big) else { return [] }
        defer { unsafe CRYPTO_free(text, "", 0) }
        return unsafe String(cString: text).lowercased().utf8.map { $0 }
    }

    private static func commonName(_ name: OpaquePointer?) -> [UInt8]? {
        guard let name = unsafe name else { return nil }
        let index = unsafe X509_NAME_get_index_by_NID(name, NID_commonName, -1)
        guard index >= 0, let entry = unsafe X509_NAME_get_entry(name, index),
            let value = unsafe X509_NAME_ENTRY_get_data(entry)
        else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let count = unsafe ASN1_STRING_to_UTF8(&text, value)
        guard count >= 0, let text = unsafe text else { return nil }
        defer { unsafe CRYPTO_free(text, "", 0) }
        let bytes = unsafe Array(UnsafeBufferPointer(start: text, count: Int(count)))
        // A NUL inside would let a name read differently to C code behind us.
        return bytes.isEmpty || bytes.contains(0) ? nil : bytes
    }

    private static func alternativeNames(_ certificate: OpaquePointer) -> [AlternativeName] {
        guard let raw = unsafe X509_get_ext_d2i(certificate, NID_subject_alt_name, nil, nil) else { return [] }
        let stack = OpaquePointer(raw)
        defer { unsafe GENERAL_NAMES_free(stack) }
        var names: [AlternativeName] = []
        let count = unsafe OPENSSL_sk_num(stack)
        for index in 0..<max(0, count) where names.count < alternativeNamesMax {
            guard let entry = unsafe OPENSSL_sk_value(stack, index) else { continue }
            var kind: Int32 = 0
            let value = unsafe GENERAL_NAME_get0_value(entry.assumingMemoryBound(to: GENERAL_NAME.self), &kind)
            guard kind == GEN_URI || kind == GEN_DNS, let value = unsafe value else { continue }
            let text = OpaquePointer(value)
            guard let start = unsafe ASN1_STRING_get0_data(UnsafePointer(text)) else { continue }
            let length = unsafe ASN1_STRING_length(UnsafePointer(text))
            let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: Int(length)))
            guard !bytes.isEmpty, !bytes.contains(0) else { continue }
            names.append(kind == GEN_URI ? .uri(bytes) : .dns(bytes))
        }
        return names
    }
}
