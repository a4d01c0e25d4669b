import Testing

@testable import Redaction

@Suite struct OutboundGuardTests {
    private func redactor(_ types: String, _ more: String = "", otherwise: String = "mask") throws -> Redactor {
        let text = "{version: 1, confidence_min_ppm: 500000, otherwise: \"\(otherwise)\", types: {\(types)}\(more)}"
        return Redactor(policy: try RedactionPolicy.parse(Array(text.utf8)), keyedHash: { _ in [1, 2, 3, 4, 5] })
    }

    private func guarded(_ text: String, by redactor: Redactor) -> String {
        String(decoding: redactor.guarded(Array(text.utf8)).bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("mask", "<EMAIL_ADDRESS>"), ("replace", "<EMAIL>"), ("hash", "<EMAIL:a102030405>"),
        ("tokenise", "<EMAIL_ADDRESS>"), ("block", "<EMAIL_ADDRESS>"), ("allow", "a@example.com"),
    ])
    func `what goes out is replaced beyond recall, and never refused`(_ action: String, _ left: String) throws {
        let redactor = try redactor("EMAIL_ADDRESS: \"\(action)\"")
        #expect(guarded("write to a@example.com, please", by: redactor) == "write to \(left), please")
        let counts = redactor.guarded(Array("a@example.com b@example.com".utf8)).counts
        let done = ["tokenise", "block"].contains(action) ? "mask" : action
        let wanted = action == "allow" ? [] : ["EMAIL_ADDRESS \(done) 2"]
        #expect(counts.map { "\($0.type) \($0.action) \($0.count)" } == wanted)
    }

    @Test func `of what the policy blocks not even the last four go out`() throws {
        let redactor = try redactor("CREDIT_CARD: \"block\"")
        #expect(guarded("card 4111 1111 1111 1111", by: redactor) == "card <CREDIT_CARD>")
        #expect(redactor.guarded(Array("4111 1111 1111 1111".utf8)).counts.map(\.action) == [.mask])
    }

    @Test func `tokens and what was replaced before stay as they are`() throws {
        let redactor = try redactor("", otherwise: "tokenise")
        for text in ["write to [EMAIL_1] or <PERSON>, card **** **** **** 1111", "nothing here", "<EMAIL:a102030405>"] {
            #expect(guarded(text, by: redactor) == text)
        }
    }

    @Test func `bytes that are no text go through, and what is found among them does not`() throws {
        let redactor = try redactor("")
        let out = redactor.guarded([0xFF, 0xFE] + Array(" a@example.com ".utf8) + [0x80])
        #expect(out.bytes == [0xFF, 0xFE] + Array(" <EMAIL_ADDRESS> ".utf8) + [0x80])
    }

    @Test func `what the caller sent is spared, in any writing and as any type`() throws {
        let redactor = try redactor("")
        let sentText = Array("my card 4111 1111 1111 1111, mail Jane.Roe@example.com".utf8)
        var sent = SentValues()
        sent.add(sentText, redactor.detect(sentText))
        let answer = Array("card 4111-1111-1111-1111, jane.roe@example.com, john@example.com".utf8)
        let out = redactor.guarded(answer) { sent.contains($0, $1) }
        #expect(
            String(decoding: out.bytes, as: UTF8.self)
                == "card 4111-1111-1111-1111, jane.roe@example.com, <EMAIL_ADDRESS>")
        #expect(out.counts.map(\.count) == [1])
    }

    @Test func `a row of digits that was sent does not spare the numbers within it`() throws {
        let redactor = try redactor("")
        let sentText = Array("0123 4242 4242 4242 4242 4242 9 4111 1111 1111 1111 1".utf8)
        var sent = SentValues()
        sent.add(sentText, redactor.detect(sentText).filter { $0.range.count > 25 })
        let out = redactor.guarded(Array("card 4111 1111 1111 1111".utf8)) { sent.contains($0, $1) }
        #expect(out.bytes == Array("card **** **** **** 1111".utf8))
    }

    @Test func `a vault knows what its tokens stand for`() throws {
        var vault = Vault()
        func holds(_ text: String) -> Bool { vault.holds(Array(text.utf8)[...]) }
        #expect([holds("a@example.com")] == [false])
        let empty = vault.memoryBytes
        _ = try Redactor().redact(Array("a@example.com, b@example.com".utf8), into: &vault)
        let full = vault.memoryBytes
        #expect(["a@example.com", "b@example.com", "c@example.com"].map(holds) == [true, true, false])
        #expect(full > empty)
    }

    @Test func `what a scope would do something with is told, and what none touches is not`() throws {
        let rules = """
            , allowed: {PHONE_NUMBER: ["+92 21 3245 5000"]},
            rules: [{direction: "output", types: {EMAIL_ADDRESS: "mask", US_SSN: "allow"}}]
            """
        let redactor = try redactor("EMAIL_ADDRESS: \"allow\", CREDIT_CARD: \"allow\"", rules)
        func touched(_ text: String) -> [String] { redactor.touched(in: Array(text.utf8)).map(\.description) }
        #expect(touched("a@example.com a@example.com") == ["EMAIL_ADDRESS", "EMAIL_ADDRESS"])
        #expect(touched("4111 1111 1111 1111").isEmpty && touched("call +92 21 3245 5000").isEmpty)
        #expect(touched("SSN 536-22-1234") == ["US_SSN"])
    }
}
