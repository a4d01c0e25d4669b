/// Numbers whose digits are written as words, one by one: "four one one one …".
enum SpelledDigits {
    /// Digits in a row below which they are words: "one two three" is no number of anybody.
    static let digitsMin = 7
    /// The pass over the words of `text`.
    static func pass(_ text: Span<UInt8>) -> EditedText {
        var edited = EditedText()
        var index = 0
        while index < text.count {
            guard DigitWord.isWordByte(text[index]) else {
                index += 1
                continue
            }
            let row = Row(text, from: index)
            if row.digitCount >= digitsMin { fold(text, row, into: &edited) }
            index = row.end
        }
        if edited.isEdited { edited.finish(text) }
        return edited
    }

    /// Words for digits in a row.
    private struct Row {
        let start: Int
        /// Behind the last word; behind the first one where that is none for a digit.
        private(set) var end: Int
        private(set) var digitCount = 0
        /// Whether spaces alone stand between some of them, so that other separators part groups.
        private(set) var isGrouped = false

        init(_ text: Span<UInt8>, from start: Int) {
            self.start = start
            guard var word = DigitWord(text, from: start) else {
                end = DigitWord.end(text, from: start)
                return
            }
            end = word.range.upperBound
            digitCount = word.count
            while let next = DigitWord(text, after: end) {
                isGrouped = isGrouped || DigitWord.areSpaces(text, end..<next.range.lowerBound)
                word = next
                end = word.range.upperBound
                digitCount += word.count
            }
        }
    }

    private static func fold(_ text: Span<UInt8>, _ row: Row, into edited: inout EditedText) {
        if let plus = DigitWord.plus(text, before: row.start) {
            edited.fold(text, at: plus.lowerBound, Fold(plus.count, to: UInt8(ascii: "+")))
        }
        var index = row.start
        while index < row.end {
            guard let word = DigitWord(text, from: index) else { return }
            edited.fold(text, at: index, Fold(word.range.count, to: UInt8(ascii: "0") + word.digit, count: word.count))
            index = word.range.upperBound
            guard index < row.end, let next = DigitWord(text, after: index) else { return }
            let gap = index..<next.range.lowerBound
            let isBreak = row.isGrouped && !DigitWord.areSpaces(text, gap)
            edited.fold(
                text, at: index, isBreak ? Fold(gap.count, to: UInt8(ascii: "-")) : .deletion(gap.count))
            index = gap.upperBound
        }
    }
}

/// What the pass over the words of a text sees of what it cannot read.
struct ScanSigns {
    /// Whether two words for digits stand side by side somewhere.
    private(set) var hasSpelledDigits = false

    /// Looks at a word of letters.
    @inline(__always)
    mutating func look(_ text: Span<UInt8>, at word: Range<Int>) {
        guard !hasSpelledDigits, word.count <= DigitWord.bytesMax, let first = DigitWord(text, from: word.lowerBound)
        else { return }
        hasSpelledDigits = DigitWord(text, after: first.range.upperBound) != nil
    }

    /// Looks at what a finding stepped over, which may be as long as the shortest row of digits.
    @inline(__always)
    mutating func look(_ text: Span<UInt8>, over range: Range<Int>) {
        if range.count >= Self.rowBytesMin, !hasSpelledDigits { lookAtWords(text, in: range) }
    }

    private mutating func lookAtWords(_ text: Span<UInt8>, in range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byteCount = DigitWord.wordBytes(text, from: index)
            if byteCount > 0, byteCount <= DigitWord.bytesMax, let word = DigitWord(text, from: index),
                DigitWord(text, after: word.range.upperBound) != nil
            {
                hasSpelledDigits = true
                return
            }
            index += max(byteCount, 1)
        }
    }

    /// Bytes of seven words of two letters and the spaces between.
    private static let rowBytesMin = 20
}
