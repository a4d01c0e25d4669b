/// Words in a row that an attack is told by, as a policy writes them: `ignore|disregard * previous|prior instruct*`.
///
/// A word of small letters and digits stands for itself, with `*` at its end for all that begin so; `|` parts choices; `*` alone
/// is none to `AgentLimits.screenGapWordsMax` words. The first and the last are no gaps, nor are two next to each other.
struct ScreenPattern: Hashable, Sendable {
    enum Element: Hashable, Sendable {
        case gap
        case words(exact: Set<[UInt8]>, prefixes: [[UInt8]])
    }

    let elements: [Element]

    /// Why a text is no pattern.
    struct Fault: Error {
        let wanted: String
    }

    init(_ text: [UInt8]) throws(Fault) {
        var elements: [Element] = []
        for token in text.split(separator: 0x20) {
            if token.elementsEqual("*".utf8) {
                elements.append(.gap)
                continue
            }
            var exact: Set<[UInt8]> = []
            var prefixes: [[UInt8]] = []
            let choices = token.split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
            guard choices.count <= AgentLimits.screenChoicesMax else {
                throw Fault(wanted: "at most \(AgentLimits.screenChoicesMax) choices of a word")
            }
            for choice in choices {
                let isPrefix = choice.last == UInt8(ascii: "*")
                let word = Array(isPrefix ? choice.dropLast() : choice)
                let isPlain = word.allSatisfy {
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 >= 0x80
                }
                guard !word.isEmpty, isPlain else {
                    throw Fault(wanted: "words of small letters and digits, with | between choices and * at an end")
                }
                if isPrefix { prefixes.append(word) } else { exact.insert(word) }
            }
            elements.append(.words(exact: exact, prefixes: prefixes))
        }
        guard (1...AgentLimits.screenPatternWordsMax).contains(elements.count), elements.first != .gap,
            elements.last != .gap, !zip(elements, elements.dropFirst()).contains(where: { $0 == .gap && $1 == .gap })
        else { throw Fault(wanted: "1 to \(AgentLimits.screenPatternWordsMax) words, with single gaps between them") }
        self.elements = elements
    }

    /// Whether the pattern stands in `words` from `start` on.
    /// - Complexity: each gap is at most `AgentLimits.screenGapWordsMax` words, and what was tried from a place is not tried again.
    func stands(in words: [[UInt8]], at start: Int) -> Bool {
        // The places behind the elements so far.
        var places: Set<Int> = [start]
        for element in elements {
            var next: Set<Int> = []
            for place in places {
                switch element {
                case .gap: for skip in 0...AgentLimits.screenGapWordsMax { next.insert(place + skip) }
                case .words(let exact, let prefixes):
                    guard place < words.count else { continue }
                    let word = words[place]
                    if exact.contains(word) || prefixes.contains(where: word.starts) { next.insert(place + 1) }
                }
            }
            guard !next.isEmpty else { return false }
            places = next
        }
        return true
    }
}
