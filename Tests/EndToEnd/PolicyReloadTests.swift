import Foundation
import JSON
import Testing

@Suite struct `Policies reloaded on SIGHUP` {
    private static let path = "/v1/faq?query=card"

    private func records(_ type: String, at deployment: Deployment) -> [LogFiles.Record] {
        ((try? LogFiles(deployment.logDirectory).records) ?? []).filter { $0.type == type }
    }

    /// Puts `text` in the place of a policy file by a rename, as editors do.
    private func replace(_ file: String, by text: some Collection<UInt8>) throws {
        try write(text, to: file + ".new")
        guard unsafe rename(file + ".new", file) == 0 else {
            throw ChildFailure(description: "cannot rename to \(file)")
        }
    }

    /// Has the gateway reload and waits until it has told what came of it.
    private func reload(_ gateway: GatewayProcess, _ result: String) async throws {
        let name = #"portcullis_policy_reloads_total{result="\#(result)"}"#
        let before = try await gateway.metric(name) ?? 0
        gateway.child.signal(SIGHUP)
        #expect(await eventually { (try? await gateway.metric(name)) == before + 1 }, "\(gateway.child.errors)")
    }

    @Test func `decide what comes after, and the record has both digests and who`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment)
        let customer = Caller.role(.customer, of: deployment)
        #expect(try await gateway.get(Self.path, by: customer).status == 200)
        let rules = String(decoding: contents(of: deployment.rules), as: UTF8.self)
        let old = try #require(records("request.end", at: deployment).last?.json["policy"]?["sha256"]?.text)
        // The customer loses a permission; and roles have other numbers.
        try replace(
            deployment.rules,
            by: rules.replacing(
                #""tickets:read", "knowledge:read", "customers:verify""#, with: #""tickets:read", "customers:verify""#
            )
            .replacing("roles: {\n", with: "roles: {\n    first: { permissions: [] },\n", maxReplacements: 1)
            .replacing(#"version: "1""#, with: #"version: "2""#).utf8)
        try await reload(gateway, "loaded")
        try expectProblem(try await gateway.get(Self.path, by: customer), 403)
        #expect(try await gateway.get(Self.path, by: .role(.agent, of: deployment)).status == 200)
        let end = try #require(
            records("request.end", at: deployment).last { $0.json["response"]?["status"]?.integer == 403 })
        #expect(end.json["decision"]?["reason"]?.text == "role_missing")
        let new = try #require(end.json["policy"]?["sha256"]?.text)
        let load = try #require(records("policy.load", at: deployment).last)
        #expect(load.json["policy"]?["sha256"]?.text == new && load.json["policy"]?["version"]?.text == "2")
        #expect(load.json["replaced"]?["sha256"]?.text == old && load.json["replaced"]?["version"]?.text == "1")
        #expect(load.json["operator"]?.text == "uid \(getuid())")
        #expect(try await gateway.metrics().contains(#"policy_version="2""#))
        try await reload(gateway, "unchanged")
        #expect(records("policy.load", at: deployment).count == 1)
        try replace(deployment.rules, by: rules.utf8)
        try await reload(gateway, "loaded")
        #expect(try await gateway.get(Self.path, by: customer).status == 200)
        try await gateway.stop()
        let verified = try await portcullis(
            "audit", "verify", deployment.logDirectory, "--unpinned", scratch: deployment.scratch)
        #expect(verified.status == 0, "\(verified.errors)")
    }

    @Test(arguments: [
        ("rbac.json5", "{ version: 1 ", "rbac.json5"), ("ratelimits.json5", "{}", "ratelimits.json5"),
        ("redaction.json5", "{version: 1, types: {NOBODY: 'mask'}}", "redaction.json5"),
        ("escalation.json5", "[]", "escalation.json5"), ("rbac.json5", nil, "rbac.json5"),
    ])
    func `stay as they were where one is wrong, which is said and on record`(
        name: String, text: String?, told: String
    ) async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment)
        let file = deployment.policies + "/" + name
        let good = contents(of: file)
        if let text { try replace(file, by: text.utf8) } else { try FileManager.default.removeItem(atPath: file) }
        try await reload(gateway, "refused")
        #expect(gateway.child.errors.contains("policies_refused") && gateway.child.errors.contains(told))
        #expect(try await gateway.ask().status == 200)
        #expect(records("policy.load", at: deployment).isEmpty)
        #expect(
            await eventually {
                records("admin.action", at: deployment).contains {
                    $0.json["admin"]?["action"]?.text == "policy.refuse"
                }
            })
        try replace(file, by: good)
        try await reload(gateway, "unchanged")
    }

    @Test func `that no token could meet, or that mappings do not know, are refused`() async throws {
        let deployment = try await Deployment.make()
        let gateway = try await GatewayProcess.start(deployment)
        try deployment.changeRules(
            "    auditor: {",
            "    breakglass: { permissions: [\"audit:read\"], approvals: { count: 2, ttl_max_s: 600 } },\n    auditor: {"
        )
        try await reload(gateway, "refused")
        #expect(gateway.child.errors.contains("role breakglass needs 2 approvals"), "\(gateway.child.errors)")
    }

    @Test func `change at once what answers may show`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let file = deployment.policies + "/redaction.json5"
        let policy = { (action: String) in
            "{ version: 1, confidence_min_ppm: 500000, otherwise: 'mask', types: { EMAIL_ADDRESS: '\(action)' } }"
        }
        try write(policy("allow").utf8, to: file)
        let gateway = try await GatewayProcess.start(deployment)
        let csv =
            "id,question,answer,category,variants\nm,Who is the manager?,Ask jane.roe@example.com about it.,Contact,\n"
        let imported = try await gateway.request(
            "POST", "/v1/knowledge", by: .role(.admin, of: deployment), body: Array(csv.utf8), type: "text/csv")
        #expect(imported.status == 200, "\(imported.text)")
        #expect(try await gateway.ask("Who is the manager?").text.contains("jane.roe@example.com"))
        try replace(file, by: policy("mask").utf8)
        try await reload(gateway, "loaded")
        let masked = try await gateway.ask("Who is the manager?")
        #expect(masked.status == 200 && !masked.text.contains("jane.roe"), "\(masked.text)")
        try replace(file, by: policy("allow").utf8)
        try await reload(gateway, "loaded")
        #expect(try await gateway.ask("Who is the manager?").text.contains("jane.roe@example.com"))
    }

    @Test func `decide each request under load by the policy that its record names`() async throws {
        let deployment = try await Deployment.make()
        try deployment.raiseRateLimits()
        let gateway = try await GatewayProcess.start(deployment)
        let open = String(decoding: contents(of: deployment.rules), as: UTF8.self)
        let closed = open.replacing(
            #""tickets:read", "knowledge:read", "customers:verify""#, with: #""tickets:read", "customers:verify""#
        ).replacing("roles: {\n", with: "roles: {\n    first: { permissions: [] },\n", maxReplacements: 1)
            .replacing(#"version: "1""#, with: #"version: "closed""#)
        let load = try await Load.start(gateway, Self.path, Array(repeating: deployment.token(.customer), count: 4))
        for round in 0..<10 {
            try replace(deployment.rules, by: (round % 2 == 0 ? closed : open).utf8)
            try await reload(gateway, "loaded")
        }
        let results = try await load.finish()
        for result in results {
            #expect(Set(result.statuses.keys).isSubset(of: [200, 403]), "\(result.statuses)")
            #expect(result.worstMilliseconds < 2000, "\(result.worstMilliseconds)")
        }
        try await gateway.stop()
        var counts: [String: Int] = [:]
        for record in records("request.end", at: deployment) {
            let version = record.json["policy"]?["version"]?.text ?? ""
            let status = record.json["response"]?["status"]?.integer ?? 0
            counts["\(version) \(status)", default: 0] += 1
        }
        #expect(Set(counts.keys) == ["1 200", "closed 403"], "\(counts)")
    }
}
