import Foundation
import JSON
import Patience
import Testing

@Suite struct DocumentTests {
    private func start(_ deployment: Deployment) async throws -> GatewayProcess {
        try deployment.raiseRateLimits()
        return try await GatewayProcess.start(deployment)
    }

    private func upload(
        _ content: [UInt8], _ query: String = "", type: String = "text/plain", to gateway: GatewayProcess
    ) async throws -> Reply {
        try await gateway.request("POST", "/v1/documents\(query)", by: gateway.customer, body: content, type: type)
    }

    private func files(of deployment: Deployment) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: deployment.state + "/var/documents/files")
    }

    @Test func `a document and a form of curl's come back as they were, in the sandbox, and name nobody on the disk`()
        async throws
    {
        let deployment = try await Deployment.make()
        let gateway = try await start(deployment)
        let content = (0..<300_000).map { _ in UInt8.random(in: 32...126) }
        let stored = try await upload(content, "?name=letter.txt", to: gateway)
        #expect(stored.status == 201, "\(stored.text)")
        let id = try #require(try stored.json["id"]?.text)
        let fetched = try await gateway.get("/v1/documents/\(id)", by: gateway.customer)
        #expect(fetched.status == 200 && fetched.body == content)

        let file = deployment.scratch.file("photo.jpg")
        try write([0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9], to: file)
        let form = try await gateway.request(
            "POST", "/v1/documents", by: gateway.customer, options: ["-F", "file=@\(file)", "-F", "customer=C-1"])
        #expect(form.status == 201, "\(form.text)")
        #expect(try form.json["name"]?.text == "photo.jpg" && form.json["type"]?.text == "image/jpeg")
        #expect(try await gateway.stop() == .exited(0))

        #expect(try files(of: deployment).count == 2)
        let folder = deployment.state + "/var/documents"
        for name in ["documents.db", "keys.db"] {
            let bytes = Data(contents(of: "\(folder)/\(name)"))
            #expect(bytes.range(of: Data("letter".utf8)) == nil && bytes.range(of: Data("customer".utf8)) == nil)
        }
        let mode = try FileManager.default.attributesOfItem(atPath: folder)[.posixPermissions] as? Int
        #expect(mode == 0o700)
    }

    @Test func `after a kill every document that was answered is there, and no half of another`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await start(deployment)
        let uploads = (0..<4).map { client in
            Task {
                var kept: [(id: String, content: [UInt8])] = []
                for number in 0..<1_000 {
                    let content = Array("\(client)-\(number): ".utf8) + [UInt8](repeating: 97, count: 150_000)
                    let reply = try await upload(content, "?name=\(client)-\(number).txt", to: gateway)
                    guard reply.status == 201, let id = try reply.json["id"]?.text else { break }
                    kept.append((id, content))
                }
                return kept
            }
        }
        #expect(
            await eventually(within: .seconds(20)) { ((try? files(of: deployment).count) ?? 0) > 12 })
        try await gateway.crash()
        var kept: [(id: String, content: [UInt8])] = []
        for upload in uploads { kept += try await upload.value }
        #expect(kept.count > 4)
        let again = try await start(deployment)
        for (id, content) in kept {
            let fetched = try await again.get("/v1/documents/\(id)", by: again.customer)
            #expect(fetched.status == 200 && fetched.body == content, "\(id): \(fetched.status)")
        }
        let listed = try await again.get("/v1/documents", by: again.customer).json["documents"]?.elements?.count
        #expect(try files(of: deployment).filter { !$0.hasSuffix(".new") }.count == listed)
        #expect(try !files(of: deployment).contains { $0.hasSuffix(".new") })
        #expect(try await again.stop() == .exited(0))
    }

    @Test func `with a scanner every document goes through it, and while it is away none is taken`() async throws {
        let deployment = try await Deployment.make()
        let script = Place.root.appending(path: "Tests/AgentTests/Documents/clamd.py").path
        let scanner = try Child("python3", [script, "scan"], scratch: deployment.scratch)
        defer { scanner.signal(SIGKILL) }
        _ = await eventually(within: .seconds(10)) { scanner.output.contains(0x0A) }
        let port = String(decoding: scanner.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        try deployment.set("clamd", "\"127.0.0.1:\(port)\"")
        let gateway = try await start(deployment)
        #expect(try await upload(Array("harmless".utf8), to: gateway).status == 201)
        let infected = try await upload(Array("FAKE-VIRUS".utf8), to: gateway)
        #expect(infected.status == 400 && infected.text.contains("scanner"), "\(infected.text)")
        scanner.signal(SIGKILL)
        _ = try await scanner.wait()
        let away = try await upload(Array("harmless too".utf8), to: gateway)
        #expect(away.status == 503)
        #expect(gateway.child.errors.contains("scanner_away"))
        #expect(try files(of: deployment).count == 1)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `another key than the documents were kept under stops the start, and says what to do`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await start(deployment)
        #expect(try await upload(Array("words".utf8), to: gateway).status == 201)
        #expect(try await gateway.stop() == .exited(0))
        try write(Array((String(repeating: "A", count: 43) + "=\n").utf8), to: deployment.certificates + "/content.key")
        let child = try GatewayProcess.launch(deployment)
        let ending = try await child.wait(within: .seconds(30))
        #expect(ending != .exited(0))
        #expect(child.errors.contains("key-encryption key") && child.errors.contains("keys.db"), "\(child.errors)")
    }
}
