internal import Bytes

/// Cyrillic and Greek letters that look like Latin ones, in words that mix alphabets. A word that is wholly Cyrillic or
/// Greek stays as it is.
enum Homoglyph {
    /// Bytes before and after a Latin letter beside a digit within which another alphabet's letter tells that it stands
    /// for a digit: the length of an IBAN.
    private static let nearBytes = 34

    /// The pass over the words of `text`.
    static func pass(_ text: Span<UInt8>) -> EditedText {
        var edited = EditedText()
        var index = 0
        while index < text.count {
            // Words of ASCII letters alone, and what stands between words, are most of a text.
            let others = ~LetterMarks.letters(text.paddedWord(at: index)) & LetterMarks.tops
            let letterCount = others.trailingZeroBitCount / 8
            if letterCount < 8, index + letterCount == text.count || !isWordByte(text[index + letterCount]) {
                index += letterCount + 1
                continue
            }
            let word = MixedWord(text, from: index)
            if word.isMixed || isLoneAfterDigit(text, word) || isNearOther(text, word) {
                fold(text, word.range, into: &edited)
            }
            index = word.range.upperBound
        }
        if edited.isEdited { edited.finish(text) }
        return edited
    }

    private static func fold(_ text: Span<UInt8>, _ word: Range<Int>, into edited: inout EditedText) {
        var index = word.lowerBound
        while index < word.upperBound {
            guard text[index] >= 0x80, let scalar = DecodedScalar(text, at: index) else {
                if let digit = digit(text, at: index, length: 1, for: text[index], in: word) {
                    edited.fold(text, at: index, Fold(1, to: digit))
                }
                index += 1
                continue
            }
            if let latin = latin(scalar.value) {
                let digit = digit(text, at: index, length: scalar.bytes, for: latin, in: word)
                edited.fold(text, at: index, Fold(scalar.bytes, to: digit ?? latin))
            }
            index += scalar.bytes
        }
    }

    /// The digit that the letter at `index` stands for where a digit stands beside it.
    private static func digit(
        _ text: Span<UInt8>, at index: Int, length: Int, for letter: UInt8, in word: Range<Int>
    ) -> UInt8? {
        let digit: UInt8
        switch letter {
        case UInt8(ascii: "O"), UInt8(ascii: "o"): digit = UInt8(ascii: "0")
        case UInt8(ascii: "l"), UInt8(ascii: "I"): digit = UInt8(ascii: "1")
        default: return nil
        }
        let end = index + length
        let isAfter = index > word.lowerBound && ByteClass.isDigit(text[index - 1])
        let isBefore = end < word.upperBound && ByteClass.isDigit(text[end])
        return isAfter || isBefore ? digit : nil
    }

    /// A capital by itself behind a digit, as the last letter of `12 34 56 С`.
    private static func isLoneAfterDigit(_ text: Span<UInt8>, _ word: MixedWord) -> Bool {
        let start = word.range.lowerBound
        return word.isLoneCapital && start > 1 && ByteClass.isDigit(text[start - 2])
    }

    /// An `O` or `l` beside a digit in a word of ASCII that has letters of another alphabet near it, as in `АB 12 3l`.
    private static func isNearOther(_ text: Span<UInt8>, _ word: MixedWord) -> Bool {
        guard word.isASCII, word.hasDigit, word.range.contains(where: { isDigitLike(text[$0]) }) else { return false }
        let near = max(0, word.range.lowerBound - nearBytes)..<min(text.count, word.range.upperBound + nearBytes)
        return near.contains { index in
            text[index] >= 0xCE && DecodedScalar(text, at: index).flatMap { latin($0.value) } != nil
        }
    }

    private static func isDigitLike(_ byte: UInt8) -> Bool {
        byte | 0x20 == UInt8(ascii: "o") || byte == UInt8(ascii: "l") || byte == UInt8(ascii: "I")
    }

    @inline(__always)
    static func isWordByte(_ byte: UInt8) -> Bool { byte >= 0x80 || ByteClass.isAlphanumeric(byte) }

    /// The Latin letter that `scalar` looks like (Unicode's confusables.txt, UTS #39, those without a difference to see).
    static func latin(_ scalar: UInt32) -> UInt8? {
        switch scalar {
        case 0x0410, 0x0391: UInt8(ascii: "A")
        case 0x0412, 0x0392: UInt8(ascii: "B")
        case 0x0421, 0x03F9: UInt8(ascii: "C")
        case 0x0415, 0x0395: UInt8(ascii: "E")
        case 0x050C: UInt8(ascii: "G")
        case 0x041D, 0x0397: UInt8(ascii: "H")
        case 0x0406, 0x0399, 0x04C0: UInt8(ascii: "I")
        case 0x0408, 0x037F: UInt8(ascii: "J")
        case 0x041A, 0x039A: UInt8(ascii: "K")
        case 0x041C, 0x039C: UInt8(ascii: "M")
        case 0x039D: UInt8(ascii: "N")
        case 0x041E, 0x039F: UInt8(ascii: "O")
        case 0x0420, 0x03A1: UInt8(ascii: "P")
        case 0x051A: UInt8(ascii: "Q")
        case 0x0405: UInt8(ascii: "S")
        case 0x0422, 0x03A4: UInt8(ascii: "T")
        case 0x051C: UInt8(ascii: "W")
        case 0x0425, 0x03A7: UInt8(ascii: "X")
        case 0x04AE, 0x03A5: UInt8(ascii: "Y")
        case 0x0396: UInt8(ascii: "Z")
        case 0x0430, 0x03B1: UInt8(ascii: "a")
        case 0x0441, 0x03F2: UInt8(ascii: "c")
        case 0x0501: UInt8(ascii: "d")
        case 0x0435: UInt8(ascii: "e")
        case 0x04BB: UInt8(ascii: "h")
        case 0x0456, 0x03B9: UInt8(ascii: "i")
        case 0x0458, 0x03F3: UInt8(ascii: "j")
        case 0x04CF: UInt8(ascii: "l")
        case 0x043E, 0x03BF: UInt8(ascii: "o")
        case 0x0440, 0x03C1: UInt8(ascii: "p")
        case 0x051B: UInt8(ascii: "q")
        case 0x0455: UInt8(ascii: "s")
        case 0x03C5: UInt8(ascii: "u")
        case 0x0475, 0x03BD: UInt8(ascii: "v")
        case 0x051D: UInt8(ascii: "w")
        case 0x0445: UInt8(ascii: "x")
        case 0x0443: UInt8(ascii: "y")
        default: nil
        }
    }
}

/// Letters and digits of any alphabet in a row.
private struct MixedWord {
    let range: Range<Int>
    /// Whether it has letters or digits of ASCII and others, and each other one looks like one of them.
    let isMixed: Bool
    /// Whether it is one capital of another alphabet that looks like a Latin one.
    let isLoneCapital: Bool
    let isASCII: Bool
    let hasDigit: Bool

    init(_ text: Span<UInt8>, from start: Int) {
        var end = start
        var asciiCount = 0
        var lookAlikeCount = 0
        var otherCount = 0
        var hasDigit = false
        var isCapital = false
        while end < text.count, Homoglyph.isWordByte(text[end]) {
            if text[end] < 0x80 {
                asciiCount += 1
                hasDigit = hasDigit || ByteClass.isDigit(text[end])
                end += 1
            } else if let scalar = DecodedScalar(text, at: end) {
                let latin = Homoglyph.latin(scalar.value)
                if latin == nil { otherCount += 1 } else { lookAlikeCount += 1 }
                isCapital = latin.map(ByteClass.isUpper) ?? false
                end += scalar.bytes
            } else {
                otherCount += 1
                end += 1
            }
        }
        range = start..<end
        isMixed = asciiCount > 0 && lookAlikeCount > 0 && otherCount == 0
        isLoneCapital = isCapital && asciiCount == 0 && lookAlikeCount == 1 && otherCount == 0
        isASCII = lookAlikeCount + otherCount == 0
        self.hasDigit = hasDigit
    }
}
