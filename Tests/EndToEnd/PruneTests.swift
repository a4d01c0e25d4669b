import Foundation
import JSON
import Testing

@Suite struct `Pruning a log` {
    /// A log of three segments, each of a process.
    private func three() async throws -> Deployment {
        let deployment = try await Deployment.make()
        try deployment.shipToFolder()
        for _ in 0..<3 {
            let gateway = try await GatewayProcess.start(deployment)
            #expect(try await gateway.ask().status == 200)
            #expect(try await gateway.stop() == .exited(0))
        }
        return deployment
    }

    /// What a program is run with that is to believe that it is 500 days later.
    private func later(_ deployment: Deployment) async throws -> [String: String] {
        let library = deployment.scratch.file("clock.so")
        let source = Place.root.path + "/Tests/Support/clock.c"
        try await succeed(
            "cc", ["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, source, "-ldl"],
            scratch: deployment.scratch)
        return ["LD_PRELOAD": library, "CLOCK_SHIFT": "\(500 * 86_400)"]
    }

    private func first(_ segment: Int, of deployment: Deployment) throws -> Int {
        let name = try LogFiles(deployment.logDirectory).segments[segment]
        return try #require(Int(name.dropFirst(4).prefix(20)))
    }

    @Test func `takes what is old and elsewhere, and leaves a log that is as good as before`() async throws {
        let deployment = try await three()
        let (folder, key) = (deployment.logDirectory, try deployment.logKey())
        let kept = try first(2, of: deployment)
        let before = try LogFiles(folder)
        let environment = try await later(deployment)
        let young = try await deployment.audit("prune", "--before", "\(kept)", "--ticket", "CHG-1")
        #expect(young.status == 65 && young.errors.contains("days old, wanted more than 400"), "\(young.errors)")
        let only = try await deployment.audit(
            "prune", "--before", "\(kept)", "--ticket", "CHG-1", environment: environment)
        #expect(only.status == 65 && only.errors.contains("no copy of it is known to be elsewhere"), "\(only.errors)")
        #expect(try LogFiles(folder).segments == before.segments)
        #expect(try LogFiles(folder).records.count == before.records.count)
        #expect(try await deployment.audit("ship", "--once").status == 0)
        let nothing = try await deployment.audit(
            "prune", "--before", "1", "--ticket", "CHG-1", environment: environment)
        #expect(nothing.status == 65 && nothing.errors.contains("no whole segment"), "\(nothing.errors)")
        let done = try await deployment.audit(
            "prune", "--before", "\(kept)", "--ticket", "CHG-1201", "--operator", "ops-3", environment: environment)
        #expect(done.status == 0, "\(done.errors)")
        #expect(done.text == before.segments.prefix(2).map { "removed \($0)\n" }.joined())
        let after = try LogFiles(folder)
        #expect(Array(after.segments.prefix(1)) == Array(before.segments.suffix(1)))
        let prune = try #require(after.records.first { $0.type == "log.prune" }?.json["prune"])
        #expect(prune["kept_from"]?.integer == Int64(kept) && prune["ticket"]?.text == "CHG-1201")
        let verdict = try await deployment.verifyLog(key)
        #expect(verdict.contains("first=\(kept) ") && verdict.contains("WARNING records 0 to \(kept - 1) were removed"))

        try await expectReadable(deployment, kept: kept)
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.ask().status == 200)
        let auditor = Caller.role(.auditor, of: deployment)
        let proof = try await gateway.get("/v1/audit/proof?seq=\(kept)", by: auditor)
        #expect(proof.status == 200, "\(proof.text)")
        let busy = try await deployment.audit("prune", "--before", "\(kept)", "--ticket", "CHG-2")
        #expect(busy.status == 75, "\(busy.errors)")
        #expect(try await gateway.stop() == .exited(0))
        _ = try await deployment.verifyLog(key)
        try await expectNoNeedOfTiles(deployment, kept: kept, key: key)
    }

    /// The tiles are a cache: without them the records and the record of the removal tell the same.
    private func expectNoNeedOfTiles(_ deployment: Deployment, kept: Int, key: String) async throws {
        try FileManager.default.removeItem(atPath: deployment.logDirectory + "/tile")
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.ask().status == 200)
        let refused = try await gateway.get("/v1/audit/proof?seq=\(kept)", by: .role(.auditor, of: deployment))
        try expectProblem(refused, 503)
        #expect(refused.text.contains("portcullis audit prove"), "\(refused.text)")
        let proof = try await portcullis(
            "audit", "prove", "\(kept)", deployment.logDirectory, scratch: deployment.scratch)
        #expect(proof.status == 0 && proof.text.contains("\nindex \(kept)\n"), "\(proof.errors)")
        #expect(try await gateway.stop() == .exited(0))
        _ = try await deployment.verifyLog(key)
    }

    private func expectReadable(_ deployment: Deployment, kept: Int) async throws {
        let (folder, scratch) = (deployment.logDirectory, deployment.scratch)
        let cat = try await portcullis("audit", "cat", folder, scratch: scratch)
        #expect(cat.status == 0 && cat.text.hasPrefix("{\"v\":1,\"seq\":\(kept),"))
        let gone = try await portcullis("audit", "show", "\(kept - 1)", folder, scratch: scratch)
        #expect(gone.status == 66 && gone.errors.contains("begins with record \(kept)"), "\(gone.errors)")
        let beyond = try await portcullis("audit", "show", "99999", folder, scratch: scratch)
        #expect(beyond.status == 66 && beyond.errors.contains("ends with record"), "\(beyond.errors)")
        let stats = try await portcullis("audit", "stats", folder, scratch: scratch)
        #expect(stats.status == 0, "\(stats.errors)")
        let index = scratch.file("index.db")
        for options in [[], ["--index", index], ["--index", index]] {
            let found = try await run(
                Place.binary, ["audit", "search", folder, "--type", "log.prune"] + options, scratch: scratch)
            #expect(found.status == 0 && found.text.split(separator: "\n").count == 1, "\(found.errors)")
        }
        for seq in [kept, kept + 1] {
            let proof = try await portcullis("audit", "prove", "\(seq)", folder, scratch: scratch)
            #expect(proof.status == 0 && proof.text.contains("\nindex \(seq)\n"), "\(proof.errors)")
        }
        #expect(try await portcullis("audit", "prove", "0", folder, scratch: scratch).status == 66)
    }

    @Test func `holds the copies that it is shown against the segments`() async throws {
        let deployment = try await three()
        let kept = try first(1, of: deployment)
        let environment = try await later(deployment)
        let (copies, name) = (deployment.scratch.file("copies"), try LogFiles(deployment.logDirectory).segments[0])
        try FileManager.default.createDirectory(atPath: copies, withIntermediateDirectories: true)
        let words = ["--before", "\(kept)", "--ticket", "T", "--archived", copies]
        func prune() async throws -> Finished {
            try await run(
                Place.binary,
                ["audit", "prune"] + words + ["--config", deployment.configuration, "--state", deployment.state],
                scratch: deployment.scratch, environment: environment)
        }
        #expect(try await prune().status == 65)
        var copy = contents(of: deployment.logDirectory + "/" + name)
        copy[17] ^= 1
        try write(copy, to: copies + "/" + name)
        #expect(try await prune().status == 65)
        copy[17] ^= 1
        try write(copy, to: copies + "/" + name)
        let key = try deployment.logKey()
        let done = try await prune()
        #expect(done.status == 0 && done.text == "removed \(name)\n", "\(done.errors)")
        _ = try await deployment.verifyLog(key)
    }

    @Test func `removes nothing of a log that does not verify`() async throws {
        let deployment = try await three()
        #expect(try await deployment.audit("ship", "--once").status == 0)
        let path = deployment.logDirectory + "/" + (try LogFiles(deployment.logDirectory).segments[0])
        var changed = contents(of: path)
        changed[200] ^= 1
        try write(changed, to: path)
        let refused = try await deployment.audit(
            "prune", "--before", "1000", "--ticket", "T", environment: try await later(deployment))
        #expect(refused.status == 65 && refused.errors.contains("TAMPERED"), "\(refused.errors)")
        #expect(try LogFiles(deployment.logDirectory).segments.count == 3)
    }

    @Test func `asks for a ticket and a record`() async throws {
        let deployment = try await Deployment.make()
        #expect(try await deployment.audit("prune", "--before", "5").status == 64)
        #expect(try await deployment.audit("prune", "--ticket", "T").status == 64)
        #expect(try await deployment.audit("prune", "--before", "0", "--ticket", "T").status == 64)
        #expect(try await deployment.audit("prune", "--before", "5", "--ticket", "").status == 64)
    }
}
