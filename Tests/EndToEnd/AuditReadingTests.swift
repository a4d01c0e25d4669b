import Foundation
import JSON
import Testing

/// `portcullis audit cat`, `tail`, `show`, `search`, `stats` and `prove` on a log that a gateway wrote.
@Suite struct `An auditor reads a log` {
    private func served() async throws -> (Deployment, String) {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let reply = try await gateway.ask()
        #expect(reply.status == 200)
        _ = try await gateway.get("/v1/audit/head", by: gateway.customer)
        #expect(try await gateway.stop() == .exited(0))
        return (deployment, try #require(reply.field("x-request-id")))
    }

    private func audit(_ deployment: Deployment, _ words: String...) async throws -> Finished {
        try await run(Place.binary, ["audit"] + words, scratch: deployment.scratch)
    }

    @Test func `whole, in part, in words, in numbers`() async throws {
        let (deployment, request) = try await served()
        let folder = deployment.logDirectory
        let records = try LogFiles(folder).records
        let all = try await audit(deployment, "cat", folder)
        #expect(all.status == 0 && all.text == records.map { String(decoding: $0.body, as: UTF8.self) + "\n" }.joined())
        let part = try await audit(deployment, "cat", folder, "--from", "1", "--to", "2")
        #expect(part.text.split(separator: "\n").count == 2)
        let tail = try await audit(deployment, "tail", folder, "--lines", "1")
        #expect(tail.text.contains(#""type":"gateway.stop""#) && tail.text.split(separator: "\n").count == 1)
        let end = try #require(records.first { $0.json["req"]?["id"]?.text == request })
        let shown = try await audit(deployment, "show", "\(end.sequence)", folder)
        #expect(
            shown.status == 0 && shown.text.contains("decision") && shown.text.contains("\(end.sequence):\(end.hash)"))
        #expect(try await audit(deployment, "show", "99999", folder).status == 66)
        #expect(try await audit(deployment, "show", "x", folder).status == 64)
        #expect(try await audit(deployment, "cat", deployment.scratch.file("none")).status == 66)
        let stats = try await audit(deployment, "stats", folder)
        #expect(stats.status == 0 && stats.text.contains("records  \(records.count)\n"))
    }

    @Test func `for what he looks for, with an index that is not believed`() async throws {
        let (deployment, request) = try await served()
        let (folder, index) = (deployment.logDirectory, deployment.scratch.file("index.db"))
        for options in [[], ["--index", index], ["--index", index]] {
            let found = try await run(
                Place.binary, ["audit", "search", folder, "--request", request, "--json"] + options,
                scratch: deployment.scratch)
            #expect(found.status == 0 && found.text.contains(request), "\(found.errors)")
            #expect(found.text.split(separator: "\n").count == 1)
            let denied = try await run(
                Place.binary, ["audit", "search", folder, "--outcome", "deny", "--reason", "role_missing"] + options,
                scratch: deployment.scratch)
            #expect(denied.status == 0 && denied.text.contains("deny (role_missing)"))
            let none = try await run(
                Place.binary, ["audit", "search", folder, "--principal", "nobody"] + options,
                scratch: deployment.scratch)
            #expect(none.status == 1 && none.text.isEmpty)
        }
        // An index that lies is found out, and one of another log is made anew.
        let lie = try await run(
            "python3",
            [
                "-c",
                "import sqlite3,sys; d=sqlite3.connect(sys.argv[1]); "
                    + "d.execute(\"UPDATE records SET request='forged' WHERE request IS NOT NULL\"); d.commit()", index,
            ], scratch: deployment.scratch)
        #expect(lie.status == 0, "\(lie.errors)")
        let forged = try await audit(deployment, "search", folder, "--request", "forged", "--index", index)
        #expect(forged.status == 74 && forged.text.isEmpty && forged.errors.contains("remove the file"))
        let (other, otherRequest) = try await served()
        let again = try await audit(
            deployment, "search", other.logDirectory, "--request", otherRequest, "--index", index)
        #expect(again.status == 0 && again.text.contains(otherRequest), "\(again.errors)")
        #expect(try await audit(deployment, "search", folder, "--since", "yesterday").status == 64)
    }

    @Test func `and proves a record of it`() async throws {
        let (deployment, _) = try await served()
        let folder = deployment.logDirectory
        let proof = try await audit(deployment, "prove", "1", folder)
        #expect(proof.status == 0 && proof.text.hasPrefix("c2sp.org/tlog-proof@v1\nextra "))
        #expect(proof.text.contains("\nindex 1\n") && proof.text.contains("\nportcullis.dev/gateway\n"))
        // The key and origin of another log: the policy is not met.
        let policy = deployment.scratch.file("policy")
        let key = "bank.example/portcullis/test+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
        try "log \(key)\nquorum none\n".write(toFile: policy, atomically: true, encoding: .utf8)
        #expect(try await audit(deployment, "prove", "1", folder, "--policy", policy).status == 69)
        try "bogus\n".write(toFile: policy, atomically: true, encoding: .utf8)
        #expect(try await audit(deployment, "prove", "1", folder, "--policy", policy).status == 78)
    }

    @Test func `while it grows`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let tail = try Child(
            Place.binary, ["audit", "tail", deployment.logDirectory, "--lines", "1", "--follow"],
            scratch: deployment.scratch)
        // What it prints first says that it has read what was there: the request is of what comes.
        #expect(await eventually { tail.output.count { $0 == 0x0A } == 1 }, "\(tail.errors)")
        let request = try #require(try await gateway.ask().field("x-request-id"))
        #expect(await eventually { String(decoding: tail.output, as: UTF8.self).contains(request) }, "\(tail.errors)")
        tail.signal(SIGINT)
        #expect(try await tail.wait() == .exited(0), "\(tail.errors)")
        #expect(try await gateway.stop() == .exited(0))
    }
}
