internal import JSON

/// The file that `knowledge eval` reads: a `LabelledQuery` a line (JSON Lines), UTF-8. Empty lines are passed over.
struct LabelledQueryFile {
    /// Bytes of a file.
    static let bytesMax = 64 << 20
    /// Queries of a file, and the kinds that they may have.
    static let queriesMax = 100_000, kindsMax = 256

    /// A query and the line that it stands on, counted from 1.
    struct Row {
        let line: Int
        let query: LabelledQuery
    }

    /// In the order of the file; at least one.
    private(set) var rows: [Row] = []
    private let name: String

    /// Reads all of a file: one row that is wrong is enough that none is taken.
    /// - Parameter name: what failures call the file.
    /// - Throws: `CommandFailure` (65) with the line.
    init(_ bytes: [UInt8], name: String) throws(CommandFailure) {
        self.name = name
        var kinds: Set<[UInt8]> = []
        var (start, line) = (0, 0)
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            line += 1
            if end > start {
                let query = try self.query(Array(bytes[start..<end]), line: line)
                if let kind = query.kind { kinds.insert(kind) }
                rows.append(Row(line: line, query: query))
            }
            guard rows.count <= Self.queriesMax else {
                throw failure(line, "found more than \(Self.queriesMax) queries", mend: "split the file")
            }
            guard kinds.count <= Self.kindsMax else {
                throw failure(line, "found more than \(Self.kindsMax) kinds", mend: "use fewer")
            }
            start = end + 1
        }
        if rows.isEmpty {
            throw CommandFailure(.data, name, "found no query", mend: "wanted a JSON object a line")
        }
    }

    private func query(_ line: [UInt8], line number: Int) throws(CommandFailure) -> LabelledQuery {
        do throws(LabelledQuery.Fault) { return try LabelledQuery(line) } catch {
            throw failure(number, "found \(error.found)", mend: "wanted \(error.wanted)")
        }
    }

    /// Makes sure that each expected passage is one of those called `ids`: a query whose answer is not there would count as
    /// one that the search got wrong.
    /// - Throws: `CommandFailure` (65) with the line.
    func expect(_ ids: Set<[UInt8]>) throws(CommandFailure) {
        for row in rows {
            guard let expected = row.query.expectedID, !ids.contains(expected) else { continue }
            var quoted = JSONWriter()
            quoted.string(expected)
            throw failure(
                row.line, "found expected_id \(String(decoding: quoted.bytes, as: UTF8.self)), which no row has",
                mend: "wanted an id of knowledge list, or null for what must not be answered")
        }
    }

    private func failure(_ line: Int, _ what: String, mend: String) -> CommandFailure {
        CommandFailure(.data, "\(name):\(line)", what, mend: mend)
    }
}
