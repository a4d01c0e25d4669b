/// The kinds of documents that can be taken. Which of them are is configured.
public enum DocumentType: UInt8, CaseIterable, Sendable {
    case pdf = 1
    case docx = 2
    case text = 3
    case markdown = 4
    case html = 5
    case csv = 6
    case png = 7
    case jpeg = 8

    /// What settings call it: the usual ending of its files.
    public var name: String {
        switch self {
        case .pdf: "pdf"
        case .docx: "docx"
        case .text: "txt"
        case .markdown: "md"
        case .html: "html"
        case .csv: "csv"
        case .png: "png"
        case .jpeg: "jpeg"
        }
    }

    /// The endings of its files, the usual one first.
    var endings: [String] {
        switch self {
        case .text: ["txt", "text", "log"]
        case .markdown: ["md", "markdown"]
        case .html: ["html", "htm"]
        case .jpeg: ["jpg", "jpeg"]
        case .pdf, .docx, .csv, .png: [name]
        }
    }

    /// Its media type.
    public var mediaType: String {
        switch self {
        case .pdf: "application/pdf"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .text: "text/plain"
        case .markdown: "text/markdown"
        case .html: "text/html"
        case .csv: "text/csv"
        case .png: "image/png"
        case .jpeg: "image/jpeg"
        }
    }

    /// Whether its bytes are UTF-8 text that a person could read as it is.
    public var isText: Bool {
        switch self {
        case .text, .markdown, .html, .csv: true
        case .pdf, .docx, .png, .jpeg: false
        }
    }

    /// The type that settings call `name`.
    public init?(named name: String) {
        guard let type = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = type
    }

    /// The type whose media type is `essence`, in lower case and without parameters.
    public init?(mediaType essence: [UInt8]) {
        guard let type = Self.allCases.first(where: { essence.elementsEqual($0.mediaType.utf8) }) else { return nil }
        self = type
    }
}
