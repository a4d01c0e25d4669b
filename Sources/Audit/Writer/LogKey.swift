internal import LinuxIO
internal import OpenSSL

/// The log's Ed25519 key in the state directory: PKCS#8 PEM, mode 0600.
///
/// It is made once, for a log that does not exist yet: first as `log.key.new`, which becomes `log.key` when the log's first
/// record, which names it, is on disk. So a crash in between is mended by the next start, and a `log.key` without a log
/// means that the log was taken away: that is refused, not restarted from zero.
struct LogKey<State: Storage> {
    /// The state directory, whose files are the owner's alone.
    let state: State
    let origin: String
    /// Make a key and read one: of the system's generator and from PEM, unless a test wants the same run again.
    var generate: @Sendable () -> Ed25519PrivateKey? = { .generate() }
    var decode: @Sendable ([UInt8]) -> Ed25519PrivateKey? = { .make(pem: $0) }

    private static var name: String { "log.key" }
    private static var newName: String { "log.key.new" }
    private static var nextName: String { "log.key.next" }
    private static var pemBytesMax: Int { 4096 }

    private func path(_ name: String) -> String { "\(state.name)/\(name)" }

    /// The key for a log that has no record yet.
    func prepare() throws(AuditError) -> SigningKeys {
        if try read(Self.name) != nil {
            throw .refused(
                segment: SegmentName(firstSeq: 0).text, seq: 0,
                detail: "\(path(Self.name)) belongs to a log that is not in the log directory")
        }
        if try read(Self.newName) == nil {
            _ = try make(Self.newName)
        } else {
            // Whoever made it may have died before its name was on the disk, and the log's first record will name the key.
            do throws(FileError) { try state.synchroniseNames() } catch { throw .storage(error) }
        }
        guard let key = try readPrivate(Self.newName) else { throw refusal("\(path(Self.newName)) is gone") }
        return SigningKeys(key)
    }

    /// The public half of the key that `prepare` made.
    func preparedKey() throws(AuditError) -> VerifierKey {
        guard let key = try read(Self.newName) else { throw refusal("\(path(Self.newName)) is gone") }
        return key
    }

    /// The public half of the log's key.
    func publicKey() throws(AuditError) -> [UInt8] { try read(Self.name)?.publicKey ?? [] }

    /// The first record is on disk: the key is the log's from now on.
    func adopt() throws(AuditError) {
        do throws(FileError) {
            try state.rename(Self.newName, toNew: Self.name)
            try state.synchroniseNames()
        } catch {
            throw .storage(error)
        }
    }

    /// The keys that sign, for a log that exists.
    /// - Parameter genesis: its first record, whose key must be ours until a rotation's checkpoint says otherwise.
    func signingKeys(_ genesis: Genesis, wasSigned: Bool) throws(AuditError) -> SigningKeys {
        if try read(Self.name) == nil, try read(Self.newName) == genesis.key { try adopt() }
        guard let found = try read(Self.name) else {
            throw refusal("the key \(path(Self.name)), which the log's first record names, is missing")
        }
        guard found == genesis.key || wasSigned else {
            throw refusal("\(path(Self.name)) is not the key that the log's first record names")
        }
        return try signingKeys()
    }

    /// The keys that sign.
    func signingKeys() throws(AuditError) -> SigningKeys {
        guard let current = try readPrivate(Self.name) else { throw refusal("the key \(path(Self.name)) is missing") }
        return SigningKeys(current, next: try readPrivate(Self.nextName))
    }

    /// Makes the key that a rotation hands over to, or takes up the one that an interrupted rotation left.
    /// - Returns: its public half.
    func prepareNext() throws(AuditError) -> VerifierKey {
        if let key = try read(Self.nextName) { return key }
        return try make(Self.nextName)
    }

    /// The next key is the log's key from now on.
    func completeRotation() throws(AuditError) {
        do throws(FileError) {
            try state.replace(Self.name, by: Self.nextName)
            try state.synchroniseNames()
        } catch {
            throw .storage(error)
        }
    }

    private func make(_ name: String) throws(AuditError) -> VerifierKey {
        guard let key = generate() else { throw .exhausted("random numbers for a key") }
        let temporary = ".log.key.tmp"
        do throws(FileError) {
            do throws(FileError) { try state.remove(temporary) } catch  where error.isMissing {}
            let file = try state.create(temporary)
            let pem = key.pem
            guard try file.write(pem.span) == pem.count else { throw FileError("write", path(temporary), code: 0) }
            try file.synchroniseData()
            try state.rename(temporary, toNew: name)
            try state.synchroniseNames()
        } catch {
            throw .storage(error)
        }
        return VerifierKey(name: origin, publicKey: key.publicKey)
    }

    private func refusal(_ detail: String) -> AuditError {
        .refused(segment: SegmentName(firstSeq: 0).text, seq: 0, detail: detail)
    }

    private func read(_ name: String) throws(AuditError) -> VerifierKey? {
        guard let key = try readPrivate(name) else { return nil }
        return VerifierKey(name: origin, publicKey: key.publicKey)
    }

    private func readPrivate(_ name: String) throws(AuditError) -> Ed25519PrivateKey? {
        var pem: [UInt8] = []
        defer { for index in pem.indices { pem[index] = 0 } }
        let status: FileStatus
        do throws(FileError) {
            let file = try state.open(name)
            status = try file.status()
            _ = try file.read(into: &pem, count: Self.pemBytesMax, at: 0)
        } catch {
            if error.isMissing { return nil }
            throw .storage(error)
        }
        guard status.kind == .regular, status.mode & 0o177 == 0 else {
            throw .configuration(
                setting: path(name), found: "mode \(String(status.mode, radix: 8))", wanted: "a file of mode 600")
        }
        guard let key = decode(pem) else {
            throw .configuration(setting: path(name), found: "no Ed25519 key", wanted: "an Ed25519 key in PKCS#8 PEM")
        }
        return key
    }
}
