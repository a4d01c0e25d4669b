import Foundation
import JSON
import Testing

/// `portcullis audit export` on a log that a gateway wrote, its files read by programs that are not ours.
@Suite struct `What leaves a log` {
    private func export(_ deployment: Deployment, _ words: String...) async throws -> Finished {
        try await run(
            Place.binary, ["audit", "export", "--log", deployment.logDirectory] + words, scratch: deployment.scratch)
    }

    @Test func `is evidence about a request while the gateway serves, once a checkpoint covers it`() async throws {
        let deployment = try await Deployment.make()
        try deployment.set("checkpoint_s", "1")
        let gateway = try await GatewayProcess.start(deployment)
        let reply = try await gateway.ask("My card is 4111 1111 1111 1111, how do I order another?")
        #expect(reply.status == 200)
        let request = try #require(reply.field("x-request-id"))
        let receipt = try #require(reply.receipt)
        let out = deployment.scratch.file("evidence")
        var done: Finished?
        _ = await eventually(within: .seconds(60)) {
            done = try? await export(deployment, "--request", request, "--out", out)
            return done?.status != 69
        }
        let exported = try #require(done)
        // The assistant was not sure and opened a ticket, so that there is a record of the beginning too.
        let about = try LogFiles(deployment.logDirectory).records.filter { $0.json["req"]?["id"]?.text == request }
        #expect(about.map(\.type) == ["request.begin", "request.end"])
        let proofs = about.map { "\(out)/\($0.sequence).tlog-proof" }
        let proofPath = "\(out)/\(receipt.sequence).tlog-proof"
        #expect(exported.status == 0, "\(exported.errors)")
        #expect(exported.text.split(separator: "\n").map(String.init) == proofs + ["\(out)/report.html"])
        let proof = String(decoding: contents(of: proofPath), as: UTF8.self)
        let lines = proof.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "c2sp.org/tlog-proof@v1" && lines[2] == "index \(receipt.sequence)")
        let body = try #require(Data(base64Encoded: String(lines[1].dropFirst("extra ".count))))
        let record = try #require(try LogFiles(deployment.logDirectory).record(receipt.sequence))
        #expect(Array(body) == record.body && record.hash == receipt.hash)

        let page = try await run(
            "python3", [Place.root.path + "/Tests/Interop/report_reader.py", out + "/report.html"],
            scratch: deployment.scratch)
        #expect(page.status == 0, "\(page.errors)")
        for part in [
            request, receipt.hash, "Allowed, reason ok.", "credit_card", "identify", "POST /v1/ask", "200",
            "portcullis audit verify-bundle \(receipt.sequence).tlog-proof --policy P",
            "Not that there is no other record about that request",
        ] { #expect(page.text.contains(part), "\(part) in \(page.text)") }
        #expect(!page.text.contains("4111"))

        // The folder has files now; another request is not there; a policy with another key is not met.
        #expect(try await export(deployment, "--request", request, "--out", out).status == 73)
        let other = deployment.scratch.file("other")
        #expect(try await export(deployment, "--request", "01JD", "--out", other).status == 66)
        let policy = deployment.scratch.file("policy")
        let foreign = "bank.example/portcullis/test+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
        try write("log \(foreign)\nquorum none\n".utf8, to: policy)
        let refused = try await export(deployment, "--request", request, "--out", other, "--policy", policy)
        #expect(refused.status == 69 && refused.errors.contains("as the policy asks"), "\(refused.errors)")
        let genesis = try #require(try LogFiles(deployment.logDirectory).records.first)
        let key = try #require(genesis.json["log"]?["vkey"]?.text)
        try write("log \(key)\nquorum none\n".utf8, to: policy)
        #expect(try await export(deployment, "--request", request, "--out", other, "--policy", policy).status == 0)
        #expect(contents(of: other + "/\(receipt.sequence).tlog-proof") == contents(of: proofPath))
        #expect(try await gateway.stop() == .exited(0))
        let python = try await run(Place.root.path + "/scripts/python-venv.sh", [], scratch: deployment.scratch)
        let agreed = try await run(
            python.text.trimmingCharacters(in: .newlines),
            ["-B", Place.root.path + "/Tests/Interop/merkle_reader.py", "log", deployment.logDirectory, key] + proofs,
            scratch: deployment.scratch)
        #expect(agreed.status == 0 && agreed.text.hasSuffix(", 2 proofs\n"), "\(agreed.text) \(agreed.errors)")
    }

    @Test func `is not evidence yet where no checkpoint covers the record`() async throws {
        let deployment = try await Deployment.make()
        try deployment.set("checkpoint_s", "3600")
        let gateway = try await GatewayProcess.start(deployment)
        let request = try #require(try await gateway.ask().field("x-request-id"))
        let out = deployment.scratch.file("evidence")
        let early = try await export(deployment, "--request", request, "--out", out)
        #expect(early.status == 69 && early.errors.contains("try again after the gateway's next checkpoint"))
        #expect(!FileManager.default.fileExists(atPath: out))
        #expect(try await gateway.stop() == .exited(0))
        // The stop's checkpoint covers everything.
        // A log that takes no mark is told of, and the proofs are there.
        try write([], to: deployment.logDirectory + "/cited")
        let unmarked = try await export(deployment, "--request", request, "--out", out)
        #expect(
            unmarked.status == 0 && unmarked.errors.contains("the proofs hold copies and stay good"),
            "\(unmarked.errors)")
        // One that takes it keeps the checkpoint that each proof holds.
        try FileManager.default.removeItem(atPath: deployment.logDirectory + "/cited")
        let marked = try await export(deployment, "--request", request, "--out", deployment.scratch.file("again"))
        #expect(marked.status == 0 && marked.errors.isEmpty, "\(marked.errors)")
        let cited = try FileManager.default.contentsOfDirectory(atPath: deployment.logDirectory + "/cited")
        let stored = try FileManager.default.contentsOfDirectory(atPath: deployment.logDirectory + "/checkpoints")
        #expect(cited.count == 1 && stored.contains(cited[0]), "\(cited)")
    }

    @Test func `is records in the forms that other programs read`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let request = try #require(try await gateway.ask().field("x-request-id"))
        _ = try await gateway.get("/v1/audit/head", by: gateway.customer)
        #expect(try await gateway.stop() == .exited(0))
        let records = try LogFiles(deployment.logDirectory).records

        let file = deployment.scratch.file("all.jsonl")
        let all = try await export(deployment, "--format", "jsonl", "--out", file)
        #expect(all.status == 0 && all.text.isEmpty && all.errors.isEmpty, "\(all.errors)")
        #expect(contents(of: file) == records.flatMap { $0.body + [0x0A] })
        #expect(try await export(deployment, "--format", "jsonl", "--out", file).status == 73)

        let table = try await export(deployment, "--format", "csv")
        #expect(table.status == 0 && table.errors.contains("not evidence"))
        try write(table.text.utf8, to: deployment.scratch.file("all.csv"))
        let read = try await run(
            "python3",
            [
                "-c",
                "import csv,json,sys; print(json.dumps(list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8')))))",
                deployment.scratch.file("all.csv"),
            ], scratch: deployment.scratch)
        let rows = try #require(try JSONParser.parse(Array(read.text.utf8.dropLast())).elements)
        #expect(rows.count == records.count)
        for (row, record) in zip(rows, records) {
            #expect(row["seq"]?.text == "\(record.sequence)" && row["type"]?.text == record.type)
            #expect(row["not_evidence_see_record"]?.text == "\(record.sequence):\(record.hash)")
        }

        let events = try await export(deployment, "--format", "ocsf")
        let parsed = try events.text.split(separator: "\n").map { try JSONParser.parse(Array($0.utf8)) }
        let ends = records.filter { $0.type == "request.end" || $0.type == "request.begin" }
        #expect(events.status == 0 && parsed.count == ends.count && events.errors.contains("not evidence"))
        #expect(events.errors.contains("\(records.count - ends.count) records are of no request"))
        for (event, record) in zip(parsed, ends) {
            #expect(event["metadata"]?["uid"]?.text == "\(record.sequence):\(record.hash)")
            #expect(
                event["class_uid"]?.integer == 6003 && event["metadata"]?["log_name"]?.text == "portcullis.dev/gateway")
        }

        let one = try await export(deployment, "--format", "jsonl", "--request", request)
        #expect(one.text.split(separator: "\n").count == 1 && one.text.contains(request))
        let denied = try await export(deployment, "--format", "ocsf", "--outcome", "deny", "--reason", "role_missing")
        #expect(denied.text.contains(#""status_id":2"#) && denied.text.split(separator: "\n").count == 1)
        let none = try await export(deployment, "--format", "csv", "--principal", "nobody")
        #expect(none.status == 1 && none.text.split(separator: "\r\n").count == 1)
        for words in [
            ["--format", "xml"], ["--format", "csv", "--policy", "p"], ["--request", "a"], ["--out", "x"],
            ["--request", "a", "--out", "x", "--outcome", "deny"],
        ] {
            let refused = try await run(Place.binary, ["audit", "export"] + words, scratch: deployment.scratch)
            #expect(refused.status == 64, "\(words)")
        }
    }
}
