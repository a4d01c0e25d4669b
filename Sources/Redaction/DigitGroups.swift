/// The digits from one place on, across separators, as number recognisers want to see them.
///
/// `+92 (300) 123-4567` is four groups: 92, 300, 123 and 4567. Invisible characters do not end a group. Reading stops
/// at `digitsMax`, so that a text of digits costs a constant for each place.
struct DigitGroups {
    /// More than any number that is looked for has, an IBAN's apart.
    static let digitsMax = 24
    /// Separating characters between two groups, as in ` (0) `.
    private static let separatorsMax = 3

    /// What stands before a number.
    enum Lead {
        /// Nothing that belongs to it.
        case free
        /// A letter and a hyphen, or `#`, as in `INV-2025-726644`: a number of this shape alone proves little.
        case tagged
        /// A letter, a digit or a mask: this is a part of something else.
        case joined
    }

    /// Four bits for each digit, the first sixteen and the others: shifted in, because a vector whose elements are set
    /// one by one goes to memory and back for each.
    private var firstDigits: UInt64 = 0
    private var otherDigits: UInt64 = 0
    // Vectors, because an inline array's subscript copies the array wherever a `DigitGroups` is only borrowed.
    /// For each group, the number of digits up to and with it, what stands before it (`Separator`), and the offset of its
    /// end from the first digit, in bytes.
    private var digitsUpTo = SIMD32<UInt8>()
    private var separators = SIMD32<UInt8>()
    private var ends = SIMD32<UInt16>()
    private(set) var digitCount = 0
    private(set) var groupCount = 0
    /// A bit for each number of digits after which a group ends.
    private(set) var endings: UInt32 = 0
    /// Offset in the text of the first digit.
    private(set) var start = 0
    /// Offset of what belongs to the number before that: `+`, `(`.
    private(set) var begin = 0
    private(set) var hasPlus = false
    private(set) var lead = Lead.joined
    /// Whether more digits follow than were read.
    private(set) var isCut = false
    /// What the words before the number say, where that was looked at already.
    private var known: Context.Labels?

    /// The value, 0 to 9, of digit `index`.
    func digit(_ index: Int) -> UInt8 {
        let digits = index < 16 ? firstDigits : otherDigits
        return UInt8(truncatingIfNeeded: digits >> UInt64(4 * (index & 15)) & 0xF)
    }

    /// Index of the first digit of group `index`.
    func first(_ index: Int) -> Int { index == 0 ? 0 : digits(upTo: index - 1) }

    /// Number of digits in group `index`.
    func count(_ index: Int) -> Int { digits(upTo: index) - first(index) }

    /// Number of digits up to and with group `index`.
    func digits(upTo index: Int) -> Int { Int(digitsUpTo[index]) }

    /// What stands before group `index`; `.none` before the first.
    func separator(_ index: Int) -> Separator { Separator(rawValue: separators[index]) ?? .none }

    /// Offset in the text behind group `index`.
    func end(_ index: Int) -> Int { start + Int(ends[index]) }

    /// Whether the first groups have these lengths; a length of 0 stands for no group.
    func isGrouped(_ first: Int, _ second: Int, _ third: Int = 0, _ fourth: Int = 0, _ fifth: Int = 0) -> Bool {
        has(first, at: 0) && has(second, at: 1) && has(third, at: 2) && has(fourth, at: 3) && has(fifth, at: 4)
    }

    private func has(_ length: Int, at index: Int) -> Bool {
        length == 0 || (index < groupCount && count(index) == length)
    }

    /// The number that `length` digits from `first` on make.
    func value(_ first: Int, _ length: Int) -> Int {
        var value = 0
        for index in first..<first + length { value = value * 10 + Int(digit(index)) }
        return value
    }

    /// Whether the first `count` digits end with their check digit.
    func passesLuhn(count: Int) -> Bool { Luhn.isValid(count: count, digit: digit) }

    /// Index of the group that ends after exactly `count` digits.
    func group(endingAfter count: Int) -> Int? {
        guard endings & (1 << UInt32(count)) != 0 else { return nil }
        return (0..<groupCount).first { digits(upTo: $0) == count }
    }

    /// Whether the number may end with group `index`.
    func isFree(_ text: Span<UInt8>, after index: Int) -> Bool {
        if index + 1 < groupCount {
            let next = separator(index + 1)
            return next == .space || next >= .parenthesis
        }
        if isCut { return false }
        return Self.mayEnd(text, at: end(index))
    }

    /// Whether a number or code may end before `end`.
    static func mayEnd(_ text: Span<UInt8>, at end: Int) -> Bool {
        guard end < text.count else { return true }
        let byte = text[end]
        if ByteClass.isAlphanumeric(byte) { return false }
        switch byte {
        case UInt8(ascii: "%"): return false
        case UInt8(ascii: "*"), UInt8(ascii: "_"): return Emphasis.closes(text, at: end)
        case UInt8(ascii: "-"): return end + 1 >= text.count || !ByteClass.isAlphanumeric(text[end + 1])
        default: return true
        }
    }
}

// MARK: Words before the number

extension DigitGroups {
    /// Keeps the labels before the number for the recognisers that ask for them.
    mutating func note(_ labels: Context.Labels) { known = labels }

    /// The nearest label before the number.
    func nearest(_ text: Span<UInt8>) -> Context.Nearest {
        guard let known else { return Context.shared.nearest(text, before: begin) }
        return Context.Nearest(label: known.nearest, wordsBefore: known.wordsBefore)
    }

    func label(_ text: Span<UInt8>) -> Label { nearest(text).label }

    /// The nearest label before the number, or else of the rest of the sentence behind `range` that says what it is.
    func label(_ text: Span<UInt8>, around range: Range<Int>) -> Label {
        let before = label(text)
        return before == .none ? Context.shared.labels(text, statedFrom: range.upperBound).nearest : before
    }

    /// Whether `label` is among the labels before the number, though another may be nearer.
    func has(_ label: Label, _ text: Span<UInt8>) -> Bool {
        known?.all.contains(label) ?? Context.shared.has(label, text, before: begin)
    }
}

extension DigitGroups {
    /// Reads from the digit at `offset` on.
    /// - Returns: whether there are enough digits for a number that needs no word before it; 4, as in `1.1.1.1`.
    mutating func read(_ text: Span<UInt8>, at offset: Int) -> Bool {
        (firstDigits, otherDigits) = (0, 0)
        known = nil
        digitCount = 0
        groupCount = 0
        endings = 0
        isCut = false
        start = offset
        var position = offset
        var separator = Separator.none
        while true {
            position = readGroup(text, at: position, after: separator)
            guard !isCut, let (kind, next) = Self.gap(text, at: position) else { break }
            guard digitCount < Self.digitsMax else {
                isCut = true
                break
            }
            separator = kind
            position = next
        }
        readLead(text)
        return digitCount >= 4
    }

    private mutating func readGroup(_ text: Span<UInt8>, at offset: Int, after separator: Separator) -> Int {
        var position = offset
        let first = digitCount
        while position < text.count, ByteClass.isDigit(text[position]) {
            guard digitCount < Self.digitsMax else {
                isCut = true
                break
            }
            let digit = UInt64(text[position] & 0xF) << UInt64(4 * (digitCount & 15))
            if digitCount < 16 { firstDigits |= digit } else { otherDigits |= digit }
            digitCount += 1
            position += 1
            guard position < text.count, text[position] >= 0xC2 else { continue }
            let invisible = Gap.invisible(text, at: position)
            if invisible > 0, position + invisible < text.count, ByteClass.isDigit(text[position + invisible]) {
                position += invisible
            }
        }
        guard digitCount > first else { return position }
        digitsUpTo[groupCount] = UInt8(digitCount)
        separators[groupCount] = separator.rawValue
        ends[groupCount] = UInt16(position - start)
        endings |= 1 << UInt32(digitCount)
        groupCount += 1
        return position
    }

    /// The separator at `offset` and the offset of the digit behind it; nil where no digit follows.
    private static func gap(_ text: Span<UInt8>, at offset: Int) -> (Separator, next: Int)? {
        var kind = Separator.none
        var position = offset
        for _ in 0...separatorsMax {
            guard position < text.count else { return nil }
            let byte = text[position]
            if ByteClass.isDigit(byte) { return kind == .none ? nil : (kind, position) }
            if let one = Separator(ascii: byte) {
                // A full stop before a space ends a sentence.
                if kind == .dot && one == .space { return nil }
                kind = max(kind, one)
                position += 1
            } else if let (one, length) = Gap.separator(text, at: position) {
                kind = max(kind, one)
                position += length
            } else {
                let invisible = Gap.invisible(text, at: position)
                guard invisible > 0 else { return nil }
                position += invisible
            }
        }
        return nil
    }

    /// Takes `+`, `(` and `(+` into the number and looks at what stands before it.
    private mutating func readLead(_ text: Span<UInt8>) {
        begin = start
        hasPlus = false
        if begin > 0, text[begin - 1] == UInt8(ascii: "(") { begin -= 1 }
        if begin > 0, text[begin - 1] == UInt8(ascii: "+") {
            begin -= 1
            hasPlus = true
            if begin > 0, text[begin - 1] == UInt8(ascii: "(") { begin -= 1 }
        }
        if begin < start, text[begin] == UInt8(ascii: "("), !isClosed(text) {
            begin += 1
        }
        lead = Self.lead(text, at: begin)
    }

    /// Whether the bracket that opens before the number closes within it; otherwise it is a remark's.
    private func isClosed(_ text: Span<UInt8>) -> Bool {
        for index in start..<min(end(groupCount - 1) + 1, text.count) where text[index] == UInt8(ascii: ")") {
            return index < end(groupCount - 1)
        }
        return false
    }

    /// What stands before the number.
    private static func lead(_ text: Span<UInt8>, at begin: Int) -> Lead {
        guard begin > 0 else { return .free }
        let byte = text[begin - 1]
        if ByteClass.isAlphanumeric(byte) { return .joined }
        if Emphasis.isMark(byte), Emphasis.opens(text, before: begin) { return .free }
        switch byte {
        case UInt8(ascii: "*"): return .joined
        case UInt8(ascii: "#"): return .tagged
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"):
            guard begin > 1 else { return .free }
            if ByteClass.isDigit(text[begin - 2]) { return .joined }
            return byte != UInt8(ascii: "/") && ByteClass.isLetter(text[begin - 2]) ? .tagged : .free
        default: return .free
        }
    }
}
