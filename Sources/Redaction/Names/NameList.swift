/// What a word may be in a person's name.
struct NameKinds: OptionSet {
    let rawValue: UInt16
    static let given = NameKinds(rawValue: 1)
    /// A given name that is a word or place too.
    static let givenOrWord = NameKinds(rawValue: 2)
    static let surname = NameKinds(rawValue: 4)
    static let surnameOrWord = NameKinds(rawValue: 8)
    /// Never a part of a name: what stands before and behind names, with a capital or without.
    static let never = NameKinds(rawValue: 16)
    /// Joins parts of a name: `de`, `van`.
    static let particle = NameKinds(rawValue: 32)
    /// What makes a street, an institution or a firm of the name before it.
    static let institution = NameKinds(rawValue: 64)

    static let anyGiven: NameKinds = [.given, .givenOrWord]
    static let anyName: NameKinds = [.given, .givenOrWord, .surname, .surnameOrWord]
}

/// The word lists of names, by hash.
struct NameList: Sendable {
    static let shared = NameList()

    private var kinds: WordMap

    /// What the word with `hash` may be.
    func kinds(_ hash: WordHash) -> NameKinds { NameKinds(rawValue: kinds[hash]) }

    /// What the word at `range` may be.
    func kinds(_ text: Span<UInt8>, _ range: Range<Int>) -> NameKinds {
        NameKinds(rawValue: kinds[WordHash(text, range)])
    }

    private init() {
        let lists: [(NameKinds, [String])] = [
            (.given, Self.words(GivenNames.clear)), (.givenOrWord, Self.words(GivenNames.ambiguous)),
            (.surname, Self.words(Surnames.clear)), (.surnameOrWord, Self.words(Surnames.ambiguous)),
            (.never, Words.list(Vocabulary.notNames)), (.particle, Words.list(Vocabulary.nameParticles)),
            (.institution, Words.list(Vocabulary.institutions)),
        ]
        kinds = WordMap(wordsMax: 2 * lists.reduce(0) { $0 + $1.1.count })
        for (kind, words) in lists {
            for word in words {
                for hash in [WordHash(word), WordHash(word.lowercased())] {
                    kinds.set(hash, to: kinds[hash] | kind.rawValue)
                }
            }
        }
    }

    static func words(_ list: StaticString) -> [String] { Words.list("\(list)") }
}
