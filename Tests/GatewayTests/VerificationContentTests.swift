import Audit
import Auth
import Edge
import JSON
import Testing
import WireClient

@testable import Gateway

@Suite struct `A customer's verification by HTTP` {
    private static func decode(_ text: String) throws(Refusal) -> Content {
        try Content.decoding(Array(text.utf8), for: .verificationCreate)
    }

    @Test func `takes a claim, or an answer`() throws {
        let account = String(repeating: "1", count: 64)
        let name = String(repeating: "n", count: 256)
        guard case .challenge(let least) = try Self.decode(#"{"account": "\#(account)", "name": "\#(name)"}"#),
            case .challenge(let whole) = try Self.decode(
                #"{"account": "1", "name": "n", "method": "code", "session_id": "chat-0001"}"#),
            case .customerProof(let answer, let session) = try Self.decode(
                #"{"session_id": "chat-0001", "answer": "\#(name)"}"#)
        else {
            Issue.record("another content")
            return
        }
        #expect(least.method == .question && least.sessionID == nil && least.name.count == 256)
        #expect(whole.method == .code && whole.sessionID == Array("chat-0001".utf8))
        #expect(answer == Array(name.utf8) && session == whole.sessionID)
        let content = try Self.decode(#"{"session_id": "chat-0001", "answer": "x"}"#)
        #expect(content.sessionID == session)
    }

    @Test(arguments: [
        (#"{"account": "1"}"#, "name"), (#"{"name": "n"}"#, "account"), (#"{"account": "", "name": "n"}"#, "account"),
        (#"{"account": "1", "name": "n", "method": "sms"}"#, "\"question\" or \"code\""),
        (#"{"answer": "x"}"#, "session_id"), (#"{"session_id": "chat-0001", "answer": ""}"#, "answer"),
        (#"{"session_id": "chat-0001", "answer": "x", "account": "1"}"#, "/account"),
        (#"{"session_id": "chat-0001", "answer": "x", "name": "n"}"#, "/name"),
        (#"{"session_id": "chat-0001", "answer": "x", "method": "code"}"#, "/method"),
        (#"{"session_id": "chat-0001", "answer": 1}"#, "answer"), (#"{"account": "1", "name": "n", "x": 1}"#, "x"),
        (#"{"account": "\#(String(repeating: "1", count: 65))", "name": "n"}"#, "account"),
        (#"{"account": "1", "name": "\#(String(repeating: "n", count: 257))"}"#, "name"),
        (#"{"session_id": "chat-0001", "answer": "\#(String(repeating: "a", count: 257))"}"#, "answer"),
    ])
    func `that is neither is refused with what was wanted`(body: String, wanted: String) {
        let refusal = #expect(throws: Refusal.self) { try Self.decode(body) }
        #expect(refusal?.problem == .invalidBody)
        let told = (refusal?.detail ?? "") + " at " + (refusal?.place?.pointer ?? "")
        #expect(told.contains(wanted), "\(told)")
    }

    @Test(arguments: [
        "", "session_id=", "session_id=a&session_id=b", "x=1", "session_id=\(String(repeating: "s", count: 65))",
    ])
    func `is looked up by one conversation's name`(query: String) throws {
        #expect(throws: Refusal.self) { try Content.standing(QueryItems(Array(query.utf8)[...])) }
        guard case .standing(let session) = try Content.standing(QueryItems(Array("session_id=chat-0001".utf8)[...]))
        else { return }
        #expect(session == Array("chat-0001".utf8))
    }

    /// A gateway with the customers for development.
    private func gateway() async throws -> TestGateway {
        try await TestGateway { folder in
            let commands = CustomerCommands(
                keyFile: folder + "/certs/customers.key", database: folder + "/var/customers.db")
            _ = try commands.initialise()
            _ = try commands.seed(ifEmpty: true) { _, _ in }
        }
    }

    private static let path = "/v1/verification"

    @Test func `names the conversation where the caller does not, and refuses names that are personal or bad`()
        async throws
    {
        let gateway = try await gateway()
        let token = try gateway.token("agent")
        let asked = try await gateway.send(
            "POST", Self.path, token: token, body: #"{"account": "1001", "name": "Ada Lindqvist"}"#)
        let session = try #require(try JSONParser.parse(asked.body)["session_id"]?.text)
        #expect(asked.status == 201 && session.count == 32 && session.allSatisfy(\.isHexDigit))
        let right = try await gateway.send(
            "POST", Self.path, token: token, body: #"{"session_id": "\#(session)", "answer": "rex"}"#)
        #expect(right.status == 200, "\(right.text)")
        let record = try gateway.record(of: right)
        #expect(record["customer"]?["level"]?.text == "knowledge" && record["begin"]?.integer != nil)
        for (bad, reason) in [("short", "bad_identifier"), ("ada@example.com", "identifier_is_personal")] {
            let refused = try await gateway.send(
                "POST", Self.path, token: token, body: #"{"session_id": "\#(bad)", "answer": "rex"}"#)
            #expect(refused.status == 400)
            #expect(try gateway.record(of: refused)["decision"]?["reason"]?.text == reason)
        }
        let empty = try await gateway.send("POST", Self.path, token: token, body: #"{"account": "-", "name": "n"}"#)
        #expect(empty.status == 400)
        #expect(try gateway.record(of: empty)["decision"]?["reason"]?.text == "customer_claim")
    }

    @Test func `believes nobody whose answer cannot be recorded`() async throws {
        let gateway = try await gateway()
        let token = try gateway.token("agent")
        let asked = try await gateway.send(
            "POST", Self.path, token: token, body: #"{"account": "1001", "name": "Ada Lindqvist"}"#)
        let session = try #require(try JSONParser.parse(asked.body)["session_id"]?.text)
        gateway.services.log.close(requestsServed: 0)
        let answered = try await gateway.send(
            "POST", Self.path, token: token, body: #"{"session_id": "\#(session)", "answer": "rex"}"#)
        #expect(answered.status == 503)
        let desk = try #require(gateway.services.verification)
        #expect(desk.statistics.right == 0, "it was not even judged")
        let conversation = ConversationKey(
            issuer: Array("https://portcullis.dev".utf8), subject: Array("agent".utf8), session: Array(session.utf8))
        #expect(desk.standing(of: conversation).state == .challenged)
    }
}
