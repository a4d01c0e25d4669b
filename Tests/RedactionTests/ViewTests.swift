import Foundation
import Testing

@testable import Redaction

/// Ways to write ASCII otherwise.
enum Disguise: CaseIterable {
    case fullWidth, mathematicalDigits, arabicDigits, devanagariDigits, zeroWidth, softHyphens, noBreakSpaces, dashes
    case jsonEscapes, percentEscapes, decimalReferences, hexReferences, doublePercent, jsonInJSON, percentInReferences
    case mixed

    func write(_ bytes: some Sequence<UInt8>, _ random: inout SeededRandom) -> [UInt8] {
        bytes.flatMap { write($0, &random) }
    }

    private func write(_ byte: UInt8, _ random: inout SeededRandom) -> [UInt8] {
        guard byte < 0x80 else { return [byte] }
        let own = String(UnicodeScalar(byte))
        let text: String
        switch self {
        case .fullWidth: text = (0x21...0x7E).contains(byte) ? scalar(0xFF01 - 0x21 + Int(byte)) : own
        case .mathematicalDigits: text = digit(byte, from: 0x1D7CE) ?? own
        case .arabicDigits: text = digit(byte, from: 0x660) ?? own
        case .devanagariDigits: text = digit(byte, from: 0x966) ?? own
        case .zeroWidth: text = ByteClass.isAlphanumeric(byte) ? "\u{200B}" + own : own
        case .softHyphens: text = ByteClass.isAlphanumeric(byte) ? "\u{AD}" + own : own
        case .noBreakSpaces: text = byte == 0x20 ? "\u{A0}" : own
        case .dashes: text = byte == 0x2D ? "\u{2011}" : own
        case .jsonEscapes: text = "\\u00" + hex(byte)
        case .percentEscapes: text = "%" + hex(byte)
        case .decimalReferences: text = "&#\(byte);"
        case .hexReferences: text = "&#x" + hex(byte) + ";"
        case .doublePercent: text = "%25" + hex(byte)
        case .jsonInJSON: text = "\\\\u00" + hex(byte)
        case .percentInReferences: text = "&#37;" + hex(byte)
        case .mixed:
            let ways: [Disguise] = [.fullWidth, .jsonEscapes, .percentEscapes, .decimalReferences, .arabicDigits]
            let way = ways.randomElement(using: &random) ?? .fullWidth
            return way.write(byte, &random)
        }
        return Array(text.utf8)
    }

    private func scalar(_ value: Int) -> String { UnicodeScalar(value).map { String($0) } ?? "" }
    private func hex(_ byte: UInt8) -> String { String(format: "%02x", byte) }
    private func digit(_ byte: UInt8, from zero: Int) -> String? {
        ByteClass.isDigit(byte) ? scalar(zero + Int(byte) - 0x30) : nil
    }
}

@Suite struct ViewTests {
    private let redactor = Redactor()

    @Test(arguments: Disguise.allCases)
    func `a disguised value is found whole, and what is around it stays`(_ disguise: Disguise) throws {
        var random = SeededRandom.fromEnvironment()
        for example in CatalogueExample.positive {
            let marked = MarkedText(example.text)
            var text: [UInt8] = []
            var values: [Range<Int>] = []
            var copied = 0
            for range in marked.ranges {
                text += marked.bytes[copied..<range.lowerBound]
                let start = text.count
                text += disguise.write(marked.bytes[range], &random)
                // The invisible character before the first letter belongs to the text around.
                values.append(start + (invisible(text[start...]))..<text.count)
                copied = range.upperBound
            }
            text += marked.bytes[copied...]
            let findings = redactor.detect(text)
            #expect(
                findings.map(\.range) == values, "\(example.testDescription) \(String(decoding: text, as: UTF8.self))")
            #expect(findings.allSatisfy { $0.type == example.type })
            expectOnlyFindingsChange(text, findings)
        }
    }

    private func invisible(_ bytes: ArraySlice<UInt8>) -> Int {
        if bytes.starts(with: [0xC2, 0xAD]) { return 2 }
        return bytes.starts(with: [0xE2, 0x80, 0x8B]) ? 3 : 0
    }

    private func expectOnlyFindingsChange(_ text: [UInt8], _ findings: [Finding]) {
        var rest = redactor.redactForLog(text)[...]
        var copied = 0
        for finding in findings {
            let kept = text[copied..<finding.range.lowerBound]
            #expect(rest.starts(with: kept))
            let isReplaced = finding.isDisguised || finding.type.detector.masking == .placeholder
            rest = rest.dropFirst(kept.count + (isReplaced ? "<\(finding.type)>".utf8.count : finding.range.count))
            copied = finding.range.upperBound
        }
        #expect(rest.elementsEqual(text[copied...]))
    }

    @Test func `a value with a look-alike in it is found whole`() {
        let lookAlikes: [UInt8: String] = [
            0x41: "\u{410}", 0x42: "\u{412}", 0x43: "\u{421}", 0x45: "\u{415}", 0x48: "\u{41D}", 0x4B: "\u{39A}",
            0x4D: "\u{39C}", 0x50: "\u{420}", 0x54: "\u{422}", 0x58: "\u{425}", 0x61: "\u{430}", 0x63: "\u{441}",
            0x65: "\u{435}", 0x70: "\u{440}", 0x78: "\u{445}", 0x79: "\u{443}",
        ]
        for example in CatalogueExample.positive {
            let marked = MarkedText(example.text)
            guard marked.ranges.count == 1, marked.bytes.allSatisfy({ $0 < 0x80 }) else { continue }
            let value = marked.ranges[0]
            // A Latin letter that looks like a digit beside digits would become one.
            guard !marked.bytes[value].contains(where: { [0x49, 0x4F, 0x6C, 0x6F].contains($0) }) else { continue }
            for place in value {
                guard let other = lookAlikes[marked.bytes[place]], place > value.lowerBound,
                    place + 1 < value.upperBound,
                    ByteClass.isAlphanumeric(marked.bytes[place - 1])
                else { continue }
                let text = marked.bytes[..<place] + Array(other.utf8) + marked.bytes[(place + 1)...]
                let findings = redactor.detect(Array(text))
                #expect(
                    findings.map(\.range) == [value.lowerBound..<value.upperBound + 1], "\(example.testDescription)")
            }
        }
    }

    @Test(arguments: ["card 4111 1111 1111 1111 now", "SSN 536-90-4399", "DE89370400440532013000"])
    func `no digit of a disguised value outlasts its mask`(_ text: String) {
        var random = SeededRandom.fromEnvironment()
        for disguise in [Disguise.fullWidth, .arabicDigits, .jsonEscapes, .percentEscapes, .decimalReferences, .mixed] {
            let line = redactor.redactForLog(disguise.write(text.utf8, &random))
            #expect(!view(of: String(decoding: line, as: UTF8.self)).contains { $0.isNumber }, "\(disguise)")
        }
    }

    @Test func `findings of random disguised texts are sorted, apart and on character boundaries`() {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<500 {
            var text: [UInt8] = []
            for _ in 0..<3 {
                let part = TextGenerator.valuesAmongFragments(&random)
                text += (Disguise.allCases.randomElement(using: &random) ?? .mixed).write(part, &random)
            }
            var end = 0
            for finding in redactor.detect(text) {
                #expect(finding.range.lowerBound >= end && !finding.range.isEmpty)
                end = finding.range.upperBound
                #expect(end <= text.count)
                #expect(text[finding.range.lowerBound] & 0xC0 != 0x80)
                #expect(end == text.count || text[end] & 0xC0 != 0x80)
            }
        }
    }

    @Test func `a text that needs no view is scanned as it is`() {
        let scanner = Scanner(confidencePPMMin: 500_000)
        var seen = 0
        for example in CatalogueExample.positive + CatalogueExample.negative {
            let bytes = MarkedText(example.text).bytes
            guard bytes.allSatisfy({ $0 < 0x80 && $0 != 0x5C && $0 != 0x25 && $0 != 0x26 && $0 != 0x2B }) else {
                continue
            }
            seen += 1
            let isPlain = Normaliser.view(of: bytes.span) == nil
            #expect(isPlain, "\(example.testDescription)")
            #expect(redactor.detect(bytes) == scanner.scan(bytes.span), "\(example.testDescription)")
        }
        #expect(seen > 50)
    }

    @Test func `a view is never longer than its text, and any bytes are gone through without harm`() {
        var random = SeededRandom.fromEnvironment()
        let fragments = [
            "\\u00", "\\", "%", "%25", "&#", "&#x", ";", "&amp;", "40", "(at)", " at ", " AT ", " dot ", "[dot]", "com",
            "a",
            "@", "double ", "one ", "two ", "plus ", "О", "а", "l", "0", "+", "=", "q=", "\u{200B}", "\u{AD}", "４", "𝟒",
            "é",
            "QUJD", " ", "\n", "-",
        ].map { Array($0.utf8) }
        for round in 0..<2_000 {
            var text: [UInt8] = []
            for _ in 0..<Int.random(in: 0...60, using: &random) {
                text += fragments.randomElement(using: &random) ?? []
                if round % 4 == 0 { text.append(UInt8.random(in: 0...255, using: &random)) }
            }
            if let view = Normaliser.view(of: text.span) { #expect(view.bytes.count <= text.count) }
            let findings = redactor.detect(text)
            #expect(zip(findings, findings.dropFirst()).allSatisfy { $0.range.upperBound <= $1.range.lowerBound })
            #expect(findings.allSatisfy { !$0.range.isEmpty && $0.range.upperBound <= text.count })
            _ = redactor.redactForLog(text)
        }
    }

    @Test func `escapes nest to the depth that is undone and no deeper`() {
        func nested(_ depth: Int) -> String { "%" + String(repeating: "25", count: depth - 1) + "40" }
        #expect(view(of: nested(Normaliser.depthMax)) == "@")
        #expect(view(of: nested(Normaliser.depthMax + 1)) == "%40")
    }

    @Test(arguments: [
        "1", "@", "(", "[", "(at)", "a at b dot ", "jane AT example DOT ", "e\u{301}\u{302}", "&#", "&amp;", "%25", "%",
        "\\u005c", "\\", "a=b+", "SGVs", "one ", "double ", "О0", "\u{200B}", "４", "😀", ".dot", "plus one ",
    ])
    func `time grows with the text and not with its square`(_ pattern: String) {
        func seconds(_ bytes: Int) -> Double {
            let text = Array(String(repeating: pattern, count: bytes / pattern.utf8.count).utf8)
            return (0..<3).map { _ in
                let start = cpuSeconds()
                _ = redactor.detect(text)
                return cpuSeconds() - start
            }.min() ?? 0
        }
        // A square would take sixteen times as long.
        #expect(seconds(64_000) < 8 * seconds(16_000) + 0.002)
    }

    /// Of this thread, so that other tests do not count.
    private func cpuSeconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
