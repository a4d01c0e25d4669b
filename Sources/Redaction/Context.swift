/// What the words before a value say that it is.
enum Label: UInt8 {
    case none, phone, card, nationalID, socialSecurity, secret, version, reference, digest, place
}

/// Finds the label of a value: the nearest word before it that means something.
///
/// Only candidates pay for this. The words are compared by a 64-bit hash of their lower-case bytes.
struct Context: Sendable {
    /// Words looked at, words with no meaning included.
    private static let wordsMax = 6
    /// Bytes looked at.
    private static let bytesMax = 64
    private static let slotCount = 4_096

    private let hashes: [UInt64]
    private let labels: [Label]

    /// The context of `Vocabulary`.
    static let shared = Context()

    private init() {
        var hashes = [UInt64](repeating: 0, count: Self.slotCount)
        var labels = [Label](repeating: .none, count: Self.slotCount)
        for (label, words) in Vocabulary.words {
            for word in words.split(separator: " ") {
                let hash = Self.hash(Array(word.utf8))
                var slot = Int(hash % UInt64(Self.slotCount))
                while hashes[slot] != 0 { slot = (slot + 1) % Self.slotCount }
                hashes[slot] = hash
                labels[slot] = label
            }
        }
        self.hashes = hashes
        self.labels = labels
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

    /// The label of the value at `offset`.
    /// - Parameters:
    ///   - wordsMax: how many words back it may stand.
    ///   - only: the label that is looked for; nil for any.
    func nearest(
        _ text: Span<UInt8>, before offset: Int, within wordsMax: Int = wordsMax, only: Label? = nil
    ) -> Nearest {
        let floor = max(0, offset - Self.bytesMax)
        var end = offset
        var words = 0
        while words < wordsMax {
            end = skipBack(text, from: end, floor: floor, hasWord: words > 0)
            let start = wordStart(text, endingAt: end, floor: floor)
            guard start < end else { break }
            let label = label(text, start..<end)
            if label != .none, only == nil || only == label { return Nearest(label: label, wordsBefore: words) }
            words += 1
            end = start
        }
        return Nearest()
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

    private func wordStart(_ text: Span<UInt8>, endingAt end: Int, floor: Int) -> Int {
        var start = end
        while start > floor, Self.isWordByte(text, at: start - 1) { start -= 1 }
        return start
    }

    private func label(_ text: Span<UInt8>, _ range: Range<Int>) -> Label {
        var hash = Self.hashStart
        var shorter = hash
        for index in range {
            shorter = hash
            hash = Self.step(hash, text[index])
        }
        let label = label(hash)
        guard label == .none, range.count > 3, text[range.upperBound - 1] | 0x20 == UInt8(ascii: "s") else {
            return label
        }
        return self.label(shorter)
    }

    private func label(_ hash: UInt64) -> Label {
        var slot = Int(hash % UInt64(Self.slotCount))
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

    // FNV-1a, 64 bits (draft-eastlake-fnv).
    private static let hashStart: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        let lower = ByteClass.isUpper(byte) ? byte | 0x20 : byte
        return (hash ^ UInt64(lower)) &* 0x100_0000_01B3
    }

    private static func hash(_ word: [UInt8]) -> UInt64 { word.reduce(hashStart, step) }
}
