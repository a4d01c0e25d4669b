internal import OpenSSL
internal import SQLite
internal import Threading

/// What documents there are (SQLite, WAL). One thread at a time. Who an owner is, what a document is called and what it is
/// stands in it sealed or as keyed hashes.
///
/// Example: folder 7 with a name of 32 bytes has document `D-…`, whose version 2 is the content 9 of 81,342 bytes in the file
/// `5f2c…`.
final class DocumentDatabase {
    let database: Database

    private static let schema = [
        """
        CREATE TABLE folders (
            number INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE, bytes INTEGER NOT NULL, versions INTEGER NOT NULL,
            is_erased INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE TABLE contents (
            number INTEGER PRIMARY KEY, folder INTEGER NOT NULL REFERENCES folders, address BLOB NOT NULL,
            file TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, UNIQUE (folder, address)) STRICT;
        CREATE TABLE documents (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, folder INTEGER NOT NULL REFERENCES folders,
            name BLOB NOT NULL, state TEXT NOT NULL CHECK (state IN ('active', 'archived'))) STRICT;
        CREATE UNIQUE INDEX documents_name ON documents (folder, name) WHERE state = 'active';
        CREATE TABLE versions (
            document INTEGER NOT NULL REFERENCES documents, version INTEGER NOT NULL,
            content INTEGER NOT NULL REFERENCES contents, created INTEGER NOT NULL, sealed BLOB NOT NULL,
            PRIMARY KEY (document, version)) STRICT, WITHOUT ROWID;
        CREATE INDEX versions_content ON versions (content);
        """
    ]

    /// Opens the database at `path`.
    /// - Throws: `.storage`, `.storageFull`, `.busy`, `.schemaTooNew`.
    init(path: String, access: Database.Access) throws(AgentError) {
        database = try AgentError.translating { () throws(SQLiteError) in
            let database = try Database.open(path, access: access)
            try database.run("PRAGMA secure_delete=ON")
            return database
        }
        if access == .readWrite { try Migration.migrate(database, file: path, steps: Self.schema) }
    }

    // MARK: Folders

    /// One owner's.
    struct Folder {
        let number: Int64
        let bytes: Int64, versions: Int64
    }

    /// The folder called `name`; nil where there is none.
    func folder(_ name: [UInt8]) throws(DocumentError) -> Folder? {
        try first("SELECT number, bytes, versions FROM folders WHERE name = ?1 AND is_erased = 0", [.blob(name)]) {
            Folder(number: $0.integer(0), bytes: $0.integer(1), versions: $0.integer(2))
        }
    }

    /// Makes an empty folder.
    func makeFolder(_ name: [UInt8]) throws(DocumentError) {
        try run("INSERT INTO folders (name, bytes, versions) VALUES (?1, 0, 0)", .blob(name))
    }

    /// What all folders together hold.
    func totals() throws(DocumentError) -> (bytes: Int64, versions: Int64) {
        try first("SELECT coalesce(sum(bytes), 0), coalesce(sum(versions), 0) FROM folders") {
            ($0.integer(0), $0.integer(1))
        } ?? (0, 0)
    }

    /// Gives the folder up: nothing in it is found any more.
    func markErased(_ name: [UInt8]) throws(DocumentError) {
        try run("UPDATE folders SET is_erased = 1 WHERE name = ?1", .blob(name))
    }

    /// The files of folders that were given up.
    func erasedFiles() throws(DocumentError) -> [[UInt8]] {
        try texts("SELECT file FROM contents WHERE folder IN (SELECT number FROM folders WHERE is_erased = 1)")
    }

    /// Forgets the folders that were given up. Their files must be gone.
    func removeErased() throws(DocumentError) {
        try transaction { () throws(DocumentError) in
            let erased = "(SELECT number FROM folders WHERE is_erased = 1)"
            try run(
                "DELETE FROM versions WHERE document IN (SELECT number FROM documents WHERE folder IN \(erased))")
            try run("DELETE FROM documents WHERE folder IN \(erased)")
            try run("DELETE FROM contents WHERE folder IN \(erased)")
            try run("DELETE FROM folders WHERE is_erased = 1")
        }
    }

    // MARK: Contents

    /// Bytes that an owner has, once, however many documents they are.
    struct Content {
        let number: Int64
        let file: [UInt8]
        let size: Int
    }

    /// The content at `address` in a folder.
    func content(at address: [UInt8], in folder: Folder) throws(DocumentError) -> Content? {
        try first(
            "SELECT number, file, size FROM contents WHERE folder = ?1 AND address = ?2",
            [.integer(folder.number), .blob(address)]
        ) { Content(number: $0.integer(0), file: $0.bytes(1), size: Int($0.integer(2))) }
    }

    /// Whether a content is in the file `name`.
    func knowsFile(_ name: [UInt8]) throws(DocumentError) -> Bool {
        try first("SELECT 1 FROM contents WHERE file = ?1", [.text(name)]) { _ in true } ?? false
    }

    /// Puts a content that is on the disk into the folder.
    func add(_ file: [UInt8], size: Int, at address: [UInt8], to folder: Folder) throws(DocumentError) -> Int64 {
        try run(
            "INSERT INTO contents (folder, address, file, size) VALUES (?1, ?2, ?3, ?4)", .integer(folder.number),
            .blob(address), .text(file), .integer(Int64(size)))
        try run(
            "UPDATE folders SET bytes = bytes + ?2 WHERE number = ?1", .integer(folder.number), .integer(Int64(size)))
        return try lastNumber()
    }

    // MARK: Documents

    /// A version as its rows have it.
    struct VersionRow {
        let id: [UInt8]
        let version: Int64
        let state: Document.State
        let created: Int64
        let sealed: [UInt8]
        let address: [UInt8]
        let file: [UInt8]
        let size: Int
        let document: Int64
    }

    private static let columns = """
        SELECT d.id, v.version, d.state, v.created, v.sealed, c.address, c.file, c.size, d.number FROM versions v
        JOIN documents d ON d.number = v.document JOIN contents c ON c.number = v.content
        JOIN folders f ON f.number = d.folder AND f.is_erased = 0
        """
    /// Of a document, its last version.
    private static let isLast =
        "v.version = (SELECT max(version) FROM versions w WHERE w.document = v.document)"

    private static func read(_ row: borrowing Row) -> VersionRow {
        VersionRow(
            id: row.bytes(0), version: row.integer(1),
            state: row.bytes(2).elementsEqual("active".utf8) ? .active : .archived, created: row.integer(3),
            sealed: row.bytes(4), address: row.bytes(5), file: row.bytes(6), size: Int(row.integer(7)),
            document: row.integer(8))
    }

    /// The version of the document called `id` in the folder called `name`; its last where `version` is nil.
    func version(_ version: Int64?, of id: [UInt8], in name: [UInt8]) throws(DocumentError) -> VersionRow? {
        let rule = version == nil ? Self.isLast : "v.version = ?3"
        return try first(
            "\(Self.columns) WHERE f.name = ?1 AND d.id = ?2 AND \(rule)",
            [.blob(name), .text(id)] + (version.map { [.integer($0)] } ?? []), row: Self.read)
    }

    /// The last version of the active document that has the keyed name `key`.
    func active(_ key: [UInt8], in folder: Folder) throws(DocumentError) -> VersionRow? {
        try first(
            "\(Self.columns) WHERE d.folder = ?1 AND d.name = ?2 AND d.state = 'active' AND \(Self.isLast)",
            [.integer(folder.number), .blob(key)], row: Self.read)
    }

    /// The last versions of a folder's documents, the newest first.
    func list(_ name: [UInt8], withArchived: Bool, limit: Int) throws(DocumentError) -> [VersionRow] {
        var rows: [VersionRow] = []
        try DocumentError.querying { () throws(SQLiteError) in
            try database.query(
                """
                \(Self.columns) WHERE f.name = ?1 AND (?2 = 1 OR d.state = 'active') AND \(Self.isLast)
                ORDER BY d.number DESC LIMIT ?3
                """, [.blob(name), .integer(withArchived ? 1 : 0), .integer(Int64(limit))]
            ) { rows.append(Self.read($0)) }
        }
        return rows
    }

    /// Makes a document without versions.
    func add(_ id: [UInt8], named key: [UInt8], to folder: Folder) throws(DocumentError) -> Int64 {
        try run(
            "INSERT INTO documents (id, folder, name, state) VALUES (?1, ?2, ?3, 'active')", .text(id),
            .integer(folder.number), .blob(key))
        return try lastNumber()
    }

    /// Adds a version to a document of the folder.
    func addVersion(
        _ version: Int64, of document: Int64, in folder: Folder, content: Int64, created: Int64, sealed: [UInt8]
    ) throws(DocumentError) {
        try run(
            "INSERT INTO versions (document, version, content, created, sealed) VALUES (?1, ?2, ?3, ?4, ?5)",
            .integer(document), .integer(version), .integer(content), .integer(created), .blob(sealed))
        try run("UPDATE folders SET versions = versions + 1 WHERE number = ?1", .integer(folder.number))
    }

    /// Takes a document out of sight; its name is free for another.
    func archive(_ document: Int64) throws(DocumentError) {
        try run("UPDATE documents SET state = 'archived' WHERE number = ?1", .integer(document))
    }

    // MARK: Access

    func transaction<Value>(_ body: () throws(DocumentError) -> Value) throws(DocumentError) -> Value {
        try database.transaction(.write, mapping: { DocumentError(ContentError($0)) }, body)
    }

    /// A statement that gives no row.
    private func run(_ sql: String, _ values: SQLValue...) throws(DocumentError) {
        _ = try first(sql, values) { _ in true }
    }

    private func first<Value>(
        _ sql: String, _ values: [SQLValue] = [], row: (borrowing Row) -> Value
    ) throws(DocumentError) -> Value? {
        try DocumentError.querying { () throws(SQLiteError) in try database.first(sql, values, row: row) }
    }

    private func texts(_ sql: String) throws(DocumentError) -> [[UInt8]] {
        var texts: [[UInt8]] = []
        try DocumentError.querying { () throws(SQLiteError) in try database.query(sql) { texts.append($0.bytes(0)) } }
        return texts
    }

    private func lastNumber() throws(DocumentError) -> Int64 {
        try first("SELECT last_insert_rowid()") { $0.integer(0) } ?? 0
    }
}
