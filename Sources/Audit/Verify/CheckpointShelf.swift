internal import Bytes
internal import LinuxIO
internal import OpenSSL

/// The checkpoints that a log's records are compared with: those in its folder, and those that were kept elsewhere.
struct CheckpointShelf<Disk: Storage> {
    /// A checkpoint with its signatures.
    struct Signed {
        var note: SignedNote
        var checkpoint: Checkpoint

        init(_ bytes: [UInt8]) throws(NoteFault) {
            note = try SignedNote(bytes)
            checkpoint = try Checkpoint(text: note.text)
        }
    }

    /// A checkpoint to be compared.
    struct Item {
        /// What to call it in a finding.
        var name: String
        var content: Result<Signed, NoteFault>
        /// Whether the person who asks brought it.
        var isKept = false
    }

    private let disk: Disk
    /// Sizes of those in the folder, ascending.
    private(set) var sizes: [UInt64] = []
    /// The newest one, as the log says; nil where there is none.
    private(set) var newest: Result<Signed, NoteFault>?
    /// Those that were given, with their names.
    let kept: [(name: String, content: Signed)]

    private static var folder: String { "checkpoints" }
    static var newestName: String { "checkpoint" }

    /// Looks what there is. To be called before any record is read: a log only grows.
    init(_ disk: Disk, kept: [(name: String, content: Signed)]) throws {
        self.disk = disk
        self.kept = kept
        for name in try disk.names(in: Self.folder).sorted() where !name.hasPrefix(".") {
            guard let size = Self.size(of: name), size > 0 else {
                throw VerifyReport.Finding(
                    .badName, seq: nil, segment: "\(Self.folder)/\(name)", line: nil, offset: nil,
                    detail: "not a checkpoint's name")
            }
            sizes.append(size)
        }
        sizes.sort()
        try readNewest()
    }

    /// Reads the newest one again, which a writer may have replaced.
    mutating func readNewest() throws {
        newest = try read(Self.newestName)
    }

    /// Whether the log has none at all.
    var isEmpty: Bool { sizes.isEmpty && newest == nil }

    /// The newest one where it can be read.
    var newestCheckpoint: Signed? { try? newest?.get() }

    /// The largest size of those in the folder; 0 for none.
    var sizeMax: UInt64 { sizes.last ?? 0 }

    /// All sizes at which a root is to be compared, ascending, each once.
    var cuts: [UInt64] {
        let others = kept.map(\.content.checkpoint.size) + [newestCheckpoint?.checkpoint.size].compactMap(\.self)
        return others.isEmpty ? sizes : Array(Set(sizes + others)).sorted()
    }

    /// Whether there is a file for a checkpoint of `size`.
    func hasFile(of size: UInt64) throws -> Bool {
        do throws(FileError) { return try disk.status(of: Self.path(of: size)).kind == .regular } catch {
            if error.isMissing { return false }
            throw error
        }
    }

    /// Those of `size`, one after the other.
    func items(of size: UInt64) throws -> [Item] {
        var items: [Item] = []
        if sizes.contains(sorted: size), let content = try read(Self.path(of: size)) {
            items.append(Item(name: Self.path(of: size), content: content.checked(size)))
        }
        if let newest = newestCheckpoint, newest.checkpoint.size == size {
            items.append(Item(name: Self.newestName, content: .success(newest)))
        }
        for (name, content) in kept where content.checkpoint.size == size {
            items.append(Item(name: name, content: .success(content), isKept: true))
        }
        return items
    }

    private func read(_ name: String) throws -> Result<Signed, NoteFault>? {
        do throws(FileError) {
            switch try disk.status(of: name).kind {
            case .regular: break
            case .link: return .failure(NoteFault(.notRegular, "a symbolic link"))
            case .directory, .other: return .failure(NoteFault(.checkpointFormat, "not a regular file"))
            }
            guard let bytes = try disk.contents(of: name, bytesMax: SignedNote.bytesMax) else { return nil }
            return Result { () throws(NoteFault) in try Signed(bytes) }
        } catch {
            if error.isMissing { return nil }
            guard error.code == FileError.tooLargeCode else { throw error }
            return .failure(NoteFault(.checkpointFormat, "longer than \(SignedNote.bytesMax) bytes"))
        }
    }

    /// `checkpoints/00000000000000000042.note`.
    static func path(of size: UInt64) -> String {
        let digits = String(size)
        return "\(folder)/" + String(repeating: "0", count: 20 - digits.utf8.count) + digits + ".note"
    }

    private static func size(of name: String) -> UInt64? {
        let digits = Array(name.utf8.prefix(20))
        guard name.utf8.count == 25, name.hasSuffix(".note"), digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return UInt64(String(decoding: digits, as: UTF8.self))
    }
}

extension Result {
    /// The checkpoint, if it is of the size that its name says.
    fileprivate func checked<Disk>(_ size: UInt64) -> Self
    where Success == CheckpointShelf<Disk>.Signed, Failure == NoteFault {
        guard case .success(let signed) = self, signed.checkpoint.size != size else { return self }
        return .failure(NoteFault(.checkpointFormat, "its size is \(signed.checkpoint.size)"))
    }
}
