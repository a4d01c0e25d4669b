import Foundation
import JSON
import Testing

@Suite struct `Verifying a log` {
    /// A small log that a real gateway wrote, with a clean stop and a second segment.
    private func small() async throws -> Deployment {
        let deployment = try await Deployment.make()
        for _ in 0..<2 {
            let gateway = try await GatewayProcess.start(deployment)
            #expect(try await gateway.ask().status == 200)
            _ = try await gateway.get("/v1/audit/head", by: gateway.customer)
            #expect(try await gateway.stop() == .exited(0))
        }
        return deployment
    }

    private func verify(_ deployment: Deployment, _ directory: String? = nil) async throws -> Finished {
        try await portcullis(
            "audit", "verify", directory ?? deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
    }

    @Test func `a flipped bit in any byte is found`() async throws {
        let deployment = try await small()
        #expect(try await verify(deployment).status == 0)
        let seed = ProcessInfo.processInfo.environment["PORTCULLIS_SEED"].flatMap(UInt64.init) ?? .random(in: 0...9999)
        print("PORTCULLIS_SEED=\(seed)")
        let log = try LogFiles(deployment.logDirectory)
        let every = ProcessInfo.processInfo.environment["PORTCULLIS_EVERY_BYTE"] != nil ? 1 : 41
        var missed: [String] = []
        for (number, segment) in log.segments.enumerated() {
            let path = deployment.logDirectory + "/" + segment
            let whole = contents(of: path)
            let copy = deployment.scratch.file("copy-\(number)")
            try FileManager.default.copyItem(atPath: deployment.logDirectory, toPath: copy)
            for place in stride(from: Int(seed) % every, to: whole.count, by: every) {
                var changed = whole
                changed[place] ^= UInt8(1 << ((place + Int(seed)) % 8))
                try write(changed, to: copy + "/" + segment)
                let found = try await verify(deployment, copy)
                if found.status != 1 || !found.text.hasPrefix("TAMPERED ") {
                    missed.append("\(segment):\(place) exit \(found.status) \(found.text)")
                }
            }
        }
        #expect(missed.isEmpty, "seed \(seed): \(missed.prefix(3))")
    }

    @Test func `a line removed, doubled or swapped is found at its number`() async throws {
        let deployment = try await small()
        let log = try LogFiles(deployment.logDirectory)
        let path = deployment.logDirectory + "/" + log.segments[0]
        let whole = contents(of: path)
        let lines = whole.split(separator: 0x0A).map { Array($0) + [0x0A] }
        for (name, changed) in [
            ("removed", lines[..<2] + lines[3...]), ("doubled", lines[..<3] + lines[2...]),
            ("swapped", lines[..<1] + [lines[2], lines[1]] + lines[3...]),
        ] {
            try write(changed.flatMap { $0 }, to: path)
            let found = try await verify(deployment)
            #expect(found.status == 1, "\(name): \(found.text)")
            #expect(found.text.contains("seq="), "\(name): \(found.text)")
        }
        try write(whole, to: path)
        #expect(try await verify(deployment).status == 0)
    }

    @Test func `a segment removed from the middle or the start is found`() async throws {
        let deployment = try await small()
        let log = try LogFiles(deployment.logDirectory)
        try FileManager.default.removeItem(atPath: deployment.logDirectory + "/" + log.segments[0])
        #expect(try await verify(deployment).status == 1)
    }

    @Test func `an empty or missing directory is unusable, not tampered`() async throws {
        let scratch = try Scratch()
        let empty = scratch.file("empty")
        try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: true)
        for directory in [empty, scratch.file("missing")] {
            let found = try await portcullis("audit", "verify", directory, "--unpinned", scratch: scratch)
            #expect(found.status == 2)
            #expect(found.errors.hasPrefix("UNUSABLE "), "\(found.errors)")
        }
    }

    @Test func `without a pinned key the verdict is unusable unless asked for`() async throws {
        let deployment = try await small()
        let found = try await portcullis("audit", "verify", deployment.logDirectory, scratch: deployment.scratch)
        #expect(found.status == 2, "\(found.text)")
    }

    @Test func `the chain can be checked with nothing but a shell`() async throws {
        let deployment = try await small()
        let script = """
            set -eu
            cat "$1"/seg-*.jsonl | while IFS= read -r L; do
              h=$(printf 'portcullis.audit.record.v1\\n%s' "${L%,\\"hash\\":*}" | sha256sum | cut -d' ' -f1)
              case "$L" in *,\\"hash\\":\\"$h\\"}) echo good;; *) echo bad;; esac
            done
            """
        let finished = try await succeed(
            "bash", ["-c", script, "bash", deployment.logDirectory], scratch: deployment.scratch)
        let log = try LogFiles(deployment.logDirectory)
        #expect(finished.text.split(separator: "\n").count == log.records.count)
        #expect(!finished.text.contains("bad"))
    }
}
