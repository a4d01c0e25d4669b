import JSON
import Testing
import WireClient

@testable import Gateway

@Suite struct `Suggestions over HTTP` {
    @Test func `are the questions for what was typed, recorded, and the first of each category without`() async throws {
        let gateway = try await TestGateway()
        let token = try gateway.token("customer")
        let reply = try await gateway.send("GET", "/v1/faq/suggestions?q=physical+ca&limit=3", token: token)
        #expect(reply.status == 200 && reply.fields["audit-receipt"] != nil, "\(reply.text)")
        let found = try JSONParser.parse(Array(reply.text.utf8))
        let questions = (found["suggestions"]?.elements ?? []).compactMap { $0["question"]?.text }
        #expect((1...3).contains(questions.count), "\(reply.text)")
        #expect(questions.allSatisfy { $0.lowercased().contains("card") }, "\(questions)")
        let first = try await gateway.send("GET", "/v1/faq/suggestions", token: token)
        let starters = try JSONParser.parse(Array(first.text.utf8))["suggestions"]?.elements ?? []
        #expect(starters.count == 8, "\(first.text)")
        #expect(Set(starters.compactMap { $0["category"]?.text }).count == 8, "\(first.text)")
        #expect(gateway.services.metrics.answers(of: .faqSuggestions).map(\.count) == [2])
    }

    @Test func `show nobody what the policy masks in a question`() async throws {
        let gateway = try await TestGateway()
        let csv = "id,question,answer,category,variants\nvault,Is jane.roe@example.com the vault keeper?,Yes.,c,\n"
        let made = try await gateway.send(
            "POST", "/v1/knowledge", token: try gateway.token("admin"), body: csv, type: "text/csv")
        #expect(made.status == 200, "\(made.text)")
        let reply = try await gateway.send(
            "GET", "/v1/faq/suggestions?q=vault", token: try gateway.token("customer"))
        #expect(reply.text.contains("vault keeper") && !reply.text.contains("jane.roe"), "\(reply.text)")
    }
}
