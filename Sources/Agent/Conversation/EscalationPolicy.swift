internal import JSON

/// When the assistant hands a question to a person: `policies/escalation.json5`.
///
/// ```json5
/// {
///     version: 1,
///     confidence_min: 0.4,
///     phrases: { human: ["speak to a human"], complaint: ["make a complaint"] },
/// }
/// ```
public struct EscalationPolicy: Sendable {
    /// Below this confidence the assistant does not answer: 0 to 1,000,000.
    public let confidenceMinPPM: Int

    private struct Phrase {
        let words: [[UInt8]]
        let category: TicketCategory
    }

    /// What else hands a question over, and how soon tickets have to be answered.
    let rules: EscalationRules

    /// Phrases by their first word.
    private let phrases: [[UInt8]: [Phrase]]

    /// Reads a policy file.
    /// - Parameter file: its name, for messages.
    /// - Throws: `.policy`.
    public init(json5 text: [UInt8], file: String) throws(AgentError) {
        self = try PolicyText.read(text, file: file) { node throws(JSONShapeError) in try Self(node) }
    }

    private init(_ node: JSONNode) throws(JSONShapeError) {
        let root = try JSONObject(
            node,
            allowing: ["version", "confidence_min", "phrases"] + EscalationRules.members)
        _ = try root.integer("version", in: 1...1)
        confidenceMinPPM = try Self.confidence(root)
        phrases = try Self.phrases(try root.object("phrases", allowing: nil))
        rules = try EscalationRules(root)
    }

    private static func confidence(_ root: JSONObject) throws(JSONShapeError) -> Int {
        let value: Double
        switch try root.required("confidence_min").value {
        case .double(let double): value = double
        case .integer(let integer): value = Double(integer)
        default: value = .nan
        }
        guard (0...1).contains(value) else {
            throw root.error("confidence_min", found: "no such number", wanted: "a number from 0 to 1")
        }
        return Int((value * 1_000_000).rounded())
    }

    private static func phrases(_ object: JSONObject) throws(JSONShapeError) -> [[UInt8]: [Phrase]] {
        var phrases: [[UInt8]: [Phrase]] = [:]
        var count = 0
        for member in object.members {
            let name = String(decoding: member.name, as: UTF8.self)
            let category: TicketCategory
            do { category = try TicketCategory(checking: member.name) } catch {
                throw object.error(name, found: "a bad category name", wanted: "1 to 32 of a-z 0-9 _ -")
            }
            for text in try object.strings(name) {
                let words = Self.words(Array(text.utf8))
                count += 1
                guard let first = words.first, text.utf8.count <= AgentLimits.escalationPhraseBytesMax,
                    count <= AgentLimits.escalationPhrasesMax
                else {
                    throw object.error(
                        name, found: "a phrase that is empty or too long, or too many phrases",
                        wanted: "up to \(AgentLimits.escalationPhrasesMax) phrases of 1 to "
                            + "\(AgentLimits.escalationPhraseBytesMax) bytes with a word in them")
                }
                phrases[first, default: []].append(Phrase(words: words, category: category))
            }
        }
        return phrases
    }

    /// The category of a text that goes to a person whatever the answer would be, or nil.
    func category(of text: [UInt8]) -> TicketCategory? { screen(text)?.category }

    /// The category of the first phrase that stands in a text, or nil. Case and punctuation do not matter.
    func phraseCategory(in words: [[UInt8]]) -> TicketCategory? {
        for start in words.indices {
            for phrase in phrases[words[start]] ?? [] where words[start...].starts(with: phrase.words) {
                return phrase.category
            }
        }
        return nil
    }

    /// Runs of ASCII letters, digits and bytes above ASCII, in lower case; an apostrophe inside a word is left out, so
    /// that "I'm" is `im` however it is typed.
    static func words(_ text: [UInt8]) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        for byte in text {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...0xFF:
                word.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
            case UInt8(ascii: "'"): continue
            default:
                if !word.isEmpty { words.append(word) }
                word.removeAll(keepingCapacity: true)
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
