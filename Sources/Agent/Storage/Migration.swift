internal import SQLite

/// Brings a database's schema up to date by `PRAGMA user_version`: step n leads from version n to n + 1.
enum Migration {
    /// - Throws: `.schemaTooNew` where the file knows more steps than this program.
    static func migrate(_ database: Database, file: String, steps: [String]) throws(AgentError) {
        try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
            let version = try AgentError.translating { () throws(SQLiteError) in
                try database.first("PRAGMA user_version") { $0.integer(0) } ?? 0
            }
            let supported = Int64(steps.count)
            guard (0...supported).contains(version) else {
                throw .schemaTooNew(file: file, found: version, supported: supported)
            }
            try AgentError.translating { () throws(SQLiteError) in
                for step in steps.dropFirst(Int(version)) { try database.runScript(step) }
                if version < supported { try database.runScript("PRAGMA user_version=\(supported)") }
            }
        }
    }
}
