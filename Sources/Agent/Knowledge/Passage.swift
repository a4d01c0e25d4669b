/// A part of the knowledge base: a row of a CSV file, or a piece of a document. All texts are UTF-8.
public struct Passage: Hashable, Sendable {
    /// Unique within the knowledge base: 1 to 64 of `A-Z a-z 0-9 - _ .`.
    public let id: [UInt8]
    /// The question that the passage answers, as its author put it.
    public let question: [UInt8]
    /// The answer.
    public let answer: [UInt8]
    /// A heading for people; may be empty.
    public let category: [UInt8]
    /// Other ways to ask the same.
    public let variants: [[UInt8]]
    /// The document that it is a piece of; nil for a row.
    public let source: PassageSource?

    package init(
        id: [UInt8], question: [UInt8], answer: [UInt8], category: [UInt8], variants: [[UInt8]],
        source: PassageSource? = nil
    ) {
        self.id = id
        self.question = question
        self.answer = answer
        self.category = category
        self.variants = variants
        self.source = source
    }
}

extension Passage {
    /// What of it is ever shown to a caller.
    public var shown: [[UInt8]] { [id, question, answer, category, source?.document ?? []] }

    func revised(_ revise: ([UInt8]) -> [UInt8]) -> Passage {
        Passage(
            id: revise(id), question: revise(question), answer: revise(answer), category: revise(category),
            variants: variants,
            source: source.map { PassageSource(document: revise($0.document), page: $0.page) })
    }
}

/// What separates phrasings in the file's `variants` field and in the table's column.
let variantSeparator = UInt8(ascii: "|")
