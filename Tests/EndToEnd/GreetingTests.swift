import Foundation
import JSON
import Testing

@Suite struct `A gateway that is ready` {
    /// The `curl` line among what was printed.
    private func command(in output: [UInt8]) -> String? {
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        return lines.first { $0.hasPrefix("curl ") }.map(String.init)
    }

    @Test(arguments: ["own", "a folder", "it's $HOME \"here\""])
    func `it prints a line that another terminal in another folder can run`(name: String) async throws {
        let deployment = try await Deployment.make()
        try FileManager.default.moveItem(atPath: deployment.state, toPath: deployment.scratch.file(name))
        let words = [
            "serve", "--config", deployment.configuration, "--state", name, "--port", "0", "--metrics-port", "0",
        ]
        // The state folder is relative to the server's own folder.
        let child = try Child(
            "bash", ["-c", "cd \"$0\" && exec \"$@\"", deployment.scratch.path, Place.binary] + words,
            scratch: deployment.scratch)
        defer { child.signal(SIGTERM) }
        #expect(await eventually { command(in: child.output) != nil || child.ending != nil }, "\(child.errors)")
        let line = try #require(command(in: child.output))
        let asked = try await run("bash", ["-c", "cd / && " + line], scratch: deployment.scratch)
        #expect(asked.status == 0, "\(asked.errors)")
        #expect(asked.text.contains("\"answer\":") && asked.text.contains("\"escalate\":false"), "\(asked.text)")
        child.signal(SIGTERM)
        #expect(try await child.wait() == .exited(0))
    }

    @Test func `it serves though its greeting cannot be printed`() async throws {
        let deployment = try await Deployment.make()
        let words = [
            "serve", "--config", deployment.configuration, "--state", deployment.state, "--port", "0",
            "--metrics-port", "0",
        ]
        let child = try Child(
            "bash", ["-c", "exec \"$0\" \"$@\" > /dev/full", Place.binary] + words, scratch: deployment.scratch)
        defer { child.signal(SIGTERM) }
        #expect(await eventually { child.errors.contains("all the same") || child.ending != nil })
        let url = try #require(child.errors.firstMatch(of: #/serving on (https:\S+)/#)?.1)
        let identity = deployment.identity(.customer)
        let health = try await run(
            "curl",
            [
                "-sS", "--cacert", deployment.authority.certificate, "--cert", identity.certificate, "--key",
                identity.key, url + "/healthz",
            ], scratch: deployment.scratch)
        #expect(health.status == 0, "\(health.errors)")
        child.signal(SIGTERM)
        #expect(try await child.wait() == .exited(0))
        #expect(try LogFiles(deployment.logDirectory).records.last?.type == "gateway.stop")
    }

    @Test func `it tells of the one before that was killed, and only of that`() async throws {
        let deployment = try await Deployment.make()
        let killed = try await GatewayProcess.start(deployment)
        #expect(!killed.child.errors.contains("did not stop cleanly"), "\(killed.child.errors)")
        try await killed.crash()
        let second = try await GatewayProcess.start(deployment)
        #expect(
            second.child.errors.contains("did not stop cleanly: seg-")
                && second.child.errors.contains("ends with a whole record"), "\(second.child.errors)")
        #expect(try await second.stop() == .exited(0))
        let third = try await GatewayProcess.start(deployment)
        #expect(!third.child.errors.contains("did not stop cleanly"), "\(third.child.errors)")
        #expect(try await third.stop() == .exited(0))
    }

    @Test(arguments: ["optional", "off"])
    func `one that lets clients without a certificate in says and records it`(setting: String) async throws {
        let deployment = try await Deployment.make()
        try deployment.set("client_certificate", "\"\(setting)\"")
        if setting == "off" { try deployment.set("requireCertificate", "false", in: "rbac.json5") }
        let gateway = try await GatewayProcess.start(deployment)
        #expect(gateway.child.errors.contains("client_certificate is \(setting)"), "\(gateway.child.errors)")
        #expect(try weakenings(deployment) == ["client_certificate=\(setting)"])
        #expect(try await gateway.stop() == .exited(0))
        let usual = try await Deployment.make()
        let strict = try await GatewayProcess.start(usual)
        #expect(try await strict.stop() == .exited(0))
        #expect(try weakenings(usual).isEmpty)
    }

    /// What the log says of listeners that ask for less than a certificate.
    private func weakenings(_ deployment: Deployment) throws -> [String] {
        try LogFiles(deployment.logDirectory).records.compactMap { $0.json["admin"] }
            .filter { $0["action"]?.text == "listener.client_certificate" }
            .compactMap { $0["target"]?.text }
    }
}
