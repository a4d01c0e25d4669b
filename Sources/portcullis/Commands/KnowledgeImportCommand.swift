internal import Gateway

enum KnowledgeImportCommand: Command {
    private static let database = KnowledgeOptions.database
    private static let strict = Option(
        flag: "strict", "fail where any row or document is refused, though the others are taken")
    private static let policy = Option(
        "policy", "FILE", "the redaction policy that answers go through (default: the built-in policy)")
    private static let ifEmpty = Option(flag: "if-empty", "do nothing where something was imported before")
    private static let dryRun = Option(flag: "dry-run", "say what would change, and change nothing")

    static let syntax = CommandSyntax(
        "knowledge import", "replace the knowledge base by tables and documents",
        discussion: """
            Reads CSV files with the header id,question,answer,category,variants, and PDF, DOCX, HTML, Markdown and text files;
            of a folder all of these in it, but no links and no names that begin with a dot. A document is cut into passages by
            its headings. All that can be taken replaces all of before at once, as a new version; each bad row is named with its
            line and each bad document with its name. A gateway that is running takes the new version without a restart, and
            knowledge rollback brings an earlier one back. A passage keeps its id while its file and heading stay, so that what
            is printed as changed has changed.
            Personal data in the passages that answers will not show is counted by type, to standard error: what is the bank's
            own belongs under "allowed" in the policy. With --model or --config texts that are new get their vectors before
            the version is in force; else a gateway with a model makes them. Examples stay until others take their place.
            """,
        operand: Operand("PATH", "files and folders, or - for a CSV file on standard input", count: 1...64),
        options: [
            database, strict, ifEmpty, dryRun, policy, KnowledgeOptions.examples, KnowledgeOptions.model,
            KnowledgeOptions.config, KnowledgeOptions.state,
        ],
        examples: [
            "portcullis knowledge import knowledge/faq.csv",
            "portcullis knowledge import knowledge/faq.csv /srv/bank/handbook",
            "portcullis knowledge import --database /srv/gateway/var/knowledge.db --strict faq.csv",
        ],
        statuses: [
            (65, "nothing could be taken, or something was refused under --strict"),
            (66, "a file or folder cannot be read"), (69, "this machine cannot read documents: see the message"),
            (74, "the database cannot be written"), (75, "the database is busy"),
            (78, "the policy, the settings or the model is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let path = try arguments.text(database)
        if arguments.has(ifEmpty), !(try KnowledgeCommands.isEmpty(database: path)) { return 0 }
        var options = KnowledgeCommands.ImportOptions(
            paths: arguments.operands, database: path, policyPath: arguments.optionalText(policy),
            isDryRun: arguments.has(dryRun))
        options.model = try KnowledgeOptions.model(of: arguments)
        options.examples = arguments.optionalText(KnowledgeOptions.examples)
        let progress = WorkProgress()
        let outcome = try await showingWork("importing", progress: progress) { () async throws(CommandFailure) in
            try await KnowledgeCommands.take(options, embedding: progress.note, progress: progress.note)
        }
        for refusal in outcome.refusals { Console.writeError("portcullis: \(refusal)\n") }
        if let failure = outcome.embeddingFailure {
            Console.writeError("portcullis: warning: no vectors for new texts, which words alone find: \(failure)\n")
        }
        if let warning = outcome.warning { Console.writeError("portcullis: warning: \(warning)\n") }
        for line in lines(outcome) { try Console.printLine(line) }
        let refused = outcome.rowsRefused + outcome.documentsRefused + outcome.examplesRefused
        return arguments.has(strict) && refused > 0 ? ExitStatus.data.rawValue : 0
    }

    private static func lines(_ outcome: KnowledgeCommands.ImportOutcome) -> [String] {
        var lines: [String] = []
        if outcome.rowsTaken + outcome.rowsRefused > 0 {
            lines.append("\(outcome.rowsTaken) rows taken, \(outcome.rowsRefused) refused")
        }
        if outcome.documentsTaken + outcome.documentsRefused > 0 {
            let same = outcome.duplicates > 0 ? ", \(outcome.duplicates) that were there already left out" : ""
            lines.append(
                "\(outcome.documentsTaken) documents taken, \(outcome.documentsRefused) refused: "
                    + "\(outcome.pieces) passages\(same)")
        }
        if let taken = outcome.examplesTaken {
            lines.append("\(taken) examples taken, \(outcome.examplesRefused) refused")
        }
        if outcome.filesSkipped > 0 { lines.append("\(outcome.filesSkipped) files of other kinds passed over") }
        let head = outcome.version.map { "version \($0)" } ?? "nothing was changed"
        lines.append(
            "\(head): \(outcome.added) added, \(outcome.changed) changed, \(outcome.unchanged) unchanged, "
                + "\(outcome.removed) removed")
        return lines
    }
}

enum KnowledgeVersionsCommand: Command {
    static let syntax = CommandSyntax(
        "knowledge versions", "show the versions that are kept",
        discussion:
            "A line for each, the newest first: number, when it came into force, and its passages. Ten are kept.",
        options: [KnowledgeOptions.database], examples: ["portcullis knowledge versions"],
        statuses: [
            (66, "there is no database"), (69, "there is no version"), (74, "the database cannot be read"),
            (75, "the database is busy"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let lines = try await KnowledgeCommands.versions(database: try arguments.text(KnowledgeOptions.database))
        for line in lines { try Console.print(line) }
        return lines.isEmpty ? ExitStatus.unavailable.rawValue : 0
    }
}

enum KnowledgeRollbackCommand: Command {
    static let syntax = CommandSyntax(
        "knowledge rollback", "put an earlier version of the knowledge base in force again",
        discussion: """
            Its passages become a new version, so that a rollback can be rolled back. A gateway that is running takes it
            without a restart.
            """,
        operand: Operand(
            "VERSION", "the version to go back to; without one, that before the one in force", count: 0...1),
        options: [KnowledgeOptions.database],
        examples: ["portcullis knowledge rollback", "portcullis knowledge rollback 3"],
        statuses: [
            (66, "there is no database"), (69, "there is no such version"), (74, "the database cannot be written"),
            (75, "the database is busy"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        var version: Int64?
        if let word = arguments.operands.first {
            guard let number = Int64(word), number > 0 else {
                throw arguments.usage("VERSION", "found \"\(word)\", wanted the number of a version")
            }
            version = number
        }
        try Console.printLine(
            try await KnowledgeCommands.rollBack(database: try arguments.text(KnowledgeOptions.database), to: version))
        return 0
    }
}
