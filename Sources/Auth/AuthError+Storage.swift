internal import SQLite

// What became of a database of this module, with its mend.
extension AuthError {
    static func translating<Value>(
        _ path: String, _ body: () throws(SQLiteError) -> Value
    ) throws(AuthError) -> Value {
        do throws(SQLiteError) { return try body() } catch { throw AuthError(error, path) }
    }

    init(_ error: SQLiteError, _ path: String) {
        self =
            switch error.kind {
            case .corrupt: .damaged(path, error.description)
            case .busy: .storage(file: path, found: "another process holds it", mend: "try again")
            case .full: .storage(file: path, found: "the disk is full", mend: "make room; nothing was changed")
            case .cannotOpen, .constraint, .io, .other:
                .storage(file: path, found: error.description, mend: "let the gateway read and write it and its folder")
            }
    }

    static func damaged(_ path: String, _ found: String) -> AuthError {
        .storage(
            file: path, found: found,
            mend: "put a copy in its place; or move it away with its -wal and -shm, and do again what was in it")
    }
}
