/// Numbers that an answer may state: those of its sources (passages, results of tools, the question and what was said before).
///
/// A number is compared by its value, however it is written: `1,234.50`, `1234.5` and `£1 234.50` are one, as are `05/03/2026` and
/// `2026-03-05` by their parts. The last digits of a long number stand for it, as in "ending 1234".
struct SourceFigures: Sendable {
    /// Digits from which a number is one of an account, a card or a telephone, of which a part may be named.
    private static let longDigitsMin = 7
    /// Digits of a part that may be named.
    private static let partDigitsMin = 3

    private var values: Set<[UInt8]> = []
    /// The numbers of dates.
    private var dateParts: Set<[UInt8]> = []
    private var longNumbers: [[UInt8]] = []

    init(_ sources: [[UInt8]]) {
        for source in sources { add(source) }
    }

    private mutating func add(_ source: [UInt8]) {
        var run: [UInt8] = []
        for word in source.split(whereSeparator: { $0 <= 0x20 }) {
            let figures = Figure.all(in: Array(word))
            for figure in figures {
                values.insert(figure.value)
                if figure.isDate { dateParts.formUnion(figure.parts) }
            }
            // Digits in groups, as account numbers are written.
            if figures.count == 1, let figure = figures.first {
                run += figure.digits
                note(figure.digits)
            } else {
                note(run)
                run = []
                for figure in figures { note(figure.digits) }
            }
        }
        note(run)
    }

    private mutating func note(_ digits: [UInt8]) {
        if digits.count >= Self.longDigitsMin {
            longNumbers.append(digits)
            values.insert(digits)
        }
    }

    /// Whether the sources have `figure`.
    func hold(_ figure: Figure) -> Bool {
        if values.contains(figure.value) || values.contains(figure.digits) { return true }
        if figure.isDate, figure.parts.allSatisfy({ dateParts.contains($0) || values.contains($0) }) { return true }
        if figure.parts.isEmpty, !figure.isMarked, dateParts.contains(figure.value) { return true }
        guard figure.digits.count >= Self.partDigitsMin, !figure.hasFraction else { return false }
        return longNumbers.contains { $0.firstRange(of: figure.digits) != nil }
    }
}

/// A number in a word of a text.
struct Figure: Hashable {
    /// Where it stands in the word.
    let range: Range<Int>
    /// Its value in one way of writing: no grouping, no leading zeros, no trailing zeros of a fraction.
    let value: [UInt8]
    /// All of its digits.
    let digits: [UInt8]
    /// The numbers that it is made of, where dashes, slashes or colons part them.
    let parts: [[UInt8]]
    let hasFraction: Bool
    /// Whether a sign of a currency or of percent stands at it.
    let isMarked: Bool

    /// Whether its parts may be those of a date: dashes or slashes part them.
    let isDate: Bool

    /// The numbers of a word. Digits behind an underscore are of a token (`[EMAIL_1]`), those between letters of a name.
    static func all(in word: [UInt8]) -> [Figure] {
        var figures: [Figure] = []
        var index = 0
        while index < word.count {
            guard isDigit(word[index]) else {
                index += 1
                continue
            }
            let start = index
            var end = index + 1
            while end < word.count {
                if isDigit(word[end]) {
                    end += 1
                } else if end + 1 < word.count, isDigit(word[end + 1]), isJoint(word[end]) {
                    end += 2
                } else {
                    break
                }
            }
            index = end
            let before = start > 0 ? word[start - 1] : 0x20
            if before == UInt8(ascii: "_") { continue }
            figures.append(Figure(word, start..<end))
        }
        return figures
    }

    private init(_ word: [UInt8], _ range: Range<Int>) {
        self.range = range
        let text = word[range]
        digits = text.filter(Self.isDigit)
        let pieces = text.split { Self.isParting($0) }
        let numbers = pieces.map { Self.canonical(Array($0)) }
        parts = pieces.count > 1 ? numbers.map(\.value) : []
        isDate =
            (2...3).contains(parts.count) && parts.allSatisfy { $0.count <= 4 } && !text.contains(UInt8(ascii: ":"))
        value = pieces.count > 1 ? Self.trimmed(digits) : numbers.first?.value ?? []
        hasFraction = numbers.contains(where: \.hasFraction)
        isMarked =
            Self.endsInCurrency(word[..<range.lowerBound]) || Self.beginsWithCurrency(word[range.upperBound...])
    }

    private static func canonical(_ text: [UInt8]) -> (value: [UInt8], hasFraction: Bool) {
        // The last point or comma parts a fraction unless three digits follow it, as behind thousands.
        guard let mark = text.lastIndex(where: { !isDigit($0) }), text.count - mark - 1 != 3 else {
            return (trimmed(text.filter(isDigit)), false)
        }
        var fraction = Array(text[(mark + 1)...])
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        let whole = trimmed(text[..<mark].filter(isDigit))
        return (fraction.isEmpty ? whole : whole + [UInt8(ascii: ".")] + fraction, true)
    }

    private static func trimmed(_ digits: [UInt8]) -> [UInt8] {
        let rest = digits.drop { $0 == UInt8(ascii: "0") }
        return rest.isEmpty ? [UInt8(ascii: "0")] : Array(rest)
    }

    private static func endsInCurrency(_ text: ArraySlice<UInt8>) -> Bool {
        signs.contains { text.suffix($0.count).elementsEqual($0) }
            || codes.contains { text.suffix(3).elementsEqual($0.utf8) }
    }

    private static func beginsWithCurrency(_ text: ArraySlice<UInt8>) -> Bool {
        text.first == UInt8(ascii: "%") || signs.contains { text.prefix($0.count).elementsEqual($0) }
            || codes.contains { text.prefix(3).elementsEqual($0.utf8) }
    }

    private static let signs = ["$", "£", "€", "₹", "₨", "¥"].map { Array($0.utf8) }
    private static let codes = ["USD", "EUR", "GBP", "PKR", "INR", "CHF", "AED", "SAR", "CAD", "AUD", "JPY"]

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isParting(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ":")
    }
    private static func isJoint(_ byte: UInt8) -> Bool {
        isParting(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "'")
    }
}
