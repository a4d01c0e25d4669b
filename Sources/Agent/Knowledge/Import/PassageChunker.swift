internal import OpenSSL

/// Cuts a document's text into passages: one section each, or several of bounded size where a section is long.
///
/// ```
///  # Cards                          question "Cards > Fees", answer "The yearly fee …", category = the document's title
///  ## Fees        ──────────────►   id  fees-3f29b1c07d5e8a46   (of path, headings, and place within the section)
///  The yearly fee …
/// ```
/// The id stays while its section stays, so that an import of a folder that changed a little changes little. A passage begins
/// with the last sentences of the one before it in the section: a sentence is found with what it leans on.
struct PassageChunker {
    private let document: [UInt8]
    private let fallbackTitle: [UInt8]
    private let category: [UInt8]
    private var headings: [(level: Int, text: [UInt8])] = []
    private var text: [UInt8] = []
    /// The part of `text` that the passage before ends with.
    private var overlap = 0
    private var page: Int?
    private var ordinals: [[UInt8]: Int] = [:]
    private var passages: [Passage] = []

    /// The passages of a document; none where it has headings alone.
    /// - Parameter path: the document's path within what is imported.
    static func passages(of text: ExtractedText, path: [UInt8]) -> [Passage] {
        var chunker = PassageChunker(text, path)
        for block in text.blocks { chunker.take(block) }
        chunker.endSection()
        return chunker.passages
    }

    private init(_ text: ExtractedText, _ path: [UInt8]) {
        document = path
        let name = path.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? path
        let stem = name.lastIndex(of: UInt8(ascii: ".")).map { $0 > 0 ? Array(name[..<$0]) : name } ?? name
        category = Self.cut(text.title.isEmpty ? stem : text.title, AgentLimits.chunkTitleBytesMax)
        fallbackTitle = category
    }

    private mutating func take(_ block: ExtractedText.Block) {
        switch block.kind {
        case .heading(let level):
            endSection()
            headings.removeAll { $0.level >= level }
            headings.append((level, block.text))
        case .listItem: add(Array("- ".utf8) + block.text, on: block.page)
        case .paragraph, .tableRow: add(block.text, on: block.page)
        }
    }

    private mutating func add(_ line: [UInt8], on page: Int?) {
        var rest = line[...]
        while !rest.isEmpty {
            let room = AgentLimits.chunkBytesMax - text.count - (text.isEmpty ? 0 : 1)
            if rest.count <= room {
                append(rest, page)
                return
            }
            // A block that would fit into a passage of its own is not torn.
            if text.count > overlap && rest.count <= AgentLimits.chunkBytesMax - AgentLimits.chunkOverlapBytes - 1 {
                endPassage(goesOn: true)
                continue
            }
            let cut = room > AgentLimits.chunkBytesMax / 4 ? Sentences.cut(rest, atMost: room) : 0
            if cut > 0 { append(rest.prefix(cut), page) }
            rest = rest.dropFirst(cut).drop { $0 == 0x20 }
            endPassage(goesOn: true)
        }
    }

    private mutating func append(_ more: ArraySlice<UInt8>, _ page: Int?) {
        if text.count <= overlap { self.page = page }
        if !text.isEmpty { text.append(0x0A) }
        text += more
    }

    private mutating func endSection() {
        endPassage(goesOn: false)
        text = []
        overlap = 0
    }

    private mutating func endPassage(goesOn: Bool) {
        guard text.count > overlap else { return }
        let title = title
        let ordinal = ordinals[title, default: 0]
        ordinals[title] = ordinal + 1
        passages.append(
            Passage(
                id: identifier(title, ordinal), question: title, answer: text, category: category, variants: [],
                source: PassageSource(document: document, page: page)))
        let tail = goesOn ? Sentences.tail(of: text, atMost: AgentLimits.chunkOverlapBytes) : []
        text = tail
        overlap = tail.count
    }

    /// The headings that the text stands under, the innermost whole where not all of them fit.
    private var title: [UInt8] {
        guard !headings.isEmpty else { return fallbackTitle }
        var title: [UInt8] = []
        for heading in headings.reversed() {
            let longer = title.isEmpty ? heading.text : heading.text + Array(" > ".utf8) + title
            if longer.count > AgentLimits.chunkTitleBytesMax && !title.isEmpty { break }
            title = longer
        }
        return Self.cut(title, AgentLimits.chunkTitleBytesMax)
    }

    /// A readable beginning, and 64 bits of a digest of what makes the place.
    private func identifier(_ title: [UInt8], _ ordinal: Int) -> [UInt8] {
        var hash = SHA256()
        for part in [document, title, Array("\(ordinal)".utf8)] {
            hash.update(Array("\(part.count):".utf8))
            hash.update(part)
        }
        return Self.slug(document) + Array("-".utf8) + hash.finish().hex.prefix(16)
    }

    private static func slug(_ path: [UInt8]) -> [UInt8] {
        let name = path.split(separator: UInt8(ascii: "/")).last ?? []
        var slug: [UInt8] = []
        for byte in name.prefix(40) {
            let isPlain = Identifier.accepts([byte], countRange: 1...1, punctuation: "_.")
            if isPlain { slug.append(byte) } else if slug.last != UInt8(ascii: "-") { slug.append(UInt8(ascii: "-")) }
        }
        return slug.isEmpty ? Array("document".utf8) : slug
    }

    private static func cut(_ text: [UInt8], _ bytesMax: Int) -> [UInt8] {
        text.count <= bytesMax ? text : Array(text[..<CharacterStart.before(bytesMax, in: text)])
    }
}

/// Where sentences end, as far as punctuation tells.
enum Sentences {
    /// How many bytes of `text` to take, at most `bytesMax` of them: up to the end of a sentence, else a word, else a
    /// character. 1 and up.
    static func cut(_ text: ArraySlice<UInt8>, atMost bytesMax: Int) -> Int {
        guard text.count > bytesMax else { return text.count }
        let window = Array(text.prefix(bytesMax + 1))
        var index = bytesMax
        // A sentence's end in the second half; before it the piece would be small for nothing.
        while index > bytesMax / 2 {
            if window[index] == 0x20, isEnd(window[index - 1]) { return index }
            index -= 1
        }
        if let space = window[..<bytesMax].lastIndex(of: 0x20), space > 0 { return space }
        return CharacterStart.before(bytesMax, in: window)
    }

    /// The last whole sentences of `text`, at most `bytesMax` bytes of them; none where the last one is longer.
    static func tail(of text: [UInt8], atMost bytesMax: Int) -> [UInt8] {
        guard text.count > bytesMax else { return [] }
        let start = text.count - bytesMax
        for index in start..<text.count where text[index] == 0x0A || text[index] == 0x20 && isEnd(text[index - 1]) {
            return Array(text[(index + 1)...])
        }
        return []
    }

    private static func isEnd(_ byte: UInt8) -> Bool { ".!?".utf8.contains(byte) }
}
