internal import Audit
internal import Evidence
internal import LinuxIO

/// What leaves a log: `portcullis audit export`.
public enum AuditExportCommands {
    /// The names of the formats of `export`.
    public static let formats = ExportFormat.allCases.map(\.rawValue)

    /// Writes the proofs of all records about one request, and a page for people, into the folder `out`.
    /// - Parameters:
    ///   - policy: a C2SP policy file whose keys and quorum the checkpoints must meet.
    ///   - out: made where it is not there; must be empty.
    ///   - progress: told the bytes read and the bytes there are.
    /// - Returns: the paths of the files.
    /// - Throws: `CommandFailure`: 66 where the log has no such request, 69 where no checkpoint covers a record yet, 73 where the
    ///   folder is not empty.
    public static func evidence(
        _ directory: String, request: String, policy: String?, out: String, progress: (Int, Int) -> Void,
        note: (String) -> Void
    ) throws(CommandFailure) -> [String] {
        let known = try AuditReadingCommands.readPolicy(policy)
        try expectEmpty(out)
        let disk = try AuditReadingCommands.logDisk(directory)
        let evidence: RequestEvidence
        do throws(EvidenceError) {
            evidence = try RequestEvidence.collect(
                Array(request.utf8), from: disk, policy: known,
                progress: { progress(Int(clamping: $0), Int(clamping: $1)) },
                rebuilding: { note("the tiles do not serve: reading every record\n") })
        } catch {
            throw failure(error, directory, policy)
        }
        try makeFolder(out)
        let files: [String]
        do throws(EvidenceError) { files = try evidence.write(to: out).map { "\(out)/\($0)" } } catch {
            throw CommandFailure(error)
        }
        do throws(FileError) { try evidence.cite(in: disk) } catch {
            note("\(error.description): the log may thin these checkpoints out; the proofs hold copies and stay good\n")
        }
        return files
    }

    /// Hands the wanted records to `body` in pieces, in the form `format`.
    /// - Parameters:
    ///   - format: one of `formats`.
    ///   - out: a file that must not be there; nil hands everything to `body`.
    /// - Returns: how many records there were, and what to tell a person about the form.
    public static func records(
        _ directory: String, wanted: AuditReadingCommands.Wanted, format: String, out: String?,
        progress: (Int, Int) -> Void, _ body: ([UInt8]) throws(CommandFailure) -> Void
    ) throws(CommandFailure) -> (count: Int, note: String) {
        guard let form = ExportFormat(rawValue: format) else {
            throw CommandFailure(.usage, "--format", "found \"\(format)\", wanted \(formats.joined(separator: ", "))")
        }
        let filter = try wanted.filter()
        let disk = try AuditReadingCommands.logDisk(directory)
        let file: OutputFile? = if let out { try OutputFile(out) } else { nil }
        var export = RecordExport(form)
        var waiting = export.head
        var count = 0
        func release(all: Bool) throws(CommandFailure) {
            guard waiting.count >= pieceBytes || all && !waiting.isEmpty else { return }
            if let file { try file.write(waiting) } else { try body(waiting) }
            waiting.removeAll(keepingCapacity: true)
        }
        try AuditReadingCommands.scan(disk, progress: progress) { view throws(CommandFailure) in
            if filter.matches(view) {
                let bytes = export.bytes(of: view)
                count += bytes.isEmpty ? 0 : 1
                waiting += bytes
                try release(all: false)
            } else {
                export.pass(view)
            }
            return true
        }
        try release(all: true)
        try file?.finish()
        return (count, Self.note(form, leftOut: export.leftOut))
    }

    /// Bytes that are written at once.
    private static let pieceBytes = 65_536

    private static func note(_ form: ExportFormat, leftOut: UInt64) -> String {
        var note = form.isEvidence ? "" : "this is a convenience, not evidence: audit export --request makes evidence\n"
        if leftOut > 0 { note += "\(leftOut) records are of no request and have no place in \(form.rawValue)\n" }
        return note
    }

    private static func expectEmpty(_ folder: String) throws(CommandFailure) {
        do throws(FileError) {
            guard try FileDirectory.names(in: folder).isEmpty else {
                throw FileError("readdir", folder, code: FileError.takenCode)
            }
        } catch {
            if error.isMissing { return }
            let what = error.isTaken ? "is not empty" : "cannot be read: \(error)"
            throw CommandFailure(.cannotCreate, folder, what, mend: "wanted a new or an empty folder")
        }
    }

    private static func makeFolder(_ folder: String) throws(CommandFailure) {
        do throws(StreamFailure) { try SmallFile.makeDirectory(folder) } catch {
            throw CommandFailure(.cannotCreate, folder, "cannot make the folder: \(error.reason)")
        }
    }

    private static func failure(_ error: EvidenceError, _ directory: String, _ policy: String?) -> CommandFailure {
        switch error {
        case .unproved(_, false):
            CommandFailure(
                .unavailable, directory, "\(error)",
                mend: "try again after the gateway's next checkpoint, within audit.checkpoint_s (10 s) while it runs")
        case .unproved(_, true):
            CommandFailure(
                .unavailable, policy ?? directory, "\(error)",
                mend: "compare its keys with the log's; where a witness is missing, try again when it has signed")
        default: CommandFailure(error)
        }
    }
}
