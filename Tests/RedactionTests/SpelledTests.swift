import Foundation
import Testing

@testable import Redaction

@Suite struct SpelledTests {
    @Test(arguments: [
        ("to ‹jane (at) example [dot] com›.", 1), ("‹jane[at]example.org› x", 1), ("‹jane.doe at example dot org›,", 1),
        ("on ‹jane AT example DOT co DOT uk› before Friday", 1), ("‹jane dot doe at example dot com›", 1),
        ("‹jane (@) example (.) com›", 1), ("an ‹jane (at) beispiel (punkt) de›", 1),
        ("‹jane arroba ejemplo punto es›", 1),
        ("‹jane arobase exemple point fr›", 1), ("‹jane at example punkt de›.", 1), ("‹jane@example[dot]com›", 1),
        ("‹jane AT example.com›", 1), ("‹jane { at } example { dot } com›", 1),
        ("‹jane chiocciola esempio punto it›", 1),
    ])
    func `a spelled-out address is found whole`(_ marked: String, _ count: Int) throws {
        let text = MarkedText(marked)
        let findings = Redactor().detect(text.bytes)
        #expect(findings.map(\.range) == text.ranges)
        #expect(findings.allSatisfy { "\($0.type)" == "EMAIL_ADDRESS" && $0.isDisguised })
        #expect(text.ranges.count == count)
    }

    @Test func `every address of the catalogue is found when it is spelled out`() throws {
        let email = try #require(DetectorType(named: "EMAIL_ADDRESS".utf8))
        for example in CatalogueExample.positive where example.type == email {
            for (at, dot) in [
                (" (at) ", " [dot] "), (" AT ", " DOT "), ("[at]", "[dot]"), (" at ", " dot "), ("@", "(dot)"),
            ] {
                let parts = example.text.split(separator: "@", omittingEmptySubsequences: false)
                let isASCII = MarkedText(example.text).bytes.allSatisfy { $0 < 0x80 }
                guard parts.count == 2, isASCII || at == "@" else { continue }
                let domain = parts[1].prefix { $0 != "›" }
                guard domain.utf8.allSatisfy({ $0 < 0x80 }), !domain.contains("xn--") else { continue }
                let rest = parts[1].dropFirst(domain.count)
                let spelledDomain = domain.split(separator: ".").joined(separator: dot)
                let spelled = "\(parts[0])\(at)\(spelledDomain)\(rest)"
                let text = MarkedText(spelled)
                #expect(Redactor().detect(text.bytes).map(\.range) == text.ranges, "\(spelled)")
            }
        }
    }

    @Test(arguments: [
        "meet me at ten", "look at the dot in the middle", "aim at the red dot on the wall", "I work at example.com",
        "LOOK AT EXAMPLE.COM NOW", "open (at) all hours", "at dot com", "jane at example", "stare at dot and com",
        "arrive at position dot it is late", "jane [at] example", "the dot at the end", "at noon at work at home",
        "see a@example.com dot",
    ])
    func `a sentence with at and dot stays as it is`(_ text: String) {
        #expect(Redactor().detect(Array(text.utf8)).allSatisfy { !$0.isDisguised })
    }

    @Test(arguments: [
        ("four one one one one one one", "4111111"), ("Four-One-One-One, five-five-five", "4111555"),
        ("plus nine two three zero zero one two three", "+92300123"), ("double four one one one one one", "4411111"),
        ("four one five, five five five, zero one four two", "415-555-0142"),
        ("null eins zwei drei vier fünf sechs", "0123456"),
        ("oh seven seven one two three four", "0771234"), ("cero uno dos tres cuatro cinco seis", "0123456"),
        ("one two three four five six", "one two three four five six"),
        ("no one, two or three", "no one, two or three"),
    ])
    func `seven words for digits in a row are a number`(_ text: String, _ seen: String) {
        #expect(view(of: text) == seen)
    }

    @Test func `a card number in words is found whole`() {
        let text = MarkedText(
            "my card is ‹four one one one " + "one one one one one one one one one one one one›, thanks")
        let findings = Redactor().detect(text.bytes)
        #expect(findings.map(\.range) == text.ranges)
        let line = Redactor().redactForLog(text.bytes)
        #expect(String(decoding: line, as: UTF8.self) == "my card is <CREDIT_CARD>, thanks")
    }

    @Test func `every word for a digit is found wherever the probes fall`() {
        for shift in 0..<40 {
            for word in ["two", "three", "un"] {
                let text =
                    String(repeating: "x", count: shift) + " " + Array(repeating: word, count: 7).joined(separator: " ")
                #expect(view(of: text) != text, "\(text)")
            }
        }
    }
}

@Suite struct Base64RunTests {
    private func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }

    @Test(arguments: ["write to jane@example.com", "card 4111 1111 1111 1111 please", "203.0.113.23 is the client"])
    func `a run that holds something certain is found whole, with its padding`(_ hidden: String) {
        for pad in ["", ".", ".."] {
            let text = MarkedText("see ‹" + base64(hidden + pad) + "› and reply")
            let findings = Redactor().detect(text.bytes)
            #expect(findings.map(\.range) == text.ranges)
            #expect(findings.allSatisfy { $0.isDisguised })
        }
    }

    @Test func `every certain example of the catalogue is found in base64`() {
        for example in CatalogueExample.positive {
            let marked = MarkedText(example.text)
            let run = base64(String(decoding: marked.bytes, as: UTF8.self))
            let found = Redactor().detect(marked.bytes)
            guard (16...400).contains(run.utf8.count), Normaliser.view(of: marked.bytes.span) == nil,
                found.contains(where: { $0.confidencePPM >= 900_000 })
            else { continue }
            let findings = Redactor().detect(Array(("x: " + run).utf8))
            #expect(findings.map(\.range) == [3..<3 + run.utf8.count], "\(example.testDescription)")
        }
    }

    @Test(arguments: [
        "nothing to see in here, really", "phone 4515986 is not certain", "\u{1}\u{2} a@example.com",
    ])
    func `a run that holds nothing certain stays`(_ hidden: String) {
        #expect(Redactor().detect(Array(base64(hidden).utf8)).isEmpty)
    }

    @Test(arguments: [(400, 1), (401, 0)])
    func `a run has at most 400 characters`(_ count: Int, _ found: Int) {
        var run = base64("a@example.com " + String(repeating: "x ", count: 143))
        #expect(run.count == 400)
        if count > 400 { run += "Q" }
        #expect(Redactor().detect(Array(run.utf8)).count == found)
    }

    @Test func `a run has at least 16 characters`() {
        #expect(Redactor().detect(Array(base64("a@bcd.com ok").utf8)).count == 1)
        #expect(Redactor().detect(Array(base64("a@bc.com.").utf8)).isEmpty)
    }

    @Test func `a finding that reaches out of a run stands`() throws {
        let token = "eyJhbGciOiJIUzI1NiJ9." + base64(#"{"sub":"a@example.com"}"#) + ".c2lnbmF0dXJl"
        let findings = Redactor().detect(Array(token.replacingOccurrences(of: "=", with: "").utf8))
        #expect(findings.map { "\($0.type)" } == ["JWT"])
    }
}
