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

    @Test func `a stream tells what it found in what it gave out, wherever it is cut`() throws {
        var text: [UInt8] = []
        for example in CatalogueExample.positive { text += MarkedText(example.text).bytes + Array("\n\n- - -\n".utf8) }
        let policy = try RedactionPolicy.parse(policyText(otherwise: "\"block\"", types: "EMAIL_ADDRESS: \"allow\""))
        let redactor = Redactor(policy: policy)
        var stream = RedactionStream(redactor, isExplaining: true)
        var vault = Vault()
        var output: [UInt8] = []
        var found: [StreamedFinding] = []
        for start in stride(from: 0, to: text.count, by: 100) {
            output += try stream.feed(Array(text[start..<min(text.count, start + 100)]), into: &vault)
            found += stream.takeFindings()
        }
        output += try stream.finish(into: &vault)
        found += stream.takeFindings()
        #expect(found.compactMap(\.explained) == redactor.explain(text))
        // What is not a replacement is the text's own, and lies where `resumesAt` says.
        var (given, offset) = (0, 0)
        for one in found {
            let range = try #require(one.explained).finding.range
            let start = one.replacement.isEmpty ? given + range.lowerBound - offset : one.replacement.lowerBound
            #expect(output[given..<start] == text[offset..<range.lowerBound])
            (given, offset) = (max(start, one.replacement.upperBound), one.resumesAt)
        }
        #expect(output[given...] == text[offset...])
        #expect(found.contains { $0.explained?.action == .block } && found.contains { $0.explained?.action == .allow })
    }

    @Test func `a value too long to be held is told by its beginning, and where the text goes on`() throws {
        let token = Array("eyJhbGciOiJIUzI1NiJ9.".utf8) + [UInt8](repeating: 0x61, count: 200_000)
        let text = token + Array(" and the rest".utf8)
        var stream = RedactionStream(redactor, isExplaining: true)
        var vault = Vault()
        var output: [UInt8] = []
        var found: [StreamedFinding] = []
        for start in stride(from: 0, to: text.count, by: 4_096) {
            output += try stream.feed(Array(text[start..<min(text.count, start + 4_096)]), into: &vault)
            found += stream.takeFindings()
        }
        output += try stream.finish(into: &vault)
        #expect(output == Array("<JWT> and the rest".utf8))
        #expect(found.first?.explained?.explanation.detector == "jwt.unending")
        #expect(found.first?.replacement == 0..<5 && found.last?.resumesAt == token.count)
    }
}
