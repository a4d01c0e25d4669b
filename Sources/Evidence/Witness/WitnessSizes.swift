package import Audit
internal import Bytes
internal import LinuxIO

/// What each witness cosigned last, in the state's folder: `witness/<key identifier>.size`.
///
/// ```
/// bank.example/portcullis/gw-01
/// 30
/// ```
///
/// The log's origin, so that a log that follows another is not taken for it, and the size; a line each. The file is
/// trusted as far as it goes: a size above every one that this log signed says that the log was rolled back.
package struct WitnessSizes<Disk: Storage>: Sendable {
    private let disk: Disk
    private let origin: String

    /// The sizes of the log called `origin`.
    package init(_ disk: Disk, origin: String) {
        self.disk = disk
        self.origin = origin
    }

    private static var folder: String { "witness" }
    /// Bytes of a file: an origin of 255, a size of 16, two line feeds.
    private static var bytesMax: Int { 512 }
    /// The newest checkpoint that was signed: replaced before the signature is made.
    private static var signedName: String { "last-checkpoint.note" }

    /// Makes the folder.
    package func prepare() throws(AuditError) {
        try storage { () throws(FileError) in
            try disk.makeFolder(Self.folder)
            try disk.synchroniseNames()
        }
    }

    /// The size that `key`'s witness cosigned last; 0 where nothing is known, or what is known is of another log.
    /// - Throws: `AuditError.configuration` where the file is not one of these: an attacker may have made it, and a crash has not.
    package func size(of key: VerifierKey) throws(AuditError) -> UInt64 {
        let path = Self.path(key)
        let bytes = try storage { () throws(FileError) in try disk.contents(of: path, bytesMax: Self.bytesMax) }
        guard let bytes else { return 0 }
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count == 3, lines[2].isEmpty, let size = UInt64(plainDecimal: lines[1]),
            let name = String(validating: lines[0], as: UTF8.self), VerifierKey.isName(name)
        else {
            throw .configuration(
                setting: "\(disk.name)/\(path)", found: "\(bytes.count) bytes that are no witness's size",
                wanted: "an origin and a size, a line each; keep the file, and remove it to ask the witness again")
        }
        return Array(name.utf8) == Array(origin.utf8) ? size : 0
    }

    /// Keeps that `key`'s witness cosigned `size`; durable on return.
    package func keep(_ size: UInt64, of key: VerifierKey) throws(AuditError) {
        try storage { () throws(FileError) in
            try disk.put(Array("\(origin)\n\(size)\n".utf8), as: Self.path(key), isDurable: true)
        }
    }

    /// The size of the newest checkpoint that this log signed or was about to sign; 0 where there is none.
    package func signedMax() throws(AuditError) -> UInt64 {
        let bytes = try storage { () throws(FileError) in
            try disk.contents(of: Self.signedName, bytesMax: SignedNote.bytesMax)
        }
        guard let bytes, let note = try? SignedNote(bytes), let checkpoint = try? Checkpoint(text: note.text),
            checkpoint.origin == origin
        else { return 0 }
        return checkpoint.size
    }

    private static func path(_ key: VerifierKey) -> String {
        "\(folder)/\(String(decoding: ByteBuffer.hex(key.identifier), as: UTF8.self)).size"
    }

    private func storage<Value>(_ body: () throws(FileError) -> Value) throws(AuditError) -> Value {
        do throws(FileError) { return try body() } catch { throw .storage(error) }
    }
}
