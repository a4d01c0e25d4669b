import Foundation
import Testing

/// `docs/auditor.md`, followed to the letter: the commands of its page, in their order, on a log that a gateway wrote.
@Suite struct `The auditor's page` {
    /// What an auditor is given: the folder, the key, a receipt and a proof.
    private struct Given {
        let scratch: Scratch
        let environment: [String: String]
        var folder: String { scratch.file("audit") }
    }

    private func given() async throws -> Given {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let reply = try await gateway.ask()
        #expect(reply.status == 200)
        #expect(try await gateway.stop() == .exited(0))
        let receipt = try #require(reply.receipt)
        let scratch = deployment.scratch
        try FileManager.default.copyItem(atPath: deployment.logDirectory, toPath: scratch.file("audit"))
        let proof = try await portcullis(
            "audit", "prove", "\(receipt.sequence)", scratch.file("audit"), scratch: scratch)
        #expect(proof.status == 0, "\(proof.errors)")
        try write(proof.output, to: scratch.file("request.tlog-proof"))
        let key = try deployment.logKey()
        let tools = URL(filePath: Place.verifier).deletingLastPathComponent().path
        return Given(
            scratch: scratch,
            environment: [
                "PATH": tools + ":/usr/bin:/bin", "LOG": scratch.file("audit"), "KEY": key,
                "RECEIPT": "\(receipt.sequence):\(receipt.hash)",
            ])
    }

    /// The page's blocks that are marked as commands.
    private func blocks() throws -> [String] {
        let page = String(decoding: contents(of: Place.root.appending(path: "docs/auditor.md").path), as: UTF8.self)
        return page.components(separatedBy: "```sh\n").dropFirst().compactMap {
            $0.components(separatedBy: "```").first
        }
    }

    private func follow(_ given: Given, _ block: String) async throws -> Finished {
        try await run(
            "sh", ["-euc", "cd \"$0\"; \(block)", given.scratch.path], scratch: given.scratch,
            environment: given.environment)
    }

    @Test func `leads from a folder to a conclusion`() async throws {
        let given = try await given()
        var lines: [String] = []
        for block in try blocks() {
            let finished = try await follow(given, block)
            #expect(finished.status == 0, "\(block)\(finished.text)\(finished.errors)")
            lines += finished.text.split(separator: "\n").map(String.init)
        }
        let head = try #require(try LogFiles(given.folder).records.first?.hash)
        #expect(lines.first == "\(head)  -")
        let receipt = try #require(given.environment["RECEIPT"]).split(separator: ":")[0]
        #expect(lines.count { $0.hasPrefix("OK records=") && $0.contains(" uncovered=0 ") } == 2, "\(lines)")
        #expect(lines.count { $0.hasPrefix("OK seq=\(receipt) ") } == 2, "\(lines)")
    }

    @Test func `leads to the other conclusion where a record was changed`() async throws {
        let given = try await given()
        let name = try #require(try LogFiles(given.folder).segments.first)
        let path = given.folder + "/" + name
        var bytes = contents(of: path)
        bytes[bytes.count - 300] ^= 1
        try write(bytes, to: path)
        var verdicts: [String] = []
        for block in try blocks() {
            let finished = try await follow(given, block)
            if finished.status == 1 { verdicts.append(finished.text) }
        }
        #expect(verdicts.contains { $0.hasPrefix("TAMPERED code=") && $0.contains("segment=\(name)") }, "\(verdicts)")
    }
}

/// The tool that an auditor builds alone.
@Suite struct `portcullis-verify` {
    private func verify(_ scratch: Scratch, _ words: [String]) async throws -> Finished {
        try await run(Place.verifier, words, scratch: scratch)
    }

    @Test func `explains itself and refuses what it does not know`() async throws {
        let scratch = try Scratch()
        let help = try await verify(scratch, ["--help"])
        #expect(help.status == 0 && help.text.contains("Usage: portcullis-verify [DIR] --policy FILE | --vkey KEY"))
        #expect(help.text.contains("Exit codes: 0 nothing is wrong, 1 tampered with, 2 no answer."))
        for words in [
            ["--bogus"], ["--vkey"], ["--all=1"], [scratch.path, scratch.path, "--unpinned"], ["bundle"], ["receipt"],
            ["--policy", scratch.file("none"), scratch.path], ["--origin", "a", "--origin", "b"],
        ] {
            let found = try await verify(scratch, words)
            #expect(found.status == 2 && found.output.isEmpty && found.errors.hasPrefix("UNUSABLE "), "\(words)")
        }
        for words in [[scratch.path], [scratch.path, "--unpinned"], [scratch.file("none"), "--unpinned"]] {
            let found = try await verify(scratch, words)
            #expect(found.status == 2 && found.errors.hasPrefix("UNUSABLE "), "\(words): \(found.errors)")
        }
        let full = try await run("bash", ["-c", "\(Place.verifier) --help > /dev/full"], scratch: scratch)
        #expect(full.status == 2, "what is cut short must not look complete")
    }

    @Test func `says what the gateway's command says`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let receipt = try #require(try await gateway.ask().receipt)
        #expect(try await gateway.stop() == .exited(0))
        let (scratch, folder) = (deployment.scratch, deployment.logDirectory)
        let key = try deployment.logKey()
        let proof = scratch.file("proof")
        try write(
            try await portcullis("audit", "prove", "1", folder, scratch: scratch).output, to: proof)
        func compare(status: Int32) async throws {
            for (mine, theirs) in [
                ([folder, "--vkey", key], ["verify"]), ([folder, "--unpinned", "--json"], ["verify"]),
                ([folder, "--vkey=\(key)", "--all"], ["verify"]),
            ] {
                let (one, two) = (
                    try await verify(scratch, mine),
                    try await run(Place.binary, ["audit"] + theirs + mine, scratch: scratch)
                )
                #expect(one.text == two.text && one.status == status && two.status == status, "\(one.text)\(two.text)")
            }
        }
        try await compare(status: 0)
        #expect(try await verify(scratch, ["bundle", proof, "--vkey", key]).text.hasPrefix("OK seq=1 "))
        let other = "bank.example/portcullis/test+a885682b+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
        #expect(try await verify(scratch, ["bundle", proof, "--vkey", other]).status == 1)
        #expect(try await verify(scratch, ["bundle", proof, scratch.file("none"), "--vkey", key]).status == 2)
        let receiptWords = ["receipt", "\(receipt.sequence):\(receipt.hash)", folder]
        #expect(try await verify(scratch, receiptWords).status == 0)
        #expect(try await verify(scratch, ["receipt", "0:\(receipt.hash)", folder]).status == 1)
        let segment = folder + "/" + (try LogFiles(folder).segments[0])
        var bytes = contents(of: segment)
        bytes[bytes.count / 2] ^= 1
        try write(bytes, to: segment)
        try await compare(status: 1)
    }
}
