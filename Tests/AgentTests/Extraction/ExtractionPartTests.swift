import Poppler
import Testing

@testable import Agent

@Suite struct `a document's kind` {
    private func kind(_ text: String, as declared: DocumentKind? = nil) throws(ExtractionError) -> DocumentKind {
        try DocumentReader.kind(of: Array(text.utf8), as: declared)
    }

    @Test func `is told by content, and by its name where content cannot`() throws {
        #expect(try kind("%PDF-1.7 ") == .pdf)
        #expect(try kind("PK\u{3}\u{4}") == .docx)
        #expect(try kind("\u{FEFF} \n<!DocType HTML>") == .html)
        #expect(try kind("Hello") == .text)
        #expect(try kind("Hello", as: .markdown) == .markdown)
        #expect(try kind("<html> is an element", as: .markdown) == .markdown)
    }

    @Test func `is refused where it is another, two at once, or none`() {
        #expect(throws: ExtractionError.wrongKind(found: "a PDF", wanted: .text)) { try kind("%PDF-1.7", as: .text) }
        #expect(throws: ExtractionError.polyglot(found: "a ZIP file that is a PDF as well")) {
            try kind("PK\u{3}\u{4}...%PDF-1.7")
        }
        #expect(throws: ExtractionError.polyglot(found: "text with a PDF in it")) { try kind("<html>%PDF-1.7") }
        #expect(throws: ExtractionError.unsupported(found: "binary data")) { try kind("a\0b") }
        #expect(throws: ExtractionError.unsupported(found: "a script")) { try kind("#!/bin/sh\n") }
        #expect(throws: ExtractionError.empty) { try kind("") }
        let most = [UInt8](repeating: 0x61, count: AgentLimits.documentBytesMax)
        #expect(throws: Never.self) { try DocumentReader.kind(of: most, as: nil) }
        #expect(throws: ExtractionError.tooLarge(bytesMax: AgentLimits.documentBytesMax)) {
            try DocumentReader.kind(of: most + [0x61], as: nil)
        }
    }

    @Test func `follows from names and media types`() {
        #expect(DocumentKind.named(byExtension: "PDF") == .pdf && DocumentKind.named(byExtension: "exe") == nil)
        #expect(
            DocumentKind.named(byMediaType: "Text/HTML") == .html && DocumentKind.named(byMediaType: "image/png") == nil
        )
    }
}

@Suite struct `a line of a document` {
    @Test func `has single spaces and nothing that a reader does not see`() {
        #expect(text(CleanLine.of(Array(" a\t\u{A0}b\u{200B}c\u{202E}d\0e\u{E0041}\n".utf8))) == "a bcde")
        #expect(text(CleanLine.of([0x61, 0xFF, 0x62])) == "a\u{FFFD}b")
        #expect(CleanLine.of(Array(" \n ".utf8)).isEmpty)
    }

    @Test func `that is clean stays as it is, whatever it is made of`() {
        var generator = SeededGenerator.announced("clean lines")
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0...64, using: &generator)).map { _ in
                UInt8.random(in: .min ... .max, using: &generator)
            }
            let once = CleanLine.of(bytes)
            #expect(CleanLine.of(once) == once)
        }
    }
}

@Suite struct `blocks of a document` {
    @Test func `are split at their bound, between words, and counted`() throws {
        var collector = BlockCollector()
        let words = Array(repeating: "word", count: 10_000).joined(separator: " ")
        try collector.append(words.utf8)
        let document = try collector.finish(.text, title: [])
        #expect(document.blocks.allSatisfy { $0.text.count <= AgentLimits.documentBlockBytesMax })
        #expect(document.blocks.map { text($0.text) }.joined(separator: " ") == words)
    }

    @Test func `are as many and as long as they may be, and no more`() throws {
        var many = BlockCollector()
        for _ in 0..<AgentLimits.documentBlocksMax {
            try many.append("a".utf8)
            try many.end()
        }
        try many.append("a".utf8)
        #expect(throws: ExtractionError.tooMuch(of: "pieces of text", max: AgentLimits.documentBlocksMax)) {
            try many.end()
        }
        var long = BlockCollector()
        let block = [UInt8](repeating: 0x61, count: AgentLimits.documentBlockBytesMax)
        for _ in 0..<AgentLimits.documentTextBytesMax / block.count {
            try long.append(block)
            try long.end()
        }
        try long.append("a".utf8)
        #expect(throws: ExtractionError.tooMuch(of: "bytes of text", max: AgentLimits.documentTextBytesMax)) {
            try long.end()
        }
        #expect(throws: ExtractionError.noText) { try BlockCollector().finish(.text, title: []) }
    }

    @Test func `of bytes that are no text stay within the bound of one`() throws {
        var collector = BlockCollector()
        try collector.append([UInt8](repeating: 0xFF, count: AgentLimits.documentBlockBytesMax))
        let document = try collector.finish(.text, title: [UInt8](repeating: 0xFF, count: 4096))
        #expect(document.blocks.allSatisfy { $0.text.count <= AgentLimits.documentBlockBytesMax })
        #expect(document.title.count <= AgentLimits.documentTitleBytesMax)
        #expect(try ExtractionMessage.decode(ExtractionMessage.encode(document)) == document)
    }
}

@Suite struct `what an extraction says` {
    private static let document = ExtractedText(
        kind: .pdf, title: Array("T".utf8),
        blocks: [
            .init(.heading(level: 6), page: 2, text: Array("H \"x\"".utf8)), .init(.paragraph, text: Array("P".utf8)),
            .init(.listItem, text: Array("L".utf8)), .init(.tableRow, page: 2000, text: Array("a | b".utf8)),
        ])

    @Test func `is read as it was said`() throws {
        #expect(try ExtractionMessage.decode(ExtractionMessage.encode(Self.document)) == Self.document)
    }

    @Test(arguments: [
        ExtractionError.empty, .tooLarge(bytesMax: 3), .unsupported(found: "x"), .wrongKind(found: "x", wanted: .pdf),
        .polyglot(found: "x"), .passwordProtected, .broken(reason: "x"), .tooMuch(of: "pages", max: 2), .noText,
        .tookTooLong, .tookTooMuch, .unavailable(reason: "x"),
    ]) func `is refused with its reason`(error: ExtractionError) {
        #expect(throws: error) { try ExtractionMessage.decode(ExtractionMessage.encode(error)) }
    }

    @Test(arguments: [
        "", "{}", "[]", #"{"kind":"pdf","title":"","blocks":[]}"#, #"{"kind":"xls","title":"","blocks":[{}]}"#,
        #"{"kind":"pdf","title":"","blocks":[{"type":"paragraph","text":""}]}"#,
        #"{"kind":"pdf","title":"","blocks":[{"type":"heading","level":7,"text":"a"}]}"#,
        #"{"kind":"pdf","title":"","blocks":[{"type":"paragraph","page":0,"text":"a"}]}"#,
        #"{"kind":"pdf","title":"","blocks":[{"type":"paragraph","text":"a","more":1}]}"#,
        #"{"kind":"pdf","title":"","blocks":[{"type":"paragraph","text":"\u0000"}]}"#,
        #"{"refused":"because"}"#, #"{"refused":"broken","what":""}"#, #"{"refused":"busy"}"#,
    ]) func `is not believed where it is not what an extraction says`(message: String) {
        #expect(throws: ExtractionError.tookTooMuch) { try ExtractionMessage.decode(Array(message.utf8)) }
    }

    @Test func `is cleaned by who reads it, for its writer may have been taken over`() throws {
        let message = #"{"kind":"text","title":"a\u202eb","blocks":[{"type":"paragraph","text":" a\u200b\nb "}]}"#
        let document = try ExtractionMessage.decode(Array(message.utf8))
        #expect(text(document.title) == "ab" && text(document.blocks[0].text) == "a b")
    }
}

@Suite struct `a PDF's lines` {
    private func line(
        _ words: String, size: Double = 10, at top: Double, isBold: Bool = false
    ) -> PDFLine {
        PDFLine(text: Array(words.utf8), fontSize: size, isBold: isBold, top: top, bottom: top + size)
    }

    private func blocks(_ pages: [[PDFLine]]) throws -> [String] {
        try PageLayout(pages).text(title: []).blocks.map { block in
            let kind =
                switch block.kind {
                case .heading(let level): "h\(level)"
                case .paragraph: "p"
                case .listItem: "li"
                case .tableRow: "tr"
                }
            return "\(kind)@\(block.page ?? 0) \(text(block.text))"
        }
    }

    @Test func `are headings where they are larger or bold, and paragraphs where no gap is between`() throws {
        let body = "a line of the text that is as long as such a line is"
        let found = try blocks([
            [
                line("Large", size: 20, at: 0), line(body, at: 40), line("and on.", at: 52), line("Apart.", at: 80),
                line("Smaller", size: 14, at: 110), line("Bold", at: 130, isBold: true), line(body, at: 145),
                line("• one", at: 170), line("• two", at: 182), line("goes on", at: 194),
            ]
        ])
        #expect(
            found == [
                "h1@1 Large", "p@1 \(body) and on.", "p@1 Apart.", "h2@1 Smaller", "h3@1 Bold", "p@1 \(body)",
                "li@1 one", "li@1 two goes on",
            ])
    }

    @Test func `go on over a page where their sentence does, without what stands on every page`() throws {
        let pages = (1...3).map { number in
            [
                line("The Bank", at: 0), line("a sentence \(number) that goes on-", at: 20), line("ward", at: 32),
                line("Page \(number)", at: 800),
            ]
        }
        #expect(
            try blocks(pages) == [
                "p@1 a sentence 1 that goes onward a sentence 2 that goes onward a sentence 3 that goes onward"
            ])
    }
}
