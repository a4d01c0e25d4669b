internal import Threading

/// Keeps and removes documents. One thread at a time, and the only one that writes.
final class StoredDocumentWriter {
    private let database: DocumentDatabase
    private let files: DocumentFiles
    private let bounds: DocumentBounds
    /// What all owners together have.
    private var totalBytes: Int64 = 0, totalVersions: Int64 = 0

    /// - Throws: `AgentError.storage` and the like where what a crash left cannot be removed.
    init(_ database: DocumentDatabase, _ files: DocumentFiles, _ bounds: DocumentBounds) throws(AgentError) {
        self.database = database
        self.files = files
        self.bounds = bounds
        do throws(DocumentError) {
            try removeErased()
            // A file without a row was never handed out: its writer was interrupted.
            for name in try files.names() where try !database.knowsFile(name) { try files.remove(name) }
        } catch {
            throw AgentError(error, folder: files.folder)
        }
    }

    /// - Returns: whether it is new.
    func makeFolder(_ key: ContentKey) throws(DocumentError) -> Bool {
        let name = try DocumentError.translating { () throws(ContentError) in try key.folderName() }
        guard try database.folder(name) == nil else { return false }
        try database.makeFolder(name)
        return true
    }

    func put(_ draft: DocumentDraft, _ key: ContentKey) throws(DocumentError) -> StoredDocument {
        let content = draft.inspected
        let name = DocumentName(draft.name, of: content.type)
        let place = try DocumentError.translating { () throws(ContentError) in
            (address: try key.address(of: content.bytes), name: try key.nameKey(name), folder: try key.folderName())
        }
        _ = try makeFolder(key)
        guard let folder = try database.folder(place.folder) else { throw .erased }
        let last = try database.active(place.name, in: folder)
        if let last, last.address == place.address {
            return StoredDocument(document: try Document(last, key), isNew: false)
        }
        let known = try database.content(at: place.address, in: folder)
        try checkRoom(for: known == nil ? content.bytes.count : 0, in: folder)
        let file = if let known { known.file } else { try write(content.bytes, key) }
        let id = last?.id ?? DocumentID.make()
        let version = (last?.version ?? 0) + 1
        do throws(DocumentError) {
            let sealed = try DocumentError.translating { () throws(ContentError) in
                try key.seal(
                    Document.metadata(content.type, name), context: Document.context(id, version, place.address))
            }
            try database.transaction { () throws(DocumentError) in
                let number =
                    if let known { known.number } else {
                        try database.add(file, size: content.bytes.count, at: place.address, to: folder)
                    }
                let document =
                    if let last { last.document } else { try database.add(id, named: place.name, to: folder) }
                try database.addVersion(
                    version, of: document, in: folder, content: number, created: WallClock.microseconds,
                    sealed: sealed)
            }
        } catch {
            // Where this fails too, the next start removes it.
            if known == nil { try? files.remove(file) }
            throw error
        }
        totalVersions += 1
        if known == nil { totalBytes += Int64(content.bytes.count) }
        guard let row = try database.version(version, of: id, in: place.folder) else { throw .erased }
        return StoredDocument(document: try Document(row, key), isNew: true)
    }

    func archive(_ id: [UInt8], _ key: ContentKey) throws(DocumentError) -> Document {
        guard DocumentID.isWellFormed(id) else { throw .notFound }
        let folder = try DocumentError.translating { () throws(ContentError) in try key.folderName() }
        guard let row = try database.version(nil, of: id, in: folder) else { throw .notFound }
        if row.state == .active { try database.archive(row.document) }
        guard let row = try database.version(nil, of: id, in: folder) else { throw .notFound }
        return try Document(row, key)
    }

    /// From now on nothing in the folder is found.
    func giveUp(_ folder: [UInt8]) throws(DocumentError) { try database.markErased(folder) }

    /// Removes what was given up: files first, so that none is left without a row.
    func removeErased() throws(DocumentError) {
        for file in try database.erasedFiles() { try files.remove(file) }
        try database.removeErased()
        (totalBytes, totalVersions) = try database.totals()
    }

    private func checkRoom(for bytes: Int, in folder: DocumentDatabase.Folder) throws(DocumentError) {
        guard folder.versions < Int64(bounds.ownerVersionsMax) else {
            throw .tooMany(versionsMax: bounds.ownerVersionsMax)
        }
        guard folder.bytes + Int64(bytes) <= bounds.ownerBytesMax else {
            throw .quotaExceeded(bytesMax: bounds.ownerBytesMax)
        }
        guard totalBytes + Int64(bytes) <= bounds.totalBytesMax, totalVersions < Int64(AgentLimits.documentVersionsMax)
        else { throw .storageFull }
    }

    private func write(_ bytes: [UInt8], _ key: ContentKey) throws(DocumentError) -> [UInt8] {
        let name = try DocumentFiles.makeName()
        try files.write(bytes, to: name, key: key)
        return name
    }
}

extension AgentError {
    /// Why the store cannot be opened.
    init(_ error: DocumentError, folder: String) {
        switch error {
        case .busy: self = .busy
        case .storageFull: self = .storageFull
        case .storage(let reason): self = .storage(reason: "\(folder): \(reason)")
        case .notFound, .empty, .tooLarge, .quotaExceeded, .tooMany, .refused, .damaged, .erased, .scannerAway:
            self = .storage(reason: "\(folder): \(error)")
        }
    }
}
