import Foundation
import OpenSSL
import Testing

@testable import Auth

@Suite struct `The development certificate authority` {
    private let now = Int64(Date().timeIntervalSince1970)

    private func issue(
        _ authority: CertificateAuthority, _ leaf: CertificateAuthority.Leaf, in scratch: Scratch, as name: String
    ) throws {
        let issued = try authority.issue(leaf, now: now)
        _ = try scratch.write(name + ".crt", issued.certificatePEM)
        _ = try scratch.write(name + ".key", issued.keyPEM.withSpan { span in span.indices.map { span[$0] } })
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test func `its certificates verify for their purpose and for no other, says the openssl command`() throws {
        let scratch = try Scratch()
        let authority = try CertificateAuthority.create(commonName: "Portcullis development CA", now: now)
        _ = try scratch.write("ca.crt", authority.certificatePEM())
        try issue(authority, .localServer, in: scratch, as: "server")
        let role = try #require(RoleName("customer"))
        try issue(authority, .developmentClient(role: role), in: scratch, as: "client")
        for (name, purpose, isFit) in [
            ("server", "sslserver", true), ("client", "sslclient", true), ("server", "sslclient", false),
            ("client", "sslserver", false),
        ] {
            let accepts = try scratch.opensslAccepts(
                "verify", "-x509_strict", "-purpose", purpose, "-CAfile", "ca.crt", name + ".crt")
            #expect(accepts == isFit, "\(name) for \(purpose)")
        }
        for (option, name, isItsName) in [
            ("-verify_hostname", "localhost", true), ("-verify_ip", "127.0.0.1", true), ("-verify_ip", "::1", true),
            ("-verify_hostname", "evil.example", false), ("-verify_ip", "127.0.0.2", false),
        ] {
            let accepts = try scratch.opensslAccepts("verify", option, name, "-CAfile", "ca.crt", "server.crt")
            #expect(accepts == isItsName, "\(name)")
        }
    }

    @Test func `they say what they must`() throws {
        let scratch = try Scratch()
        let authority = try CertificateAuthority.create(commonName: "Portcullis development CA", now: now)
        _ = try scratch.write("ca.crt", authority.certificatePEM())
        try issue(authority, .localServer, in: scratch, as: "server")
        let role = try #require(RoleName("customer"))
        try issue(authority, .developmentClient(role: role), in: scratch, as: "client")
        let root = text(try scratch.openssl("x509", "-in", "ca.crt", "-noout", "-text"))
        for words in [
            "CA:TRUE, pathlen:0", "X509v3 Basic Constraints: critical", "Certificate Sign, CRL Sign",
            "X509v3 Key Usage: critical", "prime256v1", "Version: 3",
        ] { #expect(root.contains(words), "\(words)") }
        let server = text(try scratch.openssl("x509", "-in", "server.crt", "-noout", "-text"))
        for words in [
            "DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1", "TLS Web Server Authentication",
            "CA:FALSE", "Digital Signature", "Authority Key Identifier",
        ] { #expect(server.contains(words), "\(words)") }
        let client = text(try scratch.openssl("x509", "-in", "client.crt", "-noout", "-text"))
        for words in [
            "URI:spiffe://portcullis.dev/client/customer", "CN = customer", "TLS Web Client Authentication", "CA:FALSE",
        ] { #expect(client.contains(words), "\(words)") }
        let key = text(try scratch.openssl("pkey", "-in", "client.key", "-noout", "-text"))
        #expect(key.contains("P-256"))
        let pem = text(Array(try Data(contentsOf: URL(fileURLWithPath: scratch.file("client.key")))))
        #expect(pem.hasPrefix("-----BEGIN PRIVATE KEY-----"), "PKCS#8")
    }

    @Test func `serial numbers are random and of 128 bits`() throws {
        let authority = try CertificateAuthority.create(commonName: "ca", now: now)
        var serials: Set<[UInt8]> = []
        for _ in 0..<8 {
            let issued = try authority.issue(.localServer, now: now)
            let serial = try Certificate(pem: issued.certificatePEM).serialHex
            #expect(serial.count == 32)
            serials.insert(serial)
        }
        #expect(serials.count == 8)
    }

    @Test func `an issued client has the identity it was issued for`() throws {
        let authority = try CertificateAuthority.create(commonName: "ca", now: now)
        let role = try #require(RoleName("auditor"))
        let issued = try authority.issue(.developmentClient(role: role), now: now)
        let certificate = try Certificate(pem: issued.certificatePEM)
        let identity = try CertificateIdentity.result(of: certificate).get()
        #expect(identity.name.description == "uri:spiffe://portcullis.dev/client/auditor")
        #expect(identity.sha256 == (try certificate.sha256()))
        #expect(certificate.subject == Array("CN=auditor".utf8))
        #expect(certificate.issuer == Array("CN=ca".utf8))
        #expect(certificate.subjectCommonName == Array("auditor".utf8))
        let key = try PrivateKey(pem: issued.keyPEM)
        #expect(certificate.matches(key))
        #expect(!certificate.matches(try PrivateKey.generate(.ec(.p256))))
    }

    @Test func `validity starts a little before now and ends with the days, or with the authority`() throws {
        let authority = try CertificateAuthority.create(commonName: "ca", days: 30, now: now)
        #expect(try authority.expires() == now + 30 * 86_400)
        func validity(_ days: Int) throws -> ClosedRange<Int64> {
            let issued = try authority.issue(.localServer, days: days, now: now)
            return try Certificate(pem: issued.certificatePEM).validity()
        }
        #expect(try validity(7) == (now - 300)...(now + 7 * 86_400))
        #expect(try validity(31).upperBound == now + 30 * 86_400)
        // Dates from 2050 on are written in another form (RFC 5280 §4.1.2.5).
        let late: Int64 = 2_700_000_000
        let far = try CertificateAuthority.create(commonName: "ca", days: 7305, now: late)
        #expect(try far.expires() == late + 7305 * 86_400)
    }

    @Test func `an authority comes back from its PEM and not with another's key`() throws {
        let authority = try CertificateAuthority.create(commonName: "ca", now: now)
        let certificate = try authority.certificatePEM()
        let loaded = try CertificateAuthority.load(certificatePEM: certificate, keyPEM: authority.keyPEM())
        #expect(try loaded.certificatePEM() == certificate)
        let other = try CertificateAuthority.create(commonName: "ca", now: now)
        #expect(throws: AuthError.self) {
            _ = try CertificateAuthority.load(certificatePEM: certificate, keyPEM: other.keyPEM())
        }
    }

    @Test func `what cannot stand in a certificate is refused`() throws {
        let authority = try CertificateAuthority.create(commonName: "ca", now: now)
        func refuses(_ leaf: CertificateAuthority.Leaf, days: Int = 1) -> Bool {
            do throws(AuthError) { _ = try authority.issue(leaf, days: days, now: now) } catch { return true }
            return false
        }
        #expect(!refuses(.client(uri: "spiffe://a", commonName: "c")))
        #expect(refuses(.client(uri: "spiffe://a\0b", commonName: "c")))
        #expect(refuses(.client(uri: "", commonName: "c")))
        #expect(refuses(.client(uri: "spiffe://a", commonName: "")))
        #expect(!refuses(.client(uri: "spiffe://a", commonName: SpoiltToken.letters(64))))
        #expect(refuses(.client(uri: "spiffe://a", commonName: SpoiltToken.letters(65))))
        #expect(refuses(.server(dnsNames: ["a b"], addresses: [])))
        #expect(refuses(.localServer, days: 0))
        #expect(!refuses(.localServer, days: 7305))
        #expect(refuses(.localServer, days: 7306))
    }

    @Test func `names with commas and equals signs stay one name`() throws {
        let authority = try CertificateAuthority.create(commonName: "ca", now: now)
        let uri = "spiffe://a,DNS:evil.example,URI:b"
        let issued = try authority.issue(.client(uri: uri, commonName: "a,O=evil"), now: now)
        let certificate = try Certificate(pem: issued.certificatePEM)
        #expect(certificate.alternativeNames == [.uri(Array(uri.utf8))])
        #expect(
            certificate.subject == Array(#"CN=a\,O\=evil"#.utf8) || certificate.subject == Array(#"CN=a\,O=evil"#.utf8))
    }
}
