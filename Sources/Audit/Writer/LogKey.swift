internal import LinuxIO
internal import OpenSSL

/// The log's Ed25519 key in the state directory: PKCS#8 PEM, mode 0600.
///
/// It is made once, for a log that does not exist yet: first as `log.key.new`, which becomes `log.key` when the log's first
/// record, which names it, is on disk. So a crash in between is mended by the next start, and a `log.key` without a log
/// means that the log was taken away: that is refused, not restarted from zero.
struct LogKey {
    let directory: String
    let origin: String

    private var path: String { "\(directory)/log.key" }
    private var newPath: String { "\(directory)/log.key.new" }
    private var nextPath: String { "\(directory)/log.key.next" }
    private static let mode: UInt32 = 0o600
    private static let pemBytesMax = 4096

    /// The key for a log that has no record yet.
    func prepare() throws(AuditError) -> SigningKeys {
        if try read(path) != nil {
            throw .refused(
                segment: SegmentName(firstSeq: 0).text, seq: 0,
                detail: "\(path) belongs to a log that is not in the log directory")
        }
        if try read(newPath) == nil { _ = try make(at: newPath) }
        guard let key = try readPrivate(newPath) else { throw refusal("\(newPath) is gone") }
        return SigningKeys(key)
    }

    /// The public half of the key that `prepare` made.
    func preparedKey() throws(AuditError) -> VerifierKey {
        guard let key = try read(newPath) else { throw refusal("\(newPath) is gone") }
        return key
    }

    /// The public half of the log's key.
    func publicKey() throws(AuditError) -> [UInt8] { try read(path)?.publicKey ?? [] }

    /// The first record is on disk: the key is the log's from now on.
    func adopt() throws(AuditError) {
        do throws(FileError) {
            try FileDirectory.rename(newPath, toNew: path)
            try FileDirectory.synchronise(directory)
        } catch {
            throw .storage(error)
        }
    }

    /// The keys that sign, for a log that exists.
    /// - Parameter genesis: its first record, whose key must be ours until a rotation's checkpoint says otherwise.
    func signingKeys(_ genesis: Genesis, wasSigned: Bool) throws(AuditError) -> SigningKeys {
        if try read(path) == nil, try read(newPath) == genesis.key { try adopt() }
        guard let found = try read(path) else {
            throw refusal("the key \(path), which the log's first record names, is missing")
        }
        guard found == genesis.key || wasSigned else {
            throw refusal("\(path) is not the key that the log's first record names")
        }
        return try signingKeys()
    }

    /// The keys that sign.
    func signingKeys() throws(AuditError) -> SigningKeys {
        guard let current = try readPrivate(path) else { throw refusal("the key \(path) is missing") }
        return SigningKeys(current, next: try readPrivate(nextPath))
    }

    /// Makes the key that a rotation hands over to, or takes up the one that an interrupted rotation left.
    /// - Returns: its public half.
    func prepareNext() throws(AuditError) -> VerifierKey {
        if let key = try read(nextPath) { return key }
        return try make(at: nextPath)
    }

    /// The next key is the log's key from now on.
    func completeRotation() throws(AuditError) {
        do throws(FileError) {
            try FileDirectory.replace(path, by: nextPath)
            try FileDirectory.synchronise(directory)
        } catch {
            throw .storage(error)
        }
    }

    private func make(at path: String) throws(AuditError) -> VerifierKey {
        guard let key = Ed25519PrivateKey.generate() else { throw .exhausted("random numbers for a key") }
        let temporary = "\(directory)/.log.key.tmp"
        do throws(FileError) {
            do throws(FileError) { try FileDirectory.remove(temporary) } catch  where error.isMissing {}
            let file = try File.open(temporary, for: .writeNew, mode: Self.mode)
            let pem = key.pem
            guard try file.write(pem.span) == pem.count else { throw FileError("write", temporary, code: 0) }
            try file.synchroniseData()
            try FileDirectory.rename(temporary, toNew: path)
            try FileDirectory.synchronise(directory)
        } catch {
            throw .storage(error)
        }
        return VerifierKey(name: origin, publicKey: key.publicKey)
    }

    private func refusal(_ detail: String) -> AuditError {
        .refused(segment: SegmentName(firstSeq: 0).text, seq: 0, detail: detail)
    }

    private func read(_ path: String) throws(AuditError) -> VerifierKey? {
        guard let key = try readPrivate(path) else { return nil }
        return VerifierKey(name: origin, publicKey: key.publicKey)
    }

    private func readPrivate(_ path: String) throws(AuditError) -> Ed25519PrivateKey? {
        var pem: [UInt8] = []
        defer { for index in pem.indices { pem[index] = 0 } }
        let status: FileStatus
        do throws(FileError) {
            let file = try File.open(path, for: .read)
            status = try file.status()
            _ = try file.read(into: &pem, count: Self.pemBytesMax, at: 0)
        } catch {
            if error.isMissing { return nil }
            throw .storage(error)
        }
        guard status.kind == .regular, status.mode & 0o177 == 0 else {
            throw .configuration(
                setting: path, found: "mode \(String(status.mode, radix: 8))", wanted: "a file of mode 600")
        }
        guard let key = Ed25519PrivateKey.make(pem: pem) else {
            throw .configuration(setting: path, found: "no Ed25519 key", wanted: "an Ed25519 key in PKCS#8 PEM")
        }
        return key
    }
}
