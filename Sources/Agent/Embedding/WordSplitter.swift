internal import Bytes

/// Cuts a text into the words that WordPiece looks at, as BERT's uncased tokeniser does: the text is brought into one form,
/// then cut at white space and around punctuation.
///
/// A model has learnt numbers for exactly these words; each deviation from the order of steps is another sentence to it.
enum WordSplitter {
    /// A word in UTF-8.
    struct Word: Equatable {
        var bytes: [UInt8] = []
        /// Its code points.
        var characterCount = 0

        mutating func append(_ scalar: Unicode.Scalar) {
            bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            characterCount += 1
        }
    }

    /// The words of `text`, which is UTF-8; bytes that are not are left out, as U+FFFD is.
    static func words(in text: [UInt8]) -> [Word] {
        var words: [Word] = []
        var word = Word()
        func finish() {
            if word.characterCount > 0 { words.append(word) }
            word = Word()
        }
        for scalar in normalised(text) {
            if scalar.properties.isWhitespace {
                finish()
            } else if isPunctuation(scalar) {
                finish()
                word.append(scalar)
                finish()
            } else {
                word.append(scalar)
            }
        }
        finish()
        return words
    }

    /// Without what is not seen, ideographs apart, without accents, in small letters.
    private static func normalised(_ text: [UInt8]) -> [Unicode.Scalar] {
        var spaced = String.UnicodeScalarView()
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if isSpacing(scalar) {
                spaced.append(" ")
            } else if isIdeograph(scalar) {
                spaced.append(" ")
                spaced.append(scalar)
                spaced.append(" ")
            } else if !isUnseen(scalar) {
                spaced.append(scalar)
            }
        }
        var small: [Unicode.Scalar] = []
        for scalar in CanonicalDecomposition.scalars(of: String(spaced)) {
            if scalar.isASCII {
                small.append(scalar.value >= 0x41 && scalar.value <= 0x5A ? lower(scalar) : scalar)
            } else if scalar.properties.generalCategory != .nonspacingMark {
                small.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
            }
        }
        return small
    }

    private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
    }

    /// The three controls that are white space; the others are left out.
    private static func isSpacing(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar == "\n" || scalar == "\r"
    }

    private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value >= 0x20 && scalar.value < 0x7F { return false }
        if scalar == "\u{FFFD}" { return true }
        return switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate: true
        default: false
        }
    }

    /// The blocks of CJK ideographs that BERT's tokeniser lists; each of them is a word.
    private static func isIdeograph(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F, 0x2B740...0x2B81F,
            0x2B820...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    /// Each ASCII symbol, which Unicode in part calls none, and beyond ASCII what Unicode calls punctuation.
    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
        case 0..<0x80: return false
        default: break
        }
        return switch scalar.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
            .finalPunctuation, .otherPunctuation:
            true
        default: false
        }
    }
}
