internal import Gateway

enum RedactCommand: Command {
    private static let policy = Option("policy", "FILE", "what to do with each type (default: the built-in policy)")
    private static let counts = Option(flag: "counts", "print how many of each type were replaced, to standard error")

    static let syntax = CommandSyntax(
        "redact", "replace the personal data in a text",
        discussion: "Prints the text as the assistant would see it.",
        operand: Operand("FILE", "the text, or - for standard input (the default)", count: 0...1),
        options: [policy, counts],
        examples: [
            "portcullis redact letter.txt", "echo 'write to jane@example.org' | portcullis redact --counts",
            "portcullis redact --policy policies/redaction.json5 letter.txt > clean.txt",
        ],
        statuses: [
            (65, "the text is not UTF-8 or too long"), (66, "a file cannot be read"),
            (77, "the policy blocks what was found"), (78, "the policy is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let outcome = try RedactCommands.redact(
            arguments.operands.first ?? "-", policyPath: arguments.optionalText(policy))
        try Console.print(outcome.text)
        if arguments.has(counts) {
            for (type, count) in outcome.counts { Console.writeError("\(type) \(count)\n") }
        }
        return 0
    }
}
