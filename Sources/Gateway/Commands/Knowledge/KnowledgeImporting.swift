internal import Agent
internal import LinuxIO
internal import Redaction
internal import Synchronization

/// `portcullis knowledge import`: tables and documents become the next version of the knowledge base.
extension KnowledgeCommands {
    /// What is imported, and how.
    public struct ImportOptions: Sendable {
        /// Files and folders; `-` is a table on standard input.
        public var paths: [String]
        /// The database.
        public var database: String
        /// The redaction policy that answers go through; nil for the built-in one.
        public var policyPath: String?
        /// Whether nothing is changed.
        public var isDryRun = false
        /// What makes the vectors of new texts.
        public var model = Model.none
        /// A file of further phrasings in place of those that are there; nil keeps them.
        public var examples: String?

        /// Takes the options.
        public init(paths: [String], database: String, policyPath: String? = nil, isDryRun: Bool = false) {
            self.paths = paths
            self.database = database
            self.policyPath = policyPath
            self.isDryRun = isDryRun
        }
    }

    /// What an import did, or would do.
    public struct ImportOutcome: Sendable {
        /// Rows of tables that were taken, and refused.
        public internal(set) var rowsTaken = 0, rowsRefused = 0
        /// Documents that were read, and refused.
        public internal(set) var documentsTaken = 0, documentsRefused = 0
        /// Passages out of documents.
        public internal(set) var pieces = 0
        /// Pieces of documents whose text was there already.
        public internal(set) var duplicates = 0
        /// Files of folders that are of no kind that is read.
        public internal(set) var filesSkipped = 0
        /// What was refused and why, a line each: `FILE: line N: WHY` or `FILE: WHY`.
        public internal(set) var refusals: [String] = []
        /// What an operator should know of the passages: values that answers will not show.
        public internal(set) var warning: String?
        /// Passages of the new version, and how it differs from the one before.
        public internal(set) var passages = 0, added = 0, changed = 0, unchanged = 0, removed = 0
        /// The new version's number; nil where nothing was changed.
        public internal(set) var version: Int64?
        /// Further phrasings that were taken; nil where none were given, or nothing was changed.
        public internal(set) var examplesTaken: Int?
        /// Further phrasings that were refused.
        public internal(set) var examplesRefused = 0
        /// Why vectors of new texts could not be made: until a gateway makes them, words alone find the passages.
        public internal(set) var embeddingFailure: String?
    }

    /// Reads everything, then puts it in force at once, or changes nothing and throws. A file that cannot be taken is named
    /// and the others go on.
    /// - Parameters:
    ///   - embedding: told the texts that have a vector, and the texts there are.
    ///   - progress: told the files done, and the files there are.
    /// - Throws: `CommandFailure`: 65 where nothing could be taken, 66, 69, 74, 75, 78.
    public static func take(
        _ options: ImportOptions, embedding: (Int, Int) -> Void = { _, _ in }, progress: (Int, Int) -> Void
    ) async throws(CommandFailure) -> ImportOutcome {
        let redactor = Redactor(policy: try RedactCommands.policy(at: options.policyPath))
        var reading = try KnowledgeReading(options.paths)
        if !options.isDryRun { try makeDirectory(for: options.database) }
        let isThere = SmallFile.exists(options.database)
        let warning = ImportWarning()
        let base =
            options.isDryRun && !isThere
            ? nil
            : try open(
                options.database, KnowledgeInspection(redactor) { warning.note($0) },
                embedder: try options.model.start())
        var phrasings: [UInt8]?
        if let file = options.examples {
            phrasings = try readInput(file, bytesMax: AgentLimits.examplesBytesMax + 1)
        }
        // What the rows before had is no news.
        _ = warning.take()
        try await reading.read(progress)
        var outcome = reading.outcome
        let passages = reading.draft.passages
        guard !passages.isEmpty else {
            let first = outcome.refusals.first.map { "; \($0)" } ?? ""
            throw CommandFailure(
                .data, options.paths.joined(separator: " "), "nothing could be taken\(first)",
                mend: "nothing was changed")
        }
        do throws(AgentError) {
            let before = try await base?.passages() ?? []
            let changes = KnowledgeChanges(from: before, to: passages)
            outcome.added = changes.added
            outcome.changed = changes.changed
            outcome.unchanged = changes.unchanged
            outcome.removed = changes.removed
            outcome.passages = passages.count
            if !options.isDryRun, let base {
                let report = try await base.take(passages, examples: phrasings, progress: embedding)
                outcome.version = report.version
                outcome.embeddingFailure = report.embeddingFailure.map { "\($0)" }
                if let examples = report.examples, let file = options.examples {
                    outcome.examplesTaken = examples.taken
                    outcome.examplesRefused = examples.rowsRefused
                    outcome.refusals += examples.refused.map { "\(file): line \($0.line): \($0.message)" }
                }
            }
        } catch {
            throw CommandFailure(error, subject: options.database)
        }
        outcome.warning = warning.take()
        return outcome
    }

    /// The last thing that was said on a thread of the database.
    private final class ImportWarning: Sendable {
        private let text = Mutex<String?>(nil)

        func note(_ line: String) { text.withLock { $0 = line } }

        func take() -> String? {
            text.withLock { text in
                defer { text = nil }
                return text
            }
        }
    }
}

/// The files of an import, read one after another into a draft.
struct KnowledgeReading {
    private(set) var draft = KnowledgeDraft()
    private(set) var outcome = KnowledgeCommands.ImportOutcome()
    private var files: [Source] = []

    private enum Source {
        case table(path: String, name: String)
        case document(path: String, name: String, DocumentKind)
    }

    /// Finds the files.
    /// - Throws: `CommandFailure`: 65 where there are too many, 66 where one cannot be read.
    init(_ paths: [String]) throws(CommandFailure) {
        for path in paths { try add(path) }
        var names: Set<String> = []
        for case .document(_, let name, _) in files where !names.insert(name).inserted {
            throw CommandFailure(
                .data, name, "two documents are called so", mend: "import the folder that both are in, and not each")
        }
    }

    private mutating func add(_ path: String) throws(CommandFailure) {
        guard path != "-" else { return files.append(.table(path: path, name: path)) }
        let isFolder: Bool
        do throws(FileError) {
            // A link that a person names is meant.
            let real = FileProcess.resolvedPath(path) ?? path
            isFolder = try FileDirectory.status(of: real).kind == .directory
        } catch {
            throw CommandFailure(.noInput, path, "cannot read it: \(error)")
        }
        guard isFolder else {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            if let kind = ImportFolder.kind(of: name) {
                files.append(.document(path: path, name: name, kind))
            } else {
                files.append(.table(path: path, name: path))
            }
            return
        }
        let prefix = Self.prefix(of: path)
        do throws(ImportFolder.Failure) {
            let folder = try ImportFolder(path)
            let bytes = folder.files.reduce(0) { $0 &+ $1.bytes }
            guard bytes <= AgentLimits.importBytesMax else {
                throw .tooMuch(of: "bytes", max: AgentLimits.importBytesMax)
            }
            outcome.filesSkipped += folder.skipped.count
            files += folder.files.compactMap { file in
                if let kind = ImportFolder.kind(of: file.name) {
                    return .document(path: file.path, name: prefix + file.name, kind)
                }
                return .table(path: file.path, name: file.path)
            }
        } catch {
            switch error {
            case .unreadable(let reason): throw CommandFailure(.noInput, path, "cannot read it: \(reason)")
            case .tooMuch(let what, let max):
                throw CommandFailure(.data, path, "it has more than \(max) \(what)", mend: "import parts of it")
            }
        }
    }

    /// A document is called by its path from the folder that was named on, that folder's name included.
    private static func prefix(of path: String) -> String {
        guard let name = path.split(separator: "/").last, name != ".", name != ".." else { return "" }
        return name + "/"
    }

    /// Reads the files.
    /// - Throws: `CommandFailure`: 65 for a table that is none, or where there is too much; 66; 69 where no document can be
    ///   read here.
    mutating func read(_ progress: (Int, Int) -> Void) async throws(CommandFailure) {
        let extractor = try startExtractor()
        for (index, file) in files.enumerated() {
            progress(index, files.count)
            switch file {
            case .table(let path, let name): try take(table: path, name)
            case .document(let path, let name, let kind):
                guard let extractor else { continue }
                try await take(document: path, name, kind, extractor)
            }
        }
        outcome.duplicates = draft.duplicates
        progress(files.count, files.count)
    }

    private func startExtractor() throws(CommandFailure) -> TextExtractor? {
        let hasDocuments = files.contains { if case .document = $0 { true } else { false } }
        guard hasDocuments else { return nil }
        do throws(ExtractionError) {
            return try TextExtractor.start(try ExtractionHelpers.start(count: 1))
        } catch {
            throw CommandFailure(.unavailable, "extract", error.message)
        }
    }

    private mutating func take(table path: String, _ name: String) throws(CommandFailure) {
        let csv: [UInt8]
        do throws(StreamFailure) {
            let bytesMax = AgentLimits.knowledgeBytesMax
            csv =
                path == "-"
                ? try StandardStream.input.readAll(bytesMax: bytesMax) : try SmallFile.read(path, bytesMax: bytesMax)
        } catch {
            guard error.isTooLarge else { throw CommandFailure(reading: error) }
            throw CommandFailure(.knowledgeTooLarge(bytesMax: AgentLimits.knowledgeBytesMax), subject: name)
        }
        do throws(AgentError) {
            let rows = try draft.add(csv: csv, from: Array(name.utf8))
            outcome.rowsTaken += rows.taken
            outcome.rowsRefused += rows.rowsRefused + rows.repeated.count
            outcome.refusals += rows.refused.map { "\(name): line \($0.line): \($0.message)" }
            outcome.refusals += rows.repeated.prefix(AgentLimits.refusedRowsListedMax).map { id, file in
                let (id, file) = (String(decoding: id, as: UTF8.self), String(decoding: file, as: UTF8.self))
                return "\(name): id \(id) is in \(file) too"
            }
        } catch {
            throw CommandFailure(error, subject: name)
        }
    }

    private mutating func take(
        document path: String, _ name: String, _ kind: DocumentKind, _ extractor: TextExtractor
    ) async throws(CommandFailure) {
        let bytes: [UInt8]
        do throws(StreamFailure) {
            bytes = try SmallFile.read(path, bytesMax: AgentLimits.documentBytesMax + 1)
        } catch {
            return refuse(name, error.isTooLarge ? Self.tooLarge : "cannot read it: \(error.reason)")
        }
        let text: ExtractedText
        do throws(ExtractionError) { text = try await extractor.extract(bytes, as: kind) } catch {
            guard error.isFault else { throw CommandFailure(.unavailable, name, error.message) }
            return refuse(name, error.message)
        }
        do throws(AgentError) {
            outcome.pieces += try draft.add(text, from: Array(name.utf8))
            outcome.documentsTaken += 1
        } catch {
            throw CommandFailure(error, subject: name)
        }
    }

    private static let tooLarge = ExtractionError.tooLarge(bytesMax: AgentLimits.documentBytesMax).message

    private mutating func refuse(_ name: String, _ why: String) {
        outcome.documentsRefused += 1
        outcome.refusals.append("\(name): \(why)")
    }
}
