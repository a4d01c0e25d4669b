internal import SQLite

extension KnowledgeStore {
    /// Replaces every example inside the caller's transaction. It belongs to the version that the transaction makes.
    static func replaceExamples(_ database: Database, with examples: [Example]) throws(SQLiteError) {
        try database.run("DELETE FROM examples")
        for (index, example) in examples.enumerated() {
            try database.run(
                "INSERT INTO examples VALUES (?1, ?2, ?3)", .integer(Int64(index + 1)), .text(example.passageID),
                .text(example.text))
        }
    }

    /// Every example in the order of its file, those of passages that are no longer there too.
    static func examples(_ database: Database) throws(SQLiteError) -> [Example] {
        var examples: [Example] = []
        try database.query("SELECT passage, text FROM examples ORDER BY number") { row in
            examples.append(Example(text: row.bytes(1), passageID: row.bytes(0)))
        }
        return examples
    }
}
