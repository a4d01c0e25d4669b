internal import JSON
internal import LinuxIO
internal import OpenSSL
internal import SQLite
internal import Threading

/// The customers' documents: sealed files under the owner's key, and a database of what there is.
///
/// The same bytes of one owner are kept once; who they belong to, what they are called and what they are tells nobody without
/// the owner's key. A document that was handed out survives a kill and a power cut, and no half of one is ever seen. To erase
/// an owner is to shred its key; the files go after it.
public final class DocumentStore: Sendable {
    private let keyring: ContentKeyring
    private let bounds: DocumentBounds
    private let writer: DatabaseThreads<StoredDocumentWriter>
    private let reader: DatabaseThreads<StoredDocumentReader>

    private init(
        keyring: ContentKeyring, bounds: DocumentBounds, writer: DatabaseThreads<StoredDocumentWriter>,
        reader: DatabaseThreads<StoredDocumentReader>
    ) {
        self.keyring = keyring
        self.bounds = bounds
        self.writer = writer
        self.reader = reader
    }

    /// Opens the store in the folder at `path`, which is there, and removes what a crash left behind. It blocks; call it at
    /// start.
    /// - Throws: `.storage`, `.storageFull`, `.busy`, `.schemaTooNew`.
    public static func open(
        _ path: String, keyring: ContentKeyring, bounds: DocumentBounds
    ) throws(AgentError) -> DocumentStore {
        let database = path + "/documents.db"
        let files = DocumentFiles(folder: path + "/files")
        do throws(StreamFailure) { try SmallFile.makeDirectory(files.folder) } catch {
            throw .storage(reason: "\(files.folder): \(error.reason)")
        }
        let writer = try DatabaseThreads.start(
            named: "doc-write", count: 1, jobsMax: AgentLimits.documentJobsMax
        ) { () throws(AgentError) in
            try StoredDocumentWriter(try DocumentDatabase(path: database, access: .readWrite), files, bounds)
        }
        let reader = try DatabaseThreads.start(
            named: "doc-read", count: 1, jobsMax: AgentLimits.documentJobsMax
        ) { () throws(AgentError) in
            StoredDocumentReader(try DocumentDatabase(path: database, access: .readOnly), files)
        }
        return DocumentStore(keyring: keyring, bounds: bounds, writer: writer, reader: reader)
    }

    /// Makes the owner's folder where it has none. Documents make it as well.
    /// - Returns: whether it is new.
    public func createFolder(of owner: DocumentOwner) async throws(DocumentError) -> Bool {
        let key = try await key(of: owner)
        return try await write { writer throws(DocumentError) in try writer.makeFolder(key) }
    }

    /// Keeps a document. It is on the disk when this returns. The same content under the same name is not kept twice.
    /// - Throws: `DocumentError`
    public func put(_ draft: DocumentDraft) async throws(DocumentError) -> StoredDocument {
        guard !draft.inspected.bytes.isEmpty else { throw .empty }
        guard draft.inspected.bytes.count <= bounds.bytesMax else { throw .tooLarge(bytesMax: bounds.bytesMax) }
        let key = try await key(of: draft.owner)
        return try await write { writer throws(DocumentError) in try writer.put(draft, key) }
    }

    /// The document of the owner's called `id`: its last version, or the one asked for.
    /// - Throws: `.notFound`, also where it is another's; `.damaged`, `.busy`, `.storage`.
    public func document(
        _ id: [UInt8], version: Int? = nil, of owner: DocumentOwner
    ) async throws(DocumentError) -> Document {
        let key = try await existingKey(of: owner)
        return try await read { reader throws(DocumentError) in try reader.document(id, version, key) }
    }

    /// The document and its bytes, which were verified.
    /// - Throws: as `document`.
    public func content(
        of id: [UInt8], version: Int? = nil, owner: DocumentOwner
    ) async throws(DocumentError) -> (document: Document, bytes: [UInt8]) {
        let key = try await existingKey(of: owner)
        return try await read { reader throws(DocumentError) in try reader.content(id, version, key) }
    }

    /// The owner's documents, each in its last version, the newest first; at most `AgentLimits.documentsListedMax`.
    public func list(of owner: DocumentOwner, withArchived: Bool) async throws(DocumentError) -> [Document] {
        guard let key = try await optionalKey(of: owner) else { return [] }
        return try await read { reader throws(DocumentError) in try reader.list(key, withArchived: withArchived) }
    }

    /// Takes a document out of sight. It can still be read. Doing it again changes nothing.
    public func archive(_ id: [UInt8], of owner: DocumentOwner) async throws(DocumentError) -> Document {
        let key = try await existingKey(of: owner)
        return try await write { writer throws(DocumentError) in try writer.archive(id, key) }
    }

    /// Makes everything of the owner's unreadable for good, then removes it. Where it fails, call it again; what only the
    /// removal did not get to goes at the next start.
    /// - Returns: whether there was anything.
    @discardableResult
    public func erase(_ owner: DocumentOwner) async throws(DocumentError) -> Bool {
        let key = try await optionalKey(of: owner)
        if let key {
            let folder = try DocumentError.translating { () throws(ContentError) in try key.folderName() }
            try await write { writer throws(DocumentError) in try writer.giveUp(folder) }
        }
        do throws(ContentError) { try await keyring.shred(owner.scope) } catch { throw DocumentError(error) }
        try await write { writer throws(DocumentError) in try writer.removeErased() }
        return key != nil
    }

    private func key(of owner: DocumentOwner) async throws(DocumentError) -> ContentKey {
        do throws(ContentError) { return try await keyring.key(of: owner.scope) } catch { throw DocumentError(error) }
    }

    private func optionalKey(of owner: DocumentOwner) async throws(DocumentError) -> ContentKey? {
        do throws(ContentError) { return try await keyring.existingKey(of: owner.scope) } catch {
            throw DocumentError(error)
        }
    }

    private func existingKey(of owner: DocumentOwner) async throws(DocumentError) -> ContentKey {
        guard let key = try await optionalKey(of: owner) else { throw .notFound }
        return key
    }

    private func write<Value: Sendable>(
        _ body: @escaping @Sendable (StoredDocumentWriter) throws(DocumentError) -> Value
    ) async throws(DocumentError) -> Value {
        try await writer.run(orThrow: .busy) { writer in
            Result { () throws(DocumentError) -> Value in try body(writer) }
        }
    }

    private func read<Value: Sendable>(
        _ body: @escaping @Sendable (StoredDocumentReader) throws(DocumentError) -> Value
    ) async throws(DocumentError) -> Value {
        try await reader.run(orThrow: .busy) { reader in
            Result { () throws(DocumentError) -> Value in try body(reader) }
        }
    }
}

extension ContentKey {
    /// What the owner's folder is called in the database: nobody without the key can tell whose it is.
    func folderName() throws(ContentError) -> [UInt8] { try keyedHash("folder", []) }

    /// What a document's name is found by.
    func nameKey(_ name: DocumentName) throws(ContentError) -> [UInt8] { try keyedHash("name", name.bytes) }

    /// What a document's bytes are found by.
    func address(of bytes: [UInt8]) throws(ContentError) -> [UInt8] {
        try keyedHash("address", SHA256Digest(of: bytes).bytes)
    }

    private func keyedHash(_ purpose: String, _ message: [UInt8]) throws(ContentError) -> [UInt8] {
        let key = try derived(Array("portcullis.document.\(purpose).v1".utf8))
        return HMAC.code(.sha256, of: message.span, key: key)
    }
}
