internal import OpenSSL

/// A knowledge base in the making: what CSV files and documents give, put together before any of it is in force.
package struct KnowledgeDraft: Sendable {
    /// The passages so far, in the order in which they came.
    package private(set) var passages: [Passage] = []
    /// Pieces of documents whose text was there already.
    package private(set) var duplicates = 0
    private var ids: [[UInt8]: [UInt8]] = [:]
    private var texts: Set<SHA256Digest> = []

    /// Nothing yet.
    package init() {}

    /// What a CSV file gave.
    package struct Rows: Sendable {
        /// Rows that were taken.
        package let taken: Int
        /// The first refused rows, and all of them by number.
        package let refused: [RefusedRow], rowsRefused: Int
        /// Rows whose id another file has, which came first: the id and that file.
        package let repeated: [(id: [UInt8], file: [UInt8])]
    }

    /// Adds the rows of a CSV file (`knowledge/README.md`).
    /// - Throws: `.knowledgeTooLarge`, `.knowledgeHeader`, `.knowledgeTooManyRows`, `.knowledgeWithoutRows`.
    package mutating func add(csv: [UInt8], from file: [UInt8]) throws(AgentError) -> Rows {
        let rows = try KnowledgeFile(csv)
        var repeated: [(id: [UInt8], file: [UInt8])] = []
        for passage in rows.passages {
            if let first = ids[passage.id] { repeated.append((passage.id, first)) } else { try add(passage, file) }
        }
        return Rows(
            taken: rows.passages.count - repeated.count, refused: rows.refused, rowsRefused: rows.rowsRefused,
            repeated: repeated)
    }

    /// Adds the pieces of a document.
    /// - Parameter path: its path within what is imported.
    /// - Returns: how many passages were new.
    /// - Throws: `.knowledgeTooManyRows`.
    package mutating func add(_ text: ExtractedText, from path: [UInt8]) throws(AgentError) -> Int {
        let before = passages.count
        for passage in PassageChunker.passages(of: text, path: path) {
            // The same words in two places are one passage: two would only take each other's rank.
            guard texts.insert(SHA256Digest(of: passage.answer)).inserted, ids[passage.id] == nil else {
                duplicates += 1
                continue
            }
            try add(passage, path)
        }
        return passages.count - before
    }

    private mutating func add(_ passage: Passage, _ file: [UInt8]) throws(AgentError) {
        guard passages.count < AgentLimits.knowledgeRowsMax else {
            throw .knowledgeTooManyRows(rowsMax: AgentLimits.knowledgeRowsMax)
        }
        ids[passage.id] = file
        passages.append(passage)
    }
}
