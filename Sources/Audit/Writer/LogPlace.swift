internal import LinuxIO

/// The directories of a log, held for one writer.
struct LogPlace {
    let disk: DirectoryStorage
    let state: DirectoryStorage
    let key: LogKey<DirectoryStorage>
    let lock: File

    /// Makes what is missing, takes the lock, and checks modes and file system.
    static func take(_ configuration: AuditConfiguration) throws(AuditError) -> LogPlace {
        try configuration.validate()
        try prepareDirectory(configuration.directory, setting: "audit.directory", mode: 0o750)
        let disk = try storage(configuration.directory)
        let lock = try takeLock(in: configuration.directory)
        try prepareDirectory(configuration.stateDirectory, setting: "audit.state", mode: 0o700)
        try checkFileSystem(disk)
        let state = try storage(configuration.stateDirectory, isPrivate: true)
        let key = LogKey(state: state, origin: configuration.origin)
        return LogPlace(disk: disk, state: state, key: key, lock: lock)
    }

    static func storage(_ path: String, isPrivate: Bool = false) throws(AuditError) -> DirectoryStorage {
        do throws(FileError) { return try DirectoryStorage(path: path, isPrivate: isPrivate) } catch {
            throw .storage(error)
        }
    }

    private static func prepareDirectory(_ path: String, setting: String, mode: UInt32) throws(AuditError) {
        let status: FileStatus
        do throws(FileError) {
            do throws(FileError) {
                try FileDirectory.make(path, mode: mode)
                try FileDirectory.synchronise(path + "/..")
            } catch  where error.isTaken {}
            status = try FileDirectory.status(of: path)
        } catch {
            throw .configuration(setting: setting, found: "\(error)", wanted: "a directory, or a parent to make it in")
        }
        guard status.kind == .directory, status.mode & 0o027 == 0 else {
            let found = status.kind == .directory ? "mode \(String(status.mode, radix: 8))" : "no directory"
            throw .configuration(
                setting: setting, found: "\(path): \(found)",
                wanted: "a directory that the group cannot write and others cannot enter (chmod 750)")
        }
    }

    /// A verifier that looks whether the log is live holds the lock for an instant, hence the retries.
    private static func takeLock(in directory: String) throws(AuditError) -> File {
        let path = "\(directory)/\(DirectoryStorage.lockName)"
        do throws(FileError) {
            let lock = try File.open(path, for: .lock, mode: 0o640)
            for _ in 0..<lockAttempts {
                if try lock.lockExclusively() { return lock }
                FileWait.pause(lockPause)
            }
        } catch {
            throw .storage(error)
        }
        throw .busy(path: path)
    }

    private static func checkFileSystem(_ disk: DirectoryStorage) throws(AuditError) {
        let kind: FileSystemKind
        do throws(FileError) { kind = try disk.fileSystem() } catch { throw .storage(error) }
        guard kind == .local else {
            throw .configuration(
                setting: "audit.directory", found: "\(disk.path) on \(kind.rawValue)", wanted: "a local file system")
        }
    }

    private static let lockAttempts = 5
    private static let lockPause: Duration = .milliseconds(20)
}
