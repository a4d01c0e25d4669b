internal import JSON
internal import XML2

/// Text out of HTML as a reader sees it: what scripts, styles, comments and hidden elements say is left out.
struct HTMLReader {
    private var collector = BlockCollector()
    private var title: [UInt8] = []
    /// The elements that are open, innermost last.
    private var open: [Element] = []
    private var hiddenDepth = 0

    private struct Element {
        let role: Role
        let hides: Bool
        /// What the text belonged to before it.
        let outer: ExtractedText.Block.Kind
    }

    /// What an element does to a text.
    private enum Role: Equatable {
        case heading(Int)
        case block, listItem, row, cell, lineBreak, title, inline
        /// What it holds is no text.
        case unseen
    }

    static func read(_ bytes: [UInt8]) throws(ExtractionError) -> ExtractedText {
        let encoding = UTF8Validation.firstInvalid(in: bytes) == nil ? "UTF-8" : nil
        guard var document = XMLDocument.read(bytes, as: .html, encoding: encoding) else {
            throw .broken(reason: "it is nested too deep or cannot be read as HTML")
        }
        var reader = HTMLReader()
        while let event = document.next() {
            switch event {
            case .open(let name): try reader.begin(name, isHidden: Self.isHidden(document))
            case .text(let text): try reader.take(text)
            case .close: try reader.end()
            }
        }
        return try reader.collector.finish(.html, title: reader.title)
    }

    private mutating func begin(_ name: [UInt8], isHidden: Bool) throws(ExtractionError) {
        let role = Self.role(of: String(decoding: name, as: UTF8.self))
        let element = Element(role: role, hides: isHidden || role == .unseen, outer: collector.kind)
        guard open.count < AgentLimits.documentDepthMax else {
            throw .tooMuch(of: "elements within each other", max: AgentLimits.documentDepthMax)
        }
        open.append(element)
        if element.hides { hiddenDepth += 1 }
        guard hiddenDepth == 0 else { return }
        // The cells of a row stay together, whatever blocks they hold.
        if isInRow && role != .row {
            switch role {
            case .cell where !collector.isEmpty: try collector.append(" | ".utf8)
            case .inline, .title, .cell: break
            default: try collector.space()
            }
            return
        }
        switch role {
        case .heading(let level): try enter(.heading(level: level))
        case .listItem: try enter(.listItem)
        case .row: try enter(.tableRow)
        case .block: try collector.end()
        case .lineBreak: try collector.space()
        case .title, .inline, .cell, .unseen: break
        }
    }

    private var isInRow: Bool { open.dropLast().contains { $0.role == .row } }

    private mutating func enter(_ kind: ExtractedText.Block.Kind) throws(ExtractionError) {
        try collector.end()
        collector.kind = kind
    }

    private mutating func take(_ text: [UInt8]) throws(ExtractionError) {
        guard hiddenDepth == 0 else { return }
        if open.last?.role == .title {
            title += text.prefix(AgentLimits.documentTitleBytesMax)
        } else {
            try collector.append(text)
        }
    }

    private mutating func end() throws(ExtractionError) {
        guard let element = open.popLast() else { return }
        if element.hides {
            hiddenDepth -= 1
            return
        }
        guard hiddenDepth == 0, !open.contains(where: { $0.role == .row }) else { return }
        switch element.role {
        case .heading, .listItem, .row, .block:
            try collector.end()
            collector.kind = element.outer
        case .inline, .title, .cell, .lineBreak, .unseen: break
        }
    }

    private static func isHidden(_ document: borrowing XMLDocument) -> Bool {
        if document.attribute("hidden") != nil || document.attribute("aria-hidden") == Array("true".utf8) {
            return true
        }
        guard let style = document.attribute("style") else { return false }
        let plain = style.filter { $0 > 0x20 }.map { $0 | ($0 >= 0x41 && $0 <= 0x5A ? 0x20 : 0) }
        return hidingStyles.contains { ContentKind.contains($0, in: plain[...]) }
    }

    private static let hidingStyles = [
        "display:none", "visibility:hidden", "font-size:0", "opacity:0;", "left:-9999",
    ].map { Array($0.utf8) }

    private static func role(of name: String) -> Role {
        switch name {
        case "h1": .heading(1)
        case "h2": .heading(2)
        case "h3": .heading(3)
        case "h4": .heading(4)
        case "h5": .heading(5)
        case "h6": .heading(6)
        case "title": .title
        case "li", "dt", "dd": .listItem
        case "tr": .row
        case "td", "th": .cell
        case "br": .lineBreak
        case "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas", "audio",
            "video", "select", "textarea", "button", "input", "map":
            .unseen
        case "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "ul", "ol", "dl", "table",
            "thead", "tbody", "tfoot", "caption", "blockquote", "pre", "figure", "figcaption", "form", "fieldset", "hr",
            "address", "details", "summary", "body", "center":
            .block
        default: .inline
        }
    }
}
