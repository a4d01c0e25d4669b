import Testing

@testable import Redaction

/// Texts and policies in which a policy's own types, the catalogue's and their disguises meet.
@Suite struct CustomStreamTests {
    /// Patterns that overlap each other and the catalogue's types, that lie end to end in a run, and that reach far.
    private static let types = """
        {name: "EMPLOYEE_ID", pattern: "EMP-[0-9]{6}", confidence_ppm: 900000, examples: ["EMP-123456"],
            action: "tokenise"},
        {name: "SIX", pattern: "[0-9]{6}", confidence_ppm: 800000, examples: ["123456"], action: "tokenise"},
        {name: "SPACED", pattern: "[0-9][0-9 ]{3,9}[0-9]", confidence_ppm: 800000, examples: ["12 34 5"], action: "replace"},
        {name: "CHECKED", pattern: "[0-9]{8}", confidence_ppm: 850000, validator: "luhn", examples: ["12345674"]},
        {name: "BADGE", pattern: "\\\\b[A-Z]{2}[0-9]{3}\\\\b", confidence_ppm: 300000, context: ["badge"],
            examples: ["badge ‹AB123›"], action: "tokenise"},
        {name: "LONG", pattern: "L:[a-z ]{1,300};", confidence_ppm: 990000, examples: ["L:a;"], mask: "last_four"},
        {name: "ACCENTED", pattern: "É[é0-9]{2,9}", confidence_ppm: 700000, examples: ["Éé1"]}
        """

    private let redactor: Redactor

    init() throws {
        redactor = Redactor(policy: try customPolicy(Self.types, types: "EMAIL_ADDRESS: \"tokenise\""))
    }

    private static let fragments: [[UInt8]] = [
        "EMP-123456", "EMP-12345", "EMP-１２３456", "EMP\u{200B}-123456", "123456", "1", "12", "123456789012345678901234",
        "1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8", "12345674", "12345670", "badge AB123", "AB123", "badge ",
        "L:some words; ",
        "L:", ";", "Éé1", "É12éé34", "a@bank.example", "4111 1111 1111 1111", "DE89370400440532013000",
        "call +92 300 1234567",
        "&#49;&#50;&#51;&#52;&#53;&#54;", "\\u0031\\u0032\\u0033\\u0034\\u0035\\u0036", " ", " ", " ", "\n",
        "words of text ",
        "Zoë ", "日本 ", "٣٤٥٦٧٨", "[EMAIL_9]", "<SIX>",
    ].map { Array($0.utf8) }

    private func text(bytesMin: Int, _ random: inout SeededRandom) -> [UInt8] {
        var text: [UInt8] = []
        while text.count < bytesMin {
            text += Self.fragments.randomElement(using: &random) ?? []
            if Bool.random(using: &random) { text.append(UInt8(ascii: " ")) }
            // So that findings do not hang together without end.
            if Int.random(in: 0..<6, using: &random) == 0 { text += Array("and then some words. ".utf8) }
        }
        return text
    }

    private func stream(
        _ text: [UInt8], by redactor: Redactor, stepBytes: Int, _ pieceBytes: () -> Int
    ) throws -> [UInt8] {
        var stream = RedactionStream(redactor, stepBytes: stepBytes)
        var vault = Vault(valuesMax: 100_000)
        // A stream cannot know of tokens to come.
        try vault.learn(redactor.policy.custom)
        try vault.reserveTokens(in: text.span)
        var output: [UInt8] = []
        var start = 0
        while start < text.count {
            let end = min(text.count, start + pieceBytes())
            output += try stream.feed(Array(text[start..<end]), into: &vault)
            start = end
        }
        return output + (try stream.finish(into: &vault))
    }

    private func whole(_ text: [UInt8], by redactor: Redactor) throws -> [UInt8] {
        var vault = Vault(valuesMax: 100_000)
        return try redactor.redact(text, into: &vault).bytes
    }

    private func show(_ text: [UInt8]) -> String { String(decoding: text, as: UTF8.self).debugDescription }

    @Test(arguments: [100, 1_024, 5_000])
    func `any cutting gives what redacting the whole text gives`(_ stepBytes: Int) throws {
        var random = SeededRandom.fromEnvironment()
        for round in 0..<(stepBytes < 1_000 ? 1 : 4) {
            let text = text(bytesMin: stepBytes < 1_000 ? 6_000 : 14_000, &random)
            let longest = round % 2 == 0 ? 300 : 7
            let streamed = try stream(text, by: redactor, stepBytes: stepBytes) {
                Int.random(in: 1...longest, using: &random)
            }
            #expect(streamed == (try whole(text, by: redactor)))
        }
    }

    @Test(arguments: ["0123456789", "1 2 3 4 ", "12345674", "EMP-123456", "٣٤٥٦٧٨", "&#49;", "L:abc ", "Éé12"])
    func `a run without a pause gives the same wherever it is cut`(_ unit: String) throws {
        var random = SeededRandom.fromEnvironment()
        for before in 0..<3 {
            let text = Array(
                (String(repeating: "x", count: before) + String(repeating: unit, count: 9_000 / unit.utf8.count)).utf8)
            let streamed = try stream(text, by: redactor, stepBytes: 700) { Int.random(in: 1...900, using: &random) }
            #expect(streamed == (try whole(text, by: redactor)), "\(before)")
        }
    }

    @Test func `the longest match, each byte as a reference, is found wherever the cut is`() throws {
        let value = "L:" + String(repeating: "a", count: 300) + ";"
        let escaped = value.utf8.map { "&#x00\($0 < 16 ? "0" : "")\(String($0, radix: 16));" }.joined()
        for before in stride(from: 3_400, through: 3_700, by: 37) {
            let words =
                String(repeating: "words of text ", count: before / 14) + String(repeating: "y", count: before % 14)
            let text = Array((words + " " + escaped + " " + words).utf8)
            let once = try whole(text, by: redactor)
            #expect(String(decoding: once, as: UTF8.self).contains("<LONG>"))
            #expect(try stream(text, by: redactor, stepBytes: 300) { 64 } == once)
        }
    }

    @Test func `what is disguised is masked whole in a stream too`() throws {
        let text = Array(("card ４１１１ 1111 1111 1111 " + String(repeating: "words of text ", count: 500)).utf8)
        let once = try whole(text, by: redactor)
        #expect(String(decoding: once, as: UTF8.self).hasPrefix("card <CREDIT_CARD> words"))
        #expect(try stream(text, by: redactor, stepBytes: 300) { 100 } == once)
    }

    @Test func `findings are sorted, apart, on character boundaries, and cover all that either finds`() throws {
        var random = SeededRandom.fromEnvironment()
        let plain = Redactor(policy: try .parse(policyText()))
        for _ in 0..<250 {
            let text = text(bytesMin: 60, &random)
            var end = 0
            var covered = [Bool](repeating: false, count: text.count)
            for finding in redactor.detect(text) {
                #expect(finding.range.lowerBound >= end && !finding.range.isEmpty, "\(show(text))")
                end = finding.range.upperBound
                #expect(text[finding.range.lowerBound] & 0xC0 != 0x80, "\(show(text))")
                #expect(end == text.count || text[end] & 0xC0 != 0x80, "\(show(text))")
                for offset in finding.range { covered[offset] = true }
            }
            for finding in plain.detect(text) {
                let bare = finding.range.filter {
                    !covered[$0] && (text[$0] >= 0x80 || ByteClass.isAlphanumeric(text[$0]))
                }
                #expect(bare.isEmpty, "\(show(text))")
            }
        }
    }

    @Test func `restoring a tokenised text gives the text`() throws {
        var random = SeededRandom.fromEnvironment()
        let tokenising = Redactor(
            policy: try .parse(
                Array(
                    """
                    {version: 1, confidence_min_ppm: 500000, otherwise: "tokenise", types: {},
                    custom: [\(Self.types.replacing(/, (\n *)?action: "[a-z]*"/, with: ""))]}
                    """.utf8)))
        for _ in 0..<250 {
            let text = text(bytesMin: 80, &random)
            var vault = Vault()
            let sent = try tokenising.redact(text, into: &vault)
            #expect(vault.restore(sent.bytes) == text, "\(show(text))")
        }
    }

    @Test func `any bytes are gone through without harm`() throws {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<500 {
            let text = TextGenerator.bytes(&random)
            #expect(redactor.detect(text).allSatisfy { $0.range.upperBound <= text.count })
            _ = redactor.redactForLog(text)
        }
    }

    @Test func `counts are those of the whole text`() throws {
        var random = SeededRandom.fromEnvironment()
        let text = text(bytesMin: 12_000, &random)
        var vault = Vault(valuesMax: 100_000)
        var stream = RedactionStream(redactor)
        for start in stride(from: 0, to: text.count, by: 77) {
            _ = try stream.feed(Array(text[start..<min(text.count, start + 77)]), into: &vault)
        }
        _ = try stream.finish(into: &vault)
        let counts = stream.counts
        var fresh = Vault(valuesMax: 100_000)
        #expect(counts == (try redactor.redact(text, into: &fresh)).counts)
    }
}
