/// A hash of a word's letters in which upper and lower case are one.
///
/// Five bits a letter, so that words of up to twelve ASCII letters never collide; two steps of the processor a byte,
/// because every word of a text is hashed.
struct WordHash: Hashable {
    private(set) var value: UInt64 = 0

    /// Takes the next byte. The case bit of ASCII is that of U+00C0 to U+00FE in UTF-8 too.
    @inline(__always)
    mutating func add(_ byte: UInt8) {
        value = (value << 5 | value >> 59) ^ UInt64(byte | 0x20)
    }

    init() {}

    init(_ word: String) {
        for byte in word.utf8 { add(byte) }
    }

    init(_ text: Span<UInt8>, _ range: Range<Int>) {
        for index in range { add(text[index]) }
    }

    /// The hash spread over all bits, the upper ones best (Fibonacci hashing, Knuth 6.4).
    var spread: UInt64 { value &* 0x9E37_79B9_7F4A_7C15 }
}

/// What words mean, by their hashes: a number from 1 to 65,535 for each; 0 for all other words.
///
/// A word that is not in the map costs one look at a bit, most times.
struct WordMap: Sendable {
    private struct Slot {
        var hash: UInt64 = 0
        var meaning: UInt16 = 0
    }

    private static let filterBits = 17
    private var filter = [UInt64](repeating: 0, count: 1 << (filterBits - 6))
    private var slots: [Slot]
    private let slotShift: UInt64

    /// - Parameter wordsMax: how many words it has to hold.
    init(wordsMax: Int) {
        var bits = 4
        while 1 << bits < wordsMax * 2 { bits += 1 }
        slots = [Slot](repeating: Slot(), count: 1 << bits)
        slotShift = UInt64(64 - bits)
    }

    subscript(hash: WordHash) -> UInt16 { mayHold(hash) ? slots[slot(of: hash)].meaning : 0 }

    /// False for most words that are not in the map.
    @inline(__always)
    func mayHold(_ hash: WordHash) -> Bool {
        let bit = hash.spread >> UInt64(64 - Self.filterBits)
        return filter[Int(bit >> 6)] >> (bit & 63) & 1 == 1
    }

    mutating func set(_ hash: WordHash, to meaning: UInt16) {
        let bit = hash.spread >> UInt64(64 - Self.filterBits)
        filter[Int(bit >> 6)] |= 1 << (bit & 63)
        slots[slot(of: hash)] = Slot(hash: hash.value, meaning: meaning)
    }

    /// The word's slot, or the empty one where it belongs.
    private func slot(of hash: WordHash) -> Int {
        var slot = Int(hash.spread >> slotShift)
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

    /// The words of all rows of the catalogue.
    static let catalogue = WordTable()

    private var groupOfWord: WordMap
    /// For each set of recognisers that some word calls, these; none for the words without meaning, first.
    private var groups: [[Entry]] = [[]]

    private init() {
        var lists: [(words: [String], entry: Entry)] = []
        for case (let place, .words(let words, let recognise)) in RecogniserPlace.all {
            lists.append((words, Entry(place: place, recognise: recognise)))
        }
        groupOfWord = WordMap(wordsMax: 2 * lists.reduce(0) { $0 + $1.words.count })
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
    }

    private struct Extension: Hashable {
        let group: UInt16
        let list: Int
    }

    /// False for most words that call nothing.
    @inline(__always)
    func mayHold(_ hash: WordHash) -> Bool { groupOfWord.mayHold(hash) }

    /// What the word with `hash` calls.
    func entries(of hash: WordHash) -> [Entry] { groups[Int(groupOfWord[hash])] }
}
