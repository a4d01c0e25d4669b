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

enum KnowledgeSearchCommand: Command {
    private static let limit = Option("limit", "N", "how many passages, 1 to 20", fallback: "5")

    static let syntax = CommandSyntax(
        "knowledge search", "find the passages that the assistant would find",
        discussion: """
            Each passage with its score, its id, its question, where it comes from a document that and the page, and its
            answer; then the confidence that the first is right, which the assistant compares with confidence_min of
            policies/escalation.json5.
            """,
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
        let found = try await KnowledgeCommands.search(
            database: try arguments.text(database), for: arguments.operands.joined(separator: " "),
            limit: try arguments.integer(limit, in: 1...20), model: try KnowledgeOptions.model(of: arguments))
        for hit in found.hits {
            let source = hit.source.map { "  (\($0))" } ?? ""
            try Console.printLine("\(thousandths(hit.scorePPM))  \(hit.id)  \(hit.question)\(source)")
            for line in hit.answer.split(separator: "\n") { try Console.printLine("       \(line)") }
        }
        if !found.hits.isEmpty { try Console.printLine("confidence \(thousandths(found.confidencePPM))") }
        return found.hits.isEmpty ? ExitStatus.unavailable.rawValue : 0
    }

    private static func thousandths(_ millionths: Int) -> String {
        guard millionths < 1_000_000 else { return "1.000" }
        let digits = String(millionths / 1000)
        return "0." + String(repeating: "0", count: max(0, 3 - digits.count)) + digits
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
