package import LinuxIO

/// Where a log's files live: every access of the writer and the verifier to them goes through here.
///
/// `DirectoryStorage` is a directory on a disk. Tests have one in memory that loses, refuses and tears.
package protocol Storage: Sendable {
    /// A file as this storage opens it.
    associatedtype OpenFile: StorageFile

    /// The directory's name in messages.
    var name: String { get }
    /// The names in the directory, in no order.
    func names() throws(FileError) -> [String]
    /// The names in a folder of it; none where there is no such folder.
    func names(in folder: String) throws(FileError) -> [String]
    /// Makes a folder where it is not there. The one that it is in must be.
    func makeFolder(_ name: String) throws(FileError)
    /// What stands under `name`; a symbolic link is not followed.
    func status(of name: String) throws(FileError) -> FileStatus
    /// Opens a file for reading.
    func open(_ name: String) throws(FileError) -> OpenFile
    /// Makes a file that must not exist, for appending.
    func create(_ name: String) throws(FileError) -> OpenFile
    /// Renames a file to a name that must not exist.
    func rename(_ old: String, toNew new: String) throws(FileError)
    /// Renames a file to a name that may exist, which is replaced.
    func replace(_ new: String, by old: String) throws(FileError)
    /// Puts `bytes` over the first bytes of a file, where they lie, and brings them to the disk.
    func overwrite(_ name: String, with bytes: [UInt8]) throws(FileError)
    /// Removes a file.
    func remove(_ name: String) throws(FileError)
    /// Makes the names durable.
    func synchroniseNames() throws(FileError)
    /// Makes the names in a folder durable.
    func synchroniseNames(in folder: String) throws(FileError)
    /// Gives back the space reserved beyond the end of a file that is no longer written.
    func releaseReservation(of name: String) throws(FileError)
    /// Bytes that can still be written.
    func freeBytes() throws(FileError) -> UInt64
    /// Whether a writer holds the log's lock.
    func isLockedByWriter() throws(FileError) -> Bool
}

/// An open file of a `Storage`. The operations mean what `LinuxIO.File` says of them.
package protocol StorageFile: Sendable {
    func write(_ bytes: Span<UInt8>) throws(FileError) -> Int
    func read(into buffer: inout [UInt8], count: Int, at offset: UInt64) throws(FileError) -> Int
    func synchroniseData() throws(FileError)
    func reserve(bytes: UInt64) throws(FileError)
    func releaseReservation(after size: UInt64) throws(FileError)
    func status() throws(FileError) -> FileStatus
    func dropCache()
}

extension File: StorageFile {}

/// The files in one directory of a file system.
package struct DirectoryStorage: Storage {
    package let path: String
    private let directory: File

    package var name: String { path }

    private let fileMode: UInt32
    private let folderMode: UInt32

    /// Opens the directory at `path`.
    /// - Parameter isPrivate: whether what is made in it is the owner's alone.
    package init(path: String, isPrivate: Bool = false) throws(FileError) {
        self.path = path
        fileMode = isPrivate ? 0o600 : 0o640
        folderMode = isPrivate ? 0o700 : 0o750
        directory = try File.open(path, for: .read)
    }

    package static let lockName = "LOCK"

    package func names() throws(FileError) -> [String] { try FileDirectory.names(in: path) }

    package func names(in folder: String) throws(FileError) -> [String] {
        do throws(FileError) { return try FileDirectory.names(in: "\(path)/\(folder)") } catch {
            if error.isMissing { return [] }
            throw error
        }
    }

    package func makeFolder(_ name: String) throws(FileError) {
        do throws(FileError) { try FileDirectory.make("\(path)/\(name)", mode: folderMode) } catch
            where error.isTaken
        {}
    }

    package func replace(_ new: String, by old: String) throws(FileError) {
        try FileDirectory.replace("\(path)/\(new)", by: "\(path)/\(old)")
    }

    package func synchroniseNames(in folder: String) throws(FileError) {
        try FileDirectory.synchronise("\(path)/\(folder)")
    }

    package func status(of name: String) throws(FileError) -> FileStatus {
        try FileDirectory.status(of: "\(path)/\(name)")
    }

    package func open(_ name: String) throws(FileError) -> File {
        try File.open("\(path)/\(name)", for: .read)
    }

    package func create(_ name: String) throws(FileError) -> File {
        try File.open("\(path)/\(name)", for: .appendNew, mode: fileMode)
    }

    package func rename(_ old: String, toNew new: String) throws(FileError) {
        try FileDirectory.rename("\(path)/\(old)", toNew: "\(path)/\(new)")
    }

    package func overwrite(_ name: String, with bytes: [UInt8]) throws(FileError) {
        let file = try File.open("\(path)/\(name)", for: .reserve)
        guard try file.write(bytes.span) == bytes.count else { throw FileError("write", name, code: 0) }
        try file.synchroniseData()
    }

    package func remove(_ name: String) throws(FileError) { try FileDirectory.remove("\(path)/\(name)") }

    package func synchroniseNames() throws(FileError) { try directory.synchronise() }

    package func releaseReservation(of name: String) throws(FileError) {
        let file = try File.open("\(path)/\(name)", for: .reserve)
        try file.releaseReservation(after: try file.status().size)
    }

    package func freeBytes() throws(FileError) -> UInt64 { try directory.freeBytes() }

    package func isLockedByWriter() throws(FileError) -> Bool {
        do throws(FileError) {
            return try File.open("\(path)/\(Self.lockName)", for: .read).isLockedByOther()
        } catch {
            if error.isMissing { return false }
            throw error
        }
    }

    /// The kind of file system that holds the directory.
    package func fileSystem() throws(FileError) -> FileSystemKind { try directory.fileSystem() }
}
