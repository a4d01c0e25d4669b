/// What kinds of document text is taken out of.
public enum DocumentKind: String, Sendable, CaseIterable {
    case pdf, docx, html, markdown, text

    /// Kinds by the end of a file's name, in lower case, without the dot.
    public static func named(byExtension name: String) -> DocumentKind? {
        switch name.lowercased() {
        case "pdf": .pdf
        case "docx": .docx
        case "html", "htm", "xhtml": .html
        case "md", "markdown": .markdown
        case "txt", "text": .text
        default: nil
        }
    }

    /// Kinds by media type, without parameters.
    public static func named(byMediaType type: String) -> DocumentKind? {
        switch type.lowercased() {
        case "application/pdf": .pdf
        case "application/vnd.openxmlformats-officedocument.wordprocessingml.document": .docx
        case "text/html", "application/xhtml+xml": .html
        case "text/markdown": .markdown
        case "text/plain": .text
        default: nil
        }
    }

    /// Whether its bytes are text that a person could read as it is.
    var isPlain: Bool { self == .markdown || self == .text }
}

/// What a file's first bytes say of it.
enum ContentKind: Equatable {
    case pdf, zip, html
    /// Text, whose kind only its author knows.
    case text
    /// What no text is taken out of, in words.
    case other(String)
    /// Two kinds at once: the second in words.
    case polyglot(String)

    /// Tells by the magic numbers that the formats' standards name. A file that two programs would take for two different
    /// things is neither: what was looked at must be what is shown.
    init(_ bytes: [UInt8]) {
        if bytes.starts(with: Self.pdfMark) {
            self = Self.endsAsZip(bytes) ? .polyglot("a PDF that is a ZIP file as well") : .pdf
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            // Readers of PDF look for its mark in the first 1,024 bytes.
            self =
                Self.contains(Self.pdfMark, in: bytes.prefix(1024))
                ? .polyglot("a ZIP file that is a PDF as well") : .zip
        } else if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            self = .other("an old or an encrypted Office file")
        } else if let known = Self.known.first(where: { bytes.starts(with: $0.mark) }) {
            self = .other(known.name)
        } else if bytes.contains(0) {
            self = .other("binary data")
        } else if Self.contains(Self.pdfMark, in: bytes.prefix(1024)) {
            self = .polyglot("text with a PDF in it")
        } else {
            self = Self.startsAsHTML(bytes) ? .html : .text
        }
    }

    private static let pdfMark = Array("%PDF-".utf8)

    private static let known: [(mark: [UInt8], name: String)] = [
        ([0x7F, 0x45, 0x4C, 0x46], "a program"), ([0x4D, 0x5A], "a program"), ([0x89, 0x50, 0x4E, 0x47], "an image"),
        ([0xFF, 0xD8, 0xFF], "an image"), (Array("GIF8".utf8), "an image"), ([0x1F, 0x8B], "compressed data"),
        (Array("{\\rtf".utf8), "an RTF file"), (Array("Rar!".utf8), "an archive"),
        ([0x37, 0x7A, 0xBC, 0xAF], "an archive"),
        (Array("#!".utf8), "a script"),
    ]

    /// The end of a ZIP file's directory is within its last 65,557 bytes, whatever stands before.
    private static func endsAsZip(_ bytes: [UInt8]) -> Bool {
        contains([0x50, 0x4B, 0x05, 0x06], in: bytes.suffix(65_557))
    }

    /// A document type, or an element that only a page begins with (WHATWG MIME Sniffing §7.1).
    private static func startsAsHTML(_ bytes: [UInt8]) -> Bool {
        var rest = bytes.prefix(4096)
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        let head = rest.drop { $0 <= 0x20 }.prefix(16).map { $0 | ($0 >= 0x41 && $0 <= 0x5A ? 0x20 : 0) }
        return ["<!doctype html", "<html", "<head", "<body", "<?xml"].contains { head.starts(with: $0.utf8) }
    }

    static func contains(_ mark: [UInt8], in bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = mark.first, bytes.count >= mark.count else { return false }
        var start = bytes.startIndex
        while start + mark.count <= bytes.endIndex, let found = bytes[start...].firstIndex(of: first),
            found + mark.count <= bytes.endIndex
        {
            if bytes[found..<(found + mark.count)].elementsEqual(mark) { return true }
            start = found + 1
        }
        return false
    }
}
