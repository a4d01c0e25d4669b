internal import JSON
internal import MD4C

/// Text out of Markdown: its marks, and HTML in it, are left out.
struct MarkdownReader {
    private var collector = BlockCollector()
    private var title: [UInt8] = []
    private var isFirstHeading = true
    private var itemDepth = 0
    private var hiddenDepth = 0

    /// Events of a text that is as large as it may be and holds nothing but marks.
    private static let eventsMax = 2 * 1024 * 1024

    static func read(_ bytes: [UInt8]) throws(ExtractionError) -> ExtractedText {
        let text = try PlainTextReader.checked(bytes)
        guard let events = MarkdownDocument.events(of: text, eventsMax: eventsMax) else {
            throw .tooMuch(of: "pieces of Markdown", max: eventsMax)
        }
        var reader = MarkdownReader()
        for event in events { try reader.take(event) }
        return try reader.collector.finish(.markdown, title: reader.title)
    }

    private mutating func take(_ event: MarkdownEvent) throws(ExtractionError) {
        switch event {
        case .open(.rawHTML): hiddenDepth += 1
        case .close(.rawHTML): hiddenDepth -= 1
        case .open(let block): try begin(block)
        case .close(let block): try end(block)
        case .text(let text): if hiddenDepth == 0 { try collector.append(text) }
        case .entity(let text): if hiddenDepth == 0 { try collector.append(HTMLEntity.decoded(text)) }
        case .space, .lineBreak: try collector.space()
        case .hidden: break
        }
    }

    private mutating func begin(_ block: MarkdownEvent.Block) throws(ExtractionError) {
        switch block {
        case .heading(let level):
            try collector.end()
            collector.kind = .heading(level: min(6, max(1, level)))
        case .listItem:
            try collector.end()
            itemDepth += 1
            collector.kind = .listItem
        case .tableRow:
            try collector.end()
            collector.kind = .tableRow
        case .tableCell: if !collector.isEmpty { try collector.append(" | ".utf8) }
        case .paragraph, .codeBlock:
            try collector.end()
            collector.kind = itemDepth > 0 ? .listItem : .paragraph
        case .rawHTML: break
        }
    }

    private mutating func end(_ block: MarkdownEvent.Block) throws(ExtractionError) {
        switch block {
        case .tableCell, .rawHTML: return
        case .listItem: itemDepth -= 1
        case .heading, .paragraph, .codeBlock, .tableRow: break
        }
        let count = collector.blocks.count
        try collector.end()
        if case .heading(1) = block, isFirstHeading, collector.blocks.count > count {
            title = collector.blocks[count].text
            isFirstHeading = false
        }
        collector.kind = itemDepth > 0 ? .listItem : .paragraph
    }
}

/// The entities of HTML that stand in prose; others stay as they are written.
enum HTMLEntity {
    static func decoded(_ entity: [UInt8]) -> [UInt8] {
        let name = String(decoding: entity.dropFirst().dropLast(), as: UTF8.self)
        if name.hasPrefix("#") {
            let digits = name.dropFirst()
            let isHex = digits.hasPrefix("x") || digits.hasPrefix("X")
            let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let scalar = value.flatMap(Unicode.Scalar.init) else { return Array("\u{FFFD}".utf8) }
            return Array(String(scalar).utf8)
        }
        return named[name].map { Array($0.utf8) } ?? entity
    }

    private static let named = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "copy": "©", "reg": "®",
        "trade": "™", "euro": "€", "pound": "£", "yen": "¥", "cent": "¢", "sect": "§", "para": "¶", "hellip": "…",
        "ndash": "–", "mdash": "—", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«",
        "raquo": "»", "bull": "•", "middot": "·", "deg": "°", "times": "×", "frac12": "½", "plusmn": "±",
    ]
}
