internal import Bytes

/// A hash of a word's letters in which upper and lower case are one.
///
/// Eight bytes a step, because every word of a text is hashed: a word of up to eight bytes is its own hash. The bit that
/// tells the cases of ASCII apart tells those of U+00C0 to U+00FE in UTF-8 apart too.
struct WordHash: Hashable {
    private(set) var value: UInt64 = 0

    private static let caseBits: UInt64 = 0x2020_2020_2020_2020

    init() {}

    init(_ word: String) {
        let bytes = Array(word.utf8)
        self.init(bytes.span, 0..<bytes.count)
    }

    @inline(__always)
    init(_ text: Span<UInt8>, _ range: Range<Int>) {
        var index = range.lowerBound
        while range.upperBound - index > 8 {
            add(eight: text.word(at: index))
            index += 8
        }
        if index < range.upperBound { add(last: text.paddedWord(at: index), bytes: range.upperBound - index) }
    }

    /// Takes the next eight bytes, behind which there are more.
    @inline(__always)
    mutating func add(eight bytes: UInt64) {
        let product = (value ^ bytes | Self.caseBits) &* Self.factor
        value = product ^ product >> 32
    }

    /// Takes the last `count` bytes, 1 to 8, which are the lowest of `bytes`.
    @inline(__always)
    mutating func add(last bytes: UInt64, bytes count: Int) {
        let above = UInt64(8 * (8 - count))
        value ^= ((bytes | Self.caseBits) << above) >> above
    }

    /// Takes the last bytes, which are small letters of ASCII, with zeros above them.
    @inline(__always)
    mutating func add(masked bytes: UInt64) { value ^= bytes }

    /// 2⁶⁴ over the golden ratio (Fibonacci hashing, Knuth 6.4).
    private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The hash spread over all bits, the upper ones best.
    @inline(__always)
    var spread: UInt64 { value &* Self.factor }
}

/// What words mean, by their hashes: a number from 1 to 65,535 for each; 0 for all other words.
///
/// A word that is not in the map costs one look at a bit, most times.
struct WordMap: Sendable {
    private struct Slot {
        var hash: UInt64 = 0
        var meaning: UInt16 = 0
    }

    /// Bits of the filter for each word, so that one in as many of the other words passes it.
    private static let filterBitsPerWord = 16
    private var filter: [UInt64]
    private let filterShift: UInt64
    private var slots: [Slot]
    private let slotShift: UInt64

    /// - Parameter wordsMax: how many words it has to hold.
    init(wordsMax: Int) {
        let bits = Self.bits(for: wordsMax * 2)
        slots = [Slot](repeating: Slot(), count: 1 << bits)
        slotShift = UInt64(64 - bits)
        let filterBits = Self.bits(for: wordsMax * Self.filterBitsPerWord)
        filter = [UInt64](repeating: 0, count: 1 << (filterBits - 6))
        filterShift = UInt64(64 - filterBits)
    }

    private static func bits(for count: Int) -> Int {
        var bits = 6
        while 1 << bits < count { bits += 1 }
        return bits
    }

    @inline(__always)
    subscript(hash: WordHash) -> UInt16 { mayHold(hash) ? meaning(of: hash) : 0 }

    /// False for most words that are not in the map.
    @inline(__always)
    func mayHold(_ hash: WordHash) -> Bool {
        let bit = hash.spread >> filterShift
        return filter[Int(truncatingIfNeeded: bit >> 6)] >> (bit & 63) & 1 == 1
    }

    mutating func set(_ hash: WordHash, to meaning: UInt16) {
        let bit = hash.spread >> filterShift
        filter[Int(bit >> 6)] |= 1 << (bit & 63)
        slots[slot(of: hash)] = Slot(hash: hash.value, meaning: meaning)
    }

    /// Makes `mayHold` true for a word that has no meaning here.
    mutating func addToFilter(_ hash: WordHash) {
        let bit = hash.spread >> filterShift
        filter[Int(bit >> 6)] |= 1 << (bit & 63)
    }

    private func meaning(of hash: WordHash) -> UInt16 { slots[slot(of: hash)].meaning }

    /// The word's slot, or the empty one where it belongs.
    @inline(__always)
    private func slot(of hash: WordHash) -> Int {
        var slot = Int(truncatingIfNeeded: hash.spread >> slotShift)
        while slots[slot].meaning != 0, slots[slot].hash != hash.value { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }
}

/// The words that call recognisers, for the pass over the bytes.
struct WordTable: Sendable {
    /// A recogniser that a word calls, and its place in the catalogue.
    struct Entry: Sendable {
        let place: RecogniserPlace
        let recognise: Recogniser.OfWord
    }

    /// The words of all rows of the catalogue that mean something in capitals and in small letters.
    static let catalogue = WordTable(alsoNoticing: DigitWord.all) {
        if case .words(let words, let recognise) = $0 { (words, recognise) } else { nil }
    }
    /// Those that mean something with a capital alone. Apart, so that most words of a text are looked up among few.
    static let names = WordTable { if case .names(let words, let recognise) = $0 { (words, recognise) } else { nil } }

    private var groupOfWord: WordMap
    /// The recognisers of all groups, one group's side by side.
    let entries: [Entry]
    /// For each set of recognisers that some word calls, where these are; none for the words without meaning, first.
    private let groups: [Range<Int>]

    /// - Parameter others: words that `mayHold` is true for though they call nothing.
    private init(alsoNoticing others: [String] = [], _ row: (Recogniser) -> ([String], Recogniser.OfWord)?) {
        var lists: [(words: [String], entry: Entry)] = []
        for (place, recogniser) in RecogniserPlace.all {
            guard let (words, recognise) = row(recogniser) else { continue }
            lists.append((words, Entry(place: place, recognise: recognise)))
        }
        groupOfWord = WordMap(wordsMax: 2 * lists.reduce(0) { $0 + $1.words.count })
        var groups: [[Entry]] = [[]]
        // Words call few different sets of recognisers; `extended` finds the set with one recogniser more.
        var extended: [Extension: UInt16] = [:]
        for (index, list) in lists.enumerated() {
            // The hash folds the case of most letters; the others are there in both.
            for hash in Set(list.words.flatMap { [WordHash($0), WordHash($0.lowercased())] }) {
                let step = Extension(group: groupOfWord[hash], list: index)
                if extended[step] == nil {
                    extended[step] = UInt16(groups.count)
                    groups.append(groups[Int(step.group)] + [list.entry])
                }
                groupOfWord.set(hash, to: extended[step] ?? 0)
            }
        }
        for word in others { groupOfWord.addToFilter(WordHash(word)) }
        entries = Array(groups.joined())
        var end = 0
        self.groups = groups.map { group in
            end += group.count
            return end - group.count..<end
        }
    }

    private struct Extension: Hashable {
        let group: UInt16
        let list: Int
    }

    /// False for most words that call nothing.
    @inline(__always)
    func mayHold(_ hash: WordHash) -> Bool { groupOfWord.mayHold(hash) }

    /// Which entries the word with `hash` calls.
    func places(of hash: WordHash) -> Range<Int> { groups[Int(groupOfWord[hash])] }

    /// Steps over words of small letters with single spaces between that surely call nothing: most of a text.
    /// - Returns: where something else begins; `start` where the word there has to be looked at.
    func end(ofPlainWords text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while text.count &- index > 16 {
            var bytes = text.word(at: index)
            var hash = WordHash()
            var others = ~LetterMarks.smallLetters(bytes) & LetterMarks.tops
            var next = index
            if others == 0 {
                hash.add(eight: bytes)
                next &+= 8
                bytes = text.word(at: next)
                others = ~LetterMarks.smallLetters(bytes) & LetterMarks.tops
                // A word of eight letters is hashed otherwise, and longer ones than this are rare.
                if others & 0x80 != 0 || others == 0 { return index }
            }
            // The bits below the first other byte.
            let mask = ((others & (0 &- others)) >> 7) &- 1
            guard mask != 0 else { return index }
            hash.add(masked: bytes & mask)
            if groupOfWord.mayHold(hash) { return index }
            let count = others.trailingZeroBitCount / 8
            next &+= count
            let behind = UInt8(truncatingIfNeeded: bytes >> UInt64(8 &* count))
            guard behind == UInt8(ascii: " ") else {
                return behind >= 0x80 || ByteClass.isUpper(behind) ? index : next
            }
            index = next &+ 1
        }
        return index
    }
}
