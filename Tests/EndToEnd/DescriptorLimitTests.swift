import Foundation
import Testing

@Suite struct `The limit of descriptors` {
    /// Runs the gateway's start in a shell that sets limits first.
    private func start(_ deployment: Deployment, limits: String) async throws -> Child {
        try Child(
            "bash",
            [
                "-c", "\(limits) && exec \"$0\" \"$@\"", Place.binary, "serve", "--config", deployment.configuration,
                "--state", deployment.state, "--port", "0", "--metrics-port", "0",
            ], scratch: deployment.scratch)
    }

    @Test func `that is too low for the settings stops the start and names the mend`() async throws {
        let deployment = try await Deployment.make()
        try deployment.set("connections_max", "1000")
        let child = try await start(deployment, limits: "ulimit -n 1000")
        #expect(try await child.wait() == .exited(78))
        #expect(child.errors.contains("connections_max") && child.errors.contains("LimitNOFILE"), "\(child.errors)")
    }

    @Test func `is raised from soft to hard by the gateway itself`() async throws {
        let deployment = try await Deployment.make()
        try deployment.set("connections_max", "1000")
        let child = try await start(deployment, limits: "ulimit -Sn 64 && ulimit -Hn 2000")
        #expect(await eventually { String(decoding: child.output, as: UTF8.self).contains("ready ") })
        let limits = try String(contentsOfFile: "/proc/\(child.pid)/limits", encoding: .utf8)
        let line = limits.split(separator: "\n").first { $0.hasPrefix("Max open files") } ?? ""
        #expect(line.split(separator: " ").dropFirst(3).prefix(2) == ["2000", "2000"])
        child.signal(SIGTERM)
        #expect(try await child.wait() == .exited(0), "\(child.errors)")
    }

    /// An operator, or a leak of another's, takes the descriptors away from the running process.
    @Test func `when it is reached lets the listener rest, open connections be served and others in afterwards`()
        async throws
    {
        let deployment = try await Deployment.make()
        try deployment.set("loops", "1")
        let gateway = try await GatewayProcess.start(deployment)
        let open = try TLSClient(gateway, identity: gateway.customer.identity)
        open.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(await open.receive { $0.contains("ok\n") }.hasPrefix("HTTP/1.1 200 "))
        try await limit(gateway, "8")
        let waiting = try TLSClient(gateway, identity: gateway.customer.identity)
        waiting.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        let before = try gateway.figures.cpuSeconds
        try await Task.sleep(for: .seconds(1))
        let spent = try gateway.figures.cpuSeconds - before
        #expect(spent < 0.3, "a listener that cannot accept must not spin: \(spent) s of 1 s")
        open.send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
        let answers = await open.receive { $0.components(separatedBy: "ok\n").count > 2 }
        #expect(answers.components(separatedBy: "HTTP/1.1 200 ").count == 3, "\(answers)")
        #expect(waiting.child.ending == nil && waiting.child.output.isEmpty)
        try await limit(gateway, "1024")
        #expect(await waiting.receive { $0.contains("ok\n") }.hasPrefix("HTTP/1.1 200 "))
        let rests = try await gateway.metric("portcullis_listener_rests_total")
        #expect((rests ?? 0) > 0)
        #expect(try await gateway.stop() == .exited(0))
    }

    private func limit(_ gateway: GatewayProcess, _ count: String) async throws {
        try await succeed(
            "prlimit", ["--pid", "\(gateway.child.pid)", "--nofile=\(count):"], scratch: gateway.deployment.scratch)
    }
}
