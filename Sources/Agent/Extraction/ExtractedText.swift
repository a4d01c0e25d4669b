/// A document's text, in the order in which a person reads it.
public struct ExtractedText: Equatable, Sendable {
    /// A piece of a document.
    public struct Block: Equatable, Sendable {
        /// What it is to a reader.
        public enum Kind: Equatable, Sendable {
            /// A heading of level 1 to 6.
            case heading(level: Int)
            case paragraph, listItem
            /// A row of a table: its cells with ` | ` between.
            case tableRow
        }

        /// What it is.
        public let kind: Kind
        /// The page that it begins on, from 1; nil where the format has none.
        public let page: Int?
        /// UTF-8 in one line, without control, invisible and bidirectional characters; never empty.
        public let text: [UInt8]

        package init(_ kind: Kind, page: Int? = nil, text: [UInt8]) {
            self.kind = kind
            self.page = page
            self.text = text
        }
    }

    /// What kind of document it was.
    public let kind: DocumentKind
    /// The title that the document gives itself; may be empty.
    public let title: [UInt8]
    /// The pieces; never none.
    public let blocks: [Block]

    package init(kind: DocumentKind, title: [UInt8], blocks: [Block]) {
        self.kind = kind
        self.title = title
        self.blocks = blocks
    }

    /// All text, a line for each block.
    public var plain: [UInt8] { Array(blocks.map(\.text).joined(separator: [0x0A])) }
}
