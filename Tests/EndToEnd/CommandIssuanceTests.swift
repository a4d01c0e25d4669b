import Foundation
import JSON
import Testing

@Suite struct `A token that the command issues` {
    private func key(_ deployment: Deployment) -> String { deployment.certificates + "/token-keys/signing.key" }
    private func database(_ deployment: Deployment) -> String { deployment.state + "/var/revocations.db" }

    private func token(_ words: [String], _ deployment: Deployment) async throws -> Finished {
        try await run(
            Place.binary, ["token"] + words + ["--database", database(deployment)], scratch: deployment.scratch)
    }

    /// What the log says that the command did.
    private func actions(_ deployment: Deployment) throws -> [JSONNode] {
        try LogFiles(deployment.logDirectory).records.filter { $0.type == "admin.action" }
            .compactMap { $0.json["admin"] }.filter { $0["action"]?.text?.hasSuffix("_command") == true }
    }

    private func id(_ option: String, _ deployment: Deployment) async throws -> String {
        try await succeed("id", [option], scratch: deployment.scratch).text.trimmingCharacters(in: .newlines)
    }

    private func claims(_ token: String) throws -> JSONNode {
        let text = token.trimmingCharacters(in: .whitespacesAndNewlines)
        return try JSONParser.parse(Array(TokenForge.parts(of: text).claims.utf8))
    }

    private func made(_ deployment: Deployment) async throws {
        #expect(try await GatewayProcess.start(deployment).stop() == .exited(0))
    }

    @Test func `is on record at once, with who issued it and never the token`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        let issued = try await token(
            [
                "issue", "--key", key(deployment), "--role", "agent", "--subject", "emp-7", "--ttl", "600",
                "--bind-cert", deployment.identity(.agent).certificate,
            ], deployment)
        let printed = ContinuousClock.now
        #expect(issued.status == 0, "\(issued.errors)")
        let isOnRecord = await eventually { (try? actions(deployment).count) == 1 }
        #expect(isOnRecord && ContinuousClock.now - printed < .seconds(2), "\(ContinuousClock.now - printed)")
        let claims = try claims(issued.text)
        let action = try #require(try actions(deployment).first)
        #expect(action["action"]?.text == "token.issue_command" && action["target"]?.text == claims["jti"]?.text)
        let token = try #require(action["token"])
        #expect(token["iss"]?.text == claims["iss"]?.text && token["sub"]?.text == "emp-7")
        #expect(token["aud"]?.text == claims["aud"]?.text && token["exp"]?.integer == claims["exp"]?.integer)
        #expect(token["roles"]?.elements?.compactMap(\.text) == ["agent"])
        #expect(token["cert"]?.text?.count == 64)
        #expect(action["command"]?["user"]?.text == (try await id("-un", deployment)))
        #expect(action["command"]?["uid"]?.integer == Int64(try await id("-u", deployment)))
        #expect(action["command"]?["at"]?.integer == claims["iat"]?.integer)
        let used = try await gateway.get(
            "/v1/faq?query=card",
            by: Caller(
                identity: deployment.identity(.agent), token: issued.text.trimmingCharacters(in: .newlines)))
        #expect(used.status == 200)
        #expect(try await gateway.stop() == .exited(0))
        let log = try LogFiles(deployment.logDirectory).bytes
        #expect(!occurs(issued.text.trimmingCharacters(in: .newlines), in: log))
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0 && verified.text.hasPrefix("OK "), "\(verified.text) \(verified.errors)")
        let found = try await portcullis(
            "audit", "search", deployment.logDirectory, "--type", "admin.action", scratch: deployment.scratch)
        let words = "token.issue_command \(claims["jti"]?.text ?? "none")"
        #expect(found.status == 0 && found.text.contains(words), "\(found.text) \(found.errors)")
    }

    @Test func `while no gateway runs is on record once from the next start on, its approvals too`() async throws {
        let deployment = try await Deployment.make()
        try await made(deployment)
        var files: [String] = []
        for (name, words) in [
            ("alice", ["--role", "breakglass", "--subject", "emp-7", "--reason", "for jane@example.org"]), ("bob", []),
        ] {
            let folder = deployment.scratch.file(name)
            try await succeed(Place.binary, ["token", "keys", "init", "--keys", folder], scratch: deployment.scratch)
            let file = deployment.scratch.file(name + ".approval")
            let approved = try await token(
                ["approve", "--key", folder + "/signing.key", "--out", file] + words
                    + files.flatMap { ["--approval", $0] }, deployment)
            #expect(approved.status == 0, "\(approved.errors)")
            files.append(file)
        }
        let issued = try await token(
            ["issue", "--key", key(deployment), "--role", "breakglass"] + files.flatMap { ["--approval", $0] },
            deployment)
        #expect(issued.status == 0, "\(issued.errors)")
        #expect(try actions(deployment).isEmpty)
        for _ in 1...2 {
            let gateway = try await GatewayProcess.start(deployment)
            let isOnRecord = await eventually { (try? actions(deployment).count) == 3 }
            #expect(isOnRecord)
            #expect(try await gateway.stop() == .exited(0))
        }
        let found = try actions(deployment)
        #expect(
            found.compactMap { $0["action"]?.text }
                == ["token.approve_command", "token.approve_command", "token.issue_command"])
        let jti = try claims(issued.text)["jti"]?.text
        #expect(found.allSatisfy { $0["target"]?.text == jti })
        let keys = found.map { ($0["approvals"]?["kids"]?.elements ?? []).compactMap(\.text) }
        #expect(keys[0].count == 1 && keys[1].count == 1 && keys[0] + keys[1] == keys[2], "\(keys)")
        #expect(found[2]["approvals"]?["reason"]?.text == "for <EMAIL_ADDRESS>", "\(found[2])")
    }

    @Test func `is not shown where it cannot be put down`() async throws {
        let deployment = try await Deployment.make()
        let scratch = deployment.scratch
        let out = scratch.file("new.jwt")
        let issue = ["issue", "--key", key(deployment), "--role", "customer", "--out", out]
        func expectNothing(_ finished: Finished, _ status: Int32, _ mend: String) {
            #expect(finished.status == status && finished.text.isEmpty, "\(finished.text)")
            #expect(finished.errors.contains(database(deployment) + ": "), "\(finished.errors)")
            #expect(finished.errors.contains(mend), "\(finished.errors)")
            #expect(!FileManager.default.fileExists(atPath: out))
        }
        expectNothing(try await token(issue, deployment), 74, "name the gateway's database with --database")
        try await made(deployment)
        // No byte may be written to any file, as on a disk that is full.
        let full = try await run(
            "sh",
            [
                "-c", "{ (trap '' XFSZ; ulimit -f 0; exec \"$@\"); echo \"exit $?\"; } 2>&1 | cat", "sh", Place.binary,
                "token",
            ] + issue + ["--database", database(deployment)], scratch: scratch)
        #expect(full.text.contains(database(deployment) + ": ") && full.text.contains("Nothing was issued"))
        #expect(full.text.hasSuffix("exit 74\n") && !FileManager.default.fileExists(atPath: out), "\(full.text)")
        try await succeed(
            "python3",
            [
                "-c",
                """
                import sqlite3, sys
                database = sqlite3.connect(sys.argv[1])
                row = (1, "t", "i", "a", "s", "[]", 1 << 33, "[]", "u", 0, 0, 0)
                database.executemany("INSERT INTO issuances (act, jti, issuer, audience, subject, roles, expires, approvers,"
                    " user, uid, created, recorded) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", [row] * 16384)
                database.commit()
                """, database(deployment),
            ], scratch: scratch)
        expectNothing(try await token(issue, deployment), 75, "start the gateway")
        let unrecorded = try await run(
            Place.binary, ["token"] + issue + ["--unrecorded"], scratch: scratch)
        #expect(unrecorded.status == 0 && unrecorded.errors.hasPrefix("warning: no audit log shows"))
        let both = try await token(issue + ["--unrecorded"], deployment)
        #expect(both.status == 64 && both.errors.contains("--database"), "\(both.errors)")
        let gateway = try await GatewayProcess.start(deployment)
        let areOnRecord = await eventually { (try? actions(deployment).count) == 16_384 }
        #expect(areOnRecord, "all that waited")
        let more = try await token(["issue", "--key", key(deployment), "--role", "customer"], deployment)
        #expect(more.status == 0, "\(more.errors)")
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `keeps the gateway from starting where its row was changed to none`() async throws {
        let deployment = try await Deployment.make()
        try await made(deployment)
        let issued = try await token(["issue", "--key", key(deployment), "--role", "customer"], deployment)
        #expect(issued.status == 0, "\(issued.errors)")
        try await succeed(
            "python3",
            [
                "-c",
                """
                import sqlite3, sys
                database = sqlite3.connect(sys.argv[1])
                database.execute("UPDATE issuances SET roles = 'customer'")
                database.commit()
                """, database(deployment),
            ], scratch: deployment.scratch)
        let child = try GatewayProcess.launch(deployment)
        #expect(try await child.wait() == .exited(74))
        #expect(child.errors.contains("row 1 of issuances is none that the command writes"), "\(child.errors)")
    }

    @Test func `is sealed for its subject where the log's personal members are`() async throws {
        let deployment = try await Deployment.make()
        try await deployment.sealMembers()
        let gateway = try await GatewayProcess.start(deployment)
        let issued = try await token(
            ["issue", "--key", key(deployment), "--role", "customer", "--subject", "emp-00042"], deployment)
        #expect(issued.status == 0, "\(issued.errors)")
        let isOnRecord = await eventually { (try? actions(deployment).count) == 1 }
        #expect(isOnRecord)
        let record = try #require(try LogFiles(deployment.logDirectory).records.last { $0.type == "admin.action" })
        #expect(record.json["admin"]?["token"]?["sub"]?["ct"]?.text != nil, "\(record.json)")
        #expect(!occurs("emp-00042", in: try LogFiles(deployment.logDirectory).bytes))
        let shown = try await deployment.audit("show", "\(record.sequence)", deployment.logDirectory, "--unseal")
        #expect(shown.text.contains("unsealed /admin/token/sub  \"emp-00042\"\n"), "\(shown.text) \(shown.errors)")
        #expect(try await gateway.stop() == .exited(0))
    }

    @Test func `is put down in a database of a version that had no place for it`() async throws {
        let deployment = try await Deployment.make()
        try await made(deployment)
        try await succeed(
            "python3",
            [
                "-c",
                """
                import sqlite3, sys
                sqlite3.connect(sys.argv[1]).executescript("DROP TABLE issuances; PRAGMA user_version=1;")
                """, database(deployment),
            ], scratch: deployment.scratch)
        let issued = try await token(["issue", "--key", key(deployment), "--role", "customer"], deployment)
        #expect(issued.status == 0, "\(issued.errors)")
        let gateway = try await GatewayProcess.start(deployment)
        let isOnRecord = await eventually { (try? actions(deployment).count) == 1 }
        #expect(isOnRecord)
        #expect(try await gateway.stop() == .exited(0))
    }
}
