internal import Gateway

enum RedactEvalCommand: Command {
    private static let policy = Option("policy", "FILE", "the redaction policy (default: the built-in policy)")
    private static let predictions = Option(
        "predictions", "FILE", "write what was found in each row, one JSON object a line")
    private static let profile = Option(
        "profile", "NAME",
        """
        which labelled types must be found: core, all but places,
        organisations, dates and ages; structured, no names and postal
        addresses either; or all
        """, fallback: "core")
    private static let json = Option(flag: "json", "print the figures as JSON")

    static let syntax = CommandSyntax(
        "redact eval", "measure what leaks and what is redacted for nothing, on labelled texts",
        discussion: """
            Reads one JSON object a line: {"id": "1", "text": "…", "spans": [{"start": 5, "end": 17, "type":
            "PHONE_NUMBER"}], "neutral": [], "decoys": []}. Offsets count characters; byte_start and byte_end count bytes.
            Spans must be redacted, neutral places may be, decoys must not.

            Leak is the share of labelled characters that are left, whatever type was found. Precision, recall and F1
            count places whose type is right. Read leak and "others redacted" together: who redacts everything leaks nothing.
            """,
        operand: Operand("GOLD", "the labelled rows, or - for standard input (the default)", count: 0...1),
        options: [policy, profile, predictions, json],
        examples: [
            "portcullis redact eval gold.jsonl", "portcullis redact eval gold.jsonl --profile structured",
            "portcullis redact eval gold.jsonl --json",
            "portcullis redact eval gold.jsonl --predictions found.jsonl",
        ],
        statuses: [
            (65, "a row is not one"), (66, "a file cannot be read"), (73, "the predictions' file exists"),
            (74, "the predictions cannot be written"), (78, "the policy is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let bar = ProgressDisplay("evaluating")
        defer { bar.finish() }
        let figures = try RedactEvalCommands.evaluate(
            arguments.operands.first ?? "-", policyPath: arguments.optionalText(policy),
            profile: try arguments.text(profile), predictions: arguments.optionalText(predictions),
            isJSON: arguments.has(json), progress: bar.show)
        bar.finish()
        try Console.print(figures)
        return 0
    }
}
