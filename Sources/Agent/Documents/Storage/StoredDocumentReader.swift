internal import Bytes

/// Reads documents. One thread at a time.
final class StoredDocumentReader {
    private let database: DocumentDatabase
    private let files: DocumentFiles

    init(_ database: DocumentDatabase, _ files: DocumentFiles) {
        self.database = database
        self.files = files
    }

    func document(_ id: [UInt8], _ version: Int?, _ key: ContentKey) throws(DocumentError) -> Document {
        try Document(try row(id, version, key), key)
    }

    /// The document and its bytes: each chunk was authentic, and all of them are what the address says.
    func content(
        _ id: [UInt8], _ version: Int?, _ key: ContentKey
    ) throws(DocumentError) -> (document: Document, bytes: [UInt8]) {
        let row = try row(id, version, key)
        let bytes = try files.read(row.file, count: row.size, key: key)
        let address = try DocumentError.translating { () throws(ContentError) in try key.address(of: bytes) }
        guard address == row.address else { throw .damaged }
        return (try Document(row, key), bytes)
    }

    func list(_ key: ContentKey, withArchived: Bool) throws(DocumentError) -> [Document] {
        let folder = try DocumentError.translating { () throws(ContentError) in try key.folderName() }
        var documents: [Document] = []
        let rows = try database.list(
            folder, withArchived: withArchived, limit: AgentLimits.documentsListedMax)
        for row in rows { documents.append(try Document(row, key)) }
        return documents
    }

    private func row(
        _ id: [UInt8], _ version: Int?, _ key: ContentKey
    ) throws(DocumentError) -> DocumentDatabase.VersionRow {
        guard DocumentID.isWellFormed(id) else { throw .notFound }
        let folder = try DocumentError.translating { () throws(ContentError) in try key.folderName() }
        guard let row = try database.version(version.map { Int64($0) }, of: id, in: folder) else { throw .notFound }
        return row
    }
}

extension Document {
    /// What a version's rows say, opened by the owner's key.
    init(_ row: DocumentDatabase.VersionRow, _ key: ContentKey) throws(DocumentError) {
        let opened = try DocumentError.translating { () throws(ContentError) in
            try key.open(row.sealed, context: Self.context(row.id, row.version, row.address))
        }
        guard let code = opened.first, let type = DocumentType(rawValue: code), opened.count > 1 else {
            throw .damaged
        }
        self.init(
            id: row.id, version: Int(row.version), name: DocumentName(stored: Array(opened[1...])), type: type,
            size: row.size, createdMicroseconds: row.created, state: row.state, digest: ByteBuffer.hex(row.address))
    }

    /// What is sealed about a version: its type's number and its name.
    static func metadata(_ type: DocumentType, _ name: DocumentName) -> [UInt8] { [type.rawValue] + name.bytes }

    /// What that is bound to: the version, and the bytes that it is about.
    static func context(_ id: [UInt8], _ version: Int64, _ address: [UInt8]) -> [UInt8] {
        Array("document\n".utf8) + id + Array("\n\(version)\n".utf8) + address
    }
}

/// Documents' identifiers: `D-` and what tickets have.
enum DocumentID {
    /// Bytes of each.
    static let bytes = 28
    private static let prefix = Array("D-".utf8)

    static func make() -> [UInt8] { prefix + TicketID.make().dropFirst(prefix.count) }

    static func isWellFormed(_ id: [UInt8]) -> Bool {
        id.starts(with: prefix) && TicketID.isWellFormed(Array("T-".utf8) + id.dropFirst(prefix.count))
    }
}
