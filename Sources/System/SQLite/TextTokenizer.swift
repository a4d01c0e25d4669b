internal import CSQLite

/// Cuts text into terms exactly as an FTS5 table does (sqlite.org/fts5.html §4.3), so that what is computed beside the
/// index agrees with it. Used by one thread at a time.
///
/// Safe because it owns the tokeniser, keeps the connection that lent its methods, and hands out copies only.
@safe public final class TextTokenizer {
    private let methods: fts5_tokenizer
    private let pointer: OpaquePointer
    private let database: Database

    private init(methods: fts5_tokenizer, adopting pointer: OpaquePointer, keeping database: Database) {
        self.methods = methods
        unsafe self.pointer = pointer
        self.database = database
    }

    deinit { unsafe methods.xDelete?(pointer) }

    static func make(
        _ name: String, _ arguments: [String], of api: UnsafeMutablePointer<fts5_api>, keeping database: Database
    ) throws(SQLiteError) -> TextTokenizer {
        var methods = fts5_tokenizer()
        var user: UnsafeMutableRawPointer?
        let found = unsafe api.pointee.xFindTokenizer?(api, name, &user, &methods)
        guard found == SQLITE_OK else {
            throw SQLiteError(code: found ?? SQLITE_ERROR, message: "no FTS5 tokeniser \(name)")
        }
        var pointer: OpaquePointer?
        let created = unsafe withCStrings(arguments) { strings in
            unsafe methods.xCreate?(user, strings.baseAddress, Int32(strings.count), &pointer)
        }
        guard created == SQLITE_OK, let pointer = unsafe pointer else {
            throw SQLiteError(code: created ?? SQLITE_ERROR, message: "FTS5 refused tokeniser \(name)'s arguments")
        }
        return unsafe TextTokenizer(methods: methods, adopting: pointer, keeping: database)
    }

    /// The first `limit` terms of `text`, in order.
    public func terms(of text: [UInt8], limit: Int = Int.max) -> [[UInt8]] {
        guard !text.isEmpty else { return [] }
        var collected = Collected(limit: limit)
        unsafe text.withUnsafeBytes { bytes in
            let start = unsafe bytes.bindMemory(to: CChar.self).baseAddress
            unsafe withUnsafeMutablePointer(to: &collected) { context in
                _ = unsafe methods.xTokenize?(
                    pointer, context, FTS5_TOKENIZE_DOCUMENT, start, Int32(bytes.count), collectTerm)
            }
        }
        return collected.terms
    }

    private static func withCStrings<Value>(
        _ strings: [String], _ body: (UnsafeMutableBufferPointer<UnsafePointer<CChar>?>) -> Value
    ) -> Value {
        var bytes: [CChar] = []
        var starts: [Int] = []
        for string in strings {
            starts.append(bytes.count)
            bytes.append(contentsOf: string.utf8CString)
        }
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            var pointers: [UnsafePointer<CChar>?] = unsafe starts.map { start in
                unsafe buffer.baseAddress.map { unsafe $0 + start }
            }
            return unsafe pointers.withUnsafeMutableBufferPointer { unsafe body($0) }
        }
    }
}

private struct Collected {
    var terms: [[UInt8]] = []
    let limit: Int
}

private func collectTerm(
    context: UnsafeMutableRawPointer?, flags: Int32, term: UnsafePointer<CChar>?, count: Int32, start: Int32, end: Int32
) -> Int32 {
    guard let context = unsafe context, let term = unsafe term else { return SQLITE_ERROR }
    let collected = unsafe context.assumingMemoryBound(to: Collected.self)
    guard unsafe collected.pointee.terms.count < collected.pointee.limit else { return SQLITE_DONE }
    unsafe collected.pointee.terms.append(Array(UnsafeRawBufferPointer(start: term, count: Int(count))))
    return SQLITE_OK
}
