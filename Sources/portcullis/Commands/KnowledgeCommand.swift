internal import Gateway

enum KnowledgeOptions {
    static let database = Option("database", "FILE", "the database", fallback: "var/knowledge.db")
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
            own belongs under "allowed" in the policy.
            """,
        operand: Operand("FILE", "the CSV file, or - for standard input"),
        options: [database, strict, ifEmpty, policy],
        examples: [
            "portcullis knowledge import knowledge/faq.csv",
            "portcullis knowledge import --database /srv/gateway/var/knowledge.db --strict faq.csv",
        ],
        statuses: [
            (65, "no row could be taken, or a row was refused under --strict"), (66, "the file cannot be read"),
            (74, "the database cannot be written"), (75, "the database is busy"), (78, "the policy is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let file = arguments.operands[0]
        let path = try arguments.text(database)
        if arguments.has(ifEmpty), !(try KnowledgeCommands.isEmpty(database: path)) { return 0 }
        let report = try await showingWork("importing") { () async throws(CommandFailure) in
            try await KnowledgeCommands.replace(
                database: path, with: file, policyPath: arguments.optionalText(policy))
        }
        for row in report.refused { Console.writeError("portcullis: \(file): line \(row.line): \(row.why)\n") }
        if let warning = report.warning { Console.writeError("portcullis: warning: \(warning)\n") }
        try Console.printLine("\(report.rowsTaken) rows taken, \(report.rowsRefused) refused")
        return arguments.has(strict) && report.rowsRefused > 0 ? ExitStatus.data.rawValue : 0
    }
}

enum KnowledgeSearchCommand: Command {
    private static let limit = Option("limit", "N", "how many passages, 1 to 20", fallback: "5")

    static let syntax = CommandSyntax(
        "knowledge search", "find the passages that the assistant would find",
        operand: Operand("QUESTION", "the question; several words need no quotes", count: 1...64),
        options: [database, limit],
        examples: [
            "portcullis knowledge search 'my card was stolen'",
            "portcullis knowledge search --limit 1 opening hours on saturday",
        ],
        statuses: [(66, "there is no database"), (69, "nothing was found"), (74, "the database cannot be read")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let hits = try await KnowledgeCommands.search(
            database: try arguments.text(database), for: arguments.operands.joined(separator: " "),
            limit: try arguments.integer(limit, in: 1...20))
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
