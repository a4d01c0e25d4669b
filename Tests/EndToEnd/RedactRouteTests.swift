import JSON
import Testing

/// `POST /v1/redact`, for other services.
@Suite(.sharedGateway) struct `A text redacted for another service` {
    private func post(_ body: String, by role: Role = .service) async throws -> Reply {
        let gateway = try SharedGateway.current
        return try await gateway.post("/v1/redact", body, by: .role(role, of: gateway.deployment))
    }

    @Test func `comes back without personal data, and what was found is counted and not kept`() async throws {
        let text = "é jane.roe@example.org, card 4111 1111 1111 1111"
        let reply = try await post(#"{"text": "\#(text)"}"#)
        #expect(reply.status == 200, "\(reply.text)")
        let json = try reply.json
        let redacted = try #require(json["text"]?.text)
        #expect(redacted == "é [EMAIL_1], card **** **** **** 1111", "\(redacted)")
        let findings = try #require(json["findings"]?.elements)
        #expect(findings.map { $0["type"]?.text } == ["EMAIL_ADDRESS", "CREDIT_CARD"])
        let bytes = Array(text.utf8)
        let places = findings.compactMap { finding -> String? in
            guard let start = finding["byte_start"]?.integer, let end = finding["byte_end"]?.integer else { return nil }
            return String(decoding: bytes[Int(start)..<Int(end)], as: UTF8.self)
        }
        #expect(places == ["jane.roe@example.org", "4111 1111 1111 1111"])
        let record = try #require(try record(of: reply))
        #expect(record.json["redaction"]?["in"]?["email_address"]?.integer == 1)
        #expect(!occurs("jane.roe", in: record.body) && !occurs("1111 1111", in: record.body))
        #expect(try !SharedGateway.current.child.errors.contains("jane.roe"))
    }

    @Test func `says why each value was found where it is asked, and never the value`() async throws {
        let text = "write to jane.roe@example.org, card 4111 1111 1111 1111"
        let reply = try await post(#"{"text": "\#(text)", "explain": true}"#)
        #expect(reply.status == 200, "\(reply.text)")
        let findings = try #require(try reply.json["findings"]?.elements)
        #expect(findings.map { $0["detector"]?.text } == ["email_address.mailbox", "credit_card.digits"])
        let reasons = findings.compactMap { $0["reason"]?.text }
        #expect(reasons.count == 2 && reasons[1].hasSuffix("named by the word before: card"), "\(reasons)")
        #expect(!reply.text.contains("jane.roe") && !reply.text.contains("4111 1111"))
        let plain = try await post(#"{"text": "\#(text)", "explain": false}"#)
        #expect(try plain.json["findings"]?.elements?.first?["reason"] == nil)
    }

    @Test func `comes back as it is where nothing is found`() async throws {
        let reply = try await post(#"{"text": "opening hours?"}"#)
        let json = try reply.json
        #expect(json["text"]?.text == "opening hours?" && json["findings"]?.elements?.isEmpty == true, "\(reply.text)")
    }

    @Test func `is refused where the policy blocks, with the types and without the value`() async throws {
        let key = "ghp_JpH4K0ilnEI1UB8FbSqzyGHfsYVSQcQ3Ni3E"
        let reply = try await post(#"{"text": "my key \#(key)"}"#)
        try expectProblem(reply, 422)
        #expect(reply.text.contains("API_KEY") && !reply.text.contains(key))
        let record = try #require(try record(of: reply))
        #expect(record.json["redaction"]?["in"]?["api_key"]?.integer == 1)
        #expect(!occurs(key, in: record.body))
    }

    @Test(arguments: [
        #"{"text": ""}"#, "{}", #"{"text": "a", "more": 1}"#, "[]", #"{"text": 1}"#, #"{"text": "a", "explain": 1}"#,
    ])
    func `is not made from what is no text`(body: String) async throws {
        try expectProblem(try await post(body), 400)
    }
}
