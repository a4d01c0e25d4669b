import Testing

@testable import Redaction

/// Texts of values, near misses, words and stray bytes, joined by chance.
struct TextGenerator {
    private static let values = DetectorType.all.flatMap(\.detector.examples).map { MarkedText($0) }
    private static let fragments: [[UInt8]] =
        DetectorType.all.flatMap(\.detector.counterExamples).map { Array($0.utf8) }
        + [
            " ", "\n", ", ", "-", ".", "(", ")", "+", "@", ":", "/", "*", "[", "]", "1", "12", "0300", "é", "ö", "日本",
            "\u{A0}",
            "\u{200B}", "phone ", "card ", "CNIC ", "token: ", "[EMAIL_1]", "<US_SSN>", "version ", "order ", "x", "😀",
        ].map { Array($0.utf8) }

    static func valuesAmongFragments(_ random: inout SeededRandom) -> [UInt8] {
        var text: [UInt8] = []
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            if Bool.random(using: &random), let value = values.randomElement(using: &random) {
                text += value.bytes
            } else if let fragment = fragments.randomElement(using: &random) {
                text += fragment
            }
            if Int.random(in: 0..<3, using: &random) > 0 { text.append(UInt8(ascii: " ")) }
        }
        return text
    }

    static func bytes(_ random: inout SeededRandom) -> [UInt8] {
        let alphabet = Array("0123456789 -.+()@:abcdefxEY_[]*/\n".utf8) + [0xC2, 0xA0, 0xE2, 0x80, 0x8B, 0xFF]
        let isAny = Bool.random(using: &random)
        return (0..<Int.random(in: 0...200, using: &random)).map { _ in
            isAny ? UInt8.random(in: 0...255, using: &random) : alphabet.randomElement(using: &random) ?? 0
        }
    }
}

@Suite struct PropertyTests {
    private let tokenising: Redactor
    private let masking: Redactor

    init() throws {
        tokenising = Redactor(policy: try .parse(policyText(otherwise: "\"tokenise\"")))
        masking = Redactor(policy: try .parse(policyText(otherwise: "\"mask\"")))
    }

    private func show(_ text: [UInt8]) -> String { String(decoding: text, as: UTF8.self).debugDescription }

    @Test func `findings are sorted, apart, inside the text and on character boundaries`() {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<2_000 {
            let text = TextGenerator.valuesAmongFragments(&random)
            var end = 0
            for finding in masking.detect(text) {
                #expect(finding.range.lowerBound >= end && !finding.range.isEmpty, "\(show(text))")
                end = finding.range.upperBound
                #expect(end <= text.count && (1...1_000_000).contains(finding.confidencePPM))
                #expect(text[finding.range.lowerBound] & 0xC0 != 0x80, "\(show(text))")
                #expect(end == text.count || text[end] & 0xC0 != 0x80, "\(show(text))")
            }
        }
    }

    @Test func `redaction changes nothing outside the findings`() throws {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<1_000 {
            let text = TextGenerator.valuesAmongFragments(&random)
            var vault = Vault()
            let result = try masking.redact(text, into: &vault)
            var rest = result.bytes[...]
            var copied = 0
            for finding in result.findings {
                let kept = text[copied..<finding.range.lowerBound]
                #expect(rest.starts(with: kept), "\(show(text))")
                let value = text[finding.range]
                let isReplaced = finding.isDisguised || finding.type.detector.masking == .placeholder
                let count = isReplaced ? "<\(finding.type)>".utf8.count : value.count
                rest = rest.dropFirst(kept.count + count)
                copied = finding.range.upperBound
            }
            #expect(Array(rest) == Array(text[copied...]), "\(show(text))")
        }
    }

    @Test func `restoring a tokenised text gives the text`() throws {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<1_000 {
            let text = TextGenerator.valuesAmongFragments(&random)
            var vault = Vault()
            let sent = try tokenising.redact(text, into: &vault)
            #expect(vault.restore(sent.bytes) == text, "\(show(text))")
        }
    }

    @Test func `redacting what is redacted changes nothing`() throws {
        for example in CatalogueExample.positive {
            let text = MarkedText("Please see " + example.text + " and reply").bytes
            for redactor in [masking, tokenising] {
                var vault = Vault()
                let once = try redactor.redact(text, into: &vault).bytes
                #expect(try redactor.redact(once, into: &vault).bytes == once, "\(show(text))")
            }
            let line = masking.redactForLog(text)
            #expect(masking.redactForLog(line) == line)
        }
    }

    @Test func `any bytes are gone through without harm`() throws {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<5_000 {
            let text = TextGenerator.bytes(&random)
            let findings = masking.detect(text)
            #expect(findings.allSatisfy { $0.range.upperBound <= text.count })
            _ = masking.redactForLog(text)
            var vault = Vault()
            _ = vault.restore(text)
            try vault.reserveTokens(in: text.span)
            _ = try? RedactionPolicy.parse(text)
        }
    }
}
