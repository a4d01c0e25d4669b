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
