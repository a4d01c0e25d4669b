internal import LinuxIO

/// Erases a subject's sealed members by destroying their key, for whoever holds the log's lock: the order of the steps is
/// destroy, record, forget, and each can be repeated after a crash.
public struct SubjectEraser: Sendable {
    /// A key that a subject has or had.
    public struct Key: Hashable, Sendable {
        let subject: SealSubject
        /// Its identifier, as records name it.
        public let identifier: [UInt8]
    }

    private let store: KeyStore<DirectoryStorage>

    /// Opens the key store in `stateDirectory`. Changes nothing.
    /// - Throws: `AuditError`
    public init(stateDirectory: String, keyFile: String) throws(AuditError) {
        let master = try KeyEncryptionKey.read(keyFile)
        do throws(FileError) {
            store = KeyStore(try DirectoryStorage(path: stateDirectory, isPrivate: true), master: master)
        } catch {
            throw .storage(error)
        }
    }

    /// The keys of the person that `text` may mean (`SealSubject.named`).
    public func keys(of text: [UInt8]) throws(AuditError) -> [Key] {
        var keys: [Key] = []
        for subject in SealSubject.named(text) {
            let identifiers = try store.identifiers(ofSubjectNamed: store.master.name(of: subject))
            keys += identifiers.map { Key(subject: subject, identifier: $0) }
        }
        return keys
    }

    /// Destroys the key. What was sealed with it is unreadable from here on, for everybody.
    public func destroy(_ key: Key) throws(AuditError) { try store.destroyKey(key.identifier) }

    /// Forgets that the subject had this key: the last step, after the record.
    public func forget(_ key: Key) throws(AuditError) {
        try store.forget(key.identifier, ofSubjectNamed: store.master.name(of: key.subject))
    }
}
