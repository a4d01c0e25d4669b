import Foundation
import JSON
import OpenSSL
import Testing
import WireClient

@testable import Gateway

@Suite struct `A policy with conditions and denials` {
    /// A gateway whose policy has `changes` and these rules of `deny`.
    private func gateway(
        _ changes: [(text: String, other: String)] = [], deny: String = ""
    ) async throws -> TestGateway {
        try await TestGateway { folder in
            let file = URL(filePath: folder + "/policies/rbac.json5")
            var text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            for change in changes {
                try #require(text.contains(change.text))
                text = text.replacing(change.text, with: change.other, maxReplacements: 1)
            }
            text = text.replacing("  routes: [", with: "  deny: [\(deny)],\n  routes: [", maxReplacements: 1)
            try Data(text.utf8).write(to: file)
        }
    }

    @Test func `lets a grant for one's own tickets reach no other's, though the role may read any`() async throws {
        // The first role that has both is the agent.
        let plain = #""tickets:read", "tickets:read_any", "#
        let own = plain.replacing(#""tickets:read", "#, with: #"{ permission: "tickets:read", own: true }, "#)
        for (isOwn, status) in [(false, 200), (true, 404)] {
            let gateway = try await gateway(isOwn ? [(plain, own)] : [])
            let made = try await gateway.send(
                "POST", "/v1/tickets", token: gateway.token("customer"), body: #"{"message": "Call me."}"#)
            let path = try #require(made.fields["location"])
            let reply = try await gateway.send("GET", path, token: gateway.token("agent"))
            #expect(reply.status == status)
            let mine = try await gateway.send(
                "POST", "/v1/tickets", token: gateway.token("agent"), body: #"{"message": "Mine."}"#)
            let found = try await gateway.send(
                "GET", try #require(mine.fields["location"]), token: gateway.token("agent"))
            #expect(found.status == 200)
        }
    }

    @Test func `refuses by a denial, and the record names the rule`() async throws {
        let gateway = try await gateway(
            deny: """
                { permissions: ["assistant:ask"], when: { addresses: ["10.0.0.0/8"] } },
                { permissions: ["assistant:ask"], when: { addresses: ["127.0.0.0/8"] }, unless: { tls: "1.2" } }
                """)
        let reply = try await gateway.ask("How do I order a card?", token: gateway.token("customer"))
        #expect(reply.status == 403)
        #expect(!String(decoding: reply.body, as: UTF8.self).contains("deny"))
        let record = try gateway.record(of: reply)
        #expect(record.steps.last == "authorise:deny:denied_by_policy")
        #expect(record["path"]?.elements?.last?["rule"]?.text == "/deny/1")
        let other = try await gateway.send("GET", "/v1/faq?query=card", token: gateway.token("customer"))
        #expect(other.status == 200)
    }

    @Test func `refuses a grant whose condition is not met, with its reason in the record`() async throws {
        let gateway = try await gateway([
            (
                #"auditor: { permissions: ["audit:read", "#,
                #"auditor: { permissions: [{ permission: "audit:read", when: { tls: "1.3" } }, "#
            )
        ])
        let reply = try await gateway.send("GET", "/v1/audit/head", token: gateway.token("auditor"))
        #expect(reply.status == 403)
        #expect(try gateway.record(of: reply).steps.last == "authorise:deny:tls_too_old")
    }

    @Test func `closes what happens inside a request to the role it names alone`() async throws {
        let gateway = try await gateway(deny: #"{ permissions: ["tickets:read_any"], roles: ["agent"] }"#)
        let made = try await gateway.send(
            "POST", "/v1/tickets", token: gateway.token("customer"), body: #"{"message": "Call me."}"#)
        let path = try #require(made.fields["location"])
        #expect(try await gateway.send("GET", path, token: gateway.token("agent")).status == 404)
        #expect(try await gateway.send("GET", path, token: gateway.token("admin")).status == 200)
    }
}

@Suite struct `The policy's digest` {
    /// The digest as docs/formats/audit-log.md and this gateway's documentation have it, computed anew.
    private func digest(_ folder: String) throws -> String {
        var bytes: [UInt8] = []
        let files = ["rbac", "ratelimits", "redaction", "escalation", "scope", "models", "screen"].map {
            ($0, "\($0).json5")
        }
        let prompts = ["system.md", "answer.md", "summary.md", "repair.md"].map { ($0, "prompts/\($0)") }
        for (name, file) in files + prompts {
            let text = try Data(contentsOf: URL(filePath: folder + "/policies/\(file)"))
            bytes += Array("\(name)\n\(text.count)\n".utf8) + text
        }
        return String(decoding: SHA256Digest(of: bytes).hex, as: UTF8.self)
    }

    @Test func `stands in the record of every decision, and of the start`() async throws {
        let gateway = try await TestGateway()
        _ = try await gateway.ask("How do I order a card?", token: gateway.token("customer"))
        _ = try await gateway.ask("How do I order a card?", token: gateway.token("auditor"))
        _ = try await gateway.ask("How do I order a card?", token: "x.y.z")
        _ = try await gateway.send("POST", "/v1/tickets", token: gateway.token("agent"), body: #"{"message": "Mine."}"#)
        _ = try await gateway.send("GET", "/v1/none", token: gateway.token("agent"))
        _ = try await gateway.send("G@T", "/", token: nil)
        let wanted = try digest(gateway.folder)
        var types: [String: Int] = [:]
        for line in try gateway.records() {
            let record = try JSONParser.parse(Array(line.utf8))
            let type = try #require(record["type"]?.text)
            guard ["gateway.start", "request.begin", "request.end"].contains(type) else { continue }
            types[type, default: 0] += 1
            #expect(record["policy"]?["sha256"]?.text == wanted, "\(line)")
            #expect(record["policy"]?["version"]?.text == "1", "\(line)")
        }
        #expect(
            types["gateway.start"] == 1 && types["request.begin"] ?? 0 >= 1 && types["request.end"] == 6, "\(types)")
    }
}
