/// The questions of the knowledge base for type-ahead: found by how they begin, by the beginnings of their words, and by
/// words with typing errors. Immutable.
///
/// ```
/// "how do I act"   whole   phrasings that begin so, out of all in the order of their letters
/// "card activ"     words   phrasings that have the word `card` and one that begins with `activ`
/// "crad activ"     fuzzy   the same with words that are near: `card`
/// ```
/// Pieces of documents have headings, not questions, and are not suggested.
struct SuggestionIndex: Sendable {
    let version: Int64

    /// The phrasings one behind the other, as words with single spaces, each with a space before and behind.
    private let text: [UInt8]
    /// Phrasing i is `starts[i]..<starts[i + 1]` of `text`.
    private let starts: [UInt32]
    /// The passage of each phrasing, and whether it is the question itself.
    private let owners: [UInt32]
    private let isQuestion: [Bool]
    /// Phrasings in the order of their letters.
    private let sorted: [UInt32]
    /// All words in the order of their letters, and for word i the phrasings `postings[postingStarts[i]..<postingStarts[i + 1]]`.
    private let words: [[UInt8]]
    private let postingStarts: [UInt32]
    private let postings: [UInt32]
    /// The first questions of each category, one of each category after the other.
    private let starters: [UInt32]

    /// - Complexity: n log n in the phrasings; a second for 400,000.
    init(version: Int64, passages: [Passage], cutter: WordCutter) {
        self.version = version
        var text: [UInt8] = []
        var starts: [UInt32] = [0]
        var owners: [UInt32] = []
        var isQuestion: [Bool] = []
        var holders: [[UInt8]: [UInt32]] = [:]
        for (index, passage) in passages.enumerated() where passage.source == nil {
            for (number, phrasing) in ([passage.question] + passage.variants).enumerated() {
                let words = cutter.words(phrasing, limit: AgentLimits.queryWordsMax)
                guard !words.isEmpty else { continue }
                text.append(0x20)
                for word in words {
                    text += word
                    text.append(0x20)
                    // The phrasing's number once, however often it has the word.
                    let phrasing = UInt32(owners.count)
                    if holders[word]?.last != phrasing { holders[word, default: []].append(phrasing) }
                }
                starts.append(UInt32(text.count))
                owners.append(UInt32(index))
                isQuestion.append(number == 0)
            }
        }
        let (whole, bounds) = (text, starts)
        sorted = (0..<UInt32(owners.count)).sorted { left, right in
            whole[Int(bounds[Int(left)])..<Int(bounds[Int(left) + 1])].lexicographicallyPrecedes(
                whole[Int(bounds[Int(right)])..<Int(bounds[Int(right) + 1])])
        }
        words = holders.keys.sorted { $0.lexicographicallyPrecedes($1) }
        var postings: [UInt32] = []
        var postingStarts: [UInt32] = [0]
        for word in words {
            postings += holders[word] ?? []
            postingStarts.append(UInt32(postings.count))
        }
        self.text = text
        self.starts = starts
        self.owners = owners
        self.isQuestion = isQuestion
        self.postings = postings
        self.postingStarts = postingStarts
        starters = Self.starters(passages)
    }

    private static func starters(_ passages: [Passage]) -> [UInt32] {
        var byCategory: [[UInt32]] = []
        var positions: [[UInt8]: Int] = [:]
        for (index, passage) in passages.enumerated() where passage.source == nil {
            let position = positions[passage.category] ?? byCategory.count
            if position == byCategory.count {
                positions[passage.category] = position
                byCategory.append([])
            }
            guard byCategory[position].count < AgentLimits.suggestionsMax else { continue }
            byCategory[position].append(UInt32(index))
        }
        var starters: [UInt32] = []
        for round in 0..<AgentLimits.suggestionsMax {
            for category in byCategory where round < category.count { starters.append(category[round]) }
            if starters.count >= AgentLimits.suggestionsMax { break }
        }
        return Array(starters.prefix(AgentLimits.suggestionsMax))
    }

    /// Passages to suggest for what was typed so far, best first, each once.
    /// - Parameters:
    ///   - typed: its words, folded as the phrasings' are.
    ///   - isOpen: whether the last word may go on.
    ///   - correct: a word that is near one which no phrasing has.
    func suggestions(
        _ typed: [[UInt8]], isOpen: Bool, limit: Int, correct: ([UInt8]) -> [UInt8]?
    ) -> [Int] {
        guard !typed.isEmpty else { return starters.prefix(limit).map(Int.init) }
        var found = Found(limit: limit)
        take(beginning(with: typed, isOpen: isOpen), into: &found)
        if !found.isFull { take(having(typed, isOpen: isOpen), into: &found) }
        if !found.isFull {
            var words = typed
            for (index, word) in words.enumerated() where !isKnown(word, isOpen: isOpen && index == words.count - 1) {
                words[index] = correct(word) ?? word
            }
            if words != typed { take(having(words, isOpen: isOpen), into: &found) }
        }
        return found.passages
    }

    /// What was found so far, in order.
    private struct Found {
        private(set) var passages: [Int] = []
        private var seen: Set<UInt32> = []
        let limit: Int

        init(limit: Int) { self.limit = limit }

        var isFull: Bool { passages.count >= limit }

        mutating func add(_ passage: UInt32) {
            if !isFull, seen.insert(passage).inserted { passages.append(Int(passage)) }
        }
    }

    /// Questions before other phrasings, short ones before long ones.
    private func take(_ phrasings: [UInt32], into found: inout Found) {
        func rank(_ phrasing: UInt32) -> (Int, Int, UInt32) {
            let index = Int(phrasing)
            return (isQuestion[index] ? 0 : 1, Int(starts[index + 1] - starts[index]), phrasing)
        }
        for phrasing in phrasings.sorted(by: { rank($0) < rank($1) }) { found.add(owners[Int(phrasing)]) }
    }

    /// Phrasings that begin with the words.
    private func beginning(with typed: [[UInt8]], isOpen: Bool) -> [UInt32] {
        var mark: [UInt8] = [0x20]
        mark += typed.joined(separator: [0x20])
        if !isOpen { mark.append(0x20) }
        let first = Self.partition(sorted.count) { !bytes(of: sorted[$0]).lexicographicallyPrecedes(mark) }
        var phrasings: [UInt32] = []
        for index in first..<min(sorted.count, first + AgentLimits.suggestionPhrasingsMax) {
            guard bytes(of: sorted[index]).starts(with: mark) else { break }
            phrasings.append(sorted[index])
        }
        return phrasings
    }

    /// Phrasings that have every word, in any order; the last may go on.
    private func having(_ typed: [[UInt8]], isOpen: Bool) -> [UInt32] {
        // The rarest is asked for, the others looked for in what it gives.
        var rarest: (range: Range<Int>, index: Int)?
        for (index, word) in typed.enumerated() {
            let words = range(of: word, isOpen: isOpen && index == typed.count - 1)
            let range = Int(postingStarts[words.lowerBound])..<Int(postingStarts[words.upperBound])
            if range.isEmpty { return [] }
            if range.count < rarest?.range.count ?? Int.max { rarest = (range, index) }
        }
        guard let rarest else { return [] }
        let marks = typed.enumerated().filter { $0.offset != rarest.index }.map { index, word in
            [0x20] + word + (isOpen && index == typed.count - 1 ? [] : [0x20])
        }
        var phrasings: [UInt32] = []
        for phrasing in postings[rarest.range.prefix(AgentLimits.suggestionPostingsMax)] {
            guard marks.allSatisfy({ has(phrasing, $0) }) else { continue }
            phrasings.append(phrasing)
            if phrasings.count == AgentLimits.suggestionPhrasingsMax { break }
        }
        return phrasings
    }

    private func isKnown(_ word: [UInt8], isOpen: Bool) -> Bool { !range(of: word, isOpen: isOpen).isEmpty }

    /// Words that are `word`, or begin with it.
    private func range(of word: [UInt8], isOpen: Bool) -> Range<Int> {
        let first = Self.partition(words.count) { !words[$0].lexicographicallyPrecedes(word) }
        guard isOpen else { return first..<(first < words.count && words[first] == word ? first + 1 : first) }
        let end = Self.partition(words.count) { index in
            !words[index].lexicographicallyPrecedes(word) && !words[index].starts(with: word)
        }
        return first..<max(first, end)
    }

    private func bytes(of phrasing: UInt32) -> ArraySlice<UInt8> {
        text[Int(starts[Int(phrasing)])..<Int(starts[Int(phrasing) + 1])]
    }

    private func has(_ phrasing: UInt32, _ mark: [UInt8]) -> Bool {
        let (start, end) = (Int(starts[Int(phrasing)]), Int(starts[Int(phrasing) + 1]))
        var index = start
        while index + mark.count <= end {
            var matched = 0
            while matched < mark.count, text[index + matched] == mark[matched] { matched += 1 }
            if matched == mark.count { return true }
            index += 1
        }
        return false
    }

    /// The first index at which `isAtOrAfter` holds, where it holds for all after it; `count` where there is none.
    private static func partition(_ count: Int, _ isAtOrAfter: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isAtOrAfter(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
