internal import Agent

/// `portcullis knowledge versions` and `knowledge rollback`.
extension KnowledgeCommands {
    /// The versions that are kept, the newest first: a line each, with its end.
    /// - Throws: `CommandFailure`: 66 where there is no database, 74, 75.
    public static func versions(database: String) async throws(CommandFailure) -> [[UInt8]] {
        let base = try openExisting(database)
        do throws(AgentError) {
            let versions = try await base.versions()
            return versions.enumerated().map { index, version in
                // The oldest that is the same says what a rollback went back to.
                let same = versions.last { $0.digest == version.digest && $0.version < version.version }
                let note = (index == 0 ? "  in force" : "") + (same.map { "  the same as \($0.version)" } ?? "")
                let moment = Timestamp.text(microseconds: version.created * 1_000_000).prefix(19)
                return Array("\(version.version)  \(moment)Z  \(version.passages) passages\(note)\n".utf8)
            }
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }

    /// Puts an earlier version in force again.
    /// - Parameter version: one that is kept; nil for the one before that in force.
    /// - Returns: what it did, in a line.
    /// - Throws: `CommandFailure`: 66, 69 where there is no such version, 74, 75.
    public static func rollBack(database: String, to version: Int64?) async throws(CommandFailure) -> String {
        let base = try openExisting(database)
        do throws(AgentError) {
            let done = try await base.rollBack(to: version)
            let changes = done.changes
            return "version \(done.version) is version \(done.of) again: \(changes.added) added, "
                + "\(changes.changed) changed, \(changes.unchanged) unchanged, \(changes.removed) removed"
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }
}
