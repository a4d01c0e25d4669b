/// Numbers whose digits are written as words, one by one: "four one one one …".
enum SpelledDigits {
    /// Digits in a row below which they are words: "one two three" is no number of anybody.
    static let digitsMin = 7
    /// Bytes of the shortest such row, seven words of two letters and the spaces between.
    private static let probeBytes = 20

    /// Whether two words for digits stand side by side somewhere. Looks at one word in `probeBytes` and its neighbours.
    static func mayHold(_ text: Span<UInt8>) -> Bool {
        let filter = DigitWordFilter.shared
        var probe = 0
        while probe < text.count {
            if filter.mayHold(text, at: probe), let word = DigitWord(text, around: probe),
                DigitWord(text, after: word.range.upperBound) != nil
                    || DigitWord(text, before: word.range.lowerBound) != nil
            {
                return true
            }
            probe += probeBytes
        }
        return false
    }

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
