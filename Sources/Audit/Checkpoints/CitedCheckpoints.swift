package import LinuxIO

/// Which checkpoints are cited in an export, and so are never removed (`docs/formats/audit-log.md` §10): an empty file of
/// the size's name in a folder of the log.
package struct CitedCheckpoints<Disk: Storage> {
    private let disk: Disk

    package init(_ disk: Disk) { self.disk = disk }

    /// The folder's name in the log's directory.
    package static var folder: String { "cited" }

    /// The mark for the checkpoint of `size`.
    static func path(ofSize size: UInt64) -> String {
        "\(folder)/\(CheckpointFiles<Disk, Disk>.name(ofSize: size))"
    }

    /// Marks the checkpoints of these sizes; those that are marked stay so.
    /// - Throws: `FileError` where the log's directory cannot be written, as an auditor's copy often cannot.
    package func mark(_ sizes: some Sequence<UInt64>) throws(FileError) {
        var new: Set<UInt64> = []
        for size in sizes where try !isCited(size) { new.insert(size) }
        guard !new.isEmpty else { return }
        try disk.makeFolder(Self.folder)
        try disk.synchroniseNames()
        for size in new {
            do throws(FileError) { _ = try disk.create(Self.path(ofSize: size)) } catch  where error.isTaken {}
        }
        try disk.synchroniseNames(in: Self.folder)
    }

    /// Whether the checkpoint of `size` is cited.
    func isCited(_ size: UInt64) throws(FileError) -> Bool {
        do throws(FileError) { _ = try disk.status(of: Self.path(ofSize: size)) } catch {
            if error.isMissing { return false }
            throw error
        }
        return true
    }
}
