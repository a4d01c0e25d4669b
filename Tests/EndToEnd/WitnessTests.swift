import Foundation
import JSON
import Testing

@Suite struct `A gateway with witnesses` {
    /// A deployment whose log exists, with a real witness that knows its key and is named by its settings.
    private func deploy(settings: String = "") async throws -> (Deployment, WitnessProcess) {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        try deployment.set("checkpoint_s", "1")
        let first = try await GatewayProcess.start(deployment)
        #expect(try await first.stop() == .exited(0))
        let witness = try await WitnessProcess.start(in: deployment.scratch)
        let key = try deployment.logKey()
        try await witness.register(key)
        try deployment.cosign(by: witness, logs: [key], settings: settings)
        return (deployment, witness)
    }

    private func cosigned(_ gateway: GatewayProcess) async throws -> Double? {
        try await sample("portcullis_witness_cosigned_records{witness=\"w1\"}", of: gateway)
    }

    private func sample(_ name: String, of gateway: GatewayProcess) async throws -> Double? {
        try await gateway.metrics().split(separator: "\n").first { $0.hasPrefix(name + " ") }
            .flatMap { Double($0.dropFirst(name.utf8.count + 1)) }
    }

    private func verify(_ deployment: Deployment, _ options: String...) async throws -> Finished {
        try await run(
            Place.binary,
            ["audit", "verify", deployment.logDirectory, "--policy", deployment.witnessPolicy] + options,
            scratch: deployment.scratch)
    }

    /// The value of a word such as `size=` in a verdict.
    private func value(_ name: String, _ verdict: Finished) -> String? {
        verdict.text.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.utf8.count + 1)) }
    }

    @Test func `is held by its auditor against what the witness itself keeps`() async throws {
        let (deployment, witness) = try await deploy()
        #expect(try await GatewayProcess.start(deployment).stop() == .exited(0))
        let earlier = deployment.scratch.file("earlier")
        try FileManager.default.copyItem(atPath: deployment.logDirectory, toPath: earlier)
        #expect(try await GatewayProcess.start(deployment).stop() == .exited(0))
        let pins = ["--vkey", try deployment.logKey(), "--witness-url", witness.url]
        func verify(_ directory: String) async throws -> Finished {
            try await run(Place.binary, ["audit", "verify", directory] + pins, scratch: deployment.scratch)
        }
        let whole = try await verify(deployment.logDirectory)
        #expect(whole.status == 0, "\(whole.text) \(whole.errors)")
        // A log as it once was is right in itself; only who remembers more can tell.
        let cut = try await verify(earlier)
        #expect(cut.status == 1 && cut.text.hasPrefix("TAMPERED code=TRUNCATED "), "\(cut.text) \(cut.errors)")
        try await witness.stop()
        let unanswered = try await verify(deployment.logDirectory)
        #expect(unanswered.status == 2 && unanswered.errors.contains("cannot be asked"), "\(unanswered.errors)")
    }

    @Test func `has its checkpoints cosigned by a real one, and its auditor sees it, live and at rest`() async throws {
        let (deployment, witness) = try await deploy()
        let gateway = try await GatewayProcess.start(deployment)
        for _ in 0..<3 { #expect(try await gateway.ask().status == 200) }
        let size = try LogFiles(deployment.logDirectory).records.count
        #expect(
            await eventually(within: .seconds(60)) {
                (try? await cosigned(gateway)).flatMap { $0 } ?? 0 >= Double(size)
            },
            "\(gateway.child.errors) \(witness.errors)")
        let live = try await verify(deployment, "--live")
        #expect(live.status == 0 && value("cosigned", live) == value("size", live), "\(live.text) \(live.errors)")
        let page = try await gateway.metrics()
        let checked = try await run(
            "promtool", ["check", "metrics"], scratch: deployment.scratch, input: Array(page.utf8))
        #expect(checked.status == 0 && checked.errors.isEmpty, "\(checked.text) \(checked.errors)")
        let rules = String(decoding: contents(of: Place.root.path + "/docs/alerts.yml"), as: UTF8.self)
        for name in Set(rules.matches(of: #/\bportcullis_witness_[a-z_]+\b/#).map { String($0.0) }) {
            #expect(page.contains("# TYPE \(name) "), "\(name)")
        }
        #expect(try await sample("portcullis_witness_quorum_met", of: gateway) == 1)
        #expect(try await sample("portcullis_witness_quorum_lag_seconds", of: gateway) == 0)
        #expect(
            try await sample("portcullis_witness_attempts_total{witness=\"w1\",result=\"cosigned\"}", of: gateway) ?? 0
                >= 2)
        let age = try await sample("portcullis_witness_cosignature_age_seconds{witness=\"w1\"}", of: gateway)
        #expect((0...120).contains(try #require(age)))
        let shown = try await gateway.get("/v1/audit/checkpoint", by: .role(.auditor, of: deployment))
        #expect(shown.status == 200 && shown.text.contains("\u{2014} \(WitnessProcess.name) "), "\(shown.text)")
        #expect(try await gateway.stop() == .exited(0), "\(gateway.child.errors)")

        let rest = try await verify(deployment)
        let count = try LogFiles(deployment.logDirectory).records.count
        #expect(rest.status == 0 && value("cosigned", rest) == "\(count)", "\(rest.text) \(rest.errors)")
        // The next process goes on from the size that was kept, without asking the witness for it.
        let again = try await GatewayProcess.start(deployment)
        #expect(
            await eventually(within: .seconds(60)) {
                (try? await cosigned(again)).flatMap { $0 } ?? 0 > Double(count)
            }, "\(again.child.errors)")
        #expect(try await again.stop() == .exited(0))
        #expect(!witness.errors.contains(" 409 "), "\(witness.errors)")
        try await witness.stop()
    }

    @Test func `asks them over TLS, and none that cannot show whose it is`() async throws {
        let (deployment, witness) = try await deploy()
        let scratch = deployment.scratch
        let authority = try await Authority.make("witnesses", scratch: scratch)
        var leaf = Authority.Leaf()
        leaf.purpose = "serverAuth"
        leaf.alternativeName = "DNS:localhost"
        let identity = try await authority.issue(leaf)
        let front = try Child(
            "python3",
            [
                Place.root.path + "/Tests/EndToEnd/Support/tls_front.py", identity.certificate, identity.key,
                "\(witness.port)",
            ], scratch: scratch)
        defer { front.signal(SIGKILL) }
        var port: Int?
        _ = await eventually(within: .seconds(60)) {
            port = String(decoding: front.output, as: UTF8.self).firstMatch(of: #/port (\d+)/#).flatMap { Int($0.1) }
            return port != nil
        }
        // By name: the C library looks it up in the sandbox.
        let url = "https://localhost:\(try #require(port, "\(front.errors)"))"
        try deployment.writePolicy(witness.key, at: url, logs: [try deployment.logKey()])
        let untrusting = try await GatewayProcess.start(deployment)
        #expect(await eventually { untrusting.child.errors.contains("\"untrusted\"") }, "\(untrusting.child.errors)")
        #expect(try await cosigned(untrusting) == 0)
        #expect(try await untrusting.stop() == .exited(0))
        try deployment.set(
            "witness", "{ policy: \"witnesses.policy\", ca: \"\(authority.identity.certificate)\" ")
        let trusting = try await GatewayProcess.start(deployment)
        #expect(
            await eventually(within: .seconds(60)) { (try? await cosigned(trusting)).flatMap { $0 } ?? 0 > 0 },
            "\(trusting.child.errors)")
        #expect(try await trusting.stop() == .exited(0))
        let verdict = try await verify(deployment)
        #expect(verdict.status == 0 && value("cosigned", verdict) == value("size", verdict), "\(verdict.text)")
        try await witness.stop()
    }

    @Test func `makes trees, checkpoints and proofs that others' code agrees on`() async throws {
        let (deployment, witness) = try await deploy()
        let gateway = try await GatewayProcess.start(deployment)
        // curl makes 270 requests of it.
        _ = try await gateway.get("/v1/faq?query=card[1-270]", by: gateway.customer)
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
        let count = try LogFiles(deployment.logDirectory).records.count
        #expect(count > 256, "more than a tile")
        var proofs: [String] = []
        for sequence in [0, 1, 255, 256, count - 1] {
            let proof = try await portcullis(
                "audit", "prove", "\(sequence)", deployment.logDirectory, scratch: deployment.scratch)
            #expect(proof.status == 0, "\(proof.errors)")
            proofs.append(deployment.scratch.file("\(sequence).tlog-proof"))
            try write(proof.output, to: proofs[proofs.count - 1])
        }
        let python = try await WitnessProcess.interpreter(deployment.scratch)
        let judged = try await run(
            python,
            [
                Place.root.path + "/Tests/EndToEnd/Support/tlog_check.py", deployment.logDirectory, witness.key,
                try deployment.logKey(), "--",
            ] + proofs, scratch: deployment.scratch)
        #expect(judged.status == 0, "\(judged.errors)")
        #expect(judged.text.contains("size=\(count) cosigned=\(count) proofs=5"), "\(judged.text)")
        try await witness.stop()
    }

    @Test func `serves without them where they are not required, and says so`() async throws {
        let (deployment, witness) = try await deploy(settings: "max_lag_s: 10")
        try await witness.stop()
        let gateway = try await GatewayProcess.start(deployment)
        #expect(
            await eventually(within: .seconds(60)) { gateway.child.errors.contains("quorum_late") },
            "\(gateway.child.errors)")
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.get("/readyz", by: gateway.customer).status == 200)
        #expect(try await sample("portcullis_witness_quorum_met", of: gateway) == 0)
        #expect(try await sample("portcullis_witness_quorum_lag_seconds", of: gateway) ?? 0 >= 10)
        #expect(try await gateway.stop() == .exited(0))
        let verdict = try await verify(deployment)
        #expect(verdict.status == 1 && verdict.text.contains("WITNESS_QUORUM"), "\(verdict.text)")
    }

    @Test func `refuses requests without them where they are required, and serves when they are back`() async throws {
        let (deployment, witness) = try await deploy(settings: "max_lag_s: 10, required: true")
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.ask().status == 200)
        try await witness.stop()
        #expect(
            await eventually(within: .seconds(60)) {
                _ = try? await gateway.ask()
                return (try? await gateway.get("/readyz", by: gateway.customer).status) == 503
            }, "\(gateway.child.errors)")
        let refused = try await gateway.ask()
        #expect(refused.status == 503 && refused.text.contains("audit-unavailable"), "\(refused.text)")
        #expect(refused.field("retry-after") != nil && refused.receipt != nil, "it is on record")
        let record = try LogFiles(deployment.logDirectory).record(
            ofRequest: try #require(refused.field("x-request-id")))
        #expect(record?.json["decision"]?["reason"]?.text == "witness_quorum")
        #expect(try await gateway.get("/livez", by: gateway.customer).status == 200)
        let back = try await WitnessProcess.start(in: deployment.scratch, port: witness.port)
        #expect(
            await eventually(within: .seconds(120)) {
                (try? await gateway.get("/readyz", by: gateway.customer).status) == 200
            }, "\(gateway.child.errors)")
        #expect(try await gateway.ask().status == 200)
        #expect(try await gateway.stop() == .exited(0))
        let verdict = try await verify(deployment)
        #expect(verdict.status == 0, "\(verdict.text)")
        try await back.stop()
    }

    @Test func `ends, and signs nothing, where a witness has seen more than there is`() async throws {
        let (deployment, witness) = try await deploy()
        let gateway = try await GatewayProcess.start(deployment)
        #expect(try await gateway.ask().status == 200)
        let files = FileManager.default
        #expect(try await gateway.stop() == .exited(0))
        // Somebody keeps a copy, lets the log grow, and puts the copy back in place of both folders.
        let (log, state) = (deployment.logDirectory, deployment.state + "/var/state")
        for folder in [log, state] { try files.copyItem(atPath: folder, toPath: folder + ".old") }
        let grown = try await GatewayProcess.start(deployment)
        for _ in 0..<5 { #expect(try await grown.ask().status == 200) }
        #expect(try await grown.stop() == .exited(0))
        for folder in [log, state] {
            try files.removeItem(atPath: folder)
            try files.moveItem(atPath: folder + ".old", toPath: folder)
        }
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait(within: .seconds(60)) == .exited(65), "\(child.errors)")
        #expect(child.errors.contains("rolled back"), "\(child.errors)")
        try await witness.stop()
    }

    @Test func `changes its key when the new one is known to the witness`() async throws {
        let (deployment, witness) = try await deploy()
        let place = ["--config", deployment.configuration, "--state", deployment.state]
        let gateway = try await GatewayProcess.start(deployment)
        let prepared = try await run(
            Place.binary, ["audit", "rotate-key", "--prepare"] + place, scratch: deployment.scratch)
        #expect(prepared.status == 0, "\(prepared.errors)")
        let new = prepared.text.trimmingCharacters(in: .whitespacesAndNewlines)
        let old = try deployment.logKey()
        #expect(new != old && new.hasPrefix("portcullis.dev/gateway+"))
        #expect(try await gateway.ask().status == 200, "the gateway does not mind")
        #expect(try await gateway.stop() == .exited(0))

        // One that knows the old key only takes the checkpoint with both signatures.
        let rotated = try await run(Place.binary, ["audit", "rotate-key"] + place, scratch: deployment.scratch)
        #expect(rotated.status == 0 && rotated.text == prepared.text, "\(rotated.errors)")
        #expect(rotated.errors.contains("403"), "the last one is signed by the new key alone: \(rotated.errors)")
        let seam =
            try #require(LogFiles(deployment.logDirectory).records.first { $0.type == "key.rotate" }).sequence + 1
        let digits = String(repeating: "0", count: 20 - "\(seam)".utf8.count) + "\(seam)"
        let note = String(
            decoding: contents(of: deployment.logDirectory + "/checkpoints/\(digits).note"), as: UTF8.self)
        #expect(note.split(separator: "\n").filter { $0.hasPrefix("\u{2014} ") }.count == 3, "\(note)")
        #expect(note.contains("\u{2014} \(WitnessProcess.name) "))

        try await witness.register(new)
        let next = try await GatewayProcess.start(deployment)
        #expect(try await next.ask().status == 200)
        #expect(try await next.stop() == .exited(0))
        let verdict = try await verify(deployment)
        #expect(verdict.status == 0 && value("cosigned", verdict) == value("size", verdict), "\(verdict.text)")
        let python = try await WitnessProcess.interpreter(deployment.scratch)
        let judged = try await run(
            python,
            [
                Place.root.path + "/Tests/EndToEnd/Support/tlog_check.py", deployment.logDirectory, witness.key, old,
                new,
            ], scratch: deployment.scratch)
        #expect(judged.status == 0, "\(judged.errors)")
        try await witness.stop()
    }

    @Test(arguments: [
        (
            "log bank.example/portcullis/test+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4\nquorum none\n",
            "no log line is about"
        ),
        ("nonsense\n", "witnesses.policy:1"),
        ("", "no log line"),
    ])
    func `does not start with a policy that it cannot use, and policy check says why`(
        text: String, complaint: String
    ) async throws {
        let deployment = try await Deployment.make()
        try deployment.set("witness", "{ policy: \"witnesses.policy\" ")
        try write(text.utf8, to: deployment.witnessPolicy)
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait(within: .seconds(60)) == .exited(78), "\(child.errors)")
        #expect(child.errors.contains(complaint), "\(child.errors)")
        let checked = try await portcullis("policy", "check", deployment.policies, scratch: deployment.scratch)
        #expect(checked.status == 78 && checked.errors.contains(complaint), "\(checked.errors)")
    }
}
