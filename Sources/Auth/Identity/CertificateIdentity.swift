internal import JSON
public import OpenSSL

/// The name that a certificate's holder goes by: a kind and its value, compared byte by byte.
///
/// Written `uri:spiffe://bank.example/teller`, `dns:client.bank.example` or `cn:teller`. Names of different kinds are
/// never equal, so that a common name cannot pass for an alternative name.
public struct PrincipalName: Hashable, Sendable, CustomStringConvertible {
    /// Where in the certificate the name stands.
    public enum Kind: UInt8, Sendable, CaseIterable {
        case uri, dns, commonName

        /// The word before the colon.
        public var word: StaticString {
            switch self {
            case .uri: "uri"
            case .dns: "dns"
            case .commonName: "cn"
            }
        }
    }

    /// Where the name stands.
    public let kind: Kind
    /// UTF-8 without control characters; DNS names in lower case (RFC 4343).
    public let value: [UInt8]

    /// A name, or the reason why `value` is none.
    public init(kind: Kind, value: [UInt8]) throws(IdentityRefusal) {
        guard value.count <= AuthLimits.principalNameBytesMax else { throw .nameTooLong(kind) }
        guard !value.isEmpty, Self.isPrintable(value, kind) else { throw .nameUnprintable(kind) }
        self.kind = kind
        self.value = kind == .dns ? value.map(Self.lowercased) : value
    }

    /// Reads the written form, or nil where `text` is not one.
    public init?(parsing text: [UInt8]) {
        guard let colon = text.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let word = Array(text[..<colon])
        guard let kind = Kind.allCases.first(where: { word.isEqual(to: $0.word) }),
            let name = try? PrincipalName(kind: kind, value: Array(text[(colon + 1)...]))
        else { return nil }
        self = name
    }

    /// The written form.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(literal: kind.word)
        bytes.append(UInt8(ascii: ":"))
        bytes += value
        return bytes
    }

    /// The written form.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    /// A zero byte or a line end inside a name is how one name is made to look like another.
    private static func isPrintable(_ value: [UInt8], _ kind: Kind) -> Bool {
        switch kind {
        case .uri, .dns: value.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        case .commonName:
            value.allSatisfy { $0 >= 0x20 && $0 != 0x7F } && UTF8Validation.firstInvalid(in: value) == nil
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}

/// Who a verified client certificate belongs to.
///
/// The values come from a certificate whose chain, purpose and validity were checked before; this only chooses the name.
public struct CertificateIdentity: Hashable, Sendable {
    /// The chosen name.
    public let name: PrincipalName
    /// Fingerprint of the certificate, SHA-256 over its DER form.
    public let sha256: SHA256Digest

    /// The identity of a certificate with these names: the first URI, else the first DNS name, else the common name.
    ///
    /// The first name of the best kind counts even where it is malformed: falling back to a weaker one would let whoever
    /// gets a certificate signed choose how it is read.
    /// - Throws: `IdentityRefusal` where there is no name or the chosen one cannot be used.
    public init(
        uris: [[UInt8]], dnsNames: [[UInt8]], commonName: [UInt8]?, sha256: SHA256Digest
    ) throws(IdentityRefusal) {
        self.sha256 = sha256
        if let uri = uris.first {
            name = try PrincipalName(kind: .uri, value: uri)
        } else if let dns = dnsNames.first {
            name = try PrincipalName(kind: .dns, value: dns)
        } else if let commonName {
            name = try PrincipalName(kind: .commonName, value: commonName)
        } else {
            throw .noName
        }
    }

    /// The identity of a certificate that is known by its name alone, for commands that explain a decision. The fingerprint
    /// is the name's, so that it is no certificate's.
    public init(named name: PrincipalName) {
        self.name = name
        sha256 = SHA256Digest(of: name.bytes)
    }

    /// The identity that a certificate gives, or why it gives none, for commands that explain a decision. Nothing is verified.
    public static func result(
        of certificate: borrowing Certificate
    ) throws(OpenSSLError) -> Result<CertificateIdentity, IdentityRefusal> {
        let sha256 = try certificate.sha256()
        var uris: [[UInt8]] = []
        var dnsNames: [[UInt8]] = []
        for name in certificate.alternativeNames {
            switch name {
            case .uri(let value): uris.append(value)
            case .dns(let value): dnsNames.append(value)
            case .email, .address: break
            }
        }
        let commonName = certificate.subjectCommonName
        return Result { () throws(IdentityRefusal) in
            try CertificateIdentity(uris: uris, dnsNames: dnsNames, commonName: commonName, sha256: sha256)
        }
    }
}

/// What binds a token to a certificate (RFC 8705 §3.1).
public enum CertificateFingerprint {
    /// SHA-256 over the DER form of the certificate in `pem`. Nothing is verified.
    /// - Throws: `AuthError.request` where the text is no certificate.
    public static func ofPEM(_ pem: [UInt8]) throws(AuthError) -> SHA256Digest {
        do throws(OpenSSLError) { return try Certificate(pem: pem).sha256() } catch {
            throw .request(member: "certificate", found: error.description, wanted: "a PEM block CERTIFICATE")
        }
    }
}

/// Why a certificate gives no identity.
public enum IdentityRefusal: Error, Equatable, Sendable {
    /// No URI, no DNS name and no common name.
    case noName
    /// Empty, or with bytes that do not belong into a name.
    case nameUnprintable(PrincipalName.Kind)
    /// Over `AuthLimits.principalNameBytesMax`.
    case nameTooLong(PrincipalName.Kind)

    /// The code for the audit record.
    public var reason: StaticString {
        switch self {
        case .noName: "certificate_name_missing"
        case .nameUnprintable: "certificate_name_unprintable"
        case .nameTooLong: "certificate_name_too_long"
        }
    }
}
