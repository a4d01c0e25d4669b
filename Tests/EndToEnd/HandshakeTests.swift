import Foundation
import JSON
import Testing

@Suite(.sharedGateway) struct `A handshake` {
    private func outcome(of identity: Identity?, options: [String] = []) async throws -> Reply {
        try await SharedGateway.current.request(
            "GET", "/healthz", by: Caller(identity: identity), options: options)
    }

    private var authority: Authority {
        get throws {
            let deployment = try SharedGateway.current.deployment
            return Authority(deployment.authority, scratch: deployment.scratch)
        }
    }

    @Test func `a certificate of the authority is accepted`() async throws {
        let gateway = try SharedGateway.current
        #expect(try await outcome(of: gateway.deployment.identity(.customer)).status == 200)
    }

    @Test func `no certificate gets no answer and its reason is recorded`() async throws {
        #expect(try await outcome(of: nil).status == 0)
        try await expectReject {
            $0.contains("certificate") && ($0.contains("missing") || $0.contains("none"))
                || $0.contains("no_certificate")
        }
    }

    @Test func `an expired certificate is refused and its reason is recorded`() async throws {
        let leaf = try await authority.issue(.init(notAfter: "20210101000000Z"))
        #expect(try await outcome(of: leaf).status == 0)
        try await expectReject { $0.contains("expired") }
    }

    @Test func `a certificate that is not valid yet is refused`() async throws {
        let leaf = try await authority.issue(.init(notBefore: "20980101000000Z"))
        #expect(try await outcome(of: leaf).status == 0)
        try await expectReject { $0.contains("not_yet") }
    }

    @Test func `a certificate of another authority is refused`() async throws {
        let scratch = try SharedGateway.current.deployment.scratch
        let stranger = try await Authority.make("stranger", scratch: scratch)
        let leaf = try await stranger.issue(.init())
        #expect(try await outcome(of: leaf).status == 0)
        try await expectReject { $0.contains("unknown") || $0.contains("untrusted") || $0.contains("issuer") }
    }

    @Test func `an authority of the same name but another key is refused`() async throws {
        let scratch = try Scratch()
        let impostor = try await Authority.make("Portcullis development CA", scratch: scratch)
        #expect(try await outcome(of: try await impostor.issue(.init())).status == 0)
    }

    @Test func `a self-signed certificate is refused`() async throws {
        let scratch = try SharedGateway.current.deployment.scratch
        let own = try await Authority.make("self", scratch: scratch)
        #expect(try await outcome(of: own.identity).status == 0)
        try await expectReject { $0.contains("self_signed") }
    }

    @Test(arguments: ["serverAuth", "codeSigning", "emailProtection"])
    func `a certificate for another purpose is refused`(purpose: String) async throws {
        let leaf = try await authority.issue(.init(purpose: purpose))
        #expect(try await outcome(of: leaf).status == 0)
        try await expectReject { $0.contains("purpose") }
    }

    @Test func `a certificate signed by a client certificate is refused`() async throws {
        let deployment = try SharedGateway.current.deployment
        let client = Authority(deployment.identity(.admin), scratch: deployment.scratch)
        let leaf = try await client.issue(.init())
        let chain = contents(of: leaf.certificate) + contents(of: deployment.identity(.admin).certificate)
        try write(chain, to: leaf.certificate)
        #expect(try await outcome(of: leaf).status == 0)
    }

    @Test(arguments: ["1.2", "1.3"]) func `TLS 1.2 and 1.3 are spoken`(version: String) async throws {
        let gateway = try SharedGateway.current
        let reply = try await outcome(
            of: gateway.deployment.identity(.customer), options: ["--tlsv\(version)", "--tls-max", version])
        #expect(reply.status == 200)
    }

    @Test(arguments: ["-tls1", "-tls1_1"]) func `older versions are not spoken`(version: String) async throws {
        let text = try await describe(options: [version, "-cipher", "ALL:@SECLEVEL=0"])
        #expect(!text.contains("Verify return code: 0 (ok)") || text.contains("Cipher is (NONE)"), "\(text)")
    }

    @Test(arguments: ["AES128-SHA", "ECDHE-ECDSA-AES128-SHA", "AES256-GCM-SHA384", "NULL"])
    func `weak suites are not spoken`(suite: String) async throws {
        let text = try await describe(options: ["-tls1_2", "-cipher", "\(suite):@SECLEVEL=0"])
        #expect(text.contains("Cipher is (NONE)") || text.contains("Error with command"), "\(text)")
    }

    @Test func `there is no compression and no renegotiation`() async throws {
        let gateway = try SharedGateway.current
        let client = try TLSClient(
            gateway, identity: gateway.deployment.identity(.customer), options: ["-tls1_2", "-legacy_renegotiation"],
            quiet: false)
        let text = await client.receive { $0.contains("Verify return code") }
        #expect(text.contains("Compression: NONE"))
        client.send("R\n")
        #expect(await client.isClosed(), "a renegotiation must end the connection")
        #expect(client.child.errors.lowercased().contains("renegotiation") || client.child.ending != .exited(0))
    }

    @Test(arguments: ["-tls1_2", "-tls1_3"]) func `a session is resumed`(version: String) async throws {
        let deployment = try SharedGateway.current.deployment
        let session = deployment.scratch.file("session\(version)")
        let hello = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        for (option, expected) in [("-sess_out", "New, "), ("-sess_in", "Reused, ")] {
            let client = try TLSClient(
                try SharedGateway.current, identity: deployment.identity(.customer),
                options: [version, option, session, "-ign_eof"], quiet: false)
            client.send(hello)
            let text = await client.receive()
            #expect(text.contains("HTTP/1.1 200"), "\(text)")
            #expect(text.contains(expected), "\(version): \(text)")
        }
    }

    @Test func `handshakes are counted by result`() async throws {
        let gateway = try SharedGateway.current
        _ = try await outcome(of: nil)
        let page = try await gateway.metrics()
        let lines = page.split(separator: "\n").filter { $0.contains("handshake") && !$0.hasPrefix("#") }
        #expect(lines.count >= 2, "\(page)")
    }

    /// What `openssl s_client` says about a connection.
    private func describe(options: [String]) async throws -> String {
        let gateway = try SharedGateway.current
        let client = try TLSClient(
            gateway, identity: gateway.deployment.identity(.customer), options: options, quiet: false)
        let text = await client.receive(within: .seconds(10)) { $0.contains("Verify return code") }
        return text + client.child.errors
    }

    /// Waits for a `connection.reject` record whose reason fits: such records may be written after the handshake.
    private func expectReject(
        _ fits: (String) -> Bool, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let directory = try SharedGateway.current.deployment.logDirectory
        var reasons: Set<String> = []
        let found = await eventually(within: .seconds(20)) {
            let records = (try? LogFiles(directory).records) ?? []
            reasons = Set(records.compactMap { $0.type == "connection.reject" ? $0.json["tls"]?["reason"]?.text : nil })
            return reasons.contains(where: fits)
        }
        #expect(found, "recorded: \(reasons)", sourceLocation: sourceLocation)
    }
}
