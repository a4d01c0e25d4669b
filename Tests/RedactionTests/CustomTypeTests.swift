import Testing

@testable import Redaction

/// A policy with types of its own.
func customPolicy(_ custom: String, _ members: String = "", types: String = "") throws -> RedactionPolicy {
    try RedactionPolicy.parse(
        Array(
            """
            {version: 1, confidence_min_ppm: 500000, otherwise: "mask", types: {\(types)}, custom: [\(custom)]\
            \(members.isEmpty ? "" : ", " + members)}
            """.utf8))
}

/// An employee's number, with what a test adds.
func employee(_ members: String = "", examples: String = "\"EMP-123456\"") -> String {
    """
    {name: "EMPLOYEE_ID", pattern: "EMP-[0-9]{6}", confidence_ppm: 900000, examples: [\(examples)]\
    \(members.isEmpty ? "" : ", " + members)}
    """
}

@Suite struct CustomTypeTests {
    private func redact(_ text: String, by redactor: Redactor) throws -> String {
        var vault = Vault()
        return String(decoding: try redactor.redact(Array(text.utf8), into: &vault).bytes, as: UTF8.self)
    }

    private func redactor(_ custom: String, _ members: String = "", types: String = "") throws -> Redactor {
        Redactor(policy: try customPolicy(custom, members, types: types))
    }

    @Test func `a type of the policy is found and masked as one of the catalogue`() throws {
        let redactor = try redactor(employee())
        #expect(try redact("ask EMP-123456 or a@example.com", by: redactor) == "ask <EMPLOYEE_ID> or <EMAIL_ADDRESS>")
        let findings = redactor.detect(Array("ask EMP-123456".utf8))
        #expect(findings.map(\.type.name) == ["EMPLOYEE_ID"] && findings.map(\.confidencePPM) == [900_000])
        #expect(findings.map(\.type.auditLabel) == ["employee_id"])
        #expect(redactor.policy.types.last?.description == "EMPLOYEE_ID")
        #expect(redactor.policy.types.count == DetectorType.all.count + 1)
    }

    @Test(arguments: [
        ("mask", "<EMPLOYEE_ID>"), ("replace", "<EMPLOYEE_ID>"), ("tokenise", "[EMPLOYEE_ID_1]"),
        ("hash", "<EMPLOYEE_ID:a102030405>"), ("allow", "EMP-123456"),
    ])
    func `each action does what it does to others`(_ action: String, _ replacement: String) throws {
        let written = [
            try customPolicy(employee("action: \"\(action)\"")),
            try customPolicy(employee(), types: "EMPLOYEE_ID: \"\(action)\""),
            try customPolicy(
                employee("action: \"block\""),
                "rules: [{direction: \"output\", types: {EMPLOYEE_ID: \"\(action)\"}}]"
            ).scoped(to: RedactionScope(roles: [], route: [], direction: .output)),
        ]
        for policy in written {
            let redactor = Redactor(policy: policy, keyedHash: { _ in [1, 2, 3, 4, 5] })
            #expect(try redact("is EMP-123456.", by: redactor) == "is \(replacement).")
        }
    }

    @Test func `a blocked one refuses the text by its name`() throws {
        let redactor = try redactor(employee("action: \"block\""))
        var vault = Vault()
        let thrown = refusal(of: Array("is EMP-123456.".utf8), by: redactor, &vault)
        guard case .blocked(let types)? = thrown else { return #expect(thrown != nil) }
        #expect(types.map(\.name) == ["EMPLOYEE_ID"])
    }

    @Test func `an action stands once`() throws {
        #expect(throws: RedactionPolicyError.self) {
            try customPolicy(employee("action: \"mask\""), types: "EMPLOYEE_ID: \"mask\"")
        }
    }

    @Test func `a mask may keep the last four`() throws {
        let redactor = try redactor(employee("mask: \"last_four\""))
        #expect(try redact("is EMP-123456.", by: redactor) == "is ***-**3456.")
    }

    @Test func `an allowed value stays, in any writing where the mask keeps its digits`() throws {
        let allowed = "allowed: {EMPLOYEE_ID: [\"EMP-000000\"]}"
        let redactor = try redactor(employee(), allowed)
        #expect(try redact("EMP-000000 EMP-000001", by: redactor) == "EMP-000000 <EMPLOYEE_ID>")
    }

    @Test(arguments: [
        "EMP\u{200B}-12\u{200B}3456", "EMP-１２３４５６", "ＥＭＰ-123456", "EMP-١٢٣٤٥٦", "EMP&#45;123456", "EMP\\u002d123456",
        "EМP-123456", "EMP\u{2011}123456", "EMP%2D123456", "EMP-12\u{AD}3456",
    ])
    func `disguises hide nothing`(_ value: String) throws {
        let redactor = try redactor(employee())
        #expect(try redact("ask \(value) now", by: redactor) == "ask <EMPLOYEE_ID> now")
    }

    @Test func `what is not ASCII may be a part of the pattern, though the view would fold it`() throws {
        let redactor = try redactor(
            """
            {name: "STAFF_NUMBER", pattern: "сотр№[0-9]{5}", confidence_ppm: 900000, examples: ["‹сотр№12345›!"]},
            {name: "WIDE", pattern: "Ｗ[0-9]{5}", confidence_ppm: 900000, examples: ["Ｗ12345"]}
            """)
        #expect(try redact("это сотр№12345, Ｗ12345", by: redactor) == "это <STAFF_NUMBER>, <WIDE>")
    }

    @Test func `bytes that are not UTF-8 hide nothing beside them`() throws {
        let redactor = try redactor(employee())
        let text = [0xFF, 0xC3] + Array("EMP-123456".utf8) + [0xE2, 0x80]
        #expect(redactor.detect(text).map(\.range) == [2..<12])
    }

    @Test func `of alternatives the longest is taken`() throws {
        let redactor = try redactor(
            """
            {name: "CASE_ID", pattern: "C[0-9]{4}|C[0-9]{8}", confidence_ppm: 900000, examples: ["C1234", "C12345678"]}
            """)
        #expect(try redact("C12345678 C1234", by: redactor) == "<CASE_ID> <CASE_ID>")
    }

    // MARK: Confidence

    @Test func `a word of the context makes a match surer`() throws {
        let redactor = try redactor(
            """
            {name: "BADGE", pattern: "\\\\b[0-9]{5}\\\\b", confidence_ppm: 300000, context: ["Badge", "staff no"],
                examples: ["badge ‹12345›"], counter_examples: ["12345", "badges 12345", "number 12345"]}
            """)
        for text in ["badge 12345", "BADGE: 12345", "staff no. 12345", "my badge number is 12345"] {
            #expect(redactor.detect(Array(text.utf8)).map(\.confidencePPM) == [650_000], "\(text)")
        }
        for text in ["staffno 12345", "badged 12345", "12345 badge", "badge\(String(repeating: " ", count: 60))12345"] {
            #expect(redactor.detect(Array(text.utf8)).isEmpty, "\(text)")
        }
        // 59 bytes between them and the five of the word are what is looked through.
        let far = "badge\(String(repeating: " ", count: 59))12345"
        #expect(redactor.detect(Array(far.utf8)).count == 1)
    }

    @Test func `a check digit decides, and a value may begin within one that fails it`() throws {
        let redactor = try redactor(
            """
            {name: "LOYALTY", pattern: "[0-9]{8}", confidence_ppm: 900000, validator: "luhn",
                examples: ["12345674"], counter_examples: ["12345670"]}
            """)
        #expect(try redact("x12345670 x12345674", by: redactor) == "x12345670 x<LOYALTY>")
        #expect(try redact("x812345674", by: redactor) == "x8<LOYALTY>")
    }

    @Test(arguments: [
        ("luhn", "79927398713", "79927398710"), ("verhoeff", "2363", "2364"), ("mod11_10", "07945", "07944"),
        ("mod97", "213800D1EI4B9WTWWD28", "213800D1EI4B9WTWWD29"),
        ("iban", "GB82WEST12345698765432", "GB82WEST12345698765433"),
    ])
    func `every validator knows its standard's number`(_ name: String, _ right: String, _ wrong: String) throws {
        let check = try #require(CheckDigit(rawValue: name))
        for (text, isRight) in [(right, true), (wrong, false), ("", false), ("-", false)] {
            #expect(passes(text, check) == isRight, "\(text)")
        }
        #expect(passes(right.map { "\($0) " }.joined(), check))
    }

    private func passes(_ text: String, _ check: CheckDigit) -> Bool {
        let bytes = Array(text.utf8)
        return check.isPassed(by: bytes.span, 0..<bytes.count)
    }

    // MARK: Overlaps

    private func competing(_ confidence: Int) throws -> Redactor {
        try redactor(
            """
            {name: "DOMAIN_USER", pattern: "[a-z]{1,20}@bank", confidence_ppm: \(confidence), examples: ["‹jane@bank› "]}
            """)
    }

    @Test func `of two findings the more confident has what is under both, and an equal one of the policy`() throws {
        let email = try #require(Redactor().detect(Array("jane@bank.example".utf8)).first).confidencePPM
        let text = "jane@bank.example"
        #expect(try redact(text, by: competing(email - 1)) == "<EMAIL_ADDRESS>")
        #expect(try redact(text, by: competing(email)) == "<DOMAIN_USER><EMAIL_ADDRESS>")
        #expect(try redact(text, by: competing(email + 1)) == "<DOMAIN_USER><EMAIL_ADDRESS>")
    }

    @Test func `what sticks out of a better finding is not let through`() throws {
        let redactor = try redactor(
            """
            {name: "SIX", pattern: "[0-9]{6}", confidence_ppm: 1000000, examples: ["123456"]}
            """)
        #expect(try redact("card 4111111111111111 x", by: redactor) == "card <SIX><SIX><CREDIT_CARD> x")
        let unsure = try self.redactor(
            """
            {name: "CARD_USER", pattern: "[a-z]{1,9} [0-9]{4}", confidence_ppm: 500000, examples: ["‹jane 4111›"]}
            """)
        #expect(try redact("jane 4111 1111 1111 1111", by: unsure) == "<CARD_USER>**** **** **** 1111")
    }

    // MARK: What is replaced already

    @Test func `marks of the redactor are not taken for values`() throws {
        let redactor = try redactor(
            """
            {name: "CODE_WORD", pattern: "[A-Z]{3,12}(_[A-Z]{1,9}){0,2}(_[0-9])?", confidence_ppm: 990000, examples: ["ABC"]},
            {name: "HEXES", pattern: "[a-f0-9]{3,8}", confidence_ppm: 990000, examples: ["abc"]}
            """)
        for text in [
            "[EMAIL_1]", "<EMAIL>", "<EMAIL_ADDRESS>", "<EMAIL:c3f9a1c07b>", "[CODE_WORD_1]", "<CODE_WORD>",
            "<CODE_WORD:c3f9a1c07b>", "[HEXES_12]",
        ] {
            #expect(redactor.detect(Array("x \(text) y".utf8)).isEmpty, "\(text)")
            #expect(redactor.detect(Array(text.utf8)).isEmpty, "\(text)")
        }
        for text in [
            "[OTHER_1]", "<OTHER>", "[EMAIL_]", "[EMAIL_1", "<EMAIL:c3f9a1c07b", "<EMAIL:ABC>", "(EMAIL_1)",
            "[EMAIL_1>",
        ] {
            #expect(!redactor.detect(Array("x \(text) y".utf8)).isEmpty, "\(text)")
        }
    }

    @Test(arguments: ["mask", "replace", "hash", "tokenise"])
    func `redacting what is redacted changes nothing`(_ action: String) throws {
        let policy = try customPolicy(employee("action: \"\(action)\""))
        let redactor = Redactor(policy: policy, keyedHash: { _ in [0x12, 0x34, 0x56, 0x78, 0x90] })
        let once = try redact("phone EMP-123456 card", by: redactor)
        #expect(try redact(once, by: redactor) == once)
    }

    @Test func `a log line has it masked whatever the policy says`() throws {
        let redactor = try redactor(employee("action: \"allow\""))
        #expect(redactor.redactForLog(Array("by EMP-123456".utf8)) == Array("by <EMPLOYEE_ID>".utf8))
    }
}
