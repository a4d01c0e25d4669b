internal import LinuxIO
internal import OpenSSL

/// The data keys in the state directory, wrapped, and which subject has which.
///
/// ```
/// keys/6f0c…        portcullis-audit-key/1 6f0c… <base64 of nonce, wrapped key, tag>     named by its random identifier
/// subjects/91ab…    portcullis-audit-subject/1 6f0c… [04d2… …]                           named by a keyed hash of the subject
/// ```
/// A subject's file names its key, and before that one's predecessors whose erasure is not recorded yet: a subject that comes
/// back between the destruction of its key and the record gets a new one, and neither is forgotten.
///
/// A key is durable before its subject's file names it, and that before the key is used: whatever a record is sealed with can
/// be opened, and destroyed by the subject's name, after any crash. A key that nothing names is left by a crash in between;
/// nothing was sealed with it. One thread uses a store at a time.
struct KeyStore<Disk: Storage>: Sendable {
    let disk: Disk
    let master: KeyEncryptionKey

    static var keysFolder: String { "keys" }
    static var subjectsFolder: String { "subjects" }
    private static var checkName: String { "keys/check" }
    private static var keyMark: String { "portcullis-audit-key/1" }
    private static var subjectMark: String { "portcullis-audit-subject/1" }
    /// The most bytes of one of its files.
    static var fileBytesMax: Int { 256 }
    /// The most predecessors that a subject's file names.
    private static var predecessorsMax: Int { 4 }

    init(_ disk: Disk, master: KeyEncryptionKey) {
        self.disk = disk
        self.master = master
    }

    /// Makes the folders, and holds the key-encryption key against the one that the store was made with.
    func prepare() throws(AuditError) {
        try files { () throws(FileError) in
            for folder in [Self.keysFolder, Self.subjectsFolder] { try disk.makeFolder(folder) }
            try disk.synchroniseNames()
        }
        let zeros = Array(String(repeating: "0", count: DataKey.identifierBytes).utf8)
        if let text = try read(Self.checkName) {
            guard try unwrap(text, identifier: zeros) != nil else { throw foreign(Self.checkName) }
        } else {
            let key = DataKey(identifier: zeros, secret: try DataKey.random().secret.copy())
            try put(try text(of: key), as: Self.checkName)
        }
    }

    /// The key of a subject by its name; nil where it has none: never had, or it was destroyed.
    func key(ofSubjectNamed name: SHA256Digest) throws(AuditError) -> DataKey? {
        guard let identifier = try identifiers(ofSubjectNamed: name).first else { return nil }
        return try key(identifier)
    }

    /// The key called `identifier`; nil where there is none, or none any more.
    func key(_ identifier: [UInt8]) throws(AuditError) -> DataKey? {
        guard DataKey.isIdentifier(identifier) else { return nil }
        let name = Self.keyName(identifier)
        guard let text = try read(name) else { return nil }
        guard let key = try unwrap(text, identifier: identifier) else { throw foreign(name) }
        return key
    }

    /// Makes a key for a subject that has none. It is durable, and found by the subject's name, when this returns.
    func makeKey(forSubjectNamed name: SHA256Digest) throws(AuditError) -> DataKey {
        let key = try DataKey.random()
        let predecessors = try identifiers(ofSubjectNamed: name).prefix(Self.predecessorsMax)
        try put(try text(of: key), as: Self.keyName(key.identifier))
        try put([key.identifier] + predecessors, ofSubjectNamed: name)
        return key
    }

    /// The identifiers of the keys that a subject has, or had until an erasure that is not recorded yet, the newest first; none
    /// where nothing is known of it.
    func identifiers(ofSubjectNamed name: SHA256Digest) throws(AuditError) -> [[UInt8]] {
        let file = Self.subjectName(name)
        guard let text = try read(file) else { return [] }
        let words = text.dropLast().split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
        guard text.last == 0x0A, words.count > 1, words[0] == Array(Self.subjectMark.utf8),
            words[1...].allSatisfy(DataKey.isIdentifier)
        else { throw foreign(file) }
        return Array(words[1...])
    }

    /// Destroys a key: overwritten where it lies, then removed, both durable when this returns. Nothing where it is gone.
    ///
    /// A disk that writes elsewhere (flash, copy on write, a journal of data) keeps the old bytes for a time: they are wrapped,
    /// and the key-encryption key is not on that disk where the operator has followed the page.
    func destroyKey(_ identifier: [UInt8]) throws(AuditError) {
        let name = Self.keyName(identifier)
        try files { () throws(FileError) in
            do throws(FileError) {
                let size = Int(try disk.status(of: name).size)
                try disk.overwrite(name, with: [UInt8](repeating: 0, count: min(size, Self.fileBytesMax)))
                try disk.remove(name)
            } catch  where error.isMissing {}
            try disk.synchroniseNames(in: Self.keysFolder)
        }
    }

    /// Forgets that a subject had the key `identifier`, which is destroyed. The last step of an erasure: until then it can be
    /// begun again by the subject's name. A key that the subject has got since stays.
    func forget(_ identifier: [UInt8], ofSubjectNamed name: SHA256Digest) throws(AuditError) {
        let known = try identifiers(ofSubjectNamed: name)
        let rest = known.filter { $0 != identifier }
        guard rest.isEmpty else {
            if rest.count < known.count { try put(rest, ofSubjectNamed: name) }
            return
        }
        try files { () throws(FileError) in
            do throws(FileError) { try disk.remove(Self.subjectName(name)) } catch  where error.isMissing {}
            try disk.synchroniseNames(in: Self.subjectsFolder)
        }
    }

    private func put(_ identifiers: [[UInt8]], ofSubjectNamed name: SHA256Digest) throws(AuditError) {
        let words = [Array(Self.subjectMark.utf8)] + identifiers
        try put(Array(words.joined(separator: [0x20])) + [0x0A], as: Self.subjectName(name))
    }

    private func text(of key: DataKey) throws(AuditError) -> [UInt8] {
        let wrapped = Base64.encode(try master.wrap(key))
        return Array("\(Self.keyMark) ".utf8) + key.identifier + Array(" \(wrapped)\n".utf8)
    }

    private func unwrap(_ text: [UInt8], identifier: [UInt8]) throws(AuditError) -> DataKey? {
        let parts = text.dropLast().split(separator: 0x20, omittingEmptySubsequences: false).map(Array.init)
        guard text.last == 0x0A, parts.count == 3, parts[0] == Array(Self.keyMark.utf8), parts[1] == identifier,
            let wrapped = Base64.decode(parts[2])
        else { return nil }
        return master.unwrap(wrapped, identifier: identifier)
    }

    private func read(_ name: String) throws(AuditError) -> [UInt8]? {
        do throws(FileError) { return try disk.contents(of: name, bytesMax: Self.fileBytesMax) } catch {
            throw .storage(error)
        }
    }

    private func put(_ bytes: [UInt8], as name: String) throws(AuditError) {
        try files { () throws(FileError) in try disk.put(bytes, as: name, isDurable: true) }
    }

    private func files(_ work: () throws(FileError) -> Void) throws(AuditError) {
        do throws(FileError) { try work() } catch { throw .storage(error) }
    }

    private func foreign(_ name: String) -> AuditError {
        .configuration(
            setting: "audit.key_encryption_key", found: "\(disk.name)/\(name), which this key does not open",
            wanted: "the key that the key store was made with, and its files as they were written")
    }

    private static func keyName(_ identifier: [UInt8]) -> String {
        "\(keysFolder)/\(String(decoding: identifier, as: UTF8.self))"
    }

    private static func subjectName(_ name: SHA256Digest) -> String {
        "\(subjectsFolder)/\(String(decoding: name.hex, as: UTF8.self))"
    }
}
