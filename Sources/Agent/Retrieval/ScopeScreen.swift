internal import JSON

/// What the bank's FAQ does not answer, though it may sound as if it did: `policies/scope.json5`.
///
/// ```json5
/// {
///     version: 1,
///     own_names: ["Bank of AI"],
///     others: { banks: ["barclays", "deutsche bank"] },
///     requests: { weather: ["weather", "will it rain"] },
/// }
/// ```
///
/// Names of others and requests that are none of a bank's lower the confidence and refuse nothing. A phrase matches whole
/// words, whatever their case and punctuation.
public struct ScopeScreen: Sendable {
    /// What a question shows of being out of scope.
    struct Signs: Hashable, Sendable {
        /// It names another bank or company, and not this bank.
        var namesOthers = false
        /// It asks for what no bank's FAQ answers.
        var asksElsewhere = false
    }

    private struct Phrase {
        let words: [[UInt8]]
        let isName: Bool
    }

    /// By their first word.
    private let phrases: [[UInt8]: [Phrase]]
    private let ownNames: [[[UInt8]]]

    /// A screen that finds nothing.
    public static let empty = ScopeScreen(phrases: [:], ownNames: [])

    private init(phrases: [[UInt8]: [Phrase]], ownNames: [[[UInt8]]]) {
        self.phrases = phrases
        self.ownNames = ownNames
    }

    /// Reads a policy file.
    /// - Parameter file: its name, for messages.
    /// - Throws: `.policy`.
    public init(json5 text: [UInt8], file: String) throws(AgentError) {
        self = try PolicyText.read(text, file: file) { node throws(JSONShapeError) in try Self(node) }
    }

    private init(_ node: JSONNode) throws(JSONShapeError) {
        let root = try JSONObject(
            node, allowing: ["version", "own_names", "others", "requests"])
        _ = try root.integer("version", in: 1...1)
        let own = try root.strings("own_names").map { text throws(JSONShapeError) in
            try Self.words(text, root, "own_names")
        }
        var phrases: [[UInt8]: [Phrase]] = [:]
        var count = 0
        for (name, isName) in [("others", true), ("requests", false)] {
            let lists = try root.object(name, allowing: nil)
            for member in lists.members {
                let list = String(decoding: member.name, as: UTF8.self)
                for text in try lists.strings(list) {
                    let words = try Self.words(text, lists, list)
                    count += 1
                    guard count <= AgentLimits.scopePhrasesMax else {
                        throw lists.error(
                            list, found: "more phrases", wanted: "\(AgentLimits.scopePhrasesMax) in the file")
                    }
                    // This bank's own name may hold that of a family or of a country that another is called by.
                    guard !isName || !own.contains(where: { Self.holds($0, words) }) else { continue }
                    phrases[words[0], default: []].append(Phrase(words: words, isName: isName))
                }
            }
        }
        self.init(phrases: phrases, ownNames: own)
    }

    private static func words(
        _ text: String, _ object: JSONObject, _ name: String
    ) throws(JSONShapeError) -> [[UInt8]] {
        let words = EscalationPolicy.words(Array(text.utf8))
        guard !words.isEmpty, text.utf8.count <= AgentLimits.scopePhraseBytesMax else {
            throw object.error(
                name, found: "a phrase that is empty or too long",
                wanted: "phrases of 1 to \(AgentLimits.scopePhraseBytesMax) bytes with a word in them")
        }
        return words
    }

    /// What `text` shows of being out of scope.
    /// - Parameter isOurs: whether the knowledge base's own questions hold these words next to one another; then they say
    ///   nothing.
    /// - Complexity: linear in the words, at a look-up each.
    func signs(in text: [UInt8], isOurs: ([[UInt8]]) -> Bool) -> Signs {
        var signs = Signs()
        guard !phrases.isEmpty else { return signs }
        let words = EscalationPolicy.words(text)
        for start in words.indices {
            for phrase in phrases[words[start]] ?? [] {
                let isTold = phrase.isName ? signs.namesOthers : signs.asksElsewhere
                guard !isTold, words[start...].starts(with: phrase.words), !isOurs(phrase.words) else { continue }
                if phrase.isName { signs.namesOthers = true } else { signs.asksElsewhere = true }
            }
        }
        // Money goes from one bank to another: who names both asks about this one.
        if signs.namesOthers, ownNames.contains(where: { Self.holds(words, $0) }) { signs.namesOthers = false }
        return signs
    }

    /// Whether `words` stand in `text` next to one another.
    private static func holds(_ text: [[UInt8]], _ words: [[UInt8]]) -> Bool {
        guard let last = text.indices.last, words.count <= text.count else { return false }
        return (0...(last + 1 - words.count)).contains { text[$0...].starts(with: words) }
    }
}
