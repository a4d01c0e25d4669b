import Testing

@testable import Redaction

@Suite struct WordTests {
    @Test func `a word hashes the same in capitals and in small letters`() {
        for (capital, small) in [("PASSWORD", "password"), ("Élodie", "élodie"), ("ÑANDÚ", "ñandú")] {
            #expect(WordHash(capital) == WordHash(small))
        }
    }

    @Test func `a map knows its words and no others`() {
        var random = SeededRandom.fromEnvironment()
        let letters = Array("abcdefghijklmnopqrstuvwxyz")
        func word(_ count: ClosedRange<Int>) -> String {
            String(
                (0..<Int.random(in: count, using: &random)).map { _ in letters.randomElement(using: &random) ?? "a" })
        }
        var meanings: [String: UInt16] = [:]
        for index in 1...2_000 { meanings[word(2...12)] = UInt16(index) }
        var map = WordMap(wordsMax: meanings.count)
        for (word, meaning) in meanings { map.set(WordHash(word), to: meaning) }
        for (word, meaning) in meanings { #expect(map[WordHash(word)] == meaning) }
        for _ in 0..<2_000 {
            let other = word(2...12)
            #expect(map[WordHash(other)] == meanings[other] ?? 0)
        }
    }

    @Test func `words that call nothing are stepped over, and no others`() {
        var random = SeededRandom.fromEnvironment()
        let pieces = [
            "the ", "branches ", "opening", " ", "acknowledged ", "characteristics ", "password ", "name ", "one ",
            "Dear ",
            "café ", "x", "1", ",", ".", "iPhone ", "closed, ", "a ", "saturday ", "internationalisation ",
        ]
        for _ in 0..<2_000 {
            let text = Array((0..<12).compactMap { _ in pieces.randomElement(using: &random) }.joined().utf8)
            let end = WordTable.catalogue.end(ofPlainWords: text.span, from: 0)
            let passed = text[..<end]
            let words = passed.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
            // Where a space ends what was passed, the word behind it was not.
            for word in words.dropLast(passed.last == UInt8(ascii: " ") ? 1 : 0) where !passed.isEmpty {
                #expect(!word.isEmpty && word.allSatisfy(ByteClass.isLower), "\(String(decoding: text, as: UTF8.self))")
                #expect(!WordTable.catalogue.mayHold(WordHash(String(decoding: word, as: UTF8.self))))
            }
            #expect(
                end == text.count || end == 0 || text[end - 1] == UInt8(ascii: " ") || !ByteClass.isWordByte(text[end]))
        }
        let plain = Array("where the branch closes early, ask there".utf8)
        #expect(WordTable.catalogue.end(ofPlainWords: plain.span, from: 0) > 16)
    }

    @Test(arguments: [
        ("xx xx one two xx xx xx xx", true), ("xx xx one xx two xx xx xx", false), ("twentyone two xx xx xx xx", false),
        ("one two", false), ("xxxxxxxxxxxxxxxx double one two", true),
    ])
    func `two words for digits side by side are seen in what a finding steps over`(_ text: String, _ isSeen: Bool) {
        let bytes = Array(text.utf8)
        var signs = ScanSigns()
        signs.look(bytes.span, over: 0..<bytes.count)
        #expect(signs.hasSpelledDigits == isSeen)
    }

    @Test func `a value that is announced does not push out what stands before it`() throws {
        let text = "the beneficiary of 203.0.113.23 is Anna Weiss"
        let names = Redactor().detect(Array("password for a@example.com is Tr0ub4dor&3".utf8)).map { "\($0.type)" }
        #expect(names.contains("EMAIL_ADDRESS"))
        #expect(Redactor().detect(Array(text.utf8)).map { "\($0.type)" }.contains("IP_ADDRESS"))
    }

    @Test(arguments: [
        (0..<5, 10..<15, [0..<5, 10..<15]), (10..<15, 0..<5, [0..<5, 10..<15]), (10..<15, 8..<12, [10..<15]),
        (10..<15, 10..<16, [10..<16]),
    ])
    func `findings that come out of order are sorted and kept apart`(
        _ first: Range<Int>, _ second: Range<Int>, _ kept: [Range<Int>]
    ) throws {
        var overlap = Overlap()
        for range in [first, second] {
            overlap.add(Finding(range: range, type: try type("PERSON"), confidencePPM: 800_000))
        }
        #expect(overlap.findings.map(\.range) == kept)
    }

    @Test(arguments: [
        ("A", true), ("a", false), ("É", true), ("é", false), ("×", false), ("Š", true), ("š", false), ("Ł", true),
        ("ł", false), ("Ž", true), ("ž", false), ("Ÿ", true), ("Ω", true), ("ω", false), ("Ж", true), ("ж", false),
    ])
    func `a capital is known in Latin, Greek and Cyrillic`(_ letter: String, _ isCapital: Bool) {
        #expect(Capital.stands(Array(letter.utf8).span, at: 0) == isCapital)
    }

    @Test func `a long text of announcing words is gone through in one pass`() {
        for word in ["password is ", "name: ", "address ", "dear ", "12 ", "Flat 4, ", "Anna ", "\"", "my name is A. "]
        {
            let text = Array(String(repeating: word, count: 5_000).utf8)
            _ = Redactor().detect(text)
        }
    }
}
