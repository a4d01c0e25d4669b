internal import CSQLite

/// A value that is bound to a parameter of a statement.
public enum SQLValue: Sendable {
    case null
    case integer(Int64)
    case double(Double)
    /// UTF-8. SQLite does not check it; pass only validated text.
    case text([UInt8])
    case blob([UInt8])
}

/// The current row of a running query, lent to the closure that reads it.
///
/// Safe because it can be neither copied nor kept: it ends before its statement steps on. Columns count from 0; one that
/// does not exist reads as NULL.
@safe public struct Row: ~Copyable {
    private let statement: OpaquePointer

    init(_ statement: OpaquePointer) { unsafe self.statement = statement }

    /// Whether column `index` is NULL.
    public func isNull(_ index: Int) -> Bool {
        unsafe sqlite3_column_type(statement, Int32(index)) == SQLITE_NULL
    }

    /// Column `index` as an integer; 0 for NULL.
    public func integer(_ index: Int) -> Int64 {
        unsafe sqlite3_column_int64(statement, Int32(index))
    }

    /// Column `index` as a number; 0 for NULL.
    public func double(_ index: Int) -> Double {
        unsafe sqlite3_column_double(statement, Int32(index))
    }

    /// A copy of column `index`'s bytes (text or blob); empty for NULL.
    public func bytes(_ index: Int) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(statement, Int32(index)) else { return [] }
        let count = unsafe Int(sqlite3_column_bytes(statement, Int32(index)))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
