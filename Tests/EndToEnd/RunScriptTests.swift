import Foundation
import Testing

@Suite struct `The scripts behind make run` {
    /// A program that only prints the command line it would serve with.
    private func stub(in scratch: Scratch) throws -> String {
        let path = scratch.file("stub")
        try write("#!/bin/bash\n[ \"$1\" != serve ] || echo \"$@\"\n".utf8, to: path)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        return path
    }

    @Test(arguments: [
        ("8443", nil, "8443 --metrics-port 9443"), ("8444", "", "8444 --metrics-port 9444"),
        ("64535", nil, "64535 --metrics-port 65535"), ("64536", nil, "64536 --metrics-port 0"),
        ("0", nil, "0 --metrics-port 0"), ("8443", "7000", "8443 --metrics-port 7000"),
    ])
    func `each port has a metrics port of its own`(port: String, metrics: String?, wanted: String) async throws {
        let scratch = try Scratch()
        let ran = try await run(
            Place.root.path + "/scripts/run.sh",
            [try stub(in: scratch), scratch.file("own"), port] + (metrics.map { [$0] } ?? []), scratch: scratch)
        #expect(ran.status == 0, "\(ran.errors)")
        #expect(ran.text.hasSuffix("--port \(wanted)\n"), "\(ran.text)")
    }

    @Test(arguments: [("", "", "PORT"), ("84x", "", "PORT"), ("65536", "", "PORT"), ("8443", "65536", "METRICS_PORT")])
    func `what is no port is refused by name`(port: String, metrics: String, name: String) async throws {
        let scratch = try Scratch()
        let ran = try await run(
            Place.root.path + "/scripts/run.sh", [try stub(in: scratch), scratch.file("own"), port, metrics],
            scratch: scratch)
        #expect(ran.status == 64 && ran.errors.hasPrefix("run: \(name): "), "\(ran.errors)")
    }
}

@Suite struct `An interrupted preparation` {
    private func prepare(_ deployment: Deployment) async throws -> Finished {
        try await run(
            Place.root.path + "/scripts/prepare.sh", [Place.binary, deployment.state], scratch: deployment.scratch)
    }

    @Test func `a knowledge base that was made but not filled is filled by the next`() async throws {
        let deployment = try await Deployment.make()
        for name in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: deployment.database + name) }
        // Tables without rows, as a kill before the import's transaction leaves them.
        let refused = try await portcullis(
            "knowledge", "import", "--database", deployment.database, "-", scratch: deployment.scratch,
            input: Array("id,question,answer,category,variants\n,,,,\n".utf8))
        #expect(refused.status == 65)
        #expect(FileManager.default.fileExists(atPath: deployment.database))
        let again = try await prepare(deployment)
        #expect(again.status == 0 && again.text.contains("106 rows taken"), "\(again.text) \(again.errors)")
        let found = try await portcullis(
            "knowledge", "search", "--database", deployment.database, "my card was stolen", scratch: deployment.scratch)
        #expect(found.status == 0, "\(found.errors)")
    }

    @Test func `a knowledge base of one's own is kept`() async throws {
        let deployment = try await Deployment.make()
        let own = try await portcullis(
            "knowledge", "import", "--database", deployment.database, "-", scratch: deployment.scratch,
            input: Array("id,question,answer,category,variants\nmoon,Is there a moon branch?,Yes.,Branches,\n".utf8))
        #expect(own.status == 0, "\(own.errors)")
        let again = try await prepare(deployment)
        #expect(again.status == 0 && again.text.isEmpty, "\(again.text) \(again.errors)")
        let found = try await portcullis(
            "knowledge", "search", "--database", deployment.database, "moon branch", scratch: deployment.scratch)
        #expect(found.text.contains("moon"), "\(found.text) \(found.errors)")
    }

    @Test(arguments: ["server", "clients/customer", "ca"])
    func `a key without its certificate is kept and certified by the next`(name: String) async throws {
        let deployment = try await Deployment.make()
        let base = deployment.certificates + "/" + name
        let key = contents(of: base + ".key")
        try FileManager.default.removeItem(atPath: base + ".crt")
        if name == "ca" {
            try FileManager.default.removeItem(atPath: deployment.certificates + "/token-keys/signing.pub")
        }
        let again = try await prepare(deployment)
        #expect(again.status == 0, "\(again.errors)")
        #expect(contents(of: base + ".key") == key)
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
    }
}

@Suite struct `The check before a change is taken` {
    /// Runs it with a `make` that says and returns what it is told.
    private func check(saying lines: String, status: Int) async throws -> Finished {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(atPath: scratch.file("bin"), withIntermediateDirectories: false)
        let make = scratch.file("bin/make")
        let script = "#!/bin/bash\n[ \"$*\" = test ] && ! read -r && printf '%s\\n' '\(lines)' && exit \(status)\n"
        try write(script.utf8, to: make)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: make)
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return try await run(
            Place.root.path + "/.ci/run", [], scratch: scratch,
            environment: ["PATH": scratch.file("bin") + ":" + path, "CI": "true"])
    }

    @Test func `it sums up what passed`() async throws {
        let ran = try await check(saying: "fuzz: x: done\nTest run with 7 tests passed after 1 seconds.", status: 0)
        #expect(ran.status == 0, "\(ran.errors)")
        let summary = ran.text.components(separatedBy: "\n\n").last ?? ""
        #expect(summary.hasPrefix("fuzz: x: done\nTest run with 7 tests passed"), "\(ran.text)")
        #expect(summary.contains("ci: passed in "))
    }

    @Test func `it fails with what failed and its exit code`() async throws {
        let ran = try await check(saying: "x Test \"a rule\" failed after 1 seconds.\nrest", status: 2)
        #expect(ran.status == 2)
        let summary = ran.text.components(separatedBy: "\n\n").last ?? ""
        #expect(summary.hasPrefix("x Test \"a rule\" failed after"), "\(ran.text)")
        #expect(summary.contains("ci: FAILED with exit code 2"))
    }
}
