/// The document, and the page of it, that a passage is a piece of.
public struct PassageSource: Hashable, Sendable {
    /// Its path within what was imported, such as `cards/fees.pdf`: UTF-8, 1 to `AgentLimits.sourceBytesMax` bytes.
    public let document: [UInt8]
    /// The page on which the piece begins, from 1; nil where the format has none.
    public let page: Int?

    package init(document: [UInt8], page: Int? = nil) {
        self.document = document
        self.page = page
    }

    /// As a citation names it: `cards/fees.pdf, page 3`.
    public var text: [UInt8] { document + (page.map { Array(", page \($0)".utf8) } ?? []) }
}
