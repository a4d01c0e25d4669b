import Auth
import Edge
import Foundation
import JSON
import Testing
import WireClient

@testable import Gateway

@Suite struct `A revocation by HTTP` {
    private static let path = "/v1/revocations"

    private static func decode(_ text: String) throws(Refusal) -> RevocationContent? {
        guard case .revocation(let content) = try Content.decoding(Array(text.utf8), for: .revocationsCreate) else {
            return nil
        }
        return content
    }

    @Test(arguments: [
        (#"{"jti": "a", "subject": "b"}"#, "one"), (#"{"jti": "a", "role": "b", "subject": "c"}"#, "one"),
        (#"{"all": true}"#, "all"), (#"{"jti": 1}"#, "jti"), (#"{"jti": ""}"#, "jti"), (#"{"issued_before": 0}"#, "1"),
        (#"{"issued_before": "now"}"#, "integer"), (#"{"issued_before": 1.5}"#, "integer"), ("[]", "object"),
        (#"{"issued_before": 253402300800}"#, "253402300799"), (#"{"subject": null}"#, "subject"),
    ])
    func `that is not one is refused with what was wanted`(body: String, wanted: String) throws {
        let refusal = #expect(throws: Refusal.self) { try Self.decode(body) }
        #expect(refusal?.problem == .invalidBody)
        let told = (refusal?.detail ?? "") + " at " + (refusal?.place?.pointer ?? "")
        #expect(told.contains(wanted), "\(told)")
    }

    @Test(arguments: [("", 0, 100), ("after=7", 7, 100), ("limit=1000&after=0", 0, 1000), ("limit=1", 0, 1)])
    func `list has a place and a length`(query: String, number: Int64, length: Int) throws {
        guard case .revocations(number, length) = try Content.revocations(QueryItems(Array(query.utf8)[...])) else {
            Issue.record("another place or length")
            return
        }
    }

    @Test(arguments: [
        "limit=0", "limit=1001", "limit=-1", "limit=+1", "limit=", "limit=1&limit=1", "after=-1", "after=a",
        "after=9223372036854775808", "after=1&after=2", "query=x",
    ])
    func `list of another kind is refused`(query: String) throws {
        let refusal = #expect(throws: Refusal.self) { try Content.revocations(QueryItems(Array(query.utf8)[...])) }
        #expect(refusal?.problem == .invalidBody && refusal?.detail != nil)
    }

    private static func reason(_ gateway: TestGateway, _ reply: WireReply) throws -> String? {
        try gateway.record(of: reply)["decision"]?["reason"]?.text
    }

    /// The body but for the request's identifier.
    private static func form(_ reply: WireReply) throws -> String {
        let id = try #require(reply.fields["x-request-id"])
        return reply.text.replacing(id, with: "ID")
    }

    @Test func `is in force when it is answered, and the record shows whose the refused token was`() async throws {
        let gateway = try await TestGateway()
        let admin = try gateway.token("admin")
        let token = try gateway.token("customer", subject: "u.1")
        #expect(try await gateway.ask("How do I order a card?", token: token).status == 200)
        let revoked = try await gateway.send("POST", Self.path, token: admin, body: #"{"subject": "u.1"}"#)
        #expect(revoked.status == 201, "\(revoked.text)")
        let refused = try await gateway.ask("How do I order a card?", token: token)
        let malformed = try await gateway.ask("How do I order a card?", token: "a.b.c")
        #expect(refused.status == 401)
        #expect(try Self.form(refused) == Self.form(malformed))
        #expect(refused.fields["www-authenticate"] == malformed.fields["www-authenticate"])
        #expect(try Self.reason(gateway, refused) == "token_revoked_subject")
        let principal = try gateway.record(of: refused)["principal"]?["token"]
        #expect(principal?["sub"]?.text == "u.1" && principal?["jti"]?.text?.isEmpty == false)
        #expect(try gateway.record(of: malformed)["principal"]?["token"] == nil)
        #expect(gateway.services.revocations.list.statistics.refusals == 1)
        let action = try #require(try gateway.records().first { $0.contains("\"token.revoke\"") })
        #expect(action.contains("\"target\":\"subject:") && action.contains("\"before\":") && action.contains("admin"))
        #expect(!action.contains("u.1"), "\(action)")
    }

    @Test func `is listed page by page, and each of the list is told`() async throws {
        let gateway = try await TestGateway()
        let admin = try gateway.token("admin")
        let bodies = [
            #"{"jti": "t-1"}"#, #"{"role": "agent", "issued_before": 1000}"#, #"{"issued_before": 2000}"#,
        ]
        for body in bodies {
            let reply = try await gateway.send("POST", Self.path, token: admin, body: body)
            #expect(reply.status == 201, "\(reply.text)")
        }
        var (query, found): (String?, [JSONNode]) = ("?limit=2", [])
        while let asked = query {
            let page = try await gateway.send("GET", Self.path + asked, token: admin)
            #expect(page.status == 200, "\(page.text)")
            let root = try JSONParser.parse(page.body)
            found += root["revocations"]?.elements ?? []
            query = root["next"]?.integer.map { "?limit=2&after=\($0)" }
        }
        #expect(found.map { $0["jti"]?.text } == ["t-1", nil, nil])
        #expect(found.map { $0["role"]?.text } == [nil, "agent", nil])
        #expect(found.map { $0["issued_before"]?.integer } == [nil, 1000, 2000])
        #expect(found.allSatisfy { $0["issuer"]?.text == "https://portcullis.dev" && $0["revoked_at"] != nil })
    }

    @Test(arguments: [
        (#"{"role": "custmer"}"#, "customer"),
        (#"{"subject": "a", "issuer": "https://other.test"}"#, "https://portcullis.dev"),
        ("{}", "issued_before"), (#"{"issued_before": 253402300799}"#, "ahead"),
        (#"{"jti": "a", "issued_before": 5}"#, "revoked for good"),
    ])
    func `of what nobody has is refused, with what there is`(body: String, wanted: String) async throws {
        let gateway = try await TestGateway()
        let reply = try await gateway.send("POST", Self.path, token: try gateway.token("admin"), body: body)
        #expect(reply.status == 400 && reply.text.contains(wanted), "\(reply.text)")
        #expect(gateway.services.revocations.list.statistics.revocations == 0)
    }

    @Test(arguments: ["customer", "agent", "auditor", "service"])
    func `is not for a role without the permission`(role: String) async throws {
        let gateway = try await TestGateway()
        let token = try gateway.token(role)
        #expect(try await gateway.send("POST", Self.path, token: token, body: #"{"jti": "a"}"#).status == 403)
        #expect(try await gateway.send("GET", Self.path, token: token).status == 403)
        #expect(gateway.services.revocations.list.statistics.revocations == 0)
    }

    @Test func `by command is in force, and on record without a principal`() async throws {
        let gateway = try await TestGateway()
        gateway.recordForeignRevocations()
        let token = try gateway.token("customer", subject: "u.1")
        #expect(try await gateway.ask("How do I order a card?", token: token).status == 200)
        let line = try RevocationCommands.revoke(
            .issuer, issuer: "https://portcullis.dev", issuedBefore: .now,
            database: gateway.folder + "/var/revocations.db")
        #expect(line.hasPrefix("all tokens  of https://portcullis.dev  issued before "))
        let list = gateway.services.revocations.list
        for _ in 0..<1000 where list.statistics.revocations == 0 { try await Task.sleep(for: .milliseconds(5)) }
        let refused = try await gateway.ask("How do I order a card?", token: token)
        #expect(try Self.reason(gateway, refused) == "token_revoked_issued_before")
        var action: String?
        for _ in 0..<1000 where action == nil {
            action = try gateway.records().first { $0.contains("\"token.revoke\"") }
            try await Task.sleep(for: .milliseconds(5))
        }
        #expect(action?.contains("\"target\":\"issuer\"") == true && action?.contains("principal") == false)
    }

    @Test func `of a database that is damaged keeps the gateway from starting`() async throws {
        let failure = await #expect(throws: CommandFailure.self) {
            try await TestGateway { folder in
                try Data(repeating: 0x78, count: 8192).write(to: URL(filePath: folder + "/var/revocations.db"))
            }
        }
        #expect(failure?.subject.hasSuffix("/var/revocations.db") == true && failure?.status == .inputOutput)
        #expect(failure?.mend.contains("put a copy in its place") == true)
    }
}
