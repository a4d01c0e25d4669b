/// The words of a model's instructions, by which a run of them is known in what it says.
struct InstructionWords: Sendable {
    fileprivate let words: [[UInt8]]
    fileprivate let places: [[UInt8]: [Int]]

    init(_ instructions: [UInt8]) {
        words = instructions.split { $0 <= 0x20 }.map { Self.plain(Array($0)) }.filter { !$0.isEmpty }
        places = Dictionary(grouping: words.indices, by: { [words] in words[$0] })
    }

    /// Letters, digits and bytes above ASCII of a word, in lower case: quotes and stars around it make no other.
    static func plain(_ word: [UInt8]) -> [UInt8] {
        word.compactMap { byte in
            switch byte {
            case 0x41...0x5A: byte | 0x20
            case 0x61...0x7A, 0x30...0x39, 0x80...0xFF: byte
            default: nil
            }
        }
    }
}

/// How many of the last words stand in a row in the instructions. Words of punctuation alone do not end a run.
struct InstructionRun {
    private let instructions: InstructionWords
    /// By the place of a run's last word: how long it is.
    private var runs: [Int: Int] = [:]
    /// Words of the longest run that ends with the last word.
    private(set) var length = 0

    init(_ instructions: InstructionWords) { self.instructions = instructions }

    mutating func take(_ word: [UInt8]) {
        let plain = InstructionWords.plain(word)
        guard !plain.isEmpty else { return }
        var next: [Int: Int] = [:]
        for place in instructions.places[plain] ?? [] { next[place] = (runs[place - 1] ?? 0) + 1 }
        runs = next
        length = next.values.max() ?? 0
    }
}
