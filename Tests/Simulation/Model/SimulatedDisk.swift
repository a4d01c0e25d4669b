import Audit
import LinuxIO

/// A directory on a disk that does what disks and kernels may do. The fault model:
///
/// - A write may take fewer bytes than it was given, or fail (EIO, ENOSPC). Any other operation may fail.
/// - A sync may fail. Then any part of what it was for is on the disk, reads see all of it until the kernel drops its copy,
///   and a later sync succeeds and says nothing.
/// - A process may die before or after any operation. What it wrote stays in the kernel's cache: the next process reads it,
///   and it is not on the disk.
/// - The power may go before or after any operation. Of what was not synced, any blocks of 512 bytes survive, in any order;
///   a file may have grown without its blocks, which then read as zeros. Each change of a name that was not synced
///   survives or does not, a rename as a whole.
/// - A bit of what is on the disk may turn.
///
/// What is synced stays, names are synced apart from what they lead to, and a rename is never half done: POSIX, and what
/// ext4, XFS and btrfs keep. Not simulated: a disk that lies about a sync, and a torn block.
///
/// `@unchecked Sendable`: see `Machine`.
final class SimulatedDisk: Storage, @unchecked Sendable {
    struct OpenFile: StorageFile {
        let disk: SimulatedDisk
        let name: String
        let file: SimulatedFile

        func write(_ bytes: Span<UInt8>) throws(FileError) -> Int {
            let given = unsafe bytes.withUnsafeBufferPointer { unsafe Array($0) }
            disk.onWrite(name, given)
            let machine = disk.machine
            return try machine.perform(
                .write, name, bytes: given.count,
                refuse: { code in
                    let taken = Int.random(in: 0..<max(1, given.count), using: &machine.random)
                    file.append(given.prefix(taken))
                    return code == 0 ? taken : nil
                }
            ) { () throws(FileError) in
                file.append(given[...])
                return given.count
            }
        }

        func read(into buffer: inout [UInt8], count: Int, at offset: UInt64) throws(FileError) -> Int {
            let part = try disk.machine.perform(.read, name) { () throws(FileError) in
                file.bytes.dropFirst(Int(clamping: offset)).prefix(count)
            }
            buffer += part
            return part.count
        }

        func synchroniseData() throws(FileError) {
            let machine = disk.machine
            try machine.perform(
                .synchroniseData, name,
                refuse: { _ in
                    file.failToSynchronise(using: &machine.random)
                    return machine.mutant == .retriesFailedSync ? () : nil
                }
            ) { () throws(FileError) in
                switch machine.mutant {
                case .acknowledgesUnsynced where isSegment, .signsUnsynced where isSegment: return
                case .forgetsSigned where name.hasPrefix(".last-checkpoint"): return
                default: file.synchronise()
                }
            }
        }

        /// Also of one that is still under its first name.
        private var isSegment: Bool { name.hasPrefix("seg-") || name.hasPrefix(".segment") }

        func reserve(bytes: UInt64) {}
        func releaseReservation(after size: UInt64) {}
        func dropCache() { file.dropClean() }

        func status() throws(FileError) -> FileStatus {
            try disk.machine.perform(.status, name) { () throws(FileError) in disk.status(file) }
        }
    }

    private enum Change {
        case put(String, SimulatedFile)
        case remove(String)
        case move(from: String, to: String, SimulatedFile)

        var folder: String {
            switch self {
            case .put(let name, _), .remove(let name), .move(_, let name, _): SimulatedDisk.folder(of: name)
            }
        }

        func apply(to names: inout [String: SimulatedFile]) {
            switch self {
            case .put(let name, let file): names[name] = file
            case .remove(let name): names[name] = nil
            case .move(let old, let new, let file):
                if names[old] === file { names[old] = nil }
                names[new] = file
            }
        }
    }

    let name: String
    let machine: Machine
    var space: UInt64 = 1 << 40
    /// Told of everything that is written, before it is.
    var onWrite: (String, [UInt8]) -> Void = { _, _ in }
    private(set) var files: [String: SimulatedFile] = [:]
    private(set) var durableFiles: [String: SimulatedFile] = [:]
    /// Changes of names that are not synced, in their order.
    private var journal: [Change] = []
    private var filesMade: UInt64 = 0

    init(_ name: String, on machine: Machine) {
        self.name = name
        self.machine = machine
    }

    func names() throws(FileError) -> [String] { try names(in: "") }

    func names(in folder: String) throws(FileError) -> [String] {
        try machine.perform(.read, folder) { () throws(FileError) in
            files.keys.filter { Self.folder(of: $0) == folder }.map {
                String($0.dropFirst(folder.isEmpty ? 0 : folder.utf8.count + 1))
            }
            .sorted()
        }
    }

    func makeFolder(_ name: String) throws(FileError) {
        try machine.perform(.makeFolder, name) { () throws(FileError) in
            guard files[name] == nil else { return }
            try expectFolder(of: name)
            change(.put(name, make(isFolder: true)))
        }
    }

    func status(of name: String) throws(FileError) -> FileStatus {
        try machine.perform(.status, name) { () throws(FileError) in status(try find(name)) }
    }

    func open(_ name: String) throws(FileError) -> OpenFile {
        try machine.perform(.open, name) { () throws(FileError) in
            OpenFile(disk: self, name: name, file: try find(name))
        }
    }

    func create(_ name: String) throws(FileError) -> OpenFile {
        try machine.perform(.create, name) { () throws(FileError) in
            try expectFolder(of: name)
            guard files[name] == nil else { throw FileError("open", name, code: FileError.takenCode) }
            let file = make(isFolder: false)
            change(.put(name, file))
            return OpenFile(disk: self, name: name, file: file)
        }
    }

    func rename(_ old: String, toNew new: String) throws(FileError) {
        try machine.perform(.rename, new) { () throws(FileError) in
            guard files[new] == nil else { throw FileError("rename", new, code: FileError.takenCode) }
            change(.move(from: old, to: new, try find(old)))
        }
    }

    func replace(_ new: String, by old: String) throws(FileError) {
        try machine.perform(.replace, new) { () throws(FileError) in
            let file = try find(old)
            files[new]?.links = 0
            change(.move(from: old, to: new, file))
        }
    }

    func remove(_ name: String) throws(FileError) {
        try machine.perform(.remove, name) { () throws(FileError) in
            try find(name).links = 0
            change(.remove(name))
        }
    }

    func overwrite(_ name: String, with bytes: [UInt8]) throws(FileError) {
        let file = try find(name)
        file.overwrite(with: bytes)
        file.synchronise()
    }

    func synchroniseNames() throws(FileError) { try synchroniseNames(in: "") }

    func synchroniseNames(in folder: String) throws(FileError) {
        try machine.perform(.synchroniseNames, folder) { () throws(FileError) in
            if machine.mutant == .forgetsNames, folder.isEmpty, name == "log" { return }
            if machine.mutant == .forgetsSigned, name == "state" { return }
            for change in journal where change.folder == folder { change.apply(to: &durableFiles) }
            journal.removeAll { $0.folder == folder }
        }
    }

    func releaseReservation(of name: String) {}

    func freeBytes() throws(FileError) -> UInt64 {
        try machine.perform(.freeBytes, "") { () throws(FileError) in space }
    }

    func isLockedByWriter() -> Bool { false }

    private func make(isFolder: Bool) -> SimulatedFile {
        filesMade += 1
        return SimulatedFile(number: filesMade, isFolder: isFolder)
    }

    private func change(_ change: Change) {
        change.apply(to: &files)
        journal.append(change)
    }

    private func find(_ name: String) throws(FileError) -> SimulatedFile {
        guard let file = files[name] else { throw FileError("open", name, code: FileError.missingCode) }
        return file
    }

    private func expectFolder(of name: String) throws(FileError) {
        let folder = Self.folder(of: name)
        guard folder.isEmpty || files[folder] != nil else { throw FileError("open", name, code: FileError.missingCode) }
    }

    private func status(_ file: SimulatedFile) -> FileStatus {
        FileStatus(
            kind: file.isFolder ? .directory : .regular, size: UInt64(file.bytes.count), links: file.links, mode: 0o600,
            identity: FileIdentity(device: 1, inode: file.number))
    }

    private static func folder(of name: String) -> String {
        name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
    }
}

extension SimulatedDisk {
    /// The power goes, and comes back.
    func losePower(_ survival: Survival) {
        for change in survival.choose(journal, using: &machine.random) { change.apply(to: &durableFiles) }
        journal = []
        files = durableFiles.filter { name, _ in
            // What is in a folder that is gone is gone.
            var folder = Self.folder(of: name)
            while !folder.isEmpty, durableFiles[folder] != nil { folder = Self.folder(of: folder) }
            return folder.isEmpty
        }
        durableFiles = files
        for name in files.keys.sorted() {
            files[name]?.links = 1
            files[name]?.losePower(survival, using: &machine.random)
        }
    }

    /// A process died, and the kernel went on: it may have written some of what was left to the disk, or need the memory.
    func age() {
        for name in files.keys.sorted() {
            guard let file = files[name] else { continue }
            if Int.random(in: 0..<3, using: &machine.random) == 0 { file.synchronise() }
            if Int.random(in: 0..<3, using: &machine.random) == 0 { file.dropClean() }
        }
    }

    /// The log's segments by name.
    var segments: [(name: String, file: SimulatedFile)] {
        files.filter { $0.key.hasPrefix("seg-") }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
