import Foundation
import Testing

@Suite struct `TLS is what its standards say` {
    @Test func `every probe gets the answer that it wants, and the gateway serves on`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let customer = deployment.identity(.customer)
        let probed = try await run(
            Place.root.path + "/.build/venv/bin/python",
            [
                "-B", Place.root.path + "/Tests/Conformance/tls_probes.py", "127.0.0.1:\(gateway.port)",
                deployment.authority.certificate, customer.certificate, customer.key,
            ], scratch: deployment.scratch)
        let lines = String(decoding: probed.output, as: UTF8.self).split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("FAIL") } == [])
        #expect(probed.status == 0, "\(probed.errors)")
        #expect(lines.count { $0.hasPrefix("ok ") } > 100)
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
    }
}
