import Foundation
import JSON
import Testing

@Suite struct `Shipping a log` {
    private func ship(_ deployment: Deployment, _ words: String...) throws -> Child {
        try Child(
            Place.binary,
            ["audit", "ship"] + words + ["--config", deployment.configuration, "--state", deployment.state],
            scratch: deployment.scratch)
    }

    private func archived(_ deployment: Deployment) -> Set<String> {
        let found = FileManager.default.enumerator(atPath: deployment.archive)?.allObjects ?? []
        return Set(found.compactMap { $0 as? String }.filter { $0 != "checkpoints" })
    }

    private func expectArchived(_ deployment: Deployment) throws {
        let folder = deployment.logDirectory
        let segments = try LogFiles(folder).segments.dropLast()
        for name in segments + ["checkpoint"] {
            #expect(contents(of: "\(deployment.archive)/\(name)") == contents(of: "\(folder)/\(name)"), "\(name)")
        }
    }

    @Test func `brings finished segments and checkpoints elsewhere while the gateway serves`() async throws {
        let deployment = try await Deployment.make()
        try deployment.shipToFolder()
        try await GatewayProcess.start(deployment).stop()
        let gateway = try await GatewayProcess.start(deployment)
        let first = try LogFiles(deployment.logDirectory).segments[0]
        #expect(await eventually(within: .seconds(30)) { (try? await waiting(gateway)) == 1 })
        let shipping = try ship(deployment)
        #expect(await eventually { archived(deployment).contains(first) }, "\(shipping.errors)")
        #expect(try await gateway.ask().status == 200)
        #expect(await eventually(within: .seconds(30)) { (try? await waiting(gateway)) == 0 })
        #expect(try await gateway.metric("portcullis_audit_ship_lag_seconds") == 0)
        let page = try await gateway.metrics()
        let rules = String(decoding: contents(of: Place.root.path + "/docs/alerts.yml"), as: UTF8.self)
        for name in Set(rules.matches(of: #/\bportcullis_audit_ship_[a-z_]+\b/#).map { String($0.0) }) {
            #expect(page.contains("# TYPE \(name) "), "\(name)")
        }
        #expect(try await gateway.stop() == .exited(0))
        let newest = contents(of: deployment.logDirectory + "/checkpoint")
        #expect(await eventually { contents(of: deployment.archive + "/checkpoint") == newest }, "\(shipping.errors)")
        #expect(await eventually { archived(deployment).contains { $0.hasPrefix("checkpoints/") } })
        shipping.signal(SIGTERM)
        #expect(try await shipping.wait() == .exited(0))
        try expectArchived(deployment)
    }

    private func waiting(_ gateway: GatewayProcess) async throws -> Double? {
        try await gateway.metric("portcullis_audit_ship_waiting_segments")
    }

    @Test func `goes on after being killed at any moment`() async throws {
        let deployment = try await Deployment.make()
        try deployment.shipToFolder()
        for _ in 0..<4 { try await GatewayProcess.start(deployment).stop() }
        for pause in [0, 2, 5, 10, 20, 40] {
            let shipping = try ship(deployment)
            try await Task.sleep(for: .milliseconds(pause))
            shipping.signal(SIGKILL)
            try await shipping.wait()
        }
        let last = try await deployment.audit("ship", "--once")
        #expect(last.status == 0, "\(last.errors)")
        try expectArchived(deployment)
        let again = try await deployment.audit("ship", "--once")
        #expect(again.status == 0 && !again.errors.contains("shipped"), "\(again.errors)")
    }

    @Test func `that cannot go on holds up no request, and is told`() async throws {
        let deployment = try await Deployment.make()
        try deployment.shipToFolder()
        try FileManager.default.removeItem(atPath: deployment.archive)
        try await GatewayProcess.start(deployment).stop()
        let gateway = try await GatewayProcess.start(deployment)
        let shipping = try ship(deployment)
        for _ in 0..<5 { #expect(try await gateway.ask().status == 200) }
        #expect(await eventually { shipping.errors.contains("cannot be read here, or not written there") })
        // The first look is at the start; the oldest segment is a second too old at the next.
        let isRecorded = await eventually(within: .seconds(40)) {
            let records = (try? LogFiles(deployment.logDirectory).records) ?? []
            return records.contains { $0.type == "log.pressure" && $0.json["level"]?.text == "ship" }
        }
        #expect(isRecorded)
        #expect(try await gateway.metric("portcullis_audit_ship_lag_seconds") ?? 0 > 1)
        #expect(gateway.child.errors.contains("ship_lag"))
        try FileManager.default.createDirectory(atPath: deployment.archive, withIntermediateDirectories: false)
        let first = try LogFiles(deployment.logDirectory).segments[0]
        #expect(await eventually(within: .seconds(60)) { archived(deployment).contains(first) }, "\(shipping.errors)")
        shipping.signal(SIGTERM)
        #expect(try await shipping.wait() == .exited(0))
        #expect(try await gateway.stop() == .exited(0))
        _ = try await deployment.verifyLog()
    }

    @Test func `by a command of the operator's`() async throws {
        let deployment = try await Deployment.make()
        let script = deployment.scratch.file("store.sh")
        let archive = deployment.archive
        try FileManager.default.createDirectory(atPath: archive + "/checkpoints", withIntermediateDirectories: true)
        try write("cp \"$1\" \"\(archive)/$2\" && sha256sum \"\(archive)/$2\" | cut -d' ' -f1\n".utf8, to: script)
        try deployment.set(
            "ship", #"{ target: "command", command: ["/bin/sh", "\#(script)", "{file}", "{name}"]"#)
        for _ in 0..<2 { try await GatewayProcess.start(deployment).stop() }
        let done = try await deployment.audit("ship", "--once")
        #expect(done.status == 0, "\(done.errors)")
        try expectArchived(deployment)
    }

    @Test func `is refused where it is off, or has nowhere to go`() async throws {
        let deployment = try await Deployment.make()
        let off = try await deployment.audit("ship", "--once")
        #expect(off.status == 78 && off.errors.contains("audit.ship.target is off"), "\(off.errors)")
        try deployment.set("ship", #"{ target: "s3", bucket: "audit""#)
        #expect(try await deployment.audit("ship", "--once").status == 78)
    }
}
