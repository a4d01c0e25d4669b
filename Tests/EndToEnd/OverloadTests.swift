import Foundation
import JSON
import Patience
import Testing

@Suite struct `Overload` {
    /// The disk takes 150 ms for each sync, and twice as many clients come as may be in flight.
    @Test func `behind a slow disk is answered with 503, and every answer is on record`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        try deployment.set("requests_in_flight_max", "20")
        let disk = try await FaultyDisk(under: deployment.logDirectory, scratch: deployment.scratch)
        let gateway = try await GatewayProcess.start(deployment, environment: disk.environment)
        let clients = 40
        // Long enough to be seen by who asks once in a while, on a slow machine too.
        let requests = 6 * min(4, patienceFactor)
        let crowd = try Child(
            "python3",
            [
                Place.root.path + "/Tests/Support/crowd.py", "\(gateway.port)", deployment.state, "\(clients)",
                "\(requests)",
            ], scratch: deployment.scratch)
        #expect(await eventually { String(decoding: crowd.output, as: UTF8.self).contains("ready") })
        try disk.order(.syncsSlow(milliseconds: 150))
        let isUnready = await eventually {
            (try? await gateway.request("GET", "/readyz", by: gateway.customer).status) == 503
        }
        #expect(isUnready, "who directs traffic is told")
        #expect(try await gateway.request("GET", "/livez", by: gateway.customer).status == 200)
        #expect(try await crowd.wait(within: .seconds(60)) == .exited(0), "\(crowd.errors)")
        try disk.order(.healthy)
        let isReady = await eventually {
            (try? await gateway.request("GET", "/readyz", by: gateway.customer).status) == 200
        }
        #expect(isReady, "and told again")
        let shed = try await gateway.metric("portcullis_requests_shed_total{importance=\"normal\"}")
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")

        let answers = String(decoding: crowd.output, as: UTF8.self).split(separator: "\n").dropFirst()
            .map { $0.split(separator: " ").map(String.init) }
        #expect(answers.count == clients * requests)
        let (good, refused) = (answers.filter { $0[0] == "200" }, answers.filter { $0[0] == "503" })
        #expect(good.count + refused.count == answers.count && good.count > 0 && refused.count > 0)
        #expect(shed == Double(refused.count))
        #expect(refused.allSatisfy { $0[2] == "1" }, "Retry-After")
        // No answer without its record, no record of an answer that was not given.
        let receipts = answers.compactMap { Acknowledged($0[1]) }
        #expect(receipts.count == answers.count && Set(receipts).count == answers.count)
        let ends = try LogFiles(deployment.logDirectory).records.filter { $0.type == "request.end" }
        #expect(ends.count == answers.count)
        let overloads = ends.filter { $0.json["decision"]?["reason"]?.text == "requests_in_flight" }
        #expect(overloads.count == refused.count)
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.text)")
    }
}
