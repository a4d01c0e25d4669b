internal import JSON

@testable internal import Agent

/// What the process of an extraction says, which a hostile document may have taken over: what is believed is within every
/// bound and is said again the same; the passages that it becomes are too, and lose no word.
enum ExtractionTarget {
    static func run(_ input: [UInt8]) {
        if let text = try? ExtractionMessage.decode(input) {
            precondition((try? ExtractionMessage.decode(ExtractionMessage.encode(text))) == text, "said again the same")
            check(text)
        }
        if let text = try? PlainTextReader.read(input) { check(text) }
    }

    private static func check(_ text: ExtractedText) {
        precondition(!text.blocks.isEmpty && text.blocks.count <= AgentLimits.documentBlocksMax, "blocks are bounded")
        for block in text.blocks {
            precondition((1...AgentLimits.documentBlockBytesMax).contains(block.text.count), "a block is bounded")
            precondition(CleanLine.of(block.text) == block.text, "a block is clean")
        }
        let passages = PassageChunker.passages(of: text, path: Array("a/b.pdf".utf8))
        precondition(Set(passages.map(\.id)).count == passages.count, "ids are told apart")
        for passage in passages {
            precondition((1...AgentLimits.chunkBytesMax).contains(passage.answer.count), "a passage is bounded")
            precondition((1...AgentLimits.chunkTitleBytesMax).contains(passage.question.count), "a title is bounded")
            precondition(
                Identifier.accepts(passage.id, countRange: 1...AgentLimits.identifierBytesMax, punctuation: "-_."),
                "an id is one")
            precondition(UTF8Validation.firstInvalid(in: passage.answer) == nil, "an answer is UTF-8")
            precondition(UTF8Validation.firstInvalid(in: passage.question) == nil, "a title is UTF-8")
        }
    }
}
