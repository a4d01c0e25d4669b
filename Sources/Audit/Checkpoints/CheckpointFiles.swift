internal import LinuxIO

/// The checkpoints on disk: those that anyone may read, and the one that a start trusts.
struct CheckpointFiles<Disk: Storage, State: Storage> {
    /// The log's directory.
    let disk: Disk
    /// The state directory.
    let state: State

    static var newestName: String { "checkpoint" }
    static var folder: String { "checkpoints" }
    static var lastSignedName: String { "last-checkpoint.note" }

    /// The name in `folder` of the checkpoint of this size: 20 digits and `.note`.
    static func name(ofSize size: UInt64) -> String {
        let digits = String(size)
        return String(repeating: "0", count: 20 - digits.utf8.count) + digits + ".note"
    }

    /// The size that `name` names, or nil where it is not exactly such a name.
    static func size(ofName name: String) -> UInt64? {
        guard name.utf8.count == 25, name.hasSuffix(".note") else { return nil }
        let digits = Array(name.utf8.prefix(20))
        let plain = digits.drop { $0 == 0x30 }
        guard let size = UInt64(plainDecimal: plain.isEmpty ? [0x30] : plain) else { return nil }
        return Self.name(ofSize: size) == name ? size : nil
    }

    /// The newest checkpoint that was signed, whether or not it came to be published.
    func lastSigned() throws(AuditError) -> SignedNote? { try read(Self.lastSignedName, from: state) }

    /// The newest checkpoint that was published.
    func newest() throws(AuditError) -> SignedNote? { try read(Self.newestName, from: disk) }

    /// The checkpoint of this size.
    func note(ofSize size: UInt64) throws(AuditError) -> SignedNote? {
        try read("\(Self.folder)/\(Self.name(ofSize: size))", from: disk)
    }

    /// Sizes of the stored checkpoints, in order.
    func storedSizes() throws(AuditError) -> [UInt64] {
        do throws(FileError) {
            var sizes: [UInt64] = []
            for name in try disk.names(in: Self.folder) where !name.hasPrefix(".") {
                guard let size = Self.size(ofName: name) else { throw FileError("read", name, code: 0) }
                sizes.append(size)
            }
            return sizes.sorted()
        } catch {
            throw error.code == 0 ? refusal(error.path, "not a checkpoint's name") : .storage(error)
        }
    }

    /// Makes the place for checkpoints.
    func prepare() throws(AuditError) {
        do throws(FileError) {
            try disk.makeFolder(Self.folder)
            try disk.synchroniseNames()
        } catch {
            throw .storage(error)
        }
    }

    /// Notes that `note` is signed: from now on no smaller and no other tree may be.
    func putSigned(_ note: SignedNote) throws(AuditError) { try put(note, as: Self.lastSignedName, in: state) }

    /// Publishes `note`, or its newer version with more cosignatures.
    func putPublished(_ note: SignedNote, size: UInt64, isNewest: Bool) throws(AuditError) {
        try put(note, as: "\(Self.folder)/\(Self.name(ofSize: size))", in: disk)
        if isNewest { try put(note, as: Self.newestName, in: disk) }
    }

    /// Removes a stored checkpoint that the format lets go.
    func removeStored(ofSize size: UInt64) throws(FileError) {
        try disk.remove("\(Self.folder)/\(Self.name(ofSize: size))")
    }

    private func put(_ note: SignedNote, as name: String, in storage: some Storage) throws(AuditError) {
        do throws(FileError) { try storage.put(note.bytes, as: name, isDurable: true) } catch { throw .storage(error) }
    }

    private func read(_ name: String, from storage: some Storage) throws(AuditError) -> SignedNote? {
        let bytes: [UInt8]?
        do throws(FileError) { bytes = try storage.contents(of: name, bytesMax: SignedNote.bytesMax) } catch {
            throw .storage(error)
        }
        guard let bytes else { return nil }
        do throws(NoteFault) { return try SignedNote(bytes) } catch {
            throw refusal("\(storage.name)/\(name)", "\(error.code.rawValue): \(error.detail)")
        }
    }

    private func refusal(_ name: String, _ detail: String) -> AuditError {
        .refused(segment: name, seq: 0, detail: detail)
    }
}
