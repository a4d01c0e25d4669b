internal import JSON

/// The file of examples: `text,category` by RFC 4180, UTF-8, where the category is the id of a passage.
///
/// ```csv
/// text,category
/// where is the closest office of yours,find_branch
/// ```
struct ExampleFile {
    private(set) var examples: [Example] = []
    private(set) var refused: [RefusedRow] = []
    private(set) var rowsRefused = 0
    private let ids: Set<[UInt8]>
    private var seen: Set<Example> = []

    private static let columns: [StaticString] = ["text", "category"]

    /// Reads the file. A wrong row is refused and the rest goes on; a wrong header, or too much of it, refuses the file. A row
    /// that stands there twice is taken once.
    /// - Parameter ids: of the passages that examples may belong to.
    /// - Throws: `.knowledgeTooLarge`, `.knowledgeHeader`, `.knowledgeTooManyRows`.
    init(_ bytes: [UInt8], ids: Set<[UInt8]>) throws(AgentError) {
        guard bytes.count <= AgentLimits.examplesBytesMax else {
            throw .knowledgeTooLarge(bytesMax: AgentLimits.examplesBytesMax)
        }
        self.ids = ids
        var reader = CSVReader(bytes, fieldBytesMax: AgentLimits.exampleBytesMax)
        try KnowledgeFile.checkHeader(reader.next(), columns: Self.columns)
        var rows = 0
        while let record = reader.next() {
            rows += 1
            guard rows <= AgentLimits.examplesMax else {
                throw .knowledgeTooManyRows(rowsMax: AgentLimits.examplesMax)
            }
            take(record, line: reader.recordLine)
        }
    }

    private mutating func take(_ record: CSVReader.Record, line: Int) {
        let reason: RefusedRow.Reason?
        switch record {
        case .broken(let broken): reason = broken
        case .fields(let fields): reason = take(fields)
        }
        guard let reason else { return }
        rowsRefused += 1
        guard refused.count < AgentLimits.refusedRowsListedMax else { return }
        refused.append(RefusedRow(line: line, reason: reason))
    }

    /// - Returns: why the row is refused.
    private mutating func take(_ fields: [[UInt8]]) -> RefusedRow.Reason? {
        guard fields.count == Self.columns.count else {
            return .columnCount(found: fields.count, wanted: Self.columns.count)
        }
        for (field, column) in zip(fields, Self.columns) {
            if let reason = KnowledgeFile.fault(of: field, "\(column)") { return reason }
        }
        let text = KnowledgeFile.trimmed(fields[0])
        let id = KnowledgeFile.trimmed(fields[1])
        guard !text.isEmpty else { return .empty(field: "text") }
        guard ids.contains(id) else { return .unknownID }
        let example = Example(text: text, passageID: id)
        if seen.insert(example).inserted { examples.append(example) }
        return nil
    }
}
