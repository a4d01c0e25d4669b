internal import Archive
internal import MD4C
internal import Poppler
internal import XML2

/// Takes the text out of one document, in this process: for the process of one extraction, which loads what the kind takes,
/// gives up all it can, and reads.
package enum DocumentReader {
    /// What a document is, by its content, and by what it is said to be where content cannot tell.
    /// - Throws: `.empty`, `.tooLarge`, `.unsupported`, `.wrongKind`, `.polyglot`.
    package static func kind(of bytes: [UInt8], as declared: DocumentKind?) throws(ExtractionError) -> DocumentKind {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= AgentLimits.documentBytesMax else {
            throw .tooLarge(bytesMax: AgentLimits.documentBytesMax)
        }
        let content = ContentKind(bytes)
        switch content {
        case .other(let found): throw .unsupported(found: found)
        case .polyglot(let found): throw .polyglot(found: found)
        case .pdf: return try agreed(.pdf, "a PDF", declared)
        case .zip: return try agreed(.docx, "a ZIP file", declared)
        // Markdown and text may begin as HTML does.
        case .html: return declared?.isPlain == true ? declared ?? .html : try agreed(.html, "HTML", declared)
        case .text:
            guard let declared else { return .text }
            guard declared.isPlain || declared == .html else { throw .wrongKind(found: "text", wanted: declared) }
            return declared
        }
    }

    private static func agreed(
        _ kind: DocumentKind, _ found: String, _ declared: DocumentKind?
    ) throws(ExtractionError) -> DocumentKind {
        guard let declared, declared != kind else { return kind }
        throw .wrongKind(found: found, wanted: declared)
    }

    /// Loads the library that documents of a kind are read with. Before the process is confined.
    /// - Throws: `.unavailable`.
    package static func prepare(for kind: DocumentKind) throws(ExtractionError) {
        switch kind {
        case .pdf:
            do { try PDFDocument.loadLibrary() } catch {
                throw missing(PDFDocument.libraryName, package: "libpoppler-glib8", "\(error)")
            }
        case .docx:
            do { try ArchiveLibrary.load() } catch {
                throw missing(ArchiveLibrary.name, package: "libarchive13", error.reason)
            }
            try loadXML()
        case .html: try loadXML()
        case .markdown:
            do { try MarkdownLibrary.load() } catch {
                throw missing(MarkdownLibrary.name, package: "libmd4c0", error.reason)
            }
        case .text: break
        }
    }

    private static func loadXML() throws(ExtractionError) {
        do { try XMLLibrary.load() } catch { throw missing(XMLLibrary.name, package: "libxml2", error.reason) }
    }

    private static func missing(_ library: String, package: String, _ reason: String) -> ExtractionError {
        .unavailable(reason: String("\(library) cannot be loaded (\(reason)); install \(package)".prefix(400)))
    }

    /// Reads a document of a kind that was prepared for.
    package static func read(_ bytes: [UInt8], as kind: DocumentKind) throws(ExtractionError) -> ExtractedText {
        switch kind {
        case .pdf: try PDFReader.read(bytes)
        case .docx: try WordReader.read(bytes)
        case .html: try HTMLReader.read(bytes)
        case .markdown: try MarkdownReader.read(bytes)
        case .text: try PlainTextReader.read(bytes)
        }
    }

    /// What the process of one extraction says: the text of `bytes`, or why there is none.
    /// - Parameter confine: gives up all that reading does not take; it is told nothing of the document.
    package static func message(
        for bytes: [UInt8], as declared: DocumentKind?, confine: () throws(ExtractionError) -> Void
    ) -> [UInt8] {
        do throws(ExtractionError) {
            let kind = try kind(of: bytes, as: declared)
            try prepare(for: kind)
            try confine()
            return ExtractionMessage.encode(try read(bytes, as: kind))
        } catch {
            return ExtractionMessage.encode(error)
        }
    }
}
