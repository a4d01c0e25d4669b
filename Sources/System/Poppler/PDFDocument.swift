internal import CPoppler

/// Why a PDF cannot be read.
public enum PDFError: Error, Equatable, Sendable {
    /// Poppler is not there or is another one; the reason is the loader's.
    case notLoaded(reason: String)
    /// It takes a password.
    case passwordProtected
    /// It is none, or too broken to be mended.
    case broken
}

/// A line of a page.
public struct PDFLine: Equatable, Sendable {
    /// UTF-8, as Poppler gives it.
    public let text: [UInt8]
    /// Size of the first letter in points.
    public let fontSize: Double
    /// Whether its font's name says that it is bold.
    public let isBold: Bool
    /// The place in points from the page's upper left corner.
    public let left: Double, top: Double, right: Double, bottom: Double

    /// A line from its parts.
    public init(
        text: [UInt8], fontSize: Double, isBold: Bool = false, left: Double = 0, top: Double, right: Double = 0,
        bottom: Double
    ) {
        self.text = text
        self.fontSize = fontSize
        self.isBold = isBold
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
    }
}

/// A PDF document in memory, by Poppler, which is loaded when it is first asked for.
///
/// `@safe`: it owns the document and a copy of the bytes that Poppler looks into, and frees both. For one thread.
@safe public final class PDFDocument {
    /// The library's name for the loader.
    public static let libraryName = "libpoppler-glib.so.8"

    private let bytes: UnsafeMutableRawPointer
    private let document: OpaquePointer

    /// Loads the library for good. For one thread, before the process is confined.
    public static func loadLibrary(_ name: String = libraryName) throws(PDFError) {
        var message = [CChar](repeating: 0, count: 512)
        guard unsafe pc_pdf_load(name, &message, message.count) == 0 else {
            let text = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw .notLoaded(reason: String(decoding: text, as: UTF8.self))
        }
    }

    private init(_ document: OpaquePointer, _ bytes: UnsafeMutableRawPointer) {
        unsafe self.document = document
        unsafe self.bytes = bytes
    }

    deinit {
        unsafe pc_pdf_close(document)
        unsafe bytes.deallocate()
    }

    /// Opens a document. No password is tried.
    /// - Precondition: the library is loaded.
    public static func open(_ content: [UInt8]) throws(PDFError) -> PDFDocument {
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, content.count), alignment: 16)
        unsafe content.withUnsafeBytes { content in
            if let start = content.baseAddress { unsafe copy.copyMemory(from: start, byteCount: content.count) }
        }
        var status: Int32 = 0
        guard let document = unsafe pc_pdf_open(copy, content.count, &status) else {
            unsafe copy.deallocate()
            throw status == Int32(pc_pdf_is_encrypted.rawValue) ? .passwordProtected : .broken
        }
        return unsafe PDFDocument(document, copy)
    }

    /// Pages, 0 and up.
    public var pageCount: Int { max(0, Int(unsafe pc_pdf_pages(document))) }

    /// The title that the document gives itself.
    public var title: [UInt8]? {
        guard let text = unsafe pc_pdf_title(document) else { return nil }
        defer { unsafe pc_pdf_free_text(text) }
        return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    }

    /// The lines of a page in reading order; nil where it cannot be read.
    /// - Parameter index: from 0.
    public func lines(ofPage index: Int) -> [PDFLine]? {
        guard let page = unsafe pc_pdf_page_read(document, Int32(clamping: index)) else { return nil }
        defer { unsafe pc_pdf_page_free(page) }
        var lines: [PDFLine] = []
        for number in 0..<(unsafe pc_pdf_page_lines(page)) {
            let raw = unsafe pc_pdf_page_line(page, number)
            lines.append(
                unsafe PDFLine(
                    text: Array(UnsafeRawBufferPointer(start: raw.text, count: raw.size)), fontSize: raw.font_size,
                    isBold: raw.is_bold == 1, left: raw.left, top: raw.top, right: raw.right, bottom: raw.bottom))
        }
        return lines
    }
}
