/// The domain behind an at that is spelled out.
struct SpelledDomain {
    /// What stands for its dots, where they are spelled.
    private(set) var dots: [Range<Int>] = []
    let end: Int
    private let first: Range<Int>
    private let last: Range<Int>

    /// Labels from `start` on, between them dots or words for dots; nil where there is no dot.
    init?(_ text: Span<UInt8>, from start: Int, bytesMax: Int, _ labelsMax: Int) {
        var label = Self.label(text, from: start)
        guard !label.isEmpty else { return nil }
        first = label
        var labelCount = 1
        while labelCount <= labelsMax, label.upperBound - start < bytesMax {
            let dot = Self.dot(text, at: label.upperBound)
            guard let dot else { break }
            let next = Self.label(text, from: dot.upperBound)
            guard !next.isEmpty else { break }
            if dot.count > 1 { dots.append(dot) }
            label = next
            labelCount += 1
        }
        guard labelCount > 1, label.count >= 2, label.allSatisfy({ ByteClass.isLetter(text[$0]) }) else { return nil }
        last = label
        end = label.upperBound
    }

    private static func dot(_ text: Span<UInt8>, at index: Int) -> Range<Int>? {
        guard index < text.count else { return nil }
        if text[index] == UInt8(ascii: ".") { return index..<index + 1 }
        return SpelledMark.dot(text, at: index)
    }

    private static func label(_ text: Span<UInt8>, from start: Int) -> Range<Int> {
        var end = start
        while end < text.count, ByteClass.isAlphanumeric(text[end]) || text[end] == UInt8(ascii: "-") { end += 1 }
        while end > start, text[end - 1] == UInt8(ascii: "-") { end -= 1 }
        return start..<end
    }

    /// Whether `mark` and this domain are an address and not a sentence.
    func isTold(by mark: SpelledMark, _ text: Span<UInt8>, local: Range<Int>) -> Bool {
        switch mark.kind {
        case .clear, .sign: return true
        case .capitals:
            // In a text of capitals AT is a word like any other.
            let isShouted = local.allSatisfy { !ByteClass.isLetter(text[$0]) || ByteClass.isUpper(text[$0]) }
            return !isShouted || (!dots.isEmpty && isDomain(text))
        case .small: return !dots.isEmpty && isDomain(text)
        }
    }

    private func isDomain(_ text: Span<UInt8>) -> Bool {
        if Self.articles.contains(where: { Self.equal(text, first, $0) }) { return false }
        if Self.generic.contains(where: { Self.equal(text, last, $0) }) { return true }
        guard last.count == 2 else { return false }
        return !Self.shortWords.contains { Self.equal(text, last, $0) } || !isFollowedByWord(text)
    }

    private func isFollowedByWord(_ text: Span<UInt8>) -> Bool {
        end + 1 < text.count && text[end] == UInt8(ascii: " ") && ByteClass.isLetter(text[end + 1])
    }

    private static func equal(_ text: Span<UInt8>, _ range: Range<Int>, _ word: [UInt8]) -> Bool {
        guard range.count == word.count else { return false }
        for place in word.indices where text[range.lowerBound + place] | 0x20 != word[place] { return false }
        return true
    }

    private static func bytes(_ words: String) -> [[UInt8]] { words.split(separator: " ").map { Array($0.utf8) } }

    /// No domain is called so, and a sentence goes on so.
    private static let articles = bytes(
        "the a an this that each every any some one my your our their its his her which")
    /// Generic top-level domains that addresses are likely to have (IANA's root zone database).
    private static let generic = bytes(
        "com org net edu gov mil int info biz name pro mobi app dev bank online shop site xyz email cloud tech")
    /// Country codes (ISO 3166-1) that are English words too.
    private static let shortWords = bytes("in is it at to me so no us be as am by do my la de es")
}
