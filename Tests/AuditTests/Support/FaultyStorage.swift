import LinuxIO
import OpenSSL
import Synchronization

@testable import Audit

/// A directory in memory that can do what disks do.
///
/// The fault model: a write may take fewer bytes than it was given, or fail; a sync may fail, and then nothing it was for is
/// durable; a crash keeps of every file what was synced and any prefix of the rest, and of the names those that were
/// synced; an intruder may remove, replace, truncate or extend a file at any time.
final class FaultyStorage: Storage, Sendable {
    enum Operation: Hashable {
        case write, synchroniseData, rename, synchroniseNames, status, freeBytes, remove, reserve
    }

    final class Contents: Sendable {
        struct Values {
            var bytes: [UInt8] = []
            var durableCount = 0
            var links: UInt64 = 1
            var reservedBytes: UInt64 = 0
        }
        let number: UInt64
        let values = Mutex(Values())
        init(number: UInt64) { self.number = number }
    }

    struct State {
        var names: [String: Contents] = [:]
        var durableNames: [String: Contents] = [:]
        var kinds: [String: FileStatus.Kind] = [:]
        var nextNumber: UInt64 = 1
        var freeBytes: UInt64 = 1 << 40
        var isLocked = false
        /// How many more calls succeed, and the error after that. Code 0 for a write is a short one.
        var faults: [Operation: (after: Int, code: Int32)] = [:]
        var shortWriteBytes = 1
    }

    struct OpenFile: StorageFile {
        let disk: FaultyStorage
        let name: String
        let contents: Contents

        func write(_ bytes: Span<UInt8>) throws(FileError) -> Int {
            var taken = bytes.count
            do throws(FileError) { try disk.fault(.write, name) } catch {
                guard error.code == 0 else { throw error }
                taken = min(bytes.count, disk.state.withLock { $0.shortWriteBytes })
            }
            contents.values.withLock { values in
                for index in 0..<taken { values.bytes.append(bytes[index]) }
            }
            return taken
        }

        func read(into buffer: inout [UInt8], count: Int, at offset: UInt64) throws(FileError) -> Int {
            let part = contents.values.withLock { Array($0.bytes.dropFirst(Int(offset)).prefix(count)) }
            buffer += part
            return part.count
        }

        func synchroniseData() throws(FileError) {
            try disk.fault(.synchroniseData, name)
            contents.values.withLock { $0.durableCount = $0.bytes.count }
        }

        /// A refusal keeps what there was room for, as ext4's does.
        func reserve(bytes: UInt64) throws(FileError) {
            contents.values.withLock { $0.reservedBytes = bytes }
            try disk.fault(.reserve, name)
        }

        func releaseReservation(after size: UInt64) { contents.values.withLock { $0.reservedBytes = size } }
        func dropCache() {}

        func status() throws(FileError) -> FileStatus {
            try disk.fault(.status, name)
            return disk.status(contents, .regular)
        }
    }

    let name = "memory"
    let state = Mutex(State())

    func fail(_ operation: Operation, after count: Int = 0, code: Int32) {
        state.withLock { $0.faults[operation] = (count, code) }
    }

    /// Everything succeeds again.
    func mend() { state.withLock { $0.faults = [:] } }

    private func fault(_ operation: Operation, _ name: String) throws(FileError) {
        let code: Int32? = state.withLock { state in
            guard let fault = state.faults[operation] else { return nil }
            state.faults[operation]?.after -= 1
            return fault.after > 0 ? nil : fault.code
        }
        if let code { throw FileError("\(operation)", name, code: code) }
    }

    private func status(_ contents: Contents, _ kind: FileStatus.Kind) -> FileStatus {
        contents.values.withLock {
            FileStatus(
                kind: kind, size: UInt64($0.bytes.count), links: $0.links, mode: 0o600,
                identity: FileIdentity(device: 1, inode: contents.number))
        }
    }

    private func find(_ name: String) throws(FileError) -> Contents {
        guard let contents = state.withLock({ $0.names[name] }) else {
            throw FileError("open", name, code: FileError.missingCode)
        }
        return contents
    }

    func names() -> [String] { allNames().filter { !$0.contains("/") } }

    func names(in folder: String) -> [String] {
        allNames().filter { Self.folder(of: $0) == folder }.map { String($0.dropFirst(folder.count + 1)) }
    }

    /// Folders are where names say so.
    func makeFolder(_ name: String) {}

    private func allNames() -> [String] { state.withLock { Array($0.names.keys) } }

    private static func folder(of name: String) -> String {
        name.lastIndex(of: "/").map { String(name[..<$0]) } ?? ""
    }

    func status(of name: String) throws(FileError) -> FileStatus {
        status(try find(name), state.withLock { $0.kinds[name] ?? .regular })
    }

    func open(_ name: String) throws(FileError) -> OpenFile {
        OpenFile(disk: self, name: name, contents: try find(name))
    }

    func create(_ name: String) throws(FileError) -> OpenFile {
        let contents: Contents? = state.withLock { state in
            guard state.names[name] == nil else { return nil }
            let contents = Contents(number: state.nextNumber)
            state.nextNumber += 1
            state.names[name] = contents
            return contents
        }
        guard let contents else { throw FileError("open", name, code: FileError.takenCode) }
        return OpenFile(disk: self, name: name, contents: contents)
    }

    func rename(_ old: String, toNew new: String) throws(FileError) {
        try fault(.rename, new)
        let isTaken = state.withLock { state in
            guard state.names[new] == nil else { return true }
            state.names[new] = state.names.removeValue(forKey: old)
            return false
        }
        if isTaken { throw FileError("rename", new, code: FileError.takenCode) }
    }

    func replace(_ new: String, by old: String) throws(FileError) {
        try fault(.rename, new)
        let isThere = state.withLock { state in
            guard let contents = state.names.removeValue(forKey: old) else { return false }
            state.names[new]?.values.withLock { $0.links = 0 }
            state.names[new] = contents
            return true
        }
        if !isThere { throw FileError("rename", new, code: FileError.missingCode) }
    }

    func overwrite(_ name: String, with bytes: [UInt8]) throws(FileError) {
        let contents = try find(name)
        try fault(.write, name)
        contents.values.withLock { $0.bytes.replaceSubrange(0..<min(bytes.count, $0.bytes.count), with: bytes) }
        try fault(.synchroniseData, name)
    }

    func remove(_ name: String) throws(FileError) {
        try fault(.remove, name)
        let contents = try find(name)
        contents.values.withLock { $0.links = 0 }
        state.withLock { $0.names[name] = nil }
    }

    func synchroniseNames() throws(FileError) { try synchroniseNames(in: "") }

    func synchroniseNames(in folder: String) throws(FileError) {
        try fault(.synchroniseNames, name)
        state.withLock { state in
            let others = state.durableNames.filter { Self.folder(of: $0.key) != folder }
            state.durableNames = others.merging(state.names.filter { Self.folder(of: $0.key) == folder }) { $1 }
        }
    }

    func releaseReservation(of name: String) {}

    func freeBytes() throws(FileError) -> UInt64 {
        try fault(.freeBytes, name)
        return state.withLock { $0.freeBytes }
    }

    func isLockedByWriter() -> Bool { state.withLock { $0.isLocked } }
}

extension FaultyStorage {
    /// A power cut: names and bytes that were not synced are lost, but for a part of each file's tail that `keeping` chooses.
    func crash(keeping: (Int) -> Int) {
        let durable = state.withLock { state in
            state.names = state.durableNames
            state.faults = [:]
            return state.names
        }
        for contents in durable.values {
            contents.values.withLock { values in
                values.bytes.removeLast(
                    values.bytes.count - values.durableCount - keeping(values.bytes.count - values.durableCount))
                values.durableCount = values.bytes.count
            }
        }
    }

    subscript(name: String) -> [UInt8] {
        get { state.withLock { $0.names[name] }?.values.withLock { $0.bytes } ?? [] }
        set {
            state.withLock { state in
                let contents = state.names[name] ?? Contents(number: state.nextNumber)
                state.nextNumber += 1
                state.names[name] = contents
                state.durableNames[name] = contents
                contents.values.withLock {
                    $0.bytes = newValue
                    $0.durableCount = newValue.count
                }
            }
        }
    }

    var segments: [String] { names().filter { $0.hasPrefix("seg-") }.sorted() }

    func copy() -> FaultyStorage {
        let copy = FaultyStorage()
        for name in allNames() { copy[name] = self[name] }
        return copy
    }

    func verify(_ change: (inout VerifyOptions) -> Void = { _ in }) -> VerifyReport {
        var options = VerifyOptions()
        options.isUnpinned = true
        change(&options)
        return Verifier.verify(self, options: options)
    }
}

/// A log on a storage in memory, and its state on another.
struct MemoryLog {
    private static let pem = Ed25519PrivateKey.make(seed: [UInt8](repeating: 9, count: 32))?.pem ?? []
    let publicKey = Ed25519PrivateKey.make(seed: [UInt8](repeating: 9, count: 32))?.publicKey

    let files: TemporaryLog
    let disk: FaultyStorage
    let state = FaultyStorage()

    init(disk: FaultyStorage = FaultyStorage()) throws {
        files = try TemporaryLog()
        state["log.key.new"] = Self.pem
        self.disk = disk
    }

    var key: LogKey<FaultyStorage> { LogKey(state: state, origin: files.configuration.origin) }

    func open(
        at now: Moment = .now, _ change: (inout AuditConfiguration) -> Void = { _ in }
    ) throws -> AuditLog {
        var configuration = files.configuration
        change(&configuration)
        return try AuditLog.open(configuration, on: disk, state: state, key: key, lock: nil, at: now)
    }
}
