import Foundation
import OpenSSL
import Testing

@testable import Edge

@Suite(.ownThread) struct `What a client's certificate says` {
    private func fields(
        commonName: String, _ names: [AlternativeName], validity: ClosedRange<Int64> = TestAuthority.now(-60, 3600)
    ) async throws -> (PeerCertificateFields, Certificate) {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue(
            "client", commonName: commonName, alternativeNames: names, validity: validity)
        let ending = try await tls.openssl(client)
        let peer = try #require(tls.server.notes.now.peers.first, "\(ending.text)")
        let certificate = try Certificate(pem: Array(try Data(contentsOf: URL(filePath: client.certificate))))
        return (try #require(peer.certificate?.fields), certificate)
    }

    private func uri(_ text: String) -> AlternativeName { .uri(Array(text.utf8)) }
    private func dns(_ text: String) -> AlternativeName { .dns(Array(text.utf8)) }

    @Test func `is taken over, its identifying names in their order`() async throws {
        let validity = TestAuthority.now(-77, 7777)
        let (fields, certificate) = try await fields(
            commonName: "Müller, A.",
            [
                dns("b.example"), uri("spiffe://portcullis.dev/x"), .email(Array("a@b.example".utf8)), dns("a.example"),
                .address([127, 0, 0, 1]),
            ], validity: validity)
        #expect(
            fields.alternativeNames == [
                .dns(Array("b.example".utf8)), .uri(Array("spiffe://portcullis.dev/x".utf8)),
                .dns(Array("a.example".utf8)),
            ])
        #expect(fields.commonName == Array("Müller, A.".utf8))
        #expect(fields.serial == certificate.serialHex)
        #expect(fields.notBefore == validity.lowerBound && fields.notAfter == validity.upperBound)
        #expect(try fields.digest == certificate.sha256())
        #expect(fields.issuer == Array("CN=ca".utf8))
        #expect(fields.subject == Array(#"CN=Müller\, A."#.utf8))
        #expect(fields.subject == certificate.subject && fields.commonName == certificate.subjectCommonName)
    }

    /// To C code it would read as `admin`, and if it were left out a weaker name would take its place: the identity that
    /// is made of these names refuses the first where it is malformed.
    @Test func `keeps a name with a NUL in it as it stands`() async throws {
        let (fields, _) = try await fields(
            commonName: "admin\u{0}.evil.example", [uri("spiffe://a\u{0}b"), dns("good.example")])
        #expect(fields.commonName == Array("admin\u{0}.evil.example".utf8))
        #expect(
            fields.alternativeNames == [.uri(Array("spiffe://a\u{0}b".utf8)), .dns(Array("good.example".utf8))])
        #expect(!fields.subject.contains(0))
    }

    @Test func `counts at most 32 names`() async throws {
        let (fields, _) = try await fields(commonName: "many", (0..<33).map { dns("n\($0).example") })
        #expect(fields.alternativeNames.count == PeerCertificateFields.alternativeNamesMax)
        #expect(fields.alternativeNames.last == .dns(Array("n31.example".utf8)))
    }
}
