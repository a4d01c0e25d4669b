/// The texts of one version of the knowledge base that vectors are made of.
struct EmbeddedTexts {
    /// A text and what `KnowledgeStore` knows it by.
    struct Text {
        let bytes: [UInt8]
        let digest: [UInt8]

        init(_ bytes: [UInt8]) {
            self.bytes = bytes
            digest = KnowledgeStore.digest(of: bytes)
        }
    }

    /// By passage: its question and its variants.
    let phrasings: [[Text]]
    /// By passage: question and answer, together.
    let wholes: [Text]
    /// By passage: its examples.
    let examples: [[Text]]

    /// Examples whose passage is not there are left out.
    init(_ passages: [Passage], _ examples: [Example]) {
        phrasings = passages.map { passage in ([passage.question] + passage.variants).map { Text(Self.cut($0)) } }
        wholes = passages.map { Text(Self.cut($0.question + [0x20] + $0.answer)) }
        var numbers: [[UInt8]: Int] = [:]
        for (number, passage) in passages.enumerated() { numbers[passage.id] = number }
        var sorted = [[Text]](repeating: [], count: passages.count)
        for example in examples {
            guard let number = numbers[example.passageID] else { continue }
            sorted[number].append(Text(Self.cut(example.text)))
        }
        self.examples = sorted
    }

    /// All of them, first those that a search by meaning cannot do without.
    var all: [Text] { phrasings.flatMap { $0 } + wholes + examples.flatMap { $0 } }

    /// What is longer than a vector is made of ends before a character that would be cut.
    private static func cut(_ text: [UInt8]) -> [UInt8] {
        guard text.count > AgentLimits.embeddedPassageBytesMax else { return text }
        var end = AgentLimits.embeddedPassageBytesMax
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(text[..<end])
    }
}
