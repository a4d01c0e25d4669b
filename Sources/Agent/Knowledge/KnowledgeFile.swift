internal import JSON

/// The knowledge file: `id,question,answer,category,variants` by RFC 4180, UTF-8.
///
/// ```csv
/// id,question,answer,category,variants
/// find_branch,How do I find the nearest branch?,"Choose Help, then Find a branch.",Branches,Where is the closest office?|Is there a branch in my town?
/// ```
struct KnowledgeFile {
    private(set) var passages: [Passage] = []
    private(set) var refused: [RefusedRow] = []
    private(set) var rowsRefused = 0
    private var lines: [[UInt8]: Int] = [:]

    static let columns: [StaticString] = ["id", "question", "answer", "category", "variants"]

    /// Reads the file. A wrong row is refused and the rest goes on; a wrong header, or too much of it, refuses the file.
    /// - Throws: `.knowledgeTooLarge`, `.knowledgeHeader`, `.knowledgeTooManyRows`, `.knowledgeWithoutRows`.
    init(_ bytes: [UInt8]) throws(AgentError) {
        guard bytes.count <= AgentLimits.knowledgeBytesMax else {
            throw .knowledgeTooLarge(bytesMax: AgentLimits.knowledgeBytesMax)
        }
        var reader = CSVReader(bytes, fieldBytesMax: AgentLimits.knowledgeFieldBytesMax)
        try Self.checkHeader(reader.next(), columns: Self.columns)
        var rows = 0
        while let record = reader.next() {
            rows += 1
            guard rows <= AgentLimits.knowledgeRowsMax else {
                throw .knowledgeTooManyRows(rowsMax: AgentLimits.knowledgeRowsMax)
            }
            take(record, line: reader.recordLine)
        }
        guard !passages.isEmpty else { throw .knowledgeWithoutRows(refused: refused) }
    }

    static func checkHeader(_ record: CSVReader.Record?, columns: [StaticString]) throws(AgentError) {
        var found = "no line"
        switch record {
        case .fields(let fields):
            if fields.elementsEqual(columns, by: { $0.isEqual(to: $1) }) { return }
            found = String(decoding: Array(fields.joined(separator: [UInt8(ascii: ",")]).prefix(128)), as: UTF8.self)
        case .broken: found = "a line with broken quotes"
        case nil: break
        }
        throw .knowledgeHeader(found: found, wanted: columns.map { "\($0)" }.joined(separator: ","))
    }

    private mutating func take(_ record: CSVReader.Record, line: Int) {
        let result: Result<Passage, Refusal> =
            switch record {
            case .broken(let reason): .failure(Refusal(reason: reason))
            case .fields(let fields): Result { () throws(Refusal) in try passage(fields) }
            }
        switch result {
        case .success(let passage):
            lines[passage.id] = line
            passages.append(passage)
        case .failure(let refusal):
            rowsRefused += 1
            guard refused.count < AgentLimits.refusedRowsListedMax else { return }
            refused.append(RefusedRow(line: line, reason: refusal.reason))
        }
    }

    private struct Refusal: Error { let reason: RefusedRow.Reason }

    private func passage(_ fields: [[UInt8]]) throws(Refusal) -> Passage {
        guard fields.count == Self.columns.count else {
            throw Refusal(reason: .columnCount(found: fields.count, wanted: Self.columns.count))
        }
        for (field, column) in zip(fields, Self.columns) { try Self.checkText(field, column) }
        let texts = fields.map(Self.trimmed)
        guard Identifier.accepts(texts[0], countRange: 1...AgentLimits.identifierBytesMax, punctuation: "-_.") else {
            throw Refusal(reason: .badID)
        }
        if let firstLine = lines[texts[0]] { throw Refusal(reason: .repeatedID(firstLine: firstLine)) }
        for index in 1...2 where texts[index].isEmpty {
            throw Refusal(reason: .empty(field: "\(Self.columns[index])"))
        }
        let variants = texts[4].split(separator: variantSeparator).map { Self.trimmed(Array($0)) }
            .filter { !$0.isEmpty }
        let variantsMax = AgentLimits.phrasingsPerRowMax - 1
        guard variants.count <= variantsMax else { throw Refusal(reason: .tooManyVariants(variantsMax: variantsMax)) }
        return Passage(id: texts[0], question: texts[1], answer: texts[2], category: texts[3], variants: variants)
    }

    private static func checkText(_ field: [UInt8], _ column: StaticString) throws(Refusal) {
        if let reason = fault(of: field, "\(column)") { throw Refusal(reason: reason) }
    }

    /// Why a field may not be taken; nil where it may.
    static func fault(of field: [UInt8], _ column: String) -> RefusedRow.Reason? {
        guard UTF8Validation.firstInvalid(in: field) == nil else { return .invalidUTF8(field: column) }
        // Tabs and line ends may stand in an answer; other control characters only ever hide something.
        let isClean = field.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
        return isClean ? nil : .controlCharacter(field: column)
    }

    static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 })
        else {
            return []
        }
        return Array(bytes[first...last])
    }
}
