import Foundation
import Testing

@Suite struct `The gateway's user` {
    private static let nobody = 65_534

    /// A deployment whose state belongs to `nobody`, with that user in its settings.
    private func deployment() async throws -> Deployment {
        let deployment = try await Deployment.make()
        let path = deployment.configuration
        let text = String(decoding: contents(of: path), as: UTF8.self)
        let place = try #require(text.firstRange(of: "user: \"\""))
        try write(
            text.replacingCharacters(in: place, with: "user: \"\(Self.nobody)\"").utf8, to: path)
        if geteuid() == 0 {
            try await succeed("chown", ["-R", "\(Self.nobody)", deployment.state], scratch: deployment.scratch)
        }
        return deployment
    }

    @Test func `is taken for good once a low port is bound, where root starts it; nobody else may`() async throws {
        let deployment = try await deployment()
        guard geteuid() == 0 else {
            let child = try GatewayProcess.launch(deployment)
            #expect(try await child.wait(within: .seconds(20)) == .exited(77))
            #expect(child.errors.contains("process.user"), "\(child.errors)")
            return
        }
        let probe = try await Probe(["become-root"], in: deployment)
        let port = Int.random(in: 600...1000)
        let gateway = try await GatewayProcess.start(deployment, environment: probe.environment, port: port)
        #expect(gateway.port == port)
        #expect(!gateway.child.errors.contains("running as root"), "\(gateway.child.errors)")
        let folder = "/proc/\(gateway.child.pid)/task"
        for thread in try FileManager.default.contentsOfDirectory(atPath: folder) {
            let status = String(decoding: contents(of: "\(folder)/\(thread)/status"), as: UTF8.self)
            for name in ["Uid", "Gid"] {
                let ids = String(repeating: "\t\(Self.nobody)", count: 4)
                #expect(status.contains("\(name):\(ids)\n"), "\(status)")
            }
            #expect(status.contains("CapPrm:\t0000000000000000\n"))
        }
        // What is not dumpable belongs to root whoever runs it.
        let owner = try FileManager.default.attributesOfItem(atPath: "/proc/\(gateway.child.pid)/mem")[.ownerAccountID]
        #expect((owner as? NSNumber)?.intValue == 0)
        let limits = String(decoding: contents(of: "/proc/\(gateway.child.pid)/limits"), as: UTF8.self)
        #expect(limits.contains(#/Max core file size +0 +0 /#), "\(limits)")
        gateway.child.signal(Probe.signal)
        #expect(await eventually { Probe.results("probe", of: gateway.child)["become-root"] == ENOSYS })
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
    }

    @Test func `that the system does not know stops the start by name`() async throws {
        let deployment = try await deployment()
        let path = deployment.configuration
        let text = String(decoding: contents(of: path), as: UTF8.self)
        try write(text.replacing("user: \"\(Self.nobody)\"", with: "user: \"no-such-user\"").utf8, to: path)
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait(within: .seconds(20)) == .exited(78))
        #expect(child.errors.contains("process.user no-such-user"), "\(child.errors)")
    }
}
