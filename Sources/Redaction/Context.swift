internal import Bytes

/// What the words before a value say that it is.
enum Label: UInt8, CaseIterable {
    case none, phone, card, nationalID, socialSecurity, secret, version, reference, digest
    case cardSecurity, cardExpiry, account, transfer, routing, sortCode, branchCode, amount
    case taxID, employerID, taxFile, nationalInsurance, socialInsurance, healthService, medicare
    case identityDocument, citizenService, aadhaar, cadastro, passport, drivingLicence, birth
    case place

    /// Whether this is `label` or names what `label` is a part of, as in `expiry date of the card`.
    func isOf(_ whole: Label, or label: Label) -> Bool { self == label || self == whole }
}

/// A set of labels.
struct LabelSet: Sendable {
    private var bits: UInt64 = 0

    init(_ labels: [Label] = []) {
        for label in labels { insert(label) }
    }

    mutating func insert(_ label: Label) { bits |= 1 << UInt64(label.rawValue) }

    func contains(_ label: Label) -> Bool { bits & (1 << UInt64(label.rawValue)) != 0 }

    func intersects(_ other: LabelSet) -> Bool { bits & other.bits != 0 }
}

/// Finds the label of a value: the nearest word before it that means something, or the nearest two that mean something
/// together.
///
/// Only candidates pay for this. The words are compared by a 64-bit hash of their bytes, capitals of ASCII taken for small
/// letters; a pair by both hashes.
struct Context: Sendable {
    /// Words looked at, words with no meaning included.
    private static let wordsMax = 6
    /// Bytes looked at.
    private static let bytesMax = 64
    private static let slotCount = 2_048
    private static let filterBits = 14
    /// Bytes looked at behind a value.
    private static let statementBytesMax = 40
    /// Bytes between a value and the verb behind it.
    private static let closingBytesMax = 4
    /// Bytes between the two words of a pair.
    private static let gapBytesMax = 2

    private let hashes: [UInt64]
    private let labels: [Label]
    /// A bit for each value of the hashes' first bits: most words of a text end here.
    private let filter: [UInt64]

    /// The context of `Vocabulary`.
    static let shared = Context()

    private init() {
        var hashes = [UInt64](repeating: 0, count: Self.slotCount)
        var labels = [Label](repeating: .none, count: Self.slotCount)
        var filter = [UInt64](repeating: 0, count: 1 << (Self.filterBits - 6))
        func insert(_ hash: UInt64, _ label: Label) {
            var slot = Self.slot(hash)
            let bit = Self.filterBit(hash)
            filter[bit / 64] |= 1 << UInt64(bit % 64)
            while hashes[slot] != 0 { slot = (slot + 1) % Self.slotCount }
            hashes[slot] = hash
            labels[slot] = label
        }
        for (label, words) in Vocabulary.words {
            for word in words.split(separator: " ") {
                let parts = word.split(separator: "_").map { Self.hash(Array($0.utf8)) }
                if parts.count == 2 { insert(Self.pair(parts[0], parts[1]), label) }
                guard parts.count == 1 || word.utf8.count > Self.initialsBytes else { continue }
                insert(Self.hash(word.utf8.filter { $0 != UInt8(ascii: "_") }), label)
            }
        }
        self.hashes = hashes
        self.labels = labels
        self.filter = filter
    }

    /// A label and how many words without meaning stand between it and the value.
    struct Nearest {
        var label = Label.none
        var wordsBefore = 0
    }

    /// Whether `label` is among the labels before the value at `offset`, though another may be nearer: an identity card
    /// is a card too.
    func has(_ label: Label, _ text: Span<UInt8>, before offset: Int) -> Bool {
        nearest(text, before: offset, only: label).label == label
    }

    /// The label of the value at `offset`.
    func label(_ text: Span<UInt8>, before offset: Int) -> Label { nearest(text, before: offset).label }

    /// The label of the value at `range`: of the words before it, or else of the rest of the sentence that says what it is.
    func label(_ text: Span<UInt8>, around range: Range<Int>) -> Label {
        let before = label(text, before: range.lowerBound)
        return before == .none ? labels(text, statedFrom: range.upperBound).nearest : before
    }

    /// The label of the value at `offset`.
    /// - Parameters:
    ///   - wordsMax: how many words back it may stand.
    ///   - only: the label that is looked for; nil for any.
    func nearest(
        _ text: Span<UInt8>, before offset: Int, within wordsMax: Int = wordsMax, only: Label? = nil
    ) -> Nearest {
        var nearest = Nearest()
        walk(text, before: offset, within: wordsMax) { label, words in
            guard only == nil || only == label else { return false }
            nearest = Nearest(label: label, wordsBefore: words)
            return true
        }
        return nearest
    }

    /// All labels of a value, and the nearest of them.
    struct Labels {
        fileprivate(set) var nearest = Label.none
        /// Words without meaning between the nearest and the value.
        fileprivate(set) var wordsBefore = 0
        fileprivate(set) var all = LabelSet()
    }

    /// All labels before the value at `offset`; what is before `floor` does not count.
    func labels(_ text: Span<UInt8>, before offset: Int, floor: Int = 0) -> Labels {
        var labels = Labels()
        walk(text, before: offset, within: Self.wordsMax, floor: floor) { label, words in
            if labels.nearest == .none {
                labels.nearest = label
                labels.wordsBefore = words
            }
            labels.all.insert(label)
            return false
        }
        return labels
    }

    /// All labels in the rest of the sentence behind a value that ends at `end`, where it goes on with a form of "to be":
    /// `802 is the CVV`.
    func labels(_ text: Span<UInt8>, statedFrom end: Int) -> Labels {
        var verb = end
        while verb < text.count, verb - end < Self.closingBytesMax, Self.mayClose(text[verb]) { verb += 1 }
        guard verb > end, text[verb - 1] == UInt8(ascii: " "), let verbEnd = Self.verbEnd(text, from: verb) else {
            return Labels()
        }
        var sentenceEnd = verbEnd
        while sentenceEnd < text.count, sentenceEnd - verbEnd < Self.statementBytesMax,
            Self.isWordByte(text, at: sentenceEnd) || text[sentenceEnd] == UInt8(ascii: " ")
                || text[sentenceEnd] == UInt8(ascii: "'")
        {
            sentenceEnd += 1
        }
        var labels = labels(text, before: sentenceEnd, floor: verbEnd)
        labels.wordsBefore = 0
        return labels
    }

    /// Whether `byte` may stand between a value and a verb: a space, a quotation mark, a bracket, bold print.
    private static func mayClose(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: ")"),
            UInt8(ascii: "]"), UInt8(ascii: "*"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// The end of the verb at `start`, if it is one.
    private static func verbEnd(_ text: Span<UInt8>, from start: Int) -> Int? {
        guard start < text.count else { return nil }
        for verb in verbs[Int(text[start])] where start + verb.count < text.count {
            if Bytes.equal(text, start..<start + verb.count, verb) { return start + verb.count }
        }
        return nil
    }

    /// "Is" in the vocabulary's languages, with what starts a noun behind it, so that `12345678 is on my account` stays.
    ///
    /// By their first bytes.
    private static let verbs = [
        "is my ", "is the ", "is our ", "is his ", "is her ", "is their ", "was my ", "ist meine ", "ist mein ",
        "ist die ",
        "est mon ", "est ma ", "est le ", "es mi ", "es el ", "è il mio ", "è il ", "é o meu ", "é meu ", "é o ",
        "is mijn ", "to mój ", "mera ", "meri ", "mere ", "which is my ", "as my ", "as the ", "(my ", "for my ",
    ].reduce(into: [[[UInt8]]](repeating: [], count: 256)) { verbs, verb in
        let bytes = Array(verb.utf8)
        verbs[Int(bytes[0])].append(bytes)
    }

    /// Calls `isEnough` with each label before the value at `offset` and the number of words between, the nearest first.
    ///
    /// Where the value answers a question in a dialogue (`Your account?`, and on the next line `Customer: `), the
    /// question's words count.
    @inline(__always)
    private func walk(
        _ text: Span<UInt8>, before offset: Int, within wordsMax: Int, floor: Int = 0, _ isEnough: (Label, Int) -> Bool
    ) {
        let floor = max(floor, offset - Self.bytesMax)
        var end = offset
        var words = 0
        // A word waits for the one before it, with which it may be a pair.
        var waiting: UInt64 = 0
        var waitingStart = 0
        while true {
            end = skipBack(text, from: end, floor: floor, hasWord: words > 0)
            let (start, hash) = word(text, endingAt: end, floor: floor)
            if words > 0 {
                var label = Label.none
                if start < end, isPair(text, end..<waitingStart) { label = self.label(Self.pair(hash, waiting)) }
                if label == .none { label = self.label(waiting) }
                if label != .none, isEnough(label, words - 1) { return }
            }
            guard start < end, words < wordsMax else { return }
            waiting = hash
            waitingStart = start
            end = words == 0 ? questionEnd(text, beforeSpeaker: start..<end, floor: floor) ?? start : start
            words += 1
        }
    }

    /// The end of the line that asks, where `word` names who answers it.
    private func questionEnd(_ text: Span<UInt8>, beforeSpeaker word: Range<Int>, floor: Int) -> Int? {
        guard word.upperBound < text.count, text[word.upperBound] == UInt8(ascii: ":") else { return nil }
        var end = word.lowerBound
        var hasBreak = false
        while end > floor, let separator = Separator(ascii: text[end - 1]),
            separator == .space || separator == .lineBreak
        {
            hasBreak = hasBreak || separator == .lineBreak
            end -= 1
        }
        guard hasBreak, end > floor, text[end - 1] == UInt8(ascii: "?") else { return nil }
        return end - 1
    }

    /// The end of the word before `offset`; stops where a sentence or line ends behind a word.
    private func skipBack(_ text: Span<UInt8>, from offset: Int, floor: Int, hasWord: Bool) -> Int {
        var end = offset
        while end > floor, !Self.isWordByte(text, at: end - 1) {
            switch text[end - 1] {
            case UInt8(ascii: "]"), UInt8(ascii: ">"):
                end = Self.replacementStart(text, endingAt: end, floor: floor) ?? end - 1
            case UInt8(ascii: "\n"), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: ";"):
                if hasWord { return floor }
                end -= 1
            default: end -= 1
            }
        }
        return end
    }

    /// The start and hash of the word that ends at `end`. Its plural's `s` is left out.
    @inline(__always)
    private func word(_ text: Span<UInt8>, endingAt end: Int, floor: Int) -> (start: Int, hash: UInt64) {
        var start = end
        while start > floor {
            if start >= 8 {
                let others = ~LetterMarks.letters(text.word(at: start - 8)) & LetterMarks.tops
                let letterCount = min(others.leadingZeroBitCount / 8, start - floor)
                start -= letterCount
                if letterCount == 8 { continue }
            }
            guard start > floor, Self.isWordByte(text, at: start - 1) else { break }
            start -= 1
        }
        let isPlural = end - start >= Self.pluralBytesMin && text[end - 1] | 0x20 == UInt8(ascii: "s")
        return (start, Self.hash(text, start..<(isPlural ? end - 1 : end)))
    }

    /// Whether the bytes between two words join them, as in `sort_code` and `acct. no`.
    @inline(__always)
    private func isPair(_ text: Span<UInt8>, _ gap: Range<Int>) -> Bool {
        guard gap.count <= Self.gapBytesMax else { return false }
        for index in gap {
            switch text[index] {
            case UInt8(ascii: " "), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "'"),
                UInt8(ascii: "/"):
                continue
            default: return false
            }
        }
        return true
    }

    @inline(__always)
    private func label(_ hash: UInt64) -> Label {
        let bit = Self.filterBit(hash)
        guard filter[bit / 64] >> UInt64(bit % 64) & 1 == 1 else { return .none }
        return label(hash, from: Self.slot(hash))
    }

    private func label(_ hash: UInt64, from first: Int) -> Label {
        var slot = first
        while hashes[slot] != 0 {
            if hashes[slot] == hash { return labels[slot] }
            slot = (slot + 1) % Self.slotCount
        }
        return .none
    }

    /// Letters, and what is not ASCII but for the no-break space.
    private static func isWordByte(_ text: Span<UInt8>, at index: Int) -> Bool {
        let byte = text[index]
        if byte < 0x80 { return ByteClass.isLetter(byte) }
        if byte == 0xA0 { return !(index > 0 && text[index - 1] == 0xC2) }
        return !(byte == 0xC2 && index + 1 < text.count && text[index + 1] == 0xA0)
    }

    /// The start of the `[EMAIL_1]` or `<EMAIL_ADDRESS>` that ends at `end`: its words are ours and say nothing.
    private static func replacementStart(_ text: Span<UInt8>, endingAt end: Int, floor: Int) -> Int? {
        let opener = text[end - 1] == UInt8(ascii: "]") ? UInt8(ascii: "[") : UInt8(ascii: "<")
        var start = end - 2
        while start >= floor, text[start] != opener {
            let byte = text[start]
            guard ByteClass.isUpper(byte) || ByteClass.isDigit(byte) || byte == UInt8(ascii: "_") else { return nil }
            start -= 1
        }
        return start >= floor && start < end - 2 ? start : nil
    }

    /// Bytes of two letters and what joins them.
    private static let initialsBytes = 3
    /// Bytes of a word from which on an `s` at its end is taken for a plural's.
    private static let pluralBytesMin = 4

    /// Eight bytes a step.
    @inline(__always)
    private static func hash(_ text: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        var hash: UInt64 = 0
        var index = range.lowerBound
        while range.upperBound - index > 8 {
            hash = mixed(hash ^ small(text.word(at: index)))
            index += 8
        }
        let above = UInt64(8 * (8 - (range.upperBound - index)))
        return hash ^ (small(text.paddedWord(at: index)) << above) >> above
    }

    /// `bytes` with small letters for capitals.
    @inline(__always)
    private static func small(_ bytes: UInt64) -> UInt64 { bytes | LetterMarks.letters(bytes) >> 2 }

    private static func hash(_ word: [UInt8]) -> UInt64 {
        let isPlural = word.count >= pluralBytesMin && word.last == UInt8(ascii: "s")
        return hash(word.span, 0..<(isPlural ? word.count - 1 : word.count))
    }

    /// 2⁶⁴ over the golden ratio (Fibonacci hashing, Knuth 6.4).
    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    @inline(__always)
    private static func mixed(_ hash: UInt64) -> UInt64 {
        let product = hash &* factor
        return product ^ product >> 32
    }

    @inline(__always)
    private static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 { mixed(first) ^ second }

    @inline(__always)
    private static func slot(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: (hash &* factor) >> 53) }

    @inline(__always)
    private static func filterBit(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: (hash &* factor) >> UInt64(64 - filterBits))
    }
}
