internal import Bytes

/// A text as the screen reads it: what disguises words is undone.
///
/// Compatibility forms (full width, mathematical, circled letters) become ASCII, as do invisible tags; characters that nobody
/// sees and accents are dropped; letters of other alphabets that look like Latin ones become them in words that mix both; digits
/// for letters become letters in a second reading of the word; letters with blanks between them are joined. Case does not matter.
struct ScreenText {
    /// Words of letters and digits, in order; at most `AgentLimits.screenedWordsMax`.
    private(set) var words: [[UInt8]] = []
    /// The folded text with its signs, for literals.
    private(set) var folded: [UInt8] = []
    /// Whether there were more words.
    private(set) var isCut = false

    /// Letters in a row with blanks between them that are a word in disguise.
    private static let spelledMin = 4
    /// Scalars of a text that are folded: words have one at least.
    private static let scalarsMax = AgentLimits.screenedWordsMax * 8

    init(_ text: [UInt8]) {
        let scalars = CanonicalDecomposition.scalars(of: String(decoding: text, as: UTF8.self))
        isCut = scalars.count > Self.scalarsMax
        folded.reserveCapacity(scalars.count)
        var word: [Unicode.Scalar] = []
        var spelled: [UInt8] = []
        // Signs before the word, and behind the last one.
        var gap = 0
        var gapBehind = 0
        for scalar in scalars.prefix(Self.scalarsMax) {
            guard let scalar = Self.fold(scalar) else { continue }
            if Self.isWordScalar(scalar) {
                if word.isEmpty { (gap, gapBehind) = (gapBehind, 0) }
                word.append(scalar)
                continue
            }
            end(&word, &spelled, gap)
            gapBehind += 1
            folded += Array(String(Character(scalar)).utf8)
        }
        end(&word, &spelled, gap)
        join(&spelled)
    }

    // MARK: Words

    private mutating func end(_ word: inout [Unicode.Scalar], _ spelled: inout [UInt8], _ gap: Int) {
        guard !word.isEmpty else { return }
        defer { word = [] }
        let text = Self.lower(Self.latin(word))
        folded += text
        guard words.count < AgentLimits.screenedWordsMax else {
            isCut = true
            return
        }
        if text.count == 1, text[0] & 0x80 == 0 {
            if gap > 1 { join(&spelled) }
            spelled.append(text[0])
        } else {
            join(&spelled)
        }
        words.append(Self.withoutDigits(text))
    }

    /// Puts letters that stood alone together as one word more.
    private mutating func join(_ spelled: inout [UInt8]) {
        if spelled.count >= Self.spelledMin {
            words.removeLast(min(spelled.count, words.count))
            words.append(Self.withoutDigits(spelled))
        }
        spelled = []
    }

    private static func lower(_ word: [Unicode.Scalar]) -> [UInt8] {
        var text: [UInt8] = []
        for scalar in word where scalar != "'" { text += Array(String(Character(scalar)).lowercased().utf8) }
        return text
    }

    /// Digits and signs that stand for letters, in a word that has letters: `1gn0re`.
    private static func withoutDigits(_ word: [UInt8]) -> [UInt8] {
        guard word.contains(where: { (0x61...0x7A).contains($0) }),
            word.contains(where: { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "$") })
        else { return word }
        return word.map { byte in
            switch byte {
            case UInt8(ascii: "0"): UInt8(ascii: "o")
            case UInt8(ascii: "1"): UInt8(ascii: "i")
            case UInt8(ascii: "3"): UInt8(ascii: "e")
            case UInt8(ascii: "4"), UInt8(ascii: "@"): UInt8(ascii: "a")
            case UInt8(ascii: "5"), UInt8(ascii: "$"): UInt8(ascii: "s")
            case UInt8(ascii: "7"): UInt8(ascii: "t")
            default: byte
            }
        }
    }

    private static func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "'", "@", "$": true
        default: scalar.value >= 0x80 && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
        }
    }

    // MARK: Characters

    /// The scalar that is read for another; nil where it is not seen.
    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        guard scalar.value >= 0x80 else { return scalar }
        if let ascii = ScreenFold.ascii(scalar.value) { return Unicode.Scalar(ascii) }
        switch scalar.properties.generalCategory {
        case .format, .nonspacingMark, .enclosingMark: return nil
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: return " "
        default: return scalar == "\u{2019}" || scalar == "\u{2018}" ? "'" : scalar
        }
    }

    /// Look-alikes become Latin where the word has Latin letters too.
    private static func latin(_ word: [Unicode.Scalar]) -> [Unicode.Scalar] {
        guard word.contains(where: { $0.isASCII }), word.contains(where: { !$0.isASCII }) else { return word }
        return word.map { scalar in ScreenFold.lookAlike(scalar.value).map { Unicode.Scalar($0) } ?? scalar }
    }
}
