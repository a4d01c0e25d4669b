/// Decides by the content of a document whether it is taken, and as what. It reads nothing and knows no library: what
/// libmagic says of the bytes comes with them.
public enum DocumentInspector {
    /// Looks at a document.
    /// - Parameters:
    ///   - declared: the sender's media type in lower case, without parameters; nil, or `application/octet-stream`, where the
    ///     sender does not know.
    ///   - sniffed: libmagic's media type.
    ///   - allowed: what is taken.
    /// - Throws: `DocumentRefusal`
    public static func inspect(
        _ bytes: [UInt8], declared: [UInt8]?, sniffed: String, allowed: Set<DocumentType>
    ) throws(DocumentRefusal) -> InspectedContent {
        // No kind's standard knows an empty document, whatever the other witness calls it.
        guard !bytes.isEmpty else { throw .typeNotAllowed }
        let kind = try kind(of: bytes, sniffed: sniffed)
        let type = try type(of: kind, declared: declared)
        guard allowed.contains(type) else { throw .typeNotAllowed }
        switch kind {
        case .pdf: try PDFRules.check(bytes)
        case .zip: try DOCXRules.check(bytes)
        case .png, .jpeg: try ImageRules.check(bytes, isPNG: kind == .png)
        case .text, .html: try TextRules.check(bytes)
        }
        if kind != .zip { try refuseArchive(at: bytes) }
        if !type.isText, kind != .pdf { try refusePDF(in: bytes) }
        if !type.isText { try refuseMarkup(in: bytes) }
        return InspectedContent(bytes, type)
    }

    /// What the bytes are, as two witnesses agree: libmagic, and the signature that each kind's standard names.
    private enum Kind: Hashable { case pdf, zip, png, jpeg, text, html }

    private static func kind(of bytes: [UInt8], sniffed: String) throws(DocumentRefusal) -> Kind {
        let signature: Kind? =
            if bytes.starts(with: "%PDF-".utf8) { .pdf } else if bytes.starts(with: ZipDirectory.localSignature) {
                .zip
            } else if bytes.starts(with: ImageRules.pngSignature) {
                .png
            } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
                .jpeg
            } else { nil }
        switch (signature, sniffed) {
        case (.pdf, "application/pdf"): return .pdf
        case (.png, "image/png"): return .png
        case (.jpeg, "image/jpeg"): return .jpeg
        // Which kind of archive libmagic says depends on the order of its first files; the directory decides.
        case (.zip, "application/zip"), (.zip, "application/octet-stream"),
            (.zip, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"):
            return .zip
        // Word's older files, and encrypted ones, are compound documents.
        case (nil, "application/CDFV2"), (nil, "application/x-ole-storage"), (nil, "application/msword"):
            throw .typeNotAllowed
        case (nil, "text/html"): return .html
        case (nil, _) where sniffed.hasPrefix("text/") || textLike.contains(sniffed): return .text
        case (.some, _): throw .polyglot
        case (nil, _): throw .typeNotAllowed
        }
    }

    /// What libmagic calls texts that look like something; their bytes are checked to be text.
    private static let textLike: Set<String> = [
        "application/json", "application/csv", "application/javascript", "application/x-ndjson", "message/rfc822",
        "application/x-wine-extension-ini", "application/x-setupscript",
    ]

    private static func type(of kind: Kind, declared: [UInt8]?) throws(DocumentRefusal) -> DocumentType {
        guard let declared, !declared.elementsEqual("application/octet-stream".utf8) else {
            return switch kind {
            case .pdf: .pdf
            case .zip: .docx
            case .png: .png
            case .jpeg: .jpeg
            case .text: .text
            case .html: .html
            }
        }
        guard let type = DocumentType(mediaType: declared) else { throw .typeNotAllowed }
        switch (kind, type) {
        case (.pdf, .pdf), (.zip, .docx), (.png, .png), (.jpeg, .jpeg), (.html, .html), (.text, .text),
            (.text, .markdown), (.text, .csv), (.text, .html), (.html, .markdown):
            // Markdown may begin with HTML, and HTML without a tag that libmagic knows.
            return type
        case (_, _): throw .typeMismatch
        }
    }

    // MARK: Second kinds

    /// Readers of archives look from the end: one is found behind anything.
    private static func refuseArchive(at bytes: [UInt8]) throws(DocumentRefusal) {
        guard ZipDirectory.endRecord(of: bytes) == nil else { throw .polyglot }
    }

    /// Readers of PDF take what begins with its mark within the first kilobyte.
    private static func refusePDF(in bytes: [UInt8]) throws(DocumentRefusal) {
        guard !ByteRun.contains("%PDF-", in: bytes.prefix(AgentLimits.leadingBytes)) else { throw .polyglot }
    }

    /// A browser that guesses would take it for a page, or a server for a program.
    private static func refuseMarkup(in bytes: [UInt8]) throws(DocumentRefusal) {
        let lead = bytes.prefix(AgentLimits.leadingBytes).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        for mark: StaticString in ["<html", "<script", "<!doctype html", "<?php", "<svg"]
        where ByteRun.contains(mark, in: lead[...]) {
            throw .polyglot
        }
    }
}

/// Searches for runs of bytes.
enum ByteRun {
    /// Whether the ASCII of `text` stands in `bytes`.
    static func contains(_ text: StaticString, in bytes: ArraySlice<UInt8>) -> Bool {
        first(text, in: bytes) != nil
    }

    /// Where the ASCII of `text` stands first.
    static func first(_ text: StaticString, in bytes: ArraySlice<UInt8>) -> Int? {
        let wanted = Array("\(text)".utf8)
        guard let first = wanted.first else { return nil }
        var start = bytes.startIndex
        while let found = bytes[start...].firstIndex(of: first) {
            if bytes[found...].starts(with: wanted) { return found }
            start = found + 1
        }
        return nil
    }
}
