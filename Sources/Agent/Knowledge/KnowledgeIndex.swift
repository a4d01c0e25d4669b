internal import SQLite

/// One version of the knowledge base in memory: the texts, and what scores them beside FTS5. Immutable.
final class KnowledgeIndex: Sendable {
    let version: Int64
    let passages: [Passage]
    /// Which of them may go to any caller as they are.
    let cleared: [Bool]
    let terms: TermIndex
    let grams: GramIndex
    let corrector: SpellingCorrector
    /// The vectors; nil while some are missing, or without a model.
    let semantic: SemanticIndex?
    let meaning: MeaningState

    /// The question and the variants of all passages as their words with single spaces between; those of passage i are
    /// `phrasingStarts[i]..<phrasingStarts[i + 1]`.
    private let phrasings: [Phrasing]
    private let phrasingStarts: [Int]
    /// A phrasing that belongs to one passage alone, by its words.
    private let exact: [[UInt8]: Int]

    private struct Phrasing {
        let text: [UInt8]
        let norm: Float
    }

    /// The same version, of whose passages others may go to any caller, or with other vectors.
    init(
        _ other: KnowledgeIndex, cleared: [Bool]? = nil, semantic: (index: SemanticIndex?, state: MeaningState)? = nil
    ) {
        version = other.version
        passages = other.passages
        self.cleared = cleared ?? other.cleared
        terms = other.terms
        grams = other.grams
        corrector = other.corrector
        self.semantic = semantic == nil ? other.semantic : semantic?.index
        meaning = semantic?.state ?? other.meaning
        phrasings = other.phrasings
        phrasingStarts = other.phrasingStarts
        exact = other.exact
    }

    /// - Complexity: linear in the texts; some seconds for the largest file that is allowed.
    init(
        version: Int64, passages: [Passage], cutter: WordCutter, cleared: [Bool],
        semantic: (index: SemanticIndex?, state: MeaningState) = (nil, .off)
    ) {
        var terms = TermIndex()
        var grams = GramIndex()
        var texts: [[UInt8]] = []
        var starts = [0]
        var spellings: [[UInt8]: [UInt8]] = [:]
        for passage in passages {
            let asked = [passage.question] + passage.variants
            var fields: [(stems: [[UInt8]], weight: Float)] = []
            var words: [[UInt8]] = []
            for (text, weight) in asked.map({ ($0, TermIndex.phrasingWeight) })
                + [(passage.answer, TermIndex.answerWeight)]
            {
                let cut = (words: cutter.words(text), stems: cutter.stems(text))
                fields.append((stems: cut.stems, weight: weight))
                for (word, stem) in zip(cut.words, cut.stems) { spellings[word] = stem }
                words = cut.words
                if fields.count <= asked.count { texts.append(Self.joined(words)) }
            }
            terms.append(fields)
            grams.append(Array(texts[(starts.last ?? 0)...]))
            starts.append(texts.count)
        }
        grams.finish()
        self.version = version
        self.passages = passages
        self.cleared = cleared
        self.semantic = semantic.index
        meaning = semantic.state
        self.terms = terms
        self.grams = grams
        phrasings = texts.map { Phrasing(text: $0, norm: grams.norm(of: $0)) }
        phrasingStarts = starts
        exact = Self.unambiguous(texts, starts: starts)
        corrector = SpellingCorrector(
            spellings.map { word, stem in
                SpellingCorrector.Word(word, frequency: terms.numbers[stem].map { terms.holding($0) } ?? 0)
            })
    }

    static func joined(_ words: [[UInt8]]) -> [UInt8] { Array(words.joined(separator: [0x20])) }

    private static func unambiguous(_ texts: [[UInt8]], starts: [Int]) -> [[UInt8]: Int] {
        var owners: [[UInt8]: Int] = [:]
        var shared: Set<[UInt8]> = []
        for passage in 0..<(starts.count - 1) {
            for text in texts[starts[passage]..<starts[passage + 1]] where !text.isEmpty {
                if let owner = owners[text], owner != passage { shared.insert(text) }
                owners[text] = passage
            }
        }
        for text in shared { owners[text] = nil }
        return owners
    }

    /// The passage one of whose phrasings has just these words.
    func passage(asking words: [UInt8]) -> Int? { exact[words] }

    /// Whether a phrasing holds these words next to one another. For the few questions that give cause to ask.
    func mentions(_ words: [[UInt8]]) -> Bool {
        let run = [0x20] + Self.joined(words) + [0x20]
        return phrasings.contains { ([0x20] + $0.text + [0x20]).firstRange(of: run) != nil }
    }

    /// How near the nearest phrasing of passage `index` is to the query that is loaded in `scratch`, 0 to 1.
    func phrasingSimilarity(_ scratch: [Float], passage index: Int) -> Float {
        var best: Float = 0
        for phrasing in phrasings[phrasingStarts[index]..<phrasingStarts[index + 1]] {
            best = max(best, grams.similarity(scratch, to: phrasing.text, norm: phrasing.norm))
        }
        return best
    }
}
