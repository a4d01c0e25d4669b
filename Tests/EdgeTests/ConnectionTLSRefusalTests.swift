import Foundation
import OpenSSL
import Testing
import WireClient

@testable import Edge

@Suite(.ownThread) struct `A handshake is refused and told` {
    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `without a certificate`(option: String) async throws {
        let tls = try TestTLSServer()
        #expect(try await !tls.openssl(nil, option).text.contains("/hello"))
        try await tls.expectRefusal(.certificateMissing)
    }

    enum Flaw: String, CaseIterable {
        case expired, future, selfSigned, unknownCA, purpose, chain, signature
    }

    @Test(arguments: Flaw.allCases, ["-tls1_2", "-tls1_3"])
    func `with a certificate that does not hold`(flaw: Flaw, option: String) async throws {
        let tls = try TestTLSServer()
        let other = try TestAuthority(tls.folder, name: "other")
        let (identity, failure): (TestIdentity, TLSFailure) =
            switch flaw {
            case .expired:
                (try tls.authority.issue("client", validity: TestAuthority.now(-60, -2)), .certificateExpired)
            case .future:
                (try tls.authority.issue("client", validity: TestAuthority.now(60, 120)), .certificateNotYetValid)
            case .selfSigned: (try Self.selfSigned(tls.folder), .certificateSelfSigned)
            case .unknownCA: (try other.issue("client"), .certificateUnknownCA)
            case .purpose: (try tls.authority.issue("client", purpose: .server), .certificatePurpose)
            case .chain:
                // The root allows no authority below it (RFC 5280 §4.2.1.9).
                (
                    try TestAuthority(tls.folder, name: "below", by: tls.authority).issue("chained", chain: true),
                    .certificateChainTooLong
                )
            case .signature: (try tls.authority.issue("client", by: other.key), .certificateInvalid)
            }
        let ending = try await tls.openssl(identity, option)
        #expect(!ending.text.contains("/hello"))
        try await tls.expectRefusal(failure, showing: identity, "\(ending.text)")
    }

    private static func selfSigned(_ folder: TestFolder) throws -> TestIdentity {
        let key = try PrivateKey.generate(.ec(.p256))
        let description = CertificateDescription(
            commonName: "client", purpose: .client, validity: TestAuthority.now(-60, 60))
        let certificate = try Certificate.sign(description, for: key.publicKey(), by: key, issuer: nil)
        let keyPEM = try key.pem().withSpan { span in (0..<span.count).map { span[$0] } }
        return TestIdentity(
            certificate: try folder.write(try certificate.pem(), to: "self.crt"),
            key: try folder.write(keyPEM, to: "self.key"))
    }

    @Test(arguments: [
        (["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], TLSFailure.protocolVersion),
        (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256"], .noSharedCipher),
        (["-tls1_2", "-cipher", "AES128-GCM-SHA256"], .noSharedCipher),
        (["-tls1_3", "-groups", "P-521"], .noSharedCipher),
        (["-alpn", "h2"], .noSharedProtocol),
        (["-verify_return_error", "-verify_hostname", "elsewhere.example"], .peerAlert),
    ])
    func `to a client that wants something else`(options: [String], failure: TLSFailure) async throws {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue("client")
        var words = [
            "s_client", "-connect", "127.0.0.1:\(tls.server.port)", "-ign_eof", "-CAfile", tls.authority.file, "-cert",
            client.certificate, "-key", client.key,
        ]
        words += options
        let ending = try await ForeignClient("openssl", words).end(after: WireClient.get("/hello"))
        try await tls.expectRefusal(failure, "\(ending.text)")
    }

    @Test(
        arguments: [
            (Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8), TLSFailure.notTLS),
            (Array("CONNECT localhost:443 HTTP/1.1\r\n\r\n".utf8), .notTLS),
            (Array("SSH-2.0-client\r\n\r\n".utf8), .notTLS),
            ([0x16, 0x03, 0x01, 0x00, 0x04, 0xFF, 0x00, 0x00, 0x00], .protocolError),
            ([0x16, 0x03, 0x01, 0x00, 0x04, 0x01, 0x00, 0x00, 0x00], .protocolError),
        ] as [([UInt8], TLSFailure)])
    func `to bytes that are no handshake`(bytes: [UInt8], failure: TLSFailure) async throws {
        let tls = try TestTLSServer()
        let client = try tls.server.client()
        await client.send(bytes)
        #expect(await client.rest().end != .open)
        try await tls.expectRefusal(failure)
    }

    @Test(arguments: [[], [0x16, 0x03, 0x01]] as [[UInt8]])
    func `to a client that goes away or falls silent`(bytes: [UInt8]) async throws {
        let gone = try TestTLSServer(timeouts: EdgeTimeouts(handshake: patient, linger: patient))
        do {
            let client = try gone.server.client()
            await client.send(bytes)
        }
        try await gone.expectRefusal(.disconnected)
        let silent = try TestTLSServer(
            timeouts: EdgeTimeouts(handshake: .milliseconds(150), linger: .milliseconds(100)))
        let client = try silent.server.client()
        await client.send(bytes)
        #expect(await client.rest().end != .open)
        try await silent.expectRefusal(.timeout)
    }

    @Test func `with the server name that was asked for`() async throws {
        let tls = try TestTLSServer()
        _ = try await tls.openssl(nil, "-servername", "bank.example")
        try await tls.expectRefusal(.certificateMissing)
        #expect(tls.server.notes.now.refusals.first?.serverName == "bank.example")
    }
}

@Suite struct `A TLS server is not made` {
    @Test func `of files that do not fit`() throws {
        let folder = try TestFolder()
        let authority = try TestAuthority(folder)
        let (one, two) = (try authority.issue("one", purpose: .server), try authority.issue("two", purpose: .server))
        let rsaKey = try PrivateKey.generate(.rsa(bits: 2048)).pem().withSpan { span in
            (0..<span.count).map { span[$0] }
        }
        let rsa = try folder.write(rsaKey, to: "rsa.key")
        let text = try folder.write(Array("no certificate".utf8), to: "text")
        func error(_ certificate: String, _ key: String, _ authority: String?) -> TLSConfigurationError? {
            do throws(TLSConfigurationError) {
                _ = try TLSContext.make(
                    TLSConfiguration(certificateFile: certificate, keyFile: key, clientCAFile: authority))
                return nil
            } catch { return error }
        }
        #expect(error(one.certificate, one.key, authority.file) == nil)
        for key in [two.key, rsa] {
            #expect(
                error(one.certificate, key, authority.file)
                    == .keyDoesNotMatch(keyFile: key, certificateFile: one.certificate))
        }
        #expect(error(one.certificate, one.key, nil) == .clientCAMissing)
        for file in [text, folder.path + "/absent"] {
            guard case .certificateUnusable(file, _)? = error(file, one.key, authority.file) else {
                Issue.record("certificate \(file)")
                continue
            }
            guard case .keyUnusable(file, _)? = error(one.certificate, file, authority.file) else {
                Issue.record("key \(file)")
                continue
            }
            guard case .clientCAUnusable(file, _)? = error(one.certificate, one.key, file) else {
                Issue.record("authority \(file)")
                continue
            }
        }
    }
}
