import Foundation
import LinuxIO
import OpenSSL
import Patience
import Testing
import Threading
import WireClient

@testable import Edge

/// How many bytes of a socket the kernel has not sent yet (tcp(7)): a macro of <linux/sockios.h>.
private let SIOCOUTQNSD = 0x894B

@Suite(.ownThread) struct `A TLS connection` {
    @Test(arguments: [("-tls1_2", "TLSv1.2"), ("-tls1_3", "TLSv1.3")])
    func `carries requests of a client with a certificate`(option: String, version: String) async throws {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue("client", alternativeNames: [.uri(Array("spiffe://a/b".utf8))])
        let ending = try await tls.openssl(client, option, "-servername", "localhost", "-alpn", "http/1.1")
        #expect(ending.text.contains("/hello") && ending.text.contains("Verify return code: 0 (ok)"))
        #expect(ending.text.contains("ALPN protocol: http/1.1"))
        let peer = try #require(tls.server.notes.now.peers.first)
        #expect(peer.tls?.version == version && peer.tls?.isResumed == false && peer.tls?.serverName == "localhost")
        #expect(peer.tls?.cipherSuite.contains("GCM") == true || peer.tls?.cipherSuite.contains("CHACHA") == true)
        #expect(peer.certificate?.fields.alternativeNames == [.uri(Array("spiffe://a/b".utf8))])
        #expect(tls.server.edge.statistics.handshakes == [.full: 1])
    }

    /// A client with Nagle's algorithm waits with its first request for the acknowledgement of its last flight, which comes
    /// with the ticket, or 40 ms later. Here nothing follows the handshake: what is held back is still unsent.
    @Test func `has sent the session ticket when the handshake is over`() async throws {
        let folder = try TestFolder()
        let authority = try TestAuthority(folder)
        let identity = try authority.issue("server", commonName: "localhost", purpose: .server)
        let client = try authority.issue("client")
        let context = try TLSContext.make(
            TLSConfiguration(
                certificateFile: identity.certificate, keyFile: identity.key, clientCAFile: authority.file))
        let address = try #require(SocketAddress(numeric: "127.0.0.1", port: 0))
        let listener = try Socket.listen(at: address, backlog: 1, sharesPort: false)
        defer { Socket.close(listener) }
        let foreign = try ForeignClient(
            "openssl",
            [
                "s_client", "-connect", "127.0.0.1:\(Socket.localPort(of: listener))", "-ign_eof", "-msg", "-tls1_3",
                "-cert", client.certificate, "-key", client.key,
            ])
        var socket: Int32 = -1
        #expect(
            await eventually {
                if case .connection(let descriptor, _) = Socket.accept(from: listener) { socket = descriptor }
                return socket >= 0
            })
        var unsent: Int32 = -1
        if let tls = TLSConnection.make(context, socket: socket) {
            #expect(await eventually { tls.handshake() == .done })
            #expect(unsafe ioctl(socket, UInt(SIOCOUTQNSD), &unsent) == 0)
        }
        Socket.close(socket)
        #expect(unsent == 0, "bytes that the kernel holds back")
        #expect(try await foreign.end().text.contains("NewSessionTicket"))
    }

    @Test func `carries bodies both ways, by curl`() async throws {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue("client")
        let body = [UInt8]((0..<700_000).map { UInt8(truncatingIfNeeded: $0 / 7) })
        let sent = try tls.folder.write(body, to: "sent")
        let got = tls.folder.path + "/got"
        let url = "https://localhost:\(tls.server.port)/echo"
        let ending = try await ForeignClient(
            "curl",
            [
                "-sS", "--http1.1", "--cacert", tls.authority.file, "--cert", client.certificate, "--key", client.key,
                "--data-binary", "@" + sent, "-o", got, url, "--next", "-sS", "--http1.1", "--cacert",
                tls.authority.file, "--cert", client.certificate, "--key", client.key, "-T", sent, "-X", "POST", "-H",
                "Transfer-Encoding: chunked", "-o", got + "2", url,
            ]
        ).end()
        #expect(ending.status == 0, "\(ending.text)")
        #expect(try Data(contentsOf: URL(filePath: got)) == Data(body))
        #expect(try Data(contentsOf: URL(filePath: got + "2")) == Data(body))
    }

    @Test(arguments: [(TLSConfiguration.ClientCertificate.optional, true), (.off, false)])
    func `needs no certificate where none is required`(
        mode: TLSConfiguration.ClientCertificate, isAsked: Bool
    ) async throws {
        let tls = try TestTLSServer(mode)
        #expect(try await tls.openssl(nil).text.contains("/hello"))
        let client = try tls.authority.issue("client")
        #expect(try await tls.openssl(client).text.contains("/hello"))
        let peers = tls.server.notes.now.peers
        #expect(peers.map { $0.certificate != nil } == [false, isAsked])
    }

    @Test func `checks a certificate that was not required`() async throws {
        let tls = try TestTLSServer(.optional)
        let client = try tls.authority.issue("client", validity: TestAuthority.now(-120, -60))
        _ = try await tls.openssl(client)
        try await tls.expectRefusal(.certificateExpired, showing: client)
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `resumes a session and knows the certificate again`(option: String) async throws {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue("client")
        let session = tls.folder.path + "/session"
        #expect(try await tls.openssl(client, option, "-sess_out", session).text.contains("New, TLSv1"))
        let second = try await tls.openssl(client, option, "-sess_in", session)
        #expect(second.text.contains("Reused, TLSv1") && second.text.contains("/hello"))
        #expect(tls.server.edge.statistics.handshakes == [.full: 1, .resumed: 1])
        let peers = tls.server.notes.now.peers
        #expect(peers.map { $0.tls?.isResumed } == [false, true])
        #expect(peers[0].certificate?.fields.digest == peers[1].certificate?.fields.digest)
    }

    /// OpenSSL looks at validity in a full handshake only.
    @Test(arguments: ["-tls1_2", "-tls1_3"])
    func `does not resume the session of a certificate that has expired since`(option: String) async throws {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue("client", validity: TestAuthority.now(-60, Int64(2 * patienceFactor)))
        let session = tls.folder.path + "/session"
        #expect(try await tls.openssl(client, option, "-sess_out", session).text.contains("/hello"))
        let expiry = WallClock.seconds + Int64(2 * patienceFactor) + 1
        while WallClock.seconds <= expiry { await pause(.milliseconds(50)) }
        let second = try await tls.openssl(client, option, "-sess_in", session)
        #expect(!second.text.contains("/hello"))
        #expect(await eventually { tls.server.notes.now.refusals.map(\.reason) == [.handshake(.certificateExpired)] })
        #expect(tls.server.edge.statistics.handshakes == [.full: 1, .failed(.certificateExpired): 1])
    }

    @Test func `cannot be renegotiated`() async throws {
        let tls = try TestTLSServer()
        let client = try tls.authority.issue("client")
        let session = try ForeignClient(
            "openssl",
            [
                "s_client", "-connect", "127.0.0.1:\(tls.server.port)", "-tls1_2", "-cert", client.certificate, "-key",
                client.key,
            ])
        #expect(await eventually { tls.server.notes.now.peers.count == 1 })
        session.send("R\n")
        let ending = try await session.end()
        #expect(ending.text.contains("RENEGOTIATING"))
        #expect(ending.text.contains("no renegotiation"))
        #expect(tls.server.edge.statistics.handshakes == [.full: 1])
        #expect(await eventually { tls.server.edge.statistics.openConnections == 0 })
    }

    /// Data and the end of the stream arrive together while the loop is busy: one event for both.
    @Test func `ends with a client that is gone in the middle of a head`() async throws {
        let tls = try TestTLSServer(
            timeouts: EdgeTimeouts(header: patient, body: patient, idle: patient, linger: .milliseconds(100)))
        let client = try tls.authority.issue("client")
        let words = [
            "s_client", "-connect", "127.0.0.1:\(tls.server.port)", "-quiet", "-cert", client.certificate, "-key",
            client.key,
        ]
        let (blocker, victim) = (try ForeignClient("openssl", words), try ForeignClient("openssl", words))
        #expect(await eventually { tls.server.notes.now.peers.count == 2 })
        blocker.send(WireClient.get("/block", "Connection: close\r\n"))
        #expect(await eventually { tls.server.notes.now.paths == ["/block"] })
        victim.send("GET / HT")
        await pause(.milliseconds(100))
        victim.kill()
        #expect(try await blocker.end().text.contains("blocked"))
        #expect(await eventually { tls.server.edge.statistics.openConnections == 0 })
        #expect(tls.server.notes.now.faults.isEmpty)
    }
}
