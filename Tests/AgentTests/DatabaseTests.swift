import Foundation
import Testing

@testable import SQLite

@Suite struct `a database` {
    private let directory: TemporaryDirectory
    private let database: Database

    init() throws {
        directory = try TemporaryDirectory()
        database = try Database.open(directory.file("a.sqlite"), access: .readWrite)
        try database.runScript("CREATE TABLE t (a ANY, b ANY UNIQUE) STRICT")
    }

    private func count() throws -> Int64? { try database.first("SELECT count(*) FROM t") { $0.integer(0) } }

    @Test func `gives back every kind of value as it was bound`() throws {
        let values: [SQLValue] = [.null, .integer(.min), .double(0.5), .text(Array("é\"'".utf8)), .blob([0, 255])]
        for value in values { try database.run("INSERT INTO t (a) VALUES (?1)", value) }
        try database.run("INSERT INTO t (a) VALUES (?1)", .text([]))
        try database.run("INSERT INTO t (a) VALUES (?1)", .blob([]))
        var kinds: [String] = []
        var bytes: [[UInt8]] = []
        var integers: [Int64] = []
        var doubles: [Double] = []
        try database.query("SELECT typeof(a), a FROM t ORDER BY rowid") { row in
            kinds.append(text(row.bytes(0)))
            integers.append(row.integer(1))
            doubles.append(row.double(1))
            bytes.append(row.bytes(1))
        }
        #expect(kinds == ["null", "integer", "real", "text", "blob", "text", "blob"])
        #expect(integers[1] == .min)
        #expect(doubles[2] == 0.5)
        #expect(bytes[3] == Array("é\"'".utf8))
        #expect(bytes[4] == [0, 255])
        #expect(bytes[0].isEmpty && bytes[5].isEmpty && bytes[6].isEmpty)
    }

    @Test func `prepares a text once, until there are more than are kept`() throws {
        let before = database.preparations
        for _ in 0..<100 { _ = try database.first("PRAGMA data_version") { $0.integer(0) } }
        #expect(database.preparations == before + 1)
        for number in 0...Database.statementsMax { _ = try database.first("SELECT \(number)") { $0.integer(0) } }
        let after = database.preparations
        _ = try database.first("PRAGMA data_version") { $0.integer(0) }
        #expect(database.preparations == after + 1)
    }

    @Test func `undoes a transaction whose body throws`() throws {
        struct Stop: Error {}
        #expect(throws: Stop.self) {
            try database.transaction(.write, mapping: { $0 as any Error }) {
                try database.run("INSERT INTO t (a) VALUES (1)")
                throw Stop()
            }
        }
        #expect(try count() == 0)
        try database.transaction(.write, mapping: { $0 }) { () throws(SQLiteError) in
            try database.run("INSERT INTO t (a) VALUES (1)")
        }
        #expect(try count() == 1)
    }

    @Test func `names a broken rule of the schema`() throws {
        try database.run("INSERT INTO t (b) VALUES (1)")
        let error = #expect(throws: SQLiteError.self) { try database.run("INSERT INTO t (b) VALUES (1)") }
        #expect(error?.kind == .constraint)
    }

    @Test func `says that it is full and keeps what it had`() throws {
        try database.run("INSERT INTO t (a) VALUES (1)")
        let pages = try database.first("PRAGMA page_count") { $0.integer(0) } ?? 0
        try database.runScript("PRAGMA max_page_count=\(pages + 2)")
        let error = #expect(throws: SQLiteError.self) {
            try database.run("INSERT INTO t (a) VALUES (zeroblob(1000000))")
        }
        #expect(error?.kind == .full)
        #expect(try count() == 1)
        try database.runScript("PRAGMA max_page_count=100000")
        try database.run("INSERT INTO t (a) VALUES (zeroblob(1000000))")
        #expect(try count() == 2)
    }

    @Test func `opened to read refuses to write`() throws {
        let reader = try Database.open(directory.file("a.sqlite"), access: .readOnly)
        let error = #expect(throws: SQLiteError.self) { try reader.run("INSERT INTO t (a) VALUES (1)") }
        #expect(error?.kind == .cannotOpen)
    }

    @Test func `is for its owner's eyes alone`() throws {
        for name in ["a.sqlite", "a.sqlite-wal"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: directory.file(name))
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func `waits no longer than told for another writer`() throws {
        let other = try Database.open(directory.file("a.sqlite"), access: .readWrite, busyTimeoutMilliseconds: 0)
        try database.transaction(.write, mapping: { $0 }) { () throws(SQLiteError) in
            let error = #expect(throws: SQLiteError.self) { try other.run("INSERT INTO t (a) VALUES (1)") }
            #expect(error?.kind == .busy)
        }
    }

    @Test func `commits in WAL mode with full synchronisation`() throws {
        #expect(try database.first("PRAGMA journal_mode") { text($0.bytes(0)) } == "wal")
        #expect(try database.first("PRAGMA synchronous") { $0.integer(0) } == 2)
        #expect(try database.first("PRAGMA foreign_keys") { $0.integer(0) } == 1)
    }

    @Test func `keeps a rolled-back crash out and a committed row in`() throws {
        try database.run("INSERT INTO t (a) VALUES ('committed')")
        let copy = directory.file("copy.sqlite")
        try database.transaction(.write, mapping: { $0 as any Error }) {
            try database.run("INSERT INTO t (a) VALUES ('in flight')")
            // What a killed process leaves behind: the files as they are in the middle of a transaction.
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(
                    atPath: directory.file("a.sqlite") + suffix, toPath: copy + suffix)
            }
        }
        let recovered = try Database.open(copy, access: .readWrite)
        var rows: [String] = []
        try recovered.query("SELECT a FROM t") { rows.append(text($0.bytes(0))) }
        #expect(rows == ["committed"])
    }

    @Test(arguments: [true, false])
    func `refuses a file that is no database`(isWritable: Bool) throws {
        let path = directory.file("b.sqlite")
        try Data(repeating: 65, count: 4096).write(to: URL(filePath: path))
        let error = #expect(throws: SQLiteError.self) {
            let database = try Database.open(path, access: isWritable ? .readWrite : .readOnly)
            try database.run("SELECT count(*) FROM sqlite_schema")
        }
        #expect(error?.kind == .corrupt)
    }

    @Test func `says that a directory does not exist`() {
        let error = #expect(throws: SQLiteError.self) {
            _ = try Database.open(directory.file("no/such/a.sqlite"), access: .readWrite)
        }
        #expect(error?.kind == .cannotOpen)
    }

    @Test func `cuts text into the words and stems of FTS5`() throws {
        let words = try database.tokenizer("unicode61", [])
        let stems = try database.tokenizer("porter", ["unicode61"])
        let sentence = Array("Éclairs, re-opening CARDS!".utf8)
        #expect(words.terms(of: sentence).map(text) == ["eclairs", "re", "opening", "cards"])
        #expect(stems.terms(of: sentence).map(text) == ["eclair", "re", "open", "card"])
        #expect(words.terms(of: sentence, limit: 2).count == 2)
        #expect(words.terms(of: []).isEmpty)
        #expect(throws: SQLiteError.self) { _ = try database.tokenizer("nonsense", []) }
    }
}
