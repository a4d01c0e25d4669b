import Bytes
import Foundation
import Testing

@testable import Agent

@Suite struct `words for a model` {
    private static func words(_ text: String) -> [String] {
        WordSplitter.words(in: Array(text.utf8)).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    static let cases: [(String, [String])] = [
        ("", []), (" \t\r\n ", []), ("My CARD", ["my", "card"]), ("can't", ["can", "'", "t"]),
        (
            "a$b+c<d=e>f^g`h|i~j",
            ["a", "$", "b", "+", "c", "<", "d", "=", "e", ">", "f", "^", "g", "`", "h", "|", "i", "~", "j"]
        ),
        ("£5 €6 ₿7", ["£5", "€6", "₿7"]), ("«oui»…", ["«", "oui", "»", "…"]), ("😱😭", ["😱😭"]),
        ("Café Cafe\u{301}", ["cafe", "cafe"]), ("straße Ø ł", ["straße", "ø", "ł"]), ("İIı", ["iiı"]),
        ("ΟΔΟΣ", ["οδοσ"]), ("Ёлка й", ["елка", "и"]), ("我的a", ["我", "的", "a"]), ("\u{F900}", ["\u{8C48}"]),
        ("각", ["\u{1100}\u{1161}\u{11A8}"]), ("がガ", ["かカ"]),
        ("pay\u{200B}ment\u{0}re\u{AD}fund\u{FEFF}\u{7}", ["paymentrefund"]), ("a\u{FFFD}b\u{E000}c", ["abc"]),
        ("a\u{85}b\u{B}c\u{C}d\u{1C}e", ["abcde"]), ("a\tb\nc\rd", ["a", "b", "c", "d"]),
        ("a\u{A0}b\u{2028}c\u{2029}d\u{3000}e", ["a", "b", "c", "d", "e"]), ("[CLS]", ["[", "cls", "]"]),
        ("\u{378}", ["\u{378}"]), ("ＡＢＣ！", ["ａｂｃ", "！"]), ("\u{0301}", []),
    ]

    @Test(arguments: cases) func `are those of BERT's uncased tokeniser`(text: String, words: [String]) {
        // Scalar by scalar: to Swift, equivalent strings are equal.
        #expect(Self.words(text).map { Array($0.utf8) } == words.map { Array($0.utf8) }, "\(Self.words(text))")
    }

    @Test func `bytes that are no UTF-8 are left out`() {
        let words = WordSplitter.words(in: [0x61, 0xFF, 0xC3, 0x62, 0xED, 0xA0, 0x80, 0x63])
        #expect(words.map(\.bytes) == [Array("abc".utf8)])
        #expect(words.first?.characterCount == 3)
    }

    /// As Python's tables have it, which are another's and in part older.
    @Test func `decomposition is Unicode's, for every code point`() throws {
        let python = Process()
        let output = Pipe()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", "-c",
            """
            import unicodedata
            print(unicodedata.unidata_version)
            for value in range(0x110000):
                form = unicodedata.normalize("NFD", chr(value))
                if form != chr(value): print(value, *map(ord, form))
            """,
        ]
        python.standardOutput = output
        try python.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        python.waitUntilExit()
        let lines = text.split(separator: "\n")
        let newest = try #require(lines.first?.split(separator: ".").first.flatMap { Int($0) })
        var wanted: [UInt32: [UInt32]] = [:]
        for line in lines.dropFirst() {
            let values = line.split(separator: " ").compactMap { UInt32($0) }
            wanted[values[0]] = Array(values.dropFirst())
        }
        #expect(wanted.count > 13_000)
        for value in 0...UInt32(0x10FFFF) {
            guard let scalar = Unicode.Scalar(value), let age = scalar.properties.age, age.major < newest else {
                continue
            }
            let found = CanonicalDecomposition.scalars(of: String(scalar)).map(\.value)
            if found != wanted[value] ?? [value] { Issue.record("U+\(String(value, radix: 16)): \(found)") }
        }
        // The dot below comes before the one above.
        #expect(CanonicalDecomposition.scalars(of: "s\u{307}\u{323}") == ["s", "\u{323}", "\u{307}"])
    }
}

@Suite struct `a vocabulary of pieces` {
    private static func vocabulary(_ text: String) throws -> WordPieceVocabulary {
        try WordPieceVocabulary(parsing: Array(text.utf8), file: "vocab.txt")
    }

    @Test func `numbers its pieces by their lines`() throws {
        for text in ["[UNK]\n[CLS]\n[SEP]\nab\n##ab\n##", "[UNK]\r\n[CLS]\r\n[SEP]\r\nab\r\n##ab\r\n##\r\n"] {
            let vocabulary = try Self.vocabulary(text)
            #expect(vocabulary.count == 6 && vocabulary.pieceBytesMax == 5)
            #expect((vocabulary.unknown, vocabulary.start, vocabulary.end) == (0, 1, 2))
            #expect(vocabulary.id(of: Array("ab".utf8)[...], beginsWord: true) == 3)
            #expect(vocabulary.id(of: Array("ab".utf8)[...], beginsWord: false) == 4)
            #expect(vocabulary.id(of: Array("##".utf8)[...], beginsWord: true) == 5)
            #expect(vocabulary.id(of: Array("a".utf8)[...], beginsWord: true) == nil)
        }
    }

    @Test func `keeps apart what is canonically equivalent`() throws {
        let vocabulary = try Self.vocabulary("[UNK]\n[CLS]\n[SEP]\n\u{E9}\ne\u{301}")
        #expect(vocabulary.id(of: Array("\u{E9}".utf8)[...], beginsWord: true) == 3)
        #expect(vocabulary.id(of: Array("e\u{301}".utf8)[...], beginsWord: true) == 4)
    }

    static let refused: [(String, String)] = [
        ("", "there is no piece [CLS]"), ("[CLS]\n[UNK]", "there is no piece [SEP]"),
        ("[CLS]\n[SEP]", "there is no piece [UNK]"),
        ("[CLS]\n\n[SEP]", "line 2: a piece of 0 bytes"), ("a\nb\na", "line 3: the piece of line 1 again"),
        ("##a\n##a", "line 2: the piece of line 1 again"),
        (String(repeating: "x", count: AgentLimits.vocabularyPieceBytesMax + 1), "line 1: a piece of 257 bytes"),
    ]

    @Test(arguments: refused) func `is refused where it is none`(text: String, reason: String) {
        let said = modelRefusal { try Self.vocabulary(text) }
        #expect(said.hasPrefix("vocab.txt: ") && said.contains(reason), "\(said)")
    }

    @Test func `has bounds on its bytes and those of a piece`() {
        let marks = "[UNK]\n[CLS]\n[SEP]\n"
        let longest = String(repeating: "x", count: AgentLimits.vocabularyPieceBytesMax)
        #expect(throws: Never.self) { try Self.vocabulary(marks + longest) }
        let tooLong = [UInt8](repeating: 0x0A, count: AgentLimits.vocabularyBytesMax + 1)
        #expect(modelRefusal { try WordPieceVocabulary(parsing: tooLong, file: "v") }.contains("longer than"))
        #expect(modelRefusal { try WordPieceVocabulary(parsing: tooLong.dropLast(), file: "v") }.contains("line 1"))
    }
}

@Suite struct `a tokeniser` {
    private let tokenizer: WordPieceTokenizer

    init() throws {
        let pieces = [
            "[UNK]", "[CLS]", "[SEP]", "card", "##s", "c", "##ar", "##d", "[", "]", "cls", "sep", "a", "##a", "我",
        ]
        let vocabulary = try WordPieceVocabulary(parsing: Array(pieces.joined(separator: "\n").utf8), file: "vocab.txt")
        tokenizer = WordPieceTokenizer(vocabulary: vocabulary, tokensMax: 12)
    }

    private func tokens(_ text: String, tokensMax: Int = 12) -> [Int32] {
        WordPieceTokenizer(vocabulary: tokenizer.vocabulary, tokensMax: tokensMax).tokens(of: Array(text.utf8))
    }

    @Test func `takes the longest piece at each place`() {
        #expect(tokens("Cards") == [1, 3, 4, 2])
        #expect(tokens("card cars") == [1, 3, 5, 6, 4, 2])
        #expect(tokens("我我") == [1, 14, 14, 2])
        #expect(tokens("") == [1, 2])
    }

    @Test func `makes a word unknown where a piece is missing, and no other`() {
        #expect(tokens("cardx card xcard") == [1, 0, 3, 0, 2])
        #expect(tokens("carda") == [1, 3, 13, 2])
    }

    @Test func `lets nobody put marks into a text`() {
        #expect(tokens("[CLS] [SEP]") == [1, 8, 10, 9, 8, 11, 9, 2])
        #expect(tokens("[UNK]") == [1, 8, 0, 9, 2])
    }

    @Test func `knows no word above its bound`() {
        let limit = AgentLimits.pieceWordCharactersMax
        #expect(tokens(String(repeating: "a", count: limit), tokensMax: 200).count == limit + 2)
        #expect(tokens(String(repeating: "a", count: limit + 1), tokensMax: 200) == [1, 0, 2])
        // Characters, not bytes: each of these has three, and no piece.
        #expect(tokens(String(repeating: "\u{1100}", count: limit), tokensMax: 200) == [1, 0, 2])
    }

    @Test func `cuts a text that is too long, between pieces of a word too`() {
        #expect(tokens("card card card", tokensMax: 5) == [1, 3, 3, 3, 2])
        #expect(tokens("card card card card", tokensMax: 5) == [1, 3, 3, 3, 2])
        #expect(tokens("card card cards card", tokensMax: 5) == [1, 3, 3, 3, 2])
        #expect(tokens("card card cardx", tokensMax: 4) == [1, 3, 3, 2])
    }

    /// Against the definition: at each place the longest piece that the rest of the word begins with.
    @Test func `agrees with the definition on words at random`() {
        var generator = SeededGenerator.announced("pieces")
        let letters = ["c", "a", "r", "d", "s", "x"]
        for _ in 0..<500 {
            let word = (0..<Int.random(in: 1...9, using: &generator)).map { _ in
                letters.randomElement(using: &generator) ?? ""
            }
            .joined()
            #expect(tokens(word, tokensMax: 64).dropFirst().dropLast() == slow(word)[...], "\(word)")
        }
    }

    private func slow(_ word: String) -> [Int32] {
        let first: [(String, Int32)] = [("card", 3), ("cls", 10), ("sep", 11), ("c", 5), ("a", 12)]
        let further: [(String, Int32)] = [("ar", 6), ("s", 4), ("d", 7), ("a", 13)]
        var rest = word[...]
        var tokens: [Int32] = []
        while !rest.isEmpty {
            guard let found = (tokens.isEmpty ? first : further).first(where: { rest.hasPrefix($0.0) }) else {
                return [0]
            }
            tokens.append(found.1)
            rest = rest.dropFirst(found.0.count)
        }
        return tokens
    }
}
