internal import Gateway

enum RestoreCommand: Command {
    private static let format = Option(
        "format", "FORM", "text, json, sse (Server-Sent Events) or ndjson (a JSON text a line)", fallback: "text")
    private static let member = Option(
        "member", "POINTER", "where the words of an sse or ndjson answer are;\n'' for all of a message",
        fallback: "/choices/*/delta/content")

    static let syntax = CommandSyntax(
        "restore", "turn the tokens of a redacted text back",
        discussion: """
            Prints an answer with the originals in place of the tokens that portcullis redact --vault gave out, as it comes:
            a token may be cut anywhere, over events too, and models may have altered it (case, spaces, brackets, plural).
            Tokens of another vault stay as they are.
            """,
        operand: Operand("FILE", "the answer, or - for standard input (the default)", count: 0...1),
        options: [
            VaultOptions.vault, VaultOptions.key, VaultOptions.session, format, member,
        ],
        examples: [
            "portcullis restore --vault case7.vault --vault-key vault.key answer.txt",
            "portcullis restore --vault case7.vault --vault-key vault.key --format sse stream.txt",
            "portcullis restore --vault case7.vault --vault-key vault.key --format ndjson --member /delta/text log",
        ],
        statuses: [
            (65, "the vault is none, or an event is too long"), (66, "a file cannot be read"),
            (77, "the key or the session is another than the vault's"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        guard let place = try VaultOptions.place(arguments) else { throw arguments.usage("--vault", "is missing") }
        let word = try arguments.text(format)
        guard let form = RestoreCommands.Form(rawValue: word) else {
            let wanted = RestoreCommands.Form.allCases.map(\.rawValue).joined(separator: ", ")
            throw arguments.usage("--format", "found \"\(word)\", wanted one of \(wanted)")
        }
        let bar = Console.outputIsTerminal ? nil : ProgressDisplay("restoring")
        defer { bar?.finish() }
        try RestoreCommands.restore(
            arguments.operands.first ?? "-", from: place, form: form, member: try arguments.text(member)
        ) { done, total in
            if let total { bar?.show(done, of: total) } else { bar?.show() }
        }
        return 0
    }
}
