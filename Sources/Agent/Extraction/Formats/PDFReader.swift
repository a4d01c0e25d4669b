internal import Poppler

/// Text out of PDF: lines by Poppler, put together into headings and paragraphs by their letters' sizes and the gaps between.
struct PDFReader {
    static func read(_ bytes: [UInt8]) throws(ExtractionError) -> ExtractedText {
        let document: PDFDocument
        do throws(PDFError) {
            document = try PDFDocument.open(bytes)
        } catch {
            switch error {
            case .passwordProtected: throw .passwordProtected
            case .broken: throw .broken(reason: "it cannot be read as PDF")
            case .notLoaded(let reason): throw .unavailable(reason: reason)
            }
        }
        let count = document.pageCount
        guard count <= AgentLimits.documentPagesMax else {
            throw .tooMuch(of: "pages", max: AgentLimits.documentPagesMax)
        }
        var pages: [[PDFLine]] = []
        var bytesLeft = AgentLimits.documentTextBytesMax
        for index in 0..<count {
            // A page that is broken has no text; the others are read all the same.
            let lines = (document.lines(ofPage: index) ?? []).filter { $0.fontSize >= PageLayout.readableSize }
            bytesLeft -= lines.reduce(0) { $0 + $1.text.count }
            guard bytesLeft >= 0 else { throw .tooMuch(of: "bytes of text", max: AgentLimits.documentTextBytesMax) }
            pages.append(lines)
        }
        return try PageLayout(pages).text(title: document.title ?? [])
    }
}

/// The lines of all pages, and what they are.
struct PageLayout {
    /// Smaller letters, in points, are not there to be read.
    static let readableSize = 2.0
    /// How much larger than the text a heading's letters are.
    private static let headingFactor = 1.12
    /// Characters of a heading.
    private static let headingBytesMax = 200
    /// A gap between lines that ends a paragraph, in heights of a line.
    private static let paragraphGap = 0.55

    private let pages: [[PDFLine]]
    /// The size that most letters have, in half points.
    private let bodySize: Int
    /// Larger sizes, the largest first.
    private let headingSizes: [Int]

    init(_ pages: [[PDFLine]]) {
        var letters: [Int: Int] = [:]
        for line in pages.joined() { letters[Self.size(line), default: 0] += line.text.count }
        let body = letters.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        bodySize = body
        headingSizes = letters.keys.filter { Double($0) >= Double(body) * Self.headingFactor }.sorted(by: >)
        self.pages = Self.withoutMargins(pages)
    }

    private static func size(_ line: PDFLine) -> Int { Int((min(1000, max(0, line.fontSize)) * 2).rounded()) }

    func text(title: [UInt8]) throws(ExtractionError) -> ExtractedText {
        var collector = BlockCollector()
        var previous: PDFLine?
        for (number, lines) in pages.enumerated() {
            for line in lines {
                let kind = kind(of: line)
                if begins(kind, line, after: previous, collector) {
                    try collector.end()
                    collector.kind = kind
                    collector.page = number + 1
                    try collector.append(Self.withoutBullet(line.text))
                } else {
                    try Self.join(line.text, after: previous?.text ?? [], to: &collector)
                }
                previous = line
            }
        }
        return try collector.finish(.pdf, title: title)
    }

    private func kind(of line: PDFLine) -> ExtractedText.Block.Kind {
        if Self.bullet(line.text) != nil { return .listItem }
        guard line.text.count <= Self.headingBytesMax else { return .paragraph }
        if let level = headingSizes.firstIndex(of: Self.size(line)) { return .heading(level: min(6, level + 1)) }
        // Bold lines of the text's size that do not end like a sentence.
        let endsSentence = line.text.last.map { ".,;:".utf8.contains($0) } ?? false
        if line.isBold, Self.size(line) >= bodySize, line.text.count <= Self.headingBytesMax / 2, !endsSentence {
            return .heading(level: min(6, headingSizes.count + 1))
        }
        return .paragraph
    }

    /// Whether a line begins a block, and does not go on with the one before.
    private func begins(
        _ kind: ExtractedText.Block.Kind, _ line: PDFLine, after previous: PDFLine?, _ collector: BlockCollector
    ) -> Bool {
        guard let previous, !collector.isEmpty else { return true }
        if kind == .listItem { return true }
        let height = max(1, previous.bottom - previous.top)
        let gap = line.top - previous.bottom
        if kind != collector.kind {
            return
                !(collector.kind == .listItem && kind == .paragraph && gap < height * Self.paragraphGap
                && gap > -height)
        }
        // Another column or page: the sentence goes on there, unless it ended.
        if gap < -height || line.top < previous.top {
            return previous.text.last.map { ".!?:".utf8.contains($0) } ?? true
        }
        return gap > height * Self.paragraphGap
    }

    /// A word that was broken at the line's end is put together again where both halves are small letters.
    private static func join(
        _ text: [UInt8], after previous: [UInt8], to collector: inout BlockCollector
    ) throws(ExtractionError) {
        let isBroken =
            previous.last == UInt8(ascii: "-") && previous.dropLast().last.map(isSmall) ?? false
            && text.first.map(isSmall) ?? false
        if isBroken { collector.removeLast() } else { try collector.space() }
        try collector.append(text)
    }

    private static func isSmall(_ byte: UInt8) -> Bool { byte >= 0x61 && byte <= 0x7A || byte >= 0x80 }

    private static let bullets = ["•", "◦", "▪", "‣", "●", "○", "■"].map { Array($0.utf8) }

    private static func bullet(_ text: [UInt8]) -> [UInt8]? { bullets.first { text.starts(with: $0) } }

    private static func withoutBullet(_ text: [UInt8]) -> [UInt8] {
        bullet(text).map { Array(text.dropFirst($0.count)) } ?? text
    }

    /// Pages without what stands at their tops and bottoms on most of them, numbers aside: it is not the text's.
    private static func withoutMargins(_ pages: [[PDFLine]]) -> [[PDFLine]] {
        guard pages.count >= 3 else { return pages }
        var counts: [[UInt8]: Int] = [:]
        for lines in pages { for shape in Set(margins(lines).map(shape)) { counts[shape, default: 0] += 1 } }
        let repeated = Set(counts.filter { $0.value * 2 > pages.count }.keys)
        return pages.map { lines in
            guard lines.count > 2 else { return lines }
            var kept = lines[...]
            if let first = kept.first, repeated.contains(shape(first)) { kept.removeFirst() }
            if let last = kept.last, repeated.contains(shape(last)) { kept.removeLast() }
            return Array(kept)
        }
    }

    private static func margins(_ lines: [PDFLine]) -> [PDFLine] {
        [lines.first, lines.count > 1 ? lines.last : nil].compactMap { $0 }
    }

    private static func shape(_ line: PDFLine) -> [UInt8] {
        line.text.map { (0x30...0x39).contains($0) ? UInt8(ascii: "#") : $0 }
    }
}
