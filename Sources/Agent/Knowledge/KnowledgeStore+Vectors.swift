internal import OpenSSL
internal import SQLite

extension KnowledgeStore {
    /// Examples, and vectors by what they are of: a model and a text. A row of `vectors` is good for ever, whatever version
    /// of the knowledge base needs it, so that an import makes those of new texts only.
    static let meaningSchema = """
        CREATE TABLE examples (number INTEGER PRIMARY KEY, passage TEXT NOT NULL, text TEXT NOT NULL) STRICT;
        CREATE TABLE vectors (
            model BLOB NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL, UNIQUE (model, text)) STRICT;
        """

    /// What `vectors` knows a text by.
    static func digest(of text: [UInt8]) -> [UInt8] { SHA256Digest(of: text).bytes }

    /// The vector of the text with this digest; nil where there is none, or one of another length.
    static func vector(
        _ database: Database, model: [UInt8], digest: [UInt8], dimensions: Int
    ) throws(SQLiteError) -> [Float]? {
        let bytes = try database.first(
            "SELECT vector FROM vectors WHERE model = ?1 AND text = ?2", [.blob(model), .blob(digest)]
        ) { $0.bytes(0) }
        guard let bytes, bytes.count == dimensions * 4 else { return nil }
        return floats(bytes)
    }

    /// Keeps a vector, in place of one that is there.
    static func keep(
        _ vector: [Float], _ database: Database, model: [UInt8], digest: [UInt8]
    ) throws(SQLiteError) {
        try database.run(
            "INSERT OR REPLACE INTO vectors VALUES (?1, ?2, ?3)", .blob(model), .blob(digest), .blob(bytes(vector)))
    }

    /// Forgets vectors that `digests` and `model` do not name, once they are more than those: texts of versions before, or
    /// another model's. Half of the table at least is in use afterwards.
    static func forgetVectors(
        _ database: Database, but digests: Set<[UInt8]>, of model: [UInt8]
    ) throws(SQLiteError) {
        let kept = try database.first("SELECT count(*) FROM vectors") { $0.integer(0) } ?? 0
        guard kept > 2 * Int64(digests.count) + Int64(AgentLimits.unusedVectorsMax) else { return }
        var unused: [Int64] = []
        try database.query("SELECT rowid, model, text FROM vectors") { row in
            if row.bytes(1) != model || !digests.contains(row.bytes(2)) { unused.append(row.integer(0)) }
        }
        for row in unused { try database.run("DELETE FROM vectors WHERE rowid = ?1", .integer(row)) }
    }

    /// Single precision, lowest byte first.
    static func bytes(_ vector: [Float]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(vector.count * 4)
        for number in vector {
            let pattern = number.bitPattern
            bytes.append(UInt8(truncatingIfNeeded: pattern))
            bytes.append(UInt8(truncatingIfNeeded: pattern >> 8))
            bytes.append(UInt8(truncatingIfNeeded: pattern >> 16))
            bytes.append(UInt8(truncatingIfNeeded: pattern >> 24))
        }
        return bytes
    }

    static func floats(_ bytes: [UInt8]) -> [Float] {
        var numbers: [Float] = []
        numbers.reserveCapacity(bytes.count / 4)
        for start in stride(from: 0, to: bytes.count - bytes.count % 4, by: 4) {
            let pattern =
                UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
                | UInt32(bytes[start + 3]) << 24
            numbers.append(Float(bitPattern: pattern))
        }
        return numbers
    }
}
