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
    private static let mode: UInt32 = 0o600
    private static let pemBytesMax = 4096

    /// The public half of the key for a log that has no record yet.
    func prepare() throws(AuditError) -> VerifierKey {
        if try read(path) != nil {
            throw .refused(
                segment: SegmentName(firstSeq: 0).text, seq: 0,
                detail: "\(path) belongs to a log that is not in the log directory")
        }
        if let key = try read(newPath) { return key }
        guard let key = Ed25519PrivateKey.generate() else { throw .exhausted("random numbers for a key") }
        let temporary = "\(directory)/.log.key.tmp"
        do throws(FileError) {
            do throws(FileError) { try FileDirectory.remove(temporary) } catch  where error.isMissing {}
            let file = try File.open(temporary, for: .writeNew, mode: Self.mode)
            let pem = key.pem
            guard try file.write(pem.span) == pem.count else { throw FileError("write", temporary, code: 0) }
            try file.synchroniseData()
            try FileDirectory.rename(temporary, toNew: newPath)
            try FileDirectory.synchronise(directory)
        } catch {
            throw .storage(error)
        }
        return VerifierKey(name: origin, publicKey: key.publicKey)
    }

    /// The first record is on disk: the key is the log's from now on.
    func adopt() throws(AuditError) {
        do throws(FileError) {
            try FileDirectory.rename(newPath, toNew: path)
            try FileDirectory.synchronise(directory)
        } catch {
            throw .storage(error)
        }
    }

    /// Checks that the key is the one that the log's first record names.
    func check(_ genesis: Genesis) throws(AuditError) {
        let found = try read(path)
        if found == nil, try read(newPath) == genesis.key { return try adopt() }
        guard let found else { throw refusal("the key \(path), which the log's first record names, is missing") }
        guard found == genesis.key else { throw refusal("\(path) is not the key that the log's first record names") }
    }

    private func refusal(_ detail: String) -> AuditError {
        .refused(segment: SegmentName(firstSeq: 0).text, seq: 0, detail: detail)
    }

    private func read(_ path: String) throws(AuditError) -> VerifierKey? {
        var pem: [UInt8] = []
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
        return VerifierKey(name: origin, publicKey: key.publicKey)
    }
}
