import Testing

@testable import Redaction

@Suite struct ExplanationTests {
    private let redactor = Redactor()

    private func explain(_ text: String) -> [ExplainedFinding] { redactor.explain(Array(text.utf8)) }

    @Test(arguments: CatalogueExample.positive)
    func `an explanation goes with each finding and holds nothing of the value`(_ example: CatalogueExample) throws {
        let marked = MarkedText(example.text)
        let explained = redactor.explain(marked.bytes)
        #expect(explained.map(\.finding) == redactor.detect(marked.bytes))
        for one in explained {
            let label = "\(one.finding.type.auditLabel)."
            #expect(one.explanation.detector.hasPrefix(label) && one.explanation.detector.count > label.count)
            let value = String(decoding: marked.bytes[one.finding.range], as: UTF8.self)
            #expect(!one.explanation.reason.contains(value))
        }
    }

    @Test(arguments: [
        ("4111 1111 1111 1111", "credit_card.digits", nil),
        ("card 4111 1111 1111 1111", "credit_card.digits", "named by the word before: card"),
        ("account number is 12345678", "bank_account.named_number", "named by the word before: account"),
        ("12345678 is my account number", "bank_account.named_number", "named by the words behind: account"),
        ("20-00-00 12345678", "uk_sort_code.before_account", nil),
        ("CNIC 3520212345671", "pk_cnic.thirteen_digits", "named by the word before: national ID"),
        ("Dr Anna N. Weiss", "person.titled", nil),
        ("said Gladys to Jennifer", "person.given_name", nil),
        ("carte num\u{E9}ro 4111 1111 1111 1111", "credit_card.digits", "named by the word before: card"),
    ])
    func `the recogniser and the word that named the value are told`(
        _ text: String, _ detector: String, _ word: String?
    ) throws {
        let explanation = try #require(explain(text).first).explanation
        #expect(explanation.detector == detector)
        let told = explanation.reason.split(separator: "; ").first { $0.hasPrefix("named by") }.map(String.init)
        #expect(told == word)
    }

    @Test func `a disguise is told, and the word before it is seen behind its own disguise`() throws {
        let explained = try #require(
            explain(#"{"t":"c\u0061rd ４１１１ １１１１ １１１１ １１１１"}"#).first)
        #expect(explained.explanation.reason.contains("named by the word before: card"))
        #expect(explained.explanation.reason.contains("written in a disguise"))
    }

    @Test func `the action is the policy's, and allow for a value that it allows`() throws {
        let policy = try RedactionPolicy.parse(
            policyText(otherwise: "\"tokenise\"", more: #"allowed: { EMAIL_ADDRESS: ["@bank.example"] }"#))
        let redactor = Redactor(policy: policy)
        let actions = redactor.explain(Array("a@bank.example b@example.org".utf8)).map(\.action)
        #expect(actions == [.allow, .tokenise])
    }

    @Test func `each recogniser of a row has a name of its own and a reason`() {
        for detector in DetectorType.all.map(\.detector) {
            let names = detector.recognisers.map(\.name)
            #expect(Set(names).count == names.count)
            for recognition in detector.recognisers {
                #expect(
                    recognition.name.utf8.allSatisfy { ByteClass.isLower($0) || ByteClass.isDigit($0) || $0 == 0x5F })
                #expect(recognition.reason.count > 20 && !recognition.reason.hasSuffix("."))
            }
        }
    }
}
