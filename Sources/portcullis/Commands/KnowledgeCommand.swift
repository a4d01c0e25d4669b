internal import Gateway

enum KnowledgeOptions {
    static let database = Option("database", "FILE", "the database", fallback: "var/knowledge.db")
    static let model = Option("model", "DIR", "search by meaning with the embedding model in this folder (make model)")
    static let config = Option("config", "FILE", "search by meaning with what these gateway's settings name")
    static let state = Option("state", "DIR", "where relative paths of --config begin (default: .)")
    static let examples = Option(
        "examples", "FILE", "a CSV file of further phrasings, with the header text,category; category is a row's id")

    /// What the command searches by meaning with.
    static func model(of arguments: Arguments) throws(CommandFailure) -> KnowledgeCommands.Model {
        if let folder = arguments.optionalText(model) {
            try arguments.refuse([config, state], "--model takes its place")
            return .folder(folder)
        }
        guard let file = arguments.optionalText(config) else {
            try arguments.refuse([state], "it goes with --config")
            return .none
        }
        return .settings(file: file, stateFolder: arguments.optionalText(state) ?? ".")
    }
}

private let database = KnowledgeOptions.database

enum KnowledgeImportCommand: Command {
    private static let strict = Option(flag: "strict", "fail where any row is refused, though the others are taken")
    private static let policy = Option(
        "policy", "FILE", "the redaction policy that answers go through (default: the built-in policy)")
    private static let ifEmpty = Option(flag: "if-empty", "do nothing where rows were imported before")

    static let syntax = CommandSyntax(
        "knowledge import", "replace the knowledge base by a CSV file",
        discussion: """
            The file has the header id,question,answer,category,variants. All its good rows replace all rows of before at
            once; each bad row is named with its line. A gateway that is running takes the new rows without a restart.
            Personal data in the rows that answers will not show is counted by type, to standard error: what is the bank's
            own belongs under "allowed" in the policy. With --model or --config texts that are new get their vectors before
            the rows are in force; else a gateway with a model makes them. Examples stay until others take their place.
            """,
        operand: Operand("FILE", "the CSV file, or - for standard input"),
        options: [
            database, strict, ifEmpty, policy, KnowledgeOptions.examples, KnowledgeOptions.model,
            KnowledgeOptions.config,
            KnowledgeOptions.state,
        ],
        examples: [
            "portcullis knowledge import knowledge/faq.csv",
            "portcullis knowledge import --database /srv/gateway/var/knowledge.db --strict faq.csv",
        ],
        statuses: [
            (65, "no row could be taken, or a row was refused under --strict"), (66, "the file cannot be read"),
            (74, "the database cannot be written"), (75, "the database is busy"),
            (78, "the policy, the settings or the model is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let file = arguments.operands[0]
        let path = try arguments.text(database)
        if arguments.has(ifEmpty), !(try KnowledgeCommands.isEmpty(database: path)) { return 0 }
        let model = try KnowledgeOptions.model(of: arguments)
        let examples = arguments.optionalText(KnowledgeOptions.examples)
        let bar = ProgressDisplay("embedding")
        defer { bar.finish() }
        let report = try await showingWork("importing") { () async throws(CommandFailure) in
            try await KnowledgeCommands.replace(
                database: path, with: file, policyPath: arguments.optionalText(policy), model: model,
                examples: examples, embedding: bar.show)
        }
        bar.finish()
        for row in report.refused { Console.writeError("portcullis: \(file): line \(row.line): \(row.why)\n") }
        let wrong = report.rowsRefused + (report.examples?.rowsRefused ?? 0)
        for row in report.examples?.refused ?? [] {
            Console.writeError("portcullis: \(examples ?? ""): line \(row.line): \(row.why)\n")
        }
        if let failure = report.embeddingFailure {
            Console.writeError("portcullis: warning: no vectors for new texts, which words alone find: \(failure)\n")
        }
        if let warning = report.warning { Console.writeError("portcullis: warning: \(warning)\n") }
        try Console.printLine("\(report.rowsTaken) rows taken, \(report.rowsRefused) refused")
        if let phrasings = report.examples {
            try Console.printLine("\(phrasings.taken) examples taken, \(phrasings.rowsRefused) refused")
        }
        return arguments.has(strict) && wrong > 0 ? ExitStatus.data.rawValue : 0
    }
}

enum KnowledgeSearchCommand: Command {
    private static let limit = Option("limit", "N", "how many passages, 1 to 20", fallback: "5")

    static let syntax = CommandSyntax(
        "knowledge search", "find the passages that the assistant would find",
        operand: Operand("QUESTION", "the question; several words need no quotes", count: 1...64),
        options: [
            database, limit, KnowledgeOptions.model, KnowledgeOptions.config, KnowledgeOptions.state,
        ],
        examples: [
            "portcullis knowledge search 'my card was stolen'",
            "portcullis knowledge search --limit 1 opening hours on saturday",
        ],
        statuses: [
            (66, "there is no database"), (69, "nothing was found"), (74, "the database cannot be read"),
            (78, "the settings or the model is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let hits = try await KnowledgeCommands.search(
            database: try arguments.text(database), for: arguments.operands.joined(separator: " "),
            limit: try arguments.integer(limit, in: 1...20), model: try KnowledgeOptions.model(of: arguments))
        for hit in hits {
            let thousandths = String(hit.scorePPM / 1000)
            let score = "0." + String(repeating: "0", count: max(0, 3 - thousandths.count)) + thousandths
            try Console.printLine("\(hit.scorePPM >= 1_000_000 ? "1.000" : score)  \(hit.id)  \(hit.question)")
            try Console.printLine("       \(hit.answer)")
        }
        return hits.isEmpty ? ExitStatus.unavailable.rawValue : 0
    }
}

enum KnowledgeListCommand: Command {
    private static let json = Option(flag: "json", "print an object a line, with all that a row has")

    static let syntax = CommandSyntax(
        "knowledge list", "show the rows in force",
        discussion: """
            A line for each row: id, category and question, in the order of the file that was imported. Long categories and
            questions are cut; --json gives them whole, with answer and variants.
            """,
        options: [database, json],
        examples: ["portcullis knowledge list", "portcullis knowledge list --json"],
        statuses: [
            (66, "there is no database"), (69, "it has no rows"), (74, "the database cannot be read"),
            (75, "the database is busy"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let lines = try await KnowledgeCommands.list(
            database: try arguments.text(database), isJSON: arguments.has(json))
        for line in lines { try Console.print(line) }
        return lines.isEmpty ? ExitStatus.unavailable.rawValue : 0
    }
}
