package import Audit
internal import SQLite

/// An index of a log in SQLite, so that a search need not read everything. It is made from the log and never believed: each
/// hit is read back from the log's own line.
package final class LogIndex<Disk: Storage> {
    private let database: Database
    private let disk: Disk
    /// The first record that the index did not have when it was opened.
    private var begin: UInt64 = 0

    private static var version: Int64 { 1 }
    private static var recordsPerCommit: Int { 10_000 }
    private static var schema: String {
        """
        CREATE TABLE log (genesis TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;
        CREATE TABLE records (
            seq INTEGER PRIMARY KEY, segment TEXT NOT NULL, offset INTEGER NOT NULL, time TEXT NOT NULL,
            type TEXT NOT NULL, request TEXT, path TEXT, route TEXT, result TEXT, reason TEXT) STRICT;
        CREATE INDEX by_request ON records (request) WHERE request IS NOT NULL;
        CREATE INDEX by_time ON records (time);
        CREATE INDEX by_reason ON records (reason, seq);
        CREATE TABLE principals (name TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (name, seq))
            STRICT, WITHOUT ROWID;
        CREATE TABLE redactions (type TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (type, seq))
            STRICT, WITHOUT ROWID;
        PRAGMA user_version = 1;
        """
    }

    /// Opens the index in the file at `path`, makes it where there is none, and brings it up to the log's last record.
    /// - Parameter progress: told the bytes read and the bytes there are.
    /// - Throws: `EvidenceError`. An index that is of another log or does not fit this one is made anew.
    package init(
        _ path: String, of disk: Disk, progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(EvidenceError) {
        self.disk = disk
        do throws(SQLiteError) { database = try Database.open(path, access: .readWrite) } catch {
            throw EvidenceError.index(path: path, detail: error.message)
        }
        do throws(SQLiteError) {
            let next = try fittingSize()
            if next == nil { try empty() }
            begin = next ?? 0
        } catch {
            throw .index(path: path, detail: error.message)
        }
        try extend(progress)
    }

    /// Where the index ends, if it is one of this log: its last record stands there with the same hash.
    private func fittingSize() throws(SQLiteError) -> UInt64? {
        guard try database.first("PRAGMA user_version", row: { $0.integer(0) }) == Self.version else { return nil }
        let last = try database.first("SELECT genesis, seq, hash FROM log") {
            (genesis: $0.bytes(0), seq: $0.integer(1), hash: $0.bytes(2))
        }
        guard let last, let place = try place(of: last.seq), let genesis = try firstHash() else { return nil }
        guard view(last.seq, place)?.hash == last.hash, genesis == last.genesis else { return nil }
        return UInt64(last.seq) + 1
    }

    private func place(of seq: Int64) throws(SQLiteError) -> (segment: [UInt8], offset: Int64)? {
        try database.first("SELECT segment, offset FROM records WHERE seq = ?1", [.integer(seq)]) {
            ($0.bytes(0), $0.integer(1))
        }
    }

    /// The hash of the first record that the log has.
    private func firstHash() throws(SQLiteError) -> [UInt8]? {
        var cursor = try? RecordCursor(disk)
        return (try? cursor?.next()).flatMap { $0 }.flatMap { RecordView($0)?.hash }
    }

    private func view(_ seq: Int64, _ place: (segment: [UInt8], offset: Int64)) -> RecordView? {
        guard seq >= 0, place.offset >= 0, let segment = String(validating: place.segment, as: UTF8.self) else {
            return nil
        }
        let found = try? RecordCursor.record(UInt64(seq), in: segment, at: UInt64(place.offset), of: disk)
        return found.flatMap { RecordView($0) }
    }

    private func empty() throws(SQLiteError) {
        for table in ["log", "records", "principals", "redactions"] {
            try database.runScript("DROP TABLE IF EXISTS \(table)")
        }
        try database.runScript(Self.schema)
    }

    private func extend(_ progress: (UInt64, UInt64) -> Void) throws(EvidenceError) {
        var cursor: RecordCursor<Disk>
        let total: UInt64
        do throws(AuditError) {
            total = try RecordCursor.bytes(of: disk)
            cursor = try RecordCursor(disk, from: begin)
        } catch {
            throw .log(error)
        }
        var isAtEnd = false
        while !isAtEnd {
            var records: [StoredRecord] = []
            do throws(AuditError) {
                while records.count < Self.recordsPerCommit, let record = try cursor.next() { records.append(record) }
            } catch {
                throw .log(error)
            }
            isAtEnd = records.count < Self.recordsPerCommit
            do throws(SQLiteError) {
                try database.transaction(.write, mapping: { $0 }) { () throws(SQLiteError) in
                    for record in records { try insert(record) }
                }
            } catch {
                throw .index(path: "index", detail: error.message)
            }
            progress(cursor.bytesRead, total)
        }
    }

    private func insert(_ record: StoredRecord) throws(SQLiteError) {
        guard let view = RecordView(record) else { return }
        let seq = SQLValue.integer(Int64(clamping: record.seq))
        let optional = { (text: [UInt8]?) in text.map { SQLValue.text($0) } ?? .null }
        try database.run(
            "INSERT OR REPLACE INTO records VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)", seq,
            .text(Array(record.segment.utf8)), .integer(Int64(clamping: record.offset)), .text(view.time),
            .text(view.type), optional(view.request), optional(view.path), optional(view.route),
            optional(view.result), optional(view.reason))
        for name in view.principals {
            try database.run("INSERT OR IGNORE INTO principals VALUES (?1, ?2)", .text(name), seq)
        }
        for type in view.redactionTypes {
            try database.run("INSERT OR IGNORE INTO redactions VALUES (?1, ?2)", .text(type), seq)
        }
        if try database.first("SELECT 1 FROM log", row: { $0.integer(0) }) == nil {
            try database.run("INSERT INTO log VALUES (?1, ?2, ?1)", .text(view.hash), seq)
        } else {
            try database.run("UPDATE log SET seq = ?1, hash = ?2", seq, .text(view.hash))
        }
    }

    /// The records that `filter` wants, in order, each read from the log and compared with what was asked for.
    /// - Throws: `EvidenceError.index` where the index says what the log does not: it is wrong, and has to be made anew.
    package func search(
        _ filter: RecordFilter, limit: Int, _ body: (RecordView) throws(EvidenceError) -> Void
    ) throws(EvidenceError) {
        var clauses: [String] = []
        var values: [SQLValue] = []
        func add(_ clause: String, _ value: [UInt8]?) {
            guard let value else { return }
            values.append(.text(value))
            clauses.append(clause.replacing("?", with: "?\(values.count)"))
        }
        add("seq IN (SELECT seq FROM principals WHERE name = ?)", filter.principal)
        add("seq IN (SELECT seq FROM redactions WHERE type = ?)", filter.redactionType)
        add("(path = ? OR route = ?)", filter.route)
        add("result = ?", filter.outcome)
        add("reason = ?", filter.reason)
        add("request = ?", filter.request)
        add("type = ?", filter.type)
        add("time >= ?", filter.since)
        add("time < ?", filter.until)
        let condition = clauses.isEmpty ? "1" : clauses.joined(separator: " AND ")
        values.append(.integer(Int64(clamping: limit)))
        var hits: [(seq: Int64, segment: [UInt8], offset: Int64)] = []
        do throws(SQLiteError) {
            try database.query(
                "SELECT seq, segment, offset FROM records WHERE \(condition) ORDER BY seq LIMIT ?\(values.count)",
                values
            ) { hits.append(($0.integer(0), $0.bytes(1), $0.integer(2))) }
        } catch {
            throw .index(path: "index", detail: error.message)
        }
        for hit in hits {
            guard let view = view(hit.seq, (hit.segment, hit.offset)), filter.matches(view) else {
                throw .index(path: "index", detail: "record \(hit.seq) is not what the index says: remove the file")
            }
            try body(view)
        }
    }
}
