internal import CSQLite

/// A prepared statement. Its database finalises it by letting go of it before closing.
@safe final class Statement {
    private let pointer: OpaquePointer
    private let database: OpaquePointer

    init(_ sql: String, in database: OpaquePointer) throws(SQLiteError) {
        var prepared: OpaquePointer?
        let result = unsafe sqlite3_prepare_v3(
            database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard result == SQLITE_OK, let prepared = unsafe prepared else {
            throw unsafe Database.error(result, in: database)
        }
        unsafe pointer = prepared
        unsafe self.database = database
    }

    deinit { unsafe sqlite3_finalize(pointer) }

    /// Runs from the start to the end, handing each row to `row` until it returns false.
    func run(
        _ values: [SQLValue], row: (borrowing Row) throws(SQLiteError) -> Bool
    ) throws(SQLiteError) {
        defer {
            unsafe sqlite3_reset(pointer)
            unsafe sqlite3_clear_bindings(pointer)
        }
        for (index, value) in values.enumerated() { try bind(value, at: Int32(index + 1)) }
        while true {
            let result = unsafe sqlite3_step(pointer)
            switch result {
            case SQLITE_ROW: if try !row(unsafe Row(pointer)) { return }
            case SQLITE_DONE: return
            default: throw unsafe Database.error(result, in: database)
            }
        }
    }

    private func bind(_ value: SQLValue, at index: Int32) throws(SQLiteError) {
        let result =
            switch value {
            case .null: unsafe sqlite3_bind_null(pointer, index)
            case .integer(let integer): unsafe sqlite3_bind_int64(pointer, index, integer)
            case .double(let double): unsafe sqlite3_bind_double(pointer, index, double)
            case .text(let bytes): bindText(bytes, at: index)
            case .blob(let bytes): bindBlob(bytes, at: index)
            }
        guard result == SQLITE_OK else { throw unsafe Database.error(result, in: database) }
    }

    /// SQLite takes a null address for NULL, so that the empty text needs an address of its own.
    private func bindText(_ bytes: [UInt8], at index: Int32) -> Int32 {
        guard !bytes.isEmpty else { return unsafe sqlite3_bind_text(pointer, index, "", 0, nil) }
        return unsafe bytes.withUnsafeBytes {
            unsafe sqlite3_bind_text64(
                pointer, index, $0.bindMemory(to: CChar.self).baseAddress, UInt64($0.count), pc_sqlite_transient(),
                UInt8(SQLITE_UTF8))
        }
    }

    private func bindBlob(_ bytes: [UInt8], at index: Int32) -> Int32 {
        guard !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(pointer, index, 0) }
        return unsafe bytes.withUnsafeBytes {
            unsafe sqlite3_bind_blob64(pointer, index, $0.baseAddress, UInt64($0.count), pc_sqlite_transient())
        }
    }
}
