import Foundation
import JSON
import Patience
import Testing

@Suite struct `The service manager` {
    private func socketName(_ kind: String, _ deployment: Deployment) -> String {
        kind == "path" ? deployment.scratch.file("n") : "@portcullis-\(UInt64.random(in: .min ... .max))"
    }

    @Test(arguments: ["path", "abstract"])
    func `hears when the gateway is ready and when it stops`(kind: String) async throws {
        let deployment = try await Deployment.make()
        let socket = try NotifySocket(socketName(kind, deployment))
        let gateway = try await GatewayProcess.start(deployment, environment: ["NOTIFY_SOCKET": socket.name])
        let ready = try #require(await socket.next())
        #expect(ready.hasPrefix("READY=1\nSTATUS="), "\(ready)")
        #expect(try await gateway.ask().status == 200)
        #expect(await socket.next(within: .milliseconds(300)) == nil, "it asked for no watchdog")
        #expect(try await gateway.stop() == .exited(0))
        let stopping = try #require(await socket.next())
        #expect(stopping.hasPrefix("STOPPING=1\nSTATUS="), "\(stopping)")
    }

    @Test func `is not told that a gateway is ready which does not start`() async throws {
        let deployment = try await Deployment.make()
        let socket = try NotifySocket(deployment.scratch.file("n"))
        try deployment.set("durability", "\"none\"")
        let child = try GatewayProcess.launch(deployment, environment: ["NOTIFY_SOCKET": socket.name])
        #expect(try await child.wait() == .exited(78))
        #expect(await socket.next(within: .milliseconds(100)) == nil)
    }

    @Test func `gets its watchdog answered while loops and writer turn`() async throws {
        let deployment = try await Deployment.make()
        let socket = try NotifySocket(deployment.scratch.file("n"))
        let gateway = try await GatewayProcess.start(
            deployment, environment: ["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "2000000"])
        _ = await socket.next()
        // When each is due is `WatchdogTests`' to say: on a busy machine this test itself may be late to read them.
        for _ in 0..<4 { #expect(await socket.line("WATCHDOG=1", within: .seconds(6))) }
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `gets no answer to a watchdog that was meant for another process`() async throws {
        let deployment = try await Deployment.make()
        let socket = try NotifySocket(deployment.scratch.file("n"))
        let gateway = try await GatewayProcess.start(
            deployment,
            environment: ["NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "200000", "WATCHDOG_PID": "1"])
        _ = await socket.next()
        #expect(await socket.next(within: .seconds(1)) == nil)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `gets no answer to its watchdog while the log's writer hangs`() async throws {
        let deployment = try await Deployment.make()
        let disk = try await FaultyDisk(under: deployment.logDirectory, scratch: deployment.scratch)
        let socket = try NotifySocket(deployment.scratch.file("n"))
        let gateway = try await GatewayProcess.start(
            deployment,
            environment: disk.environment.merging([
                "NOTIFY_SOCKET": socket.name, "WATCHDOG_USEC": "1000000",
            ]) { $1 })
        #expect(await socket.line("WATCHDOG=1"))
        try disk.order(.syncsHang)
        async let reply = gateway.ask()
        #expect(await eventually { (try? await gateway.metric("portcullis_requests_in_flight")) == 1 })
        try await Task.sleep(for: .seconds(1))
        socket.clear()
        #expect(await socket.next(within: .seconds(2)) == nil, "the writer is stuck in fdatasync")
        try disk.order(.healthy)
        #expect(await socket.line("WATCHDOG=1"))
        #expect(try await reply.status == 200)
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `finds a gateway whose loop failed drained, recorded and ended by 70`() async throws {
        let deployment = try await Deployment.make()
        try deployment.set("loops", "2")
        let disk = try await FaultyDisk(under: deployment.logDirectory, scratch: deployment.scratch)
        let socket = try NotifySocket(deployment.scratch.file("n"))
        let gateway = try await GatewayProcess.start(
            deployment, environment: disk.environment.merging(["NOTIFY_SOCKET": socket.name]) { $1 })
        let receipt = try #require(try await gateway.ask().receipt)
        try disk.order(.loopFails(1))
        #expect(try await gateway.child.wait(within: .seconds(30)) == .exited(70), "\(gateway.child.errors)")
        #expect(gateway.child.errors.contains("an event loop failed: epoll_wait"), "\(gateway.child.errors)")
        _ = await socket.next()
        #expect(await socket.next()?.hasPrefix("STOPPING=1\nSTATUS=Failed: ") == true)
        let records = try LogFiles(deployment.logDirectory).records
        #expect(records.last?.type == "gateway.stop")
        #expect(records.last?.json["stop"]?["reason"]?.text == "loop_failed")
        #expect(records.contains { $0.hash == receipt.hash })
    }

    @Test func `that is gone does not keep the gateway from serving`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(
            deployment, environment: ["NOTIFY_SOCKET": deployment.scratch.file("none")])
        #expect(gateway.child.errors.contains("NOTIFY_SOCKET"), "\(gateway.child.errors)")
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
    }
}
