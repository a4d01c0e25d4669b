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

    /// The keys of the person whose tokens' `sub`, or whose certificates' subject, is `text`; of the requests of a day that
    /// nobody was identified in, where it is `unidentified:YYYY-MM-DD`.
    public func keys(of text: [UInt8]) throws(AuditError) -> [Key] {
        var subjects: [SealSubject] = [.token(text), .certificate(text)]
        if let day = Self.day(text) { subjects.append(.unidentified(day: day)) }
        var keys: [Key] = []
        for subject in subjects {
            if let identifier = try store.identifier(ofSubjectNamed: store.master.name(of: subject)) {
                keys.append(Key(subject: subject, identifier: identifier))
            }
        }
        return keys
    }

    /// Destroys the key. What was sealed with it is unreadable from here on, for everybody.
    public func destroy(_ key: Key) throws(AuditError) { try store.destroyKey(key.identifier) }

    /// Forgets that the subject had this key: the last step, after the record.
    public func forget(_ key: Key) throws(AuditError) {
        try store.forgetSubject(named: store.master.name(of: key.subject))
    }

    private static func day(_ text: [UInt8]) -> Int64? {
        let mark = Array("unidentified:".utf8)
        guard text.count == mark.count + 10, text.starts(with: mark) else { return nil }
        let time = Array(text[mark.count...]) + Array("T00:00:00.000000Z".utf8)
        return WallTime(time.span, at: 0)?.day
    }
}
