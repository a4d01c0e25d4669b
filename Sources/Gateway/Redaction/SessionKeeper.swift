internal import Audit
internal import LinuxIO
internal import OpenSSL
internal import Redaction
internal import Synchronization
internal import Threading

/// Keeps the sessions' vaults on the disk, sealed, so that they outlive the process.
///
/// Nothing of it waits for the disk on a loop: what changed is noted, and written within a second by a thread of its own,
/// each session once. What is not on the disk when the process is killed is lost, which costs a caller its originals and
/// nobody anything else. At start all sealed vaults are read; each is opened when its session asks for it, since only then it
/// is known whose it is.
final class SessionKeeper: Sendable {
    private enum Work: Sendable {
        case write(SharedVault)
        case remove
    }

    /// A vault from before the start that nobody has asked for.
    private struct Dormant: Sendable {
        let sealed: [UInt8]
        let expires: MonotonicInstant
    }

    private let sealer: VaultSealer
    private let disk: DirectoryStorage
    private let say: @Sendable (String) -> Void
    private let dormant: Mutex<[SHA256Digest: Dormant]>
    private let waiting = Mutex<[SHA256Digest: Work]>([:])
    /// Held while files are written, which the thread and the end of the process may both want.
    private let writing = Mutex(State())

    private struct State {
        var isClosed = false
        var isFailing = false
    }

    private static let folder = "sessions"
    private static let intervalMilliseconds: Int32 = 1000

    /// Reads what an earlier process kept, and removes what is too old or too much.
    /// - Parameter say: is told where files cannot be written.
    /// - Throws: `FileError`
    static func open(
        stateDirectory: String, sealer: VaultSealer, bounds: SessionTable.Bounds,
        say: @escaping @Sendable (String) -> Void = { _ in }
    ) throws(FileError) -> SessionKeeper {
        let disk = try DirectoryStorage(path: stateDirectory, isPrivate: true)
        try disk.makeFolder(folder)
        let dormant = try read(disk, bounds)
        return SessionKeeper(sealer: sealer, disk: disk, say: say, dormant: dormant)
    }

    private init(
        sealer: VaultSealer, disk: DirectoryStorage, say: @escaping @Sendable (String) -> Void,
        dormant: [SHA256Digest: Dormant]
    ) {
        self.sealer = sealer
        self.disk = disk
        self.say = say
        self.dormant = Mutex(dormant)
    }

    /// Starts the thread that writes. It ends once the keeper is closed.
    /// - Returns: false where the system has no thread.
    func start() -> Bool {
        SystemThread.start(named: "session-write") { [weak self] in
            while true {
                SystemThread.sleep(milliseconds: Self.intervalMilliseconds)
                guard let self, self.turn() else { return }
            }
        }
    }

    // MARK: On loops

    /// The vault of a session from before the start, which `keep` makes the session's.
    /// - Parameter find: looks again for one that another request has woken meanwhile.
    func wake(
        _ key: SessionKey, find: () -> SharedVault?, keep: (SharedVault, _ bytes: Int) -> SharedVault
    ) -> SharedVault? {
        let name = sealer.name(of: key)
        return dormant.withLock { dormant -> SharedVault? in
            if let known = find() { return known }
            // One that was idle too long goes with the next turn.
            guard let found = dormant[name], MonotonicInstant.now < found.expires else { return nil }
            dormant[name] = nil
            do throws(VaultError) {
                let vault = try Vault.open(found.sealed, by: sealer, session: name.bytes)
                let bytes = vault.memoryBytes
                return keep(SharedVault(vault), bytes)
            } catch {
                // Sealed under another key, or changed: nobody can have it back.
                forget(name)
                return nil
            }
        }
    }

    /// The vault of a session has changed.
    func note(_ vault: SharedVault, of key: SessionKey) {
        let name = sealer.name(of: key)
        waiting.withLock { $0[name] = .write(vault) }
    }

    /// A session is no more.
    func forget(_ key: SessionKey) { forget(sealer.name(of: key)) }

    /// A session is no more, nor what an earlier process kept of it.
    func erase(_ key: SessionKey) {
        let name = sealer.name(of: key)
        dormant.withLock { $0[name] = nil }
        forget(name)
    }

    private func forget(_ name: SHA256Digest) { waiting.withLock { $0[name] = .remove } }

    // MARK: On its thread

    /// Writes what waits.
    /// - Returns: false where it is closed.
    func turn() -> Bool {
        writing.withLock { state in
            guard !state.isClosed else { return false }
            write(&state)
            return true
        }
    }

    /// Writes what waits and `live`, whose last use is now, and ends.
    func close(_ live: [(key: SessionKey, vault: SharedVault)]) {
        for (key, vault) in live { note(vault, of: key) }
        writing.withLock { state in
            guard !state.isClosed else { return }
            write(&state)
            state.isClosed = true
        }
    }

    private func write(_ state: inout State) {
        expire()
        let work = waiting.withLock { waiting in
            var work: [SHA256Digest: Work] = [:]
            swap(&waiting, &work)
            return work
        }
        var failure: FileError?
        for (name, work) in work {
            do throws(FileError) { try perform(work, name) } catch { failure = error }
        }
        if let failure, !state.isFailing { say("the originals of sessions are not kept on the disk: \(failure)") }
        if !work.isEmpty { state.isFailing = failure != nil }
    }

    private func perform(_ work: Work, _ name: SHA256Digest) throws(FileError) {
        let file = Self.folder + "/" + String(decoding: name.hex, as: UTF8.self)
        switch work {
        case .write(let vault):
            // One that is too large to be sealed lives as long as the process.
            guard let sealed = vault.sealed(by: sealer, session: name.bytes) else { return }
            let session = SealedSession(usedMicroseconds: WallClock.microseconds, vault: sealed)
            try disk.put(session.bytes, as: file, isDurable: false)
        case .remove:
            do throws(FileError) { try disk.remove(file) } catch  where error.isMissing {}
        }
    }

    private func expire() {
        let now = MonotonicInstant.now
        let expired = dormant.withLock { dormant in
            let names = dormant.filter { $0.value.expires <= now }.map(\.key)
            for name in names { dormant[name] = nil }
            return names
        }
        for name in expired { forget(name) }
    }

    // MARK: At start

    private static func read(
        _ disk: DirectoryStorage, _ bounds: SessionTable.Bounds
    ) throws(FileError) -> [SHA256Digest: Dormant] {
        let (now, wall) = (MonotonicInstant.now, WallClock.microseconds)
        var found: [(name: SHA256Digest, session: SealedSession)] = []
        for file in try disk.names(in: folder) {
            let path = folder + "/" + file
            guard let name = SHA256Digest(hex: file), let session = try session(disk, path),
                wall - session.usedMicroseconds <= bounds.idleMax.wholeMicroseconds
            else {
                try disk.remove(path)
                continue
            }
            found.append((name, session))
        }
        found.sort { $0.session.usedMicroseconds > $1.session.usedMicroseconds }
        var dormant: [SHA256Digest: Dormant] = [:]
        var bytes = 0
        for (name, session) in found {
            bytes += session.vault.count
            guard dormant.count < bounds.sessionsMax, bytes <= bounds.bytesMax else {
                try disk.remove(folder + "/" + String(decoding: name.hex, as: UTF8.self))
                continue
            }
            let age = max(0, wall - session.usedMicroseconds)
            let left = bounds.idleMax - .microseconds(age)
            dormant[name] = Dormant(sealed: session.vault, expires: now + left)
        }
        return dormant
    }

    /// The session in a file; nil where it is none, or too long to be one.
    private static func session(_ disk: DirectoryStorage, _ path: String) throws(FileError) -> SealedSession? {
        guard try disk.status(of: path).size <= UInt64(SealedSession.bytesMax) else { return nil }
        return try disk.contents(of: path, bytesMax: SealedSession.bytesMax).flatMap { SealedSession($0) }
    }
}

extension SHA256Digest {
    /// A digest from its 64 lowercase hexadecimal digits.
    fileprivate init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes: bytes)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension Duration {
    fileprivate var wholeMicroseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}
