internal import Bytes

/// A word for a digit.
struct DigitWord {
    /// Bytes of the longest word.
    static let bytesMax = 7
    /// Bytes between two words.
    private static let separatorsMax = 3

    /// With the "double" before it.
    let range: Range<Int>
    /// 0 to 9.
    let digit: UInt8
    /// How many of this digit: 2 behind "double", 3 behind "triple".
    let count: Int

    /// The words for 0 to 9 in English, German, Spanish, French, Italian, Portuguese and romanised Urdu.
    private static let words = [
        "zero oh null cero zéro sifar", "one eins ein uno un um aik ek", "two zwei zwo dos deux due dois do",
        "three drei tres trois tre três teen", "four vier cuatro quatre quattro quatro char chaar",
        "five fünf fuenf cinco cinq cinque paanch panch", "six sechs seis sei chhe",
        "seven sieben siete sept sette sete saat",
        "eight acht ocho huit otto oito aath", "nine neun nueve neuf nove nau",
    ]

    /// All of them.
    static var all: [String] { words.flatMap { $0.split(separator: " ").map(String.init) } }

    /// The words, packed and sorted, and their digits.
    static let table: [(word: UInt64, digit: UInt8)] = words.enumerated().flatMap { digit, words in
        words.split(separator: " ").map { (packed(Array($0.utf8).span, 0..<$0.utf8.count), UInt8(digit)) }
    }.sorted { $0.word < $1.word }

    private static let multipliers: [(word: UInt64, count: Int)] = [("double", 2), ("triple", 3)].map {
        (packed(Array($0.utf8).span, 0..<$0.utf8.count), $1)
    }

    /// For each value of a word's hash, its place in `table` and one; 0 for none.
    private static let places: [UInt8] = {
        var places = [UInt8](repeating: 0, count: 1 << hashBits)
        for (index, row) in table.enumerated() {
            var hash = hash(row.word)
            while places[hash] != 0 { hash = (hash + 1) & (places.count - 1) }
            places[hash] = UInt8(index + 1)
        }
        return places
    }()

    private static let hashBits = 10

    @inline(__always)
    private static func hash(_ word: UInt64) -> Int {
        Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) >> UInt64(64 - hashBits))
    }

    @inline(__always)
    static func isWordByte(_ byte: UInt8) -> Bool { byte >= 0x80 || ByteClass.isAlphanumeric(byte) }

    static func end(_ text: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < text.count, isWordByte(text[end]) { end += 1 }
        return end
    }

    static func areSpaces(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        range.allSatisfy { text[$0] == UInt8(ascii: " ") }
    }

    /// The word that starts at `start`.
    init?(_ text: Span<UInt8>, from start: Int) {
        guard let first = Self.word(text, from: start) else { return nil }
        let packed = Self.packed(text, first)
        if let digit = Self.digit(packed) {
            self.init(range: first, digit: digit, count: 1)
            return
        }
        guard let multiplier = Self.multipliers.first(where: { $0.word == packed }),
            let next = Self.separated(text, from: first.upperBound), let second = Self.word(text, from: next),
            let digit = Self.digit(Self.packed(text, second))
        else { return nil }
        self.init(range: start..<second.upperBound, digit: digit, count: multiplier.count)
    }

    /// The word behind the separators at `end`.
    init?(_ text: Span<UInt8>, after end: Int) {
        guard let start = Self.separated(text, from: end) else { return nil }
        self.init(text, from: start)
    }

    private init(range: Range<Int>, digit: UInt8, count: Int) {
        self.range = range
        self.digit = digit
        self.count = count
    }

    /// The "plus" before a number at `start`, with the space behind it.
    static func plus(_ text: Span<UInt8>, before start: Int) -> Range<Int>? {
        let first = start - 5
        guard first >= 0, areSpaces(text, start - 1..<start), let word = word(text, from: first),
            word.upperBound == start - 1, first == 0 || !isWordByte(text[first - 1]),
            packed(text, word) == packed(Array("plus".utf8).span, 0..<4)
        else { return nil }
        return first..<start
    }

    /// How many of the eight bytes from `start` on are a word's in a row.
    @inline(__always)
    static func wordBytes(_ text: Span<UInt8>, from start: Int) -> Int {
        let bytes = text.paddedWord(at: start)
        let others = ~(LetterMarks.letters(bytes) | LetterMarks.digits(bytes) | bytes) & LetterMarks.tops
        return others.trailingZeroBitCount / 8
    }

    private static func word(_ text: Span<UInt8>, from start: Int) -> Range<Int>? {
        let count = wordBytes(text, from: start)
        return count > 0 && count <= bytesMax ? start..<start + count : nil
    }

    private static func separated(_ text: Span<UInt8>, from end: Int) -> Int? {
        var start = end
        while start < text.count, start - end < separatorsMax, isSeparator(text[start]) { start += 1 }
        return start > end && start < text.count ? start : nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"),
            UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"):
            true
        default: false
        }
    }

    private static func digit(_ word: UInt64) -> UInt8? {
        var hash = hash(word)
        while places[hash] != 0 {
            let row = table[Int(places[hash]) - 1]
            if row.word == word { return row.digit }
            hash = (hash + 1) & (places.count - 1)
        }
        return nil
    }

    /// The bytes of a word of at most seven in small letters, the first lowest.
    private static func packed(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        let bytes = text.paddedWord(at: range.lowerBound)
        let letters = LetterMarks.letters(bytes)
        return (bytes | letters >> 2) & ((1 << UInt64(8 * range.count)) - 1)
    }
}
