import Testing

@testable import Redaction

/// What may stand right beside a value: marks of every kind, and bytes that are not UTF-8.
@Suite struct `Beside a value` {
    /// Single bytes and torn characters: log files of older programs, and what somebody made so on purpose.
    static let illFormed: [[UInt8]] = [
        [0x80], [0xBF], [0xC3], [0xE1], [0xE2, 0x80], [0xF0, 0x9F], [0xC0, 0x80], [0xFE], [0xFF],
    ]
    static let marks = [
        "\"", "“", "„", "«", "‘", "‹", "「", "…", "、", "。", "→", "•", "№", "📞", "✅", "⚠️", "\u{FFFD}", "؟",
    ]

    private static let redactor = Redactor()

    /// The examples of the catalogue that are not found whole with `mark` right before and behind their values.
    private static func hidden(by mark: [UInt8]) -> [String] {
        CatalogueExample.positive.compactMap { example in
            let marked = MarkedText(example.text)
            let isFound = marked.ranges.allSatisfy { range in
                let text =
                    marked.bytes[..<range.lowerBound] + mark + marked.bytes[range] + mark
                    + marked.bytes[range.upperBound...]
                let findings = redactor.detect(Array(text))
                return range.allSatisfy { offset in
                    findings.contains { $0.range.contains(offset + mark.count) }
                }
            }
            return isFound ? nil : "\(example.type): \(example.text)"
        }
    }

    /// By a space: keys and addresses that end at one, and sentences that one more takes apart.
    private static let hiddenBySpaces = Set(hidden(by: Array(" ".utf8)))
    private static let hiddenByQuotes = Set(hidden(by: Array("\"".utf8)))

    @Test func `a space or quotation marks hide next to nothing`() {
        #expect(Self.hiddenBySpaces.count <= 18)
        #expect(Self.hiddenByQuotes.count <= 13)
    }

    @Test(arguments: illFormed)
    func `bytes that are not UTF-8 hide no more than a space`(_ bytes: [UInt8]) {
        #expect(Set(Self.hidden(by: bytes)).subtracting(Self.hiddenBySpaces) == [])
    }

    @Test(arguments: marks)
    func `a mark hides no more than a space or quotation marks`(_ mark: String) {
        let expected = Self.hiddenBySpaces.union(Self.hiddenByQuotes)
        #expect(Set(Self.hidden(by: Array(mark.utf8))).subtracting(expected) == [])
    }

    @Test(
        arguments: ["*", "**", "***", "_", "__"],
        [
            "your card ‹4111 1111 1111 1111› is blocked", "call ‹+92 300 1234567› now", "IBAN ‹GB33BUKB20201555555555›",
            "account number ‹12345678›", "SSN ‹536-22-1234›.", "PAN ‹ABCPE1234F›",
        ])
    func `bold and italic print hides nothing`(_ mark: String, _ text: String) {
        let marked = MarkedText(
            text.replacing("‹", with: mark + "‹").replacing("›", with: "›" + mark))
        #expect(Self.redactor.detect(marked.bytes).map(\.range) == marked.ranges)
    }

    @Test(arguments: ["my card —‹4111 1111 1111 1111›— is lost", "card ‹4111—1111—1111—1111›"])
    func `a long dash is one of the sentence, or one of the number`(_ text: String) {
        let marked = MarkedText(text)
        #expect(Self.redactor.detect(marked.bytes).map(\.range) == marked.ranges)
    }

    @Test(arguments: [
        "card ****1111", "card **** **** **** 1111", "card ***-***-6789 and acct ***6789", "•••• 4242",
        "411111******1111",
        "id_4111111111111111_x", "*4111111111111111", "4111111111111111**",
    ])
    func `what is masked, or a part of a name, is left alone`(_ text: String) {
        #expect(Self.redactor.detect(Array(text.utf8)) == [])
    }

    @Test(arguments: ["PIN (‹4321›)", "my PIN [‹4321›]", "PIN #‹4321›", "PIN <‹4321›>"])
    func `brackets hide no code`(_ text: String) {
        let marked = MarkedText(text)
        #expect(Self.redactor.detect(marked.bytes).map(\.range) == marked.ranges)
    }
}
