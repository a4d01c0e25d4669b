/// What an import took and what it refused.
public struct ImportReport: Equatable, Sendable {
    /// The knowledge base's version that holds the rows: 1 for the first, one more for each after it.
    public internal(set) var version: Int64
    /// Rows in force now.
    public let rowsTaken: Int
    /// The first refused rows, at most `AgentLimits.refusedRowsListedMax`, in the order of the file.
    public internal(set) var refused: [RefusedRow]
    /// All refused rows.
    public internal(set) var rowsRefused: Int
    /// Texts that a model is there for and that have no vector yet. Until they have, the search goes by words alone.
    public internal(set) var textsWithoutVector = 0
    /// Why their vectors could not be made.
    public internal(set) var embeddingFailure: AgentError?
    /// What became of the examples; nil where none were given.
    public internal(set) var examples: Examples?

    /// Examples that were taken and refused.
    public struct Examples: Equatable, Sendable {
        /// Examples in force now.
        public let taken: Int
        /// The first refused rows, at most `AgentLimits.refusedRowsListedMax`, in the order of the file.
        public let refused: [RefusedRow]
        /// All refused rows.
        public let rowsRefused: Int
    }
}

/// A row that an import left out.
public struct RefusedRow: Equatable, Sendable {
    /// What is wrong with it.
    public enum Reason: Equatable, Sendable {
        case brokenQuotes
        case columnCount(found: Int, wanted: Int)
        case fieldTooLong(bytesMax: Int)
        case invalidUTF8(field: String)
        case controlCharacter(field: String)
        case badID
        case repeatedID(firstLine: Int)
        case empty(field: String)
        case tooManyVariants(variantsMax: Int)
        case unknownID
    }

    /// The line of the file on which the row begins, counted from 1.
    public let line: Int
    /// Why.
    public let reason: Reason

    /// One sentence for a person, without the line. It holds nothing of the row's content.
    public var message: String { reason.message }
}

extension RefusedRow.Reason {
    /// One sentence for a person. It holds nothing of the row's content.
    package var message: String {
        switch self {
        case .brokenQuotes:
            "a quote is not closed or stands where none may be; quote the whole field and double quotes inside it"
        case .columnCount(let found, let wanted): "found \(found) columns, wanted \(wanted)"
        case .fieldTooLong(let bytesMax): "a field is longer than \(bytesMax) bytes"
        case .invalidUTF8(let field): "\(field) is not valid UTF-8"
        case .controlCharacter(let field): "\(field) has a control character"
        case .badID: "id must be 1 to \(AgentLimits.identifierBytesMax) of A-Z a-z 0-9 - _ ."
        case .repeatedID(let firstLine): "id is the same as on line \(firstLine)"
        case .empty(let field): "\(field) is empty"
        case .tooManyVariants(let variantsMax): "more than \(variantsMax) variants"
        case .unknownID: "category must be the id of a row of the knowledge base"
        }
    }
}
