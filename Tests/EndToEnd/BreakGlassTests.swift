import Foundation
import JSON
import Testing

@Suite struct `A role for emergencies` {
    private func makeKeys(_ names: [String], _ deployment: Deployment) async throws -> [String] {
        var folders: [String] = []
        for name in names {
            let folder = deployment.certificates + "/approvers/" + name
            try await succeed(
                Place.binary, ["token", "keys", "init", "--keys", folder], scratch: deployment.scratch)
            folders.append(folder)
        }
        return folders
    }

    private func prepare(
        _ deployment: Deployment, approvers: [String] = ["alice", "bob"]
    ) async throws -> [String] {
        let folders = try await makeKeys(["alice", "bob", "mallory"], deployment)
        let list = approvers.map { "{ name: \"\($0)\", file: \"certs/approvers/\($0)/signing.pub\" }" }
        try deployment.set("approvers", "[\(list.joined(separator: ", "))]")
        try deployment.changeRules(
            "    auditor: {",
            "    breakglass: { permissions: [\"audit:read\"], approvals: { count: 2, ttl_max_s: 600 } },\n    auditor: {"
        )
        try deployment.changeRules(
            "roles: [\"customer\"] },\n    { certificate", "roles: [\"customer\", \"breakglass\"] },\n    { certificate"
        )
        return folders
    }

    private func approve(_ words: [String], _ folder: String, _ deployment: Deployment) async throws -> String {
        let file = deployment.scratch.file("\(UUID().uuidString).approval")
        let made = try await succeed(
            Place.binary,
            ["token", "approve", "--unrecorded", "--key", folder + "/signing.key", "--out", file] + words,
            scratch: deployment.scratch)
        #expect(made.errors.contains("breakglass for emp-7 until "), "\(made.errors)")
        return file
    }

    private func issue(_ approvals: [String], _ deployment: Deployment) async throws -> Finished {
        try await run(
            Place.binary,
            [
                "token", "issue", "--unrecorded", "--role", "breakglass", "--key",
                deployment.certificates + "/token-keys/signing.key",
            ]
                + approvals.flatMap { ["--approval", $0] }, scratch: deployment.scratch)
    }

    @Test func `needs the signatures of two admins, and its use is marked in the log`() async throws {
        let deployment = try await Deployment.make()
        let folders = try await prepare(deployment)
        let (alice, bob, mallory) = (folders[0], folders[1], folders[2])
        let gateway = try await GatewayProcess.start(deployment)
        func status(_ token: String) async throws -> Int {
            try await gateway.get(
                "/v1/audit/head", by: Caller(identity: deployment.identity(.customer), token: token)
            ).status
        }
        let wanted = ["--role", "breakglass", "--subject", "emp-7", "--ttl", "600", "--reason", "INC-4711"]
        let first = try await approve(wanted, alice, deployment)
        let second = try await approve(["--approval", first], bob, deployment)
        let token = try await issue([first, second], deployment)
        #expect(token.status == 0, "\(token.errors)")
        #expect(try await status(token.text.trimmingCharacters(in: .newlines)) == 200)

        let file = deployment.scratch.file("approved.jwt")
        try write(token.text.utf8, to: file)
        for (keys, status) in [([alice, bob], 0), ([alice], 77), ([], 77)] as [([String], Int32)] {
            let judged = try await run(
                Place.binary,
                ["token", "inspect", "--key", deployment.certificates + "/token-keys/signing.pub", file]
                    + keys.flatMap { ["--approver", $0 + "/signing.pub"] }, scratch: deployment.scratch)
            #expect(judged.status == status, "\(judged.text)")
        }

        #expect(try await issue([first], deployment).status == 65)
        #expect(try await issue([first, first], deployment).status == 65)
        let stranger = try await approve(["--approval", first], mallory, deployment)
        let forged = try await issue([first, stranger], deployment)
        #expect(try await status(forged.text.trimmingCharacters(in: .newlines)) == 401)
        let alone = try await succeed(
            Place.binary,
            [
                "token", "issue", "--unrecorded", "--role", "breakglass", "--key",
                deployment.certificates + "/token-keys/signing.key",
            ],
            scratch: deployment.scratch)
        #expect(try await status(alone.text.trimmingCharacters(in: .newlines)) == 403)
        let tooLong = try await approve(wanted.map { $0 == "600" ? "601" : $0 }, alice, deployment)
        let agreed = try await issue(
            [tooLong, try await approve(["--approval", tooLong], bob, deployment)], deployment)
        #expect(try await status(agreed.text.trimmingCharacters(in: .newlines)) == 403)
        let own = try await run(
            Place.binary, ["token", "approve", "--unrecorded", "--key", alice + "/signing.key", "--approval", first],
            scratch: deployment.scratch)
        #expect(own.status == 65)

        try await gateway.stop()
        let ends = try LogFiles(deployment.logDirectory).records.filter { $0.type == "request.end" }
        let approvers = ends.map { end in
            (end.json["principal"]?["token"]?["approved_by"]?.elements ?? []).compactMap(\.text)
        }
        #expect(approvers == [["alice", "bob"], [], [], ["alice", "bob"]])
        let reasons = ends.map { end in end.json["path"]?.elements?.compactMap { $0["reason"]?.text }.last }
        #expect(
            Array(reasons.dropFirst()) == ["token_approval_unknown", "approvals_missing", "approvals_missing"],
            "\(reasons)")
    }

    @Test func `is refused at the start where there are too few approvers`() async throws {
        let deployment = try await Deployment.make()
        _ = try await prepare(deployment, approvers: ["alice"])
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait() == .exited(78))
        #expect(child.errors.contains("tokens.approvers: found 1, and role breakglass needs 2 approvals"))
    }
}
