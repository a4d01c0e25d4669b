/// Puts a document's text together, block by block, and holds it to its bounds.
struct BlockCollector {
    private(set) var blocks: [ExtractedText.Block] = []
    private var text: [UInt8] = []
    private var bytes = 0
    /// What the text that comes now belongs to.
    var kind: ExtractedText.Block.Kind = .paragraph
    /// The page that the text that comes now stands on.
    var page: Int?

    /// Whether anything came since the last block's end.
    var isEmpty: Bool { text.allSatisfy { $0 <= 0x20 } }

    /// More text of the block.
    mutating func append(_ more: some Collection<UInt8>) throws(ExtractionError) {
        // In pieces: a text of one line is cut as it comes, not moved again and again.
        var rest = more[...]
        while !rest.isEmpty {
            let piece = rest.prefix(AgentLimits.documentBlockBytesMax)
            text += piece
            rest = rest.dropFirst(piece.count)
            if text.count > AgentLimits.documentBlockBytesMax { try split() }
        }
    }

    /// Takes back the last byte of the block, if there is one.
    mutating func removeLast() { _ = text.popLast() }

    /// A gap between words.
    mutating func space() throws(ExtractionError) { try append(CollectionOfOne(0x20)) }

    /// The end of the block; nothing where it is empty.
    mutating func end() throws(ExtractionError) {
        let line = CleanLine.of(text)
        text.removeAll(keepingCapacity: true)
        // Bytes that are no UTF-8 become longer.
        var rest = line[...]
        while rest.count > AgentLimits.documentBlockBytesMax {
            let cut = CharacterStart.before(AgentLimits.documentBlockBytesMax, in: Array(rest))
            try add(CleanLine.of(Array(rest.prefix(cut))))
            rest = rest.dropFirst(cut)
        }
        try add(CleanLine.of(Array(rest)))
    }

    private mutating func add(_ line: [UInt8]) throws(ExtractionError) {
        guard !line.isEmpty else { return }
        guard blocks.count < AgentLimits.documentBlocksMax else {
            throw .tooMuch(of: "pieces of text", max: AgentLimits.documentBlocksMax)
        }
        bytes += line.count
        guard bytes <= AgentLimits.documentTextBytesMax else {
            throw .tooMuch(of: "bytes of text", max: AgentLimits.documentTextBytesMax)
        }
        blocks.append(ExtractedText.Block(kind, page: page, text: line))
    }

    /// A block longer than its bound becomes several, between words where there are any. A heading so long is none.
    private mutating func split() throws(ExtractionError) {
        if case .heading = kind { kind = .paragraph }
        while text.count > AgentLimits.documentBlockBytesMax {
            // A byte that is no UTF-8 becomes three.
            let room = text.prefix(AgentLimits.documentBlockBytesMax / 3)
            let cut = room.lastIndex(of: 0x20) ?? CharacterStart.before(room.count, in: text)
            try add(CleanLine.of(Array(text[..<cut])))
            text.removeFirst(cut)
        }
    }

    /// The document's text.
    /// - Throws: `.noText` where there is none.
    consuming func finish(_ kind: DocumentKind, title: [UInt8]) throws(ExtractionError) -> ExtractedText {
        try end()
        guard !blocks.isEmpty else { throw .noText }
        let line = CleanLine.of(title)
        let cut =
            line.count > AgentLimits.documentTitleBytesMax
            ? CharacterStart.before(AgentLimits.documentTitleBytesMax, in: line) : line.count
        return ExtractedText(kind: kind, title: CleanLine.of(Array(line[..<cut])), blocks: blocks)
    }
}

/// Where characters of UTF-8 begin.
enum CharacterStart {
    /// The last index, at most `index` and above 0, at which a character begins.
    static func before(_ index: Int, in text: [UInt8]) -> Int {
        var start = min(index, text.count)
        while start > 1, start < text.count, text[start] & 0xC0 == 0x80 { start -= 1 }
        return max(1, start)
    }
}
