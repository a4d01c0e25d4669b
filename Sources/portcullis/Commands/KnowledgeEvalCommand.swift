internal import Gateway

enum KnowledgeEvalCommand: Command {
    private static let database = KnowledgeOptions.database
    private static let threshold = Option(
        "threshold", "P", "the confidence that an answer takes, 0 to 1, in place of the policy's")
    private static let policy = Option(
        "policy", "FILE", "the escalation policy whose confidence_min is tried (default: \(shipped))")
    private static let shipped = "policies/escalation.json5"
    private static let scope = Option(
        "scope", "FILE", "the policy on what is out of scope, as policies/scope.json5 (default: none)")
    private static let json = Option(flag: "json", "print the figures as JSON, shares from 0 to 1")
    private static let rows = Option(
        flag: "rows", "print what came of each question, a JSON object a line, and no figures")

    static let syntax = CommandSyntax(
        "knowledge eval", "measure the search on labelled questions, to tune the confidence that an answer takes",
        discussion: """
            Reads one JSON object a line: {"query": "Where can I activate my card?", "expected_id": "activate_my_card",
            "kind": "intent"}. expected_id is the row that should answer, or null for a question out of scope, which must
            not be answered. kind may be left out; noisy/typos counts under noisy as well. Each question is searched for as
            the assistant does, with personal data masked by the built-in policy.

            top-1 and top-5: the share of questions in scope whose row came first, or among five. MRR: the mean of one
            over its rank, of 20. answered and right: the share answered at the threshold, and of that the share that was
            right. AUROC: the chance that a question in scope gets more confidence than one out of scope.
            Expected calibration error: how far confidence is from the share that is right. Abstaining is right where the
            question is out of scope: its precision is the share of abstentions that were, its recall the share of
            questions out of scope that were not answered. Phrases of the policy that ask for a person are not looked for.

            --examples tries further phrasings in this evaluation alone; knowledge import --examples puts them in force.
            """,
        operand: Operand("QUERIES.jsonl", "the labelled questions, or - for standard input"),
        options: [
            database, threshold, policy, scope, KnowledgeOptions.model, KnowledgeOptions.config, KnowledgeOptions.state,
            KnowledgeOptions.examples, json, rows,
        ],
        examples: [
            "portcullis knowledge eval queries.jsonl", "portcullis knowledge eval queries.jsonl --threshold 0.55",
            "portcullis knowledge eval queries.jsonl --policy policies/escalation.json5 --json",
            "portcullis knowledge eval queries.jsonl --model var/models/all-MiniLM-L6-v2 --examples asked.csv",
            "portcullis knowledge eval queries.jsonl --scope policies/scope.json5",
        ],
        statuses: [
            (65, "a row is not one, or expects a row that the knowledge base does not have"),
            (66, "a file cannot be read, or there is no database"), (74, "the database cannot be read"),
            (75, "the database is busy"), (78, "the policy, the settings or the model is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let threshold = try threshold(arguments)
        let model = try KnowledgeOptions.model(of: arguments)
        if case .none = model { try arguments.refuse([KnowledgeOptions.examples], "it needs --model or --config") }
        if arguments.has(rows) { try arguments.refuse([json], "--rows takes its place") }
        let vectors = ProgressDisplay("embedding")
        let bar = ProgressDisplay("evaluating")
        defer {
            vectors.finish()
            bar.finish()
        }
        let figures = try await KnowledgeCommands.evaluate(
            database: try arguments.text(database), queries: arguments.operands[0], threshold: threshold,
            model: model, examples: arguments.optionalText(KnowledgeOptions.examples),
            scope: arguments.optionalText(scope), isJSON: arguments.has(json),
            rows: arguments.has(rows), embedding: vectors.show
        ) { done, all in
            vectors.finish()
            bar.show(done, of: all)
        }
        bar.finish()
        try Console.print(figures)
        return 0
    }

    private static func threshold(_ arguments: Arguments) throws(CommandFailure) -> KnowledgeCommands.Threshold {
        guard let millionths = try arguments.optionalMillionths(threshold) else {
            return .policy(arguments.optionalText(policy) ?? shipped)
        }
        try arguments.refuse([policy], "--threshold takes its place")
        return .millionths(millionths)
    }
}
