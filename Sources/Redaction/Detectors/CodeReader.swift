/// The letters and digits of a code from one place on, upper case, across separators: `AB 12 34 56 C` is `AB123456C`.
///
/// Reading stops at `charactersMax`, or where two separators stand together, so that a place costs a constant.
struct CodeReader {
    /// The longest code that is looked for, a British driving licence, and one more to see that it ends.
    static let charactersMax = 17

    // Vectors for the reason given in `DigitGroups`.
    private var characters = SIMD32<UInt8>()
    /// The offset behind each character from the first, in bytes.
    private var ends = SIMD32<UInt8>()
    private let start: Int
    private(set) var count = 0
    /// Which of the characters are letters, the first in the lowest bit.
    private(set) var letters: UInt32 = 0

    /// Reads from the letter or digit at `offset` on.
    init(_ text: Span<UInt8>, at offset: Int) {
        start = offset
        var index = offset
        while count < Self.charactersMax {
            guard index < text.count, ByteClass.isAlphanumeric(text[index]) else { break }
            if ByteClass.isDigit(text[index]) {
                characters[count] = text[index]
            } else {
                characters[count] = text[index] & 0xDF
                letters |= 1 << UInt32(count)
            }
            index += 1
            ends[count] = UInt8(index - start)
            count += 1
            index = Self.skipSeparator(text, at: index)
        }
    }

    /// The character at `index`: an upper-case letter or a digit.
    subscript(index: Int) -> UInt8 { characters[index] }

    /// The value, 0 to 9, of the digit at `index`.
    func digit(_ index: Int) -> Int { Int(characters[index] & 0x0F) }

    /// The number that `length` digits from `first` on make.
    func value(_ first: Int, _ length: Int) -> Int {
        var value = 0
        for index in first..<first + length { value = value * 10 + digit(index) }
        return value
    }

    /// Where the first `count` characters end, if the letters among them are those of the mask and a code may end there.
    func range(_ text: Span<UInt8>, count: Int, letters: UInt32) -> Range<Int>? {
        guard self.letters & (1 << UInt32(count) - 1) == letters else { return nil }
        return range(text, count: count)
    }

    /// Where the first `count` characters end, if a code may end there.
    func range(_ text: Span<UInt8>, count: Int) -> Range<Int>? {
        guard self.count >= count else { return nil }
        let end = start + Int(ends[count - 1])
        return DigitGroups.mayEnd(text, at: end) ? start..<end : nil
    }

    private static func skipSeparator(_ text: Span<UInt8>, at index: Int) -> Int {
        guard index < text.count else { return index }
        switch text[index] {
        case UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "."): return index + 1
        default:
            let invisible = Gap.invisible(text, at: index)
            if invisible > 0 { return index + invisible }
            return index + (Gap.separator(text, at: index)?.1 ?? 0)
        }
    }
}

/// A word as a code on its own.
enum CodeWord {
    /// Whether nothing before and behind the letters and digits makes them a part of something longer.
    static func isAlone(_ text: Span<UInt8>, _ word: Range<Int>) -> Bool {
        guard DigitGroups.mayEnd(text, at: word.upperBound) else { return false }
        if word.upperBound < text.count, text[word.upperBound] == UInt8(ascii: "@") { return false }
        return mayBegin(text, at: word.lowerBound)
    }

    /// Whether a code may begin at `start`.
    static func mayBegin(_ text: Span<UInt8>, at start: Int) -> Bool {
        guard start > 0 else { return true }
        let before = text[start - 1]
        if ByteClass.isAlphanumeric(before) { return false }
        switch before {
        case UInt8(ascii: "_"), UInt8(ascii: "*"): return Emphasis.opens(text, before: start)
        case UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "$"): return false
        case UInt8(ascii: "/"): return start > 1 && !ByteClass.isAlphanumeric(text[start - 2])
        default: return true
        }
    }

    /// Whether all letters are upper case.
    static func isUpper(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where ByteClass.isLetter(text[index]) && !ByteClass.isUpper(text[index]) { return false }
        return true
    }

    static func digitCount(_ text: Span<UInt8>, _ range: Range<Int>) -> Int {
        var count = 0
        for index in range where ByteClass.isDigit(text[index]) { count += 1 }
        return count
    }
}

extension DigitGroups {
    /// Where a number of exactly `count` digits stands that is no part of a longer one.
    func range(ofDigits count: Int, _ text: Span<UInt8>) -> Range<Int>? {
        guard lead != .joined, digitCount >= count, let last = group(endingAfter: count), isFree(text, after: last)
        else { return nil }
        return start..<end(last)
    }

    /// Whether the first `count` digits stand together.
    func isWhole(count: Int) -> Bool { self.count(0) == count }

    /// The sum of the first digits, each times its weight.
    func weightedSum(_ weights: [Int]) -> Int {
        var sum = 0
        for index in weights.indices { sum += weights[index] * Int(digit(index)) }
        return sum
    }
}
