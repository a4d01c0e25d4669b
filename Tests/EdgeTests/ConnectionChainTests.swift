import Foundation
import OpenSSL
import Patience
import Testing
import Threading
import WireClient

@testable import Edge

@Suite(.ownThread) struct `A client certificate that was checked before` {
    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `is known again in a full handshake, and another is not`(option: String) async throws {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue("client")
        for known in 0..<3 {
            #expect(try await tls.openssl(client, option).text.contains("/hello"))
            #expect(tls.context.knownChains == UInt64(known))
        }
        let other = try tls.authority.issue("other")
        #expect(try await tls.openssl(other, option).text.contains("/hello"))
        #expect(tls.context.knownChains == 2)
        #expect(tls.server.edge.statistics.handshakes == [.full: 4])
    }

    @Test func `does not vouch for one that looks like it`() async throws {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue("client")
        #expect(try await tls.openssl(client).text.contains("/hello"))
        let forged = try tls.authority.issue("forged", commonName: "client", by: PrivateKey.generate(.ec(.p256)))
        _ = try await tls.openssl(forged)
        #expect(await eventually { !tls.server.notes.now.refusals.isEmpty })
        #expect(tls.server.notes.now.refusals.map(\.reason) == [.handshake(.certificateInvalid)])
        #expect(tls.context.knownChains == 0)
    }

    /// The leaf is good for an hour, and only the check of the whole chain would see the end of what it hangs on.
    @Test func `is not known past the end of its authority`() async throws {
        let tls = try TestTLSServer(authorityValidity: TestAuthority.now(-60, Int64(3 * patienceFactor)))
        let client = try tls.authority.issue("client")
        #expect(try await tls.openssl(client).text.contains("/hello"))
        #expect(try await tls.openssl(client).text.contains("/hello"))
        #expect(tls.context.knownChains == 1)
        try await Task.sleep(for: .seconds(3).stretched + .seconds(1.2))
        _ = try await tls.openssl(client)
        #expect(await eventually { !tls.server.notes.now.refusals.isEmpty })
        #expect(tls.server.notes.now.refusals.map(\.reason) == [.handshake(.certificateExpired)])
        #expect(tls.context.knownChains == 1)
    }

    @Test func `the server sends the chain of its file and no more`() async throws {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue("client")
        let text = try await tls.openssl(client, "-showcerts").text
        #expect(text.components(separatedBy: "-----BEGIN CERTIFICATE-----").count == 2, "\(text)")
    }
}
