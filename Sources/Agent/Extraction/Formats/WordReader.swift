internal import Archive
internal import XML2

/// Text out of DOCX: a ZIP file with WordprocessingML in it (ECMA-376, part 1, §17).
///
/// Of the archive the main document, its styles and its properties are unpacked, nothing else; a bomb elsewhere in it is
/// never touched.
struct WordReader {
    static func read(_ bytes: [UInt8]) throws(ExtractionError) -> ExtractedText {
        let parts = try Parts(bytes)
        let headings = try parts.styles.map(WordStyles.headings) ?? [:]
        var reader = WordBody(headings: headings)
        try walk(parts.document, named: "word/document.xml") { event, document throws(ExtractionError) in
            try reader.take(event, document)
        }
        var title = WordTitle()
        // Properties are an extra: a file whose title cannot be read has none.
        if let properties = parts.properties {
            try? walk(properties, named: "docProps/core.xml") { event, _ throws(ExtractionError) in title.take(event) }
        }
        return try reader.finish(title: title.text)
    }

    /// The parts that are read, unpacked.
    private struct Parts {
        var document: [UInt8] = []
        var styles: [UInt8]?
        var properties: [UInt8]?

        init(_ bytes: [UInt8]) throws(ExtractionError) {
            guard let archive = ZIPArchive(bytes) else { throw .broken(reason: "its ZIP directory cannot be read") }
            let ratio = bytes.count.multipliedReportingOverflow(by: AgentLimits.archiveRatioMax)
            let unpackedMax = min(AgentLimits.archivePartBytesMax, ratio.overflow ? Int.max : ratio.partialValue)
            var entries = 0
            var main: [UInt8]?
            while let entry = archive.next() {
                entries += 1
                guard entries <= AgentLimits.archiveEntriesMax else {
                    throw .tooMuch(of: "files in its archive", max: AgentLimits.archiveEntriesMax)
                }
                let name: [UInt8]
                switch entry {
                case .broken: throw .broken(reason: "its ZIP directory cannot be read")
                case .encrypted: throw .passwordProtected
                case .content(let text): name = text
                }
                switch String(decoding: name, as: UTF8.self) {
                case "word/document.xml":
                    guard main == nil else { throw .polyglot(found: "a ZIP file with two main documents") }
                    main = try Self.unpack(archive, unpackedMax)
                case "word/styles.xml": styles = try Self.unpack(archive, unpackedMax)
                case "docProps/core.xml": properties = try Self.unpack(archive, unpackedMax)
                default: break
                }
            }
            guard let main else { throw .unsupported(found: "a ZIP file without a Word document") }
            document = main
        }

        private static func unpack(_ archive: ZIPArchive, _ bytesMax: Int) throws(ExtractionError) -> [UInt8] {
            guard let content = archive.read(bytesMax: bytesMax) else {
                throw .broken(reason: "a file in its archive cannot be unpacked")
            }
            guard content.count <= bytesMax else { throw .tooMuch(of: "bytes when unpacked", max: bytesMax) }
            return content
        }
    }

    /// Goes through a part.
    /// - Throws: `.broken` for one that is not well-formed or declares types, which Word never does and attacks do.
    static func walk(
        _ part: [UInt8], named name: String,
        _ take: (XMLEvent, borrowing XMLDocument) throws(ExtractionError) -> Void
    ) throws(ExtractionError) {
        guard var document = XMLDocument.read(part, as: .xml, encoding: nil) else {
            throw .broken(reason: "\(name) is not well-formed or nested too deep")
        }
        guard !document.hasTypeDefinition else { throw .broken(reason: "\(name) has a document type") }
        while let event = document.next() { try take(event, document) }
    }
}

/// Which styles are headings: `outlineLvl` of a style's paragraphs (§17.3.1.20), whatever its name in the writer's language.
enum WordStyles {
    static func headings(_ part: [UInt8]) throws(ExtractionError) -> [[UInt8]: Int] {
        var levels: [[UInt8]: Int] = [:]
        var style: [UInt8]?
        try WordReader.walk(part, named: "word/styles.xml") { event, document throws(ExtractionError) in
            guard case .open(let name) = event else { return }
            if name == Array("style".utf8) {
                style = document.attribute("styleId")
            } else if name == Array("outlineLvl".utf8), let style, let level = WordBody.level(document.attribute("val"))
            {
                levels[style] = level
            }
        }
        return levels
    }
}

/// The title in the properties (`dc:title`).
struct WordTitle {
    private(set) var text: [UInt8] = []
    private var isInTitle = false

    mutating func take(_ event: XMLEvent) {
        switch event {
        case .open(let name): isInTitle = name == Array("title".utf8)
        case .text(let more): if isInTitle { text += more.prefix(AgentLimits.documentTitleBytesMax) }
        case .close: isInTitle = false
        }
    }
}

/// The main document's text: paragraphs (`p`) of runs (`r`) of text (`t`), in tables or not.
struct WordBody {
    private let headings: [[UInt8]: Int]
    private var collector = BlockCollector()
    private var rowDepth = 0
    /// Depth inside what is not shown, such as the fallback of a drawing that is there already.
    private var unseenDepth = 0
    private var isTextOpen = false
    private var isRunHidden = false
    private var cellsInRow = 0

    init(headings: [[UInt8]: Int]) { self.headings = headings }

    mutating func take(_ event: XMLEvent, _ document: borrowing XMLDocument) throws(ExtractionError) {
        switch event {
        case .open(let name): try begin(String(decoding: name, as: UTF8.self), document)
        case .close(let name): try end(String(decoding: name, as: UTF8.self))
        case .text(let text): if isTextOpen, unseenDepth == 0, !isRunHidden { try collector.append(text) }
        }
    }

    private mutating func begin(_ name: String, _ document: borrowing XMLDocument) throws(ExtractionError) {
        if unseenDepth > 0 || Self.unseen.contains(name) {
            unseenDepth += 1
            return
        }
        switch name {
        case "p":
            if rowDepth > 0 {
                try collector.space()
            } else {
                try collector.end()
                collector.kind = .paragraph
            }
        case "pStyle": if rowDepth == 0 { try style(document.attribute("val")) }
        case "outlineLvl":
            if rowDepth == 0, let level = Self.level(document.attribute("val")) {
                collector.kind = .heading(level: level)
            }
        case "numPr": if rowDepth == 0, collector.kind == .paragraph { collector.kind = .listItem }
        case "r": isRunHidden = false
        case "vanish", "webHidden":
            let value = document.attribute("val").map { String(decoding: $0, as: UTF8.self) } ?? "1"
            isRunHidden = !["0", "false", "off"].contains(value)
        case "t": isTextOpen = true
        case "tab", "br", "cr": try collector.space()
        case "tr":
            if rowDepth == 0 {
                try collector.end()
                collector.kind = .tableRow
                cellsInRow = 0
            }
            rowDepth += 1
        case "tc":
            if rowDepth == 1 {
                if cellsInRow > 0 { try collector.append(" | ".utf8) }
                cellsInRow += 1
            }
        default: break
        }
    }

    private mutating func end(_ name: String) throws(ExtractionError) {
        if unseenDepth > 0 {
            unseenDepth -= 1
            return
        }
        switch name {
        case "t": isTextOpen = false
        case "r": isRunHidden = false
        case "p":
            guard rowDepth == 0 else { break }
            try collector.end()
            collector.kind = .paragraph
        case "tr":
            rowDepth -= 1
            guard rowDepth == 0 else { break }
            try collector.end()
            collector.kind = .paragraph
        default: break
        }
    }

    private mutating func style(_ identifier: [UInt8]?) throws(ExtractionError) {
        guard let identifier else { return }
        if let level = headings[identifier] {
            collector.kind = .heading(level: level)
        } else if identifier == Array("Title".utf8) {
            collector.kind = .heading(level: 1)
        } else if identifier.starts(with: "ListParagraph".utf8) || identifier.starts(with: "ListBullet".utf8) {
            collector.kind = .listItem
        } else if identifier.starts(with: "Heading".utf8), let digit = identifier.last,
            (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(digit)
        {
            collector.kind = .heading(level: Int(digit - UInt8(ascii: "0")))
        }
    }

    /// `outlineLvl` counts from 0, and 9 is no heading.
    static func level(_ value: [UInt8]?) -> Int? {
        guard let value, let level = Int(String(decoding: value, as: UTF8.self)), (0...8).contains(level) else {
            return nil
        }
        return min(6, level + 1)
    }

    consuming func finish(title: [UInt8]) throws(ExtractionError) -> ExtractedText {
        try collector.finish(.docx, title: title)
    }

    private static let unseen: Set<String> = ["Fallback", "del", "moveFrom", "instrText", "sectPr", "delText"]
}
