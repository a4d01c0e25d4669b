import Foundation
import JSON
import Testing

/// What an auditor does who has the log's key: on logs that gateways wrote, with the checkpoints that they signed.
@Suite struct `Verifying a log with its key` {
    private func verify(_ deployment: Deployment, _ words: [String]) async throws -> Finished {
        try await run(
            Place.binary, ["audit", "verify", deployment.logDirectory] + words, scratch: deployment.scratch)
    }

    private func serve(_ deployment: Deployment, _ work: (GatewayProcess) async throws -> Void = { _ in }) async throws
    {
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.ask().status == 200)
        try await work(gateway)
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")
    }

    @Test func `is OK while it is written and once it is stopped`() async throws {
        let deployment = try await Deployment.make()
        for _ in 0..<2 {
            try await serve(deployment) { gateway in
                for pins in [["--vkey", try deployment.logKey()], ["--unpinned"]] {
                    let live = try await verify(deployment, pins)
                    #expect(live.status == 0 && live.text.hasPrefix("OK records="), "\(live.text)\(live.errors)")
                }
                #expect(try await gateway.ask().status == 200)
            }
        }
        let stopped = try await verify(deployment, ["--vkey", try deployment.logKey()])
        let records = try LogFiles(deployment.logDirectory).records
        #expect(stopped.status == 0, "\(stopped.text)\(stopped.errors)")
        #expect(stopped.text.hasPrefix("OK records=\(records.count) first=0 size=\(records.count) root="))
        #expect(
            stopped.text.contains(" uncovered=0 cosigned=- ") && !stopped.text.contains("WARNING"), "\(stopped.text)")
        let json = try JSONParser.parse(
            try await verify(deployment, ["--vkey", try deployment.logKey(), "--json"]).output)
        #expect(json["verdict"]?.text == "OK" && json["size"]?.integer == Int64(records.count))
        let other = "bank.example/portcullis/test+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
        let foreign = try await verify(deployment, ["--vkey", other])
        #expect(foreign.status == 1 && foreign.text.hasPrefix("TAMPERED code=UNKNOWN_KEY seq=0 "), "\(foreign.text)")
        #expect(try await verify(deployment, ["--vkey", "nonsense"]).status == 2)
        #expect(try await verify(deployment, ["--unpinned", "--origin", "bank.example/other"]).status == 1)
    }

    @Test func `shows what was cut, with a checkpoint that was kept`() async throws {
        let deployment = try await Deployment.make()
        let kept = deployment.scratch.file("kept")
        try await serve(deployment)
        let pins = ["--vkey", try deployment.logKey()]
        try write(contents(of: deployment.logDirectory + "/checkpoint"), to: kept)
        try await serve(deployment)
        #expect(try await verify(deployment, pins + ["--checkpoint", kept]).status == 0)
        // The second process's segment goes with every checkpoint that covers it, and the one before is put first.
        let log = try LogFiles(deployment.logDirectory)
        let last = try #require(log.records.last { $0.segment == log.segments[0] })
        let folder = deployment.logDirectory + "/checkpoints"
        func cut(from segment: String, keeping size: Int) throws {
            for name in log.segments where name >= segment {
                try FileManager.default.removeItem(atPath: deployment.logDirectory + "/" + name)
            }
            let notes = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".note") }
                .sorted()
            for name in notes where Int(name.prefix(20)) ?? 0 > size {
                try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            }
            let newest = try #require(notes.last { Int($0.prefix(20)) ?? 0 <= size })
            try write(contents(of: "\(folder)/\(newest)"), to: deployment.logDirectory + "/checkpoint")
        }
        let second = deployment.scratch.file("second")
        try write(contents(of: deployment.logDirectory + "/checkpoint"), to: second)
        try cut(from: log.segments[1], keeping: last.sequence + 1)
        // Nothing in the folder tells.
        #expect(try await verify(deployment, pins + ["--checkpoint", kept]).status == 0)
        let found = try await verify(deployment, pins + ["--checkpoint", second])
        #expect(found.status == 1, "\(found.text)\(found.errors)")
        #expect(found.text.hasPrefix("TAMPERED code=TRUNCATED seq=\(last.sequence + 1) "), "\(found.text)")
    }

    @Test func `follows a key that was rotated, for who pins either`() async throws {
        let deployment = try await Deployment.make()
        try await serve(deployment)
        let old = try deployment.logKey()
        let rotated = try await portcullis(
            "audit", "rotate-key", "--config", deployment.configuration, "--state", deployment.state,
            scratch: deployment.scratch)
        #expect(rotated.status == 0, "\(rotated.errors)")
        let new = rotated.text.trimmingCharacters(in: .whitespacesAndNewlines)
        try await serve(deployment) { _ in
            for pin in [old, new] {
                let live = try await verify(deployment, ["--vkey", pin])
                #expect(live.status == 0, "\(live.text)\(live.errors)")
            }
        }
        for pins in [["--vkey", old], ["--vkey", new], ["--vkey", old, "--vkey", new], ["--unpinned"]] {
            let found = try await verify(deployment, pins)
            #expect(found.status == 0 && found.text.contains(" uncovered=0 "), "\(pins): \(found.text)\(found.errors)")
        }
    }

    @Test func `needs no more than leave to read, and changes nothing`() async throws {
        let deployment = try await Deployment.make()
        try await serve(deployment)
        let folder = deployment.logDirectory
        try await succeed("chmod", ["a+x", deployment.state, deployment.state + "/var"], scratch: deployment.scratch)
        try await succeed("chmod", ["-R", "a+rX", folder], scratch: deployment.scratch)
        func listing() async throws -> [UInt8] {
            try await succeed(
                "bash",
                [
                    "-c", "cd \"$1\" && find . -printf '%p %m %s %T@ %C@\\n' | sort && cat seg-* | sha256sum", "-",
                    folder,
                ],
                scratch: deployment.scratch
            ).output
        }
        let before = try await listing()
        let words = [Place.binary, "audit", "verify", folder, "--vkey", try deployment.logKey()]
        let asNobody = geteuid() == 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : ["env"]
        let found = try await run(asNobody[0], Array(asNobody.dropFirst()) + words, scratch: deployment.scratch)
        #expect(found.status == 0, "\(found.text)\(found.errors)")
        #expect(try await listing() == before)
        guard geteuid() == 0 else { return }
        // Where a file cannot be read there is no answer, and not a wrong one.
        let segment = folder + "/" + (try LogFiles(folder).segments[0])
        try await succeed("chmod", ["600", segment], scratch: deployment.scratch)
        let blind = try await run(asNobody[0], Array(asNobody.dropFirst()) + words, scratch: deployment.scratch)
        #expect(blind.status == 2 && blind.errors.hasPrefix("UNUSABLE "), "\(blind.text)\(blind.errors)")
    }
}
