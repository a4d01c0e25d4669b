import RE2
import Testing

@testable import Redaction

/// Patterns by chance, of all that the reader knows and some that it refuses.
private struct PatternGenerator {
    static func pattern(_ random: inout SeededRandom, depth: Int = 0) -> String {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in sequence(&random, depth: depth) }
            .joined(separator: "|")
    }

    private static func sequence(_ random: inout SeededRandom, depth: Int) -> String {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in piece(&random, depth: depth) }.joined()
    }

    private static func piece(_ random: inout SeededRandom, depth: Int) -> String {
        let atoms = [
            "a", "k", "S", "é", "ß", "字", "😀", "0", "-", "\\.", "\\-", ".", "[a-c]", "[^a]", "[0-9k]", "[é字]",
            "[[:alpha:]]",
            "[[:^digit:]]", "[\\d_-]", "[]a]", "[^]]", "\\d", "\\w", "\\W", "\\s", "\\S", "\\D", "\\pL", "\\p{Greek}",
            "\\PN",
            "\\x41", "\\x{e9}", "\\x{1F600}", "\\b", "\\B", "\\n", "\\t", "(?i)", "(?s)", "(?-i)", "\\n",
            "[\\x{e9}-\\x{1F600}]",
            "[\\S\\n]", "[^\\W]", "k", "s", "K",
        ]
        let groups = ["(", "(?:", "(?i:", "(?s:", "(?-s:", "(?is:", "(?P<n>"]
        var text = atoms.randomElement(using: &random) ?? "a"
        if depth < 3, Int.random(in: 0..<3, using: &random) == 0, let group = groups.randomElement(using: &random) {
            text = group + pattern(&random, depth: depth + 1) + ")"
        }
        let repetitions = ["", "", "", "?", "{2}", "{0,3}", "{1,2}", "{0}", "{3}", "+", "{2,}", "??"]
        return text + (repetitions.randomElement(using: &random) ?? "")
    }

    static func text(_ random: inout SeededRandom) -> [UInt8] {
        let parts = [
            "a", "b", "c", "k", "K", "\u{212A}", "s", "S", "\u{17F}", "é", "É", "ß", "ẞ", "字", "😀", "0", "1", "-", ".",
            "_",
            " ", "\n", "\t", "A", "α", "]", "\u{130}",
        ]
        return (0..<Int.random(in: 0...40, using: &random)).flatMap { _ in
            Int.random(in: 0..<30, using: &random) == 0
                ? [UInt8.random(in: 0...255, using: &random)] : Array((parts.randomElement(using: &random) ?? "").utf8)
        }
    }
}

@Suite struct PatternBoundsTests {
    private func bounds(_ pattern: String) -> PatternBounds? { try? PatternBounds.read(Array(pattern.utf8)) }

    @Test(arguments: [
        ("EMP-[0-9]{6}", 10, 10), ("a|bcd", 1, 3), ("(ab?){2,3}", 2, 6), ("é字", 5, 5), ("[é]", 1, 4), (".", 1, 4),
        ("(?i)k", 1, 4), ("(?i:1)-", 2, 2), ("(?i)(?-i)k", 1, 1), ("((?i)k)k", 2, 5), ("\\bX\\b", 1, 1), ("a?", 0, 1),
        ("", 0, 0), ("\\d{3}[- ]?\\d{2}", 5, 6), ("[^-]{2}", 2, 8), ("[]-]{2}", 2, 2), ("(?P<id>Q)\\.", 2, 2),
    ])
    func `bounds are those of the shortest and the longest match`(_ pattern: String, _ least: Int, _ most: Int) {
        #expect(bounds(pattern) == PatternBounds(bytesMin: least, bytesMax: most))
    }

    @Test func `no match of RE2 is outside the bounds`() throws {
        var random = SeededRandom.fromEnvironment()
        var (matches, patterns) = (0, 0)
        for _ in 0..<6_000 {
            let pattern = PatternGenerator.pattern(&random)
            guard let compiled = try? RE2.compile(Array(pattern.utf8), memoryMax: 1 << 22),
                let bounds = bounds(pattern)
            else { continue }
            patterns += 1
            for _ in 0..<10 {
                let text = PatternGenerator.text(&random)
                guard let match = compiled.firstMatch(in: text.span, from: 0) else { continue }
                matches += 1
                #expect(
                    match.count >= bounds.bytesMin && match.count <= bounds.bytesMax,
                    "\(pattern.debugDescription) \(match) \(bounds) \(text)")
            }
        }
        #expect(patterns > 500 && matches > 2_000)
    }

    @Test func `any bytes are read or refused without harm`() {
        var random = SeededRandom.fromEnvironment()
        let alphabet = Array("ab09()[]{},|*+?\\^$.:-iPs<>=x!é".utf8) + [0xFF, 0xC3]
        for _ in 0..<20_000 {
            let pattern = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            do throws(PatternBounds.Refusal) {
                let bounds = try PatternBounds.read(pattern)
                #expect(bounds.bytesMin <= bounds.bytesMax)
            } catch { #expect((0...pattern.count).contains(error.offset)) }
        }
    }

    @Test func `a number of many digits overflows nothing`() {
        #expect(bounds("a(?i){2}") == nil)
        #expect(bounds("a{99999999999999999999}") == nil)
        #expect(bounds(String(repeating: "(", count: 10_000)) == nil)
    }
}

@Suite struct RE2Tests {
    private func compile(_ pattern: String) throws -> RE2 { try RE2.compile(Array(pattern.utf8), memoryMax: 1 << 22) }

    private func first(_ pattern: String, _ text: String, from offset: Int = 0) throws -> Range<Int>? {
        let bytes = Array(text.utf8)
        return try compile(pattern).firstMatch(in: bytes.span, from: offset)
    }

    @Test func `a match has the bounds in the text, and what is before the offset counts for boundaries`() throws {
        #expect(try first("b{2}", "abbb") == 1..<3)
        #expect(try first("b{2}", "abbb", from: 2) == 2..<4)
        #expect(try first("\\bb", "ab b") == 3..<4)
        #expect(try first("\\bb", "ab", from: 1) == nil)
        #expect(try first("b", "ab", from: 2) == nil)
        #expect(try first("b", "ab", from: 3) == nil)
        #expect(try first("b", "ab", from: -1) == nil)
        #expect(try first("a?", "", from: 0) == 0..<0)
    }

    @Test func `a line break and a zero byte are bytes as others`() throws {
        #expect(try first("a[^b]c", "a\nc") == 0..<3)
        #expect(try first("a\\x00c", "a\0c") == 0..<3)
        #expect(throws: RE2Error.self) { try compile("(") }
    }

    @Test func `many threads may match with one pattern`() async throws {
        let pattern = try compile("[0-9]{3}-[a-z]{2,5}")
        let text = Array((String(repeating: "12-ab ", count: 500) + "123-abc").utf8)
        let found = await withTaskGroup(of: Range<Int>?.self) { group in
            for _ in 0..<32 { group.addTask { pattern.firstMatch(in: text.span, from: 0) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(found == Array(repeating: 3_000..<3_007, count: 32))
    }
}
