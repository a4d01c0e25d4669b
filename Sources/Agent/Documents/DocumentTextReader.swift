/// Reads the text of a document. In the gateway it is done in a process of its own (`TextExtractor`).
public protocol DocumentTextReader: Sendable {
    /// The text, UTF-8, never empty.
    /// - Throws: `ExtractionError`; `.noText` and `.unsupported` where there is none to read.
    func text(of bytes: [UInt8], as type: DocumentType) async throws(ExtractionError) -> [UInt8]
}

extension TextExtractor: DocumentTextReader {
    /// The text of a document whose type was found when it was taken.
    /// - Throws: `ExtractionError`
    public func text(of bytes: [UInt8], as type: DocumentType) async throws(ExtractionError) -> [UInt8] {
        guard let kind = type.extracted else { throw .unsupported(found: "an image") }
        return try await extract(bytes, as: kind).plain
    }
}

extension DocumentType {
    /// What its text is taken out as; nil where it has none. A table is text that a person could read as it is.
    var extracted: DocumentKind? { DocumentKind.named(byMediaType: mediaType) ?? (isText ? .text : nil) }
}
