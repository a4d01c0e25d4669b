internal import Gateway

/// Options of the commands that keep or use a vault.
enum VaultOptions {
    static let vault = Option("vault", "FILE", "the sealed vault with the originals behind the tokens")
    static let key = Option(
        "vault-key", "FILE", "the key that the vault is sealed under\n(made with: openssl rand -base64 32)")
    static let session = Option(
        "session", "NAME", "whose tokens they are; a vault opens for its own session only", fallback: "default")

    /// The vault that the command line names; nil where it names none.
    static func place(_ arguments: Arguments) throws(CommandFailure) -> VaultPlace? {
        guard let file = arguments.optionalText(vault) else {
            if arguments.optionalText(key) != nil { throw arguments.usage("--vault", "is missing") }
            return nil
        }
        return VaultPlace(file: file, keyFile: try arguments.text(key), session: try arguments.text(session))
    }
}

/// When output is coloured.
enum ColorOption {
    static let color = Option("color", "WHEN", "always, never, or auto: on a terminal", fallback: "auto")

    /// NO_COLOR (no-color.org) and a terminal that is called dumb are respected, unless the command line says otherwise.
    static func isOn(_ arguments: Arguments) throws(CommandFailure) -> Bool {
        switch try arguments.text(color) {
        case "always": return true
        case "never": return false
        case "auto":
            let refused = Console.environment("NO_COLOR").map { !$0.isEmpty } ?? false
            return Console.outputIsTerminal && !refused && Console.environment("TERM") != "dumb"
        case let other: throw arguments.usage("--color", "found \"\(other)\", wanted auto, always or never")
        }
    }
}

enum RedactCommand: Command {
    private static let policy = Option("policy", "FILE", "what to do with each type (default: the built-in policy)")
    private static let json = Option(
        flag: "json", "print a JSON object a line: the redacted text, and what was found\nwith place, action and reason"
    )
    private static let explain = Option(
        flag: "explain", "print what was found instead, a line each, with the reason\nand without the value")
    private static let role = Option("role", "ROLE", "a role of the caller, for the policy's rules", repeats: true)
    private static let route = Option("route", "PATH", "the route, for the policy's rules: /v1/ask")
    private static let direction = Option(
        "direction", "WAY", "input or output, for the policy's rules", fallback: "input")
    private static let hashKey = Option("hash-key", "FILE", "the key that \"hash\" needs (openssl rand -base64 32)")
    private static let counts = Option(flag: "counts", "print how many of each type were replaced, to standard error")

    static let syntax = CommandSyntax(
        "redact", "replace the personal data in a text, and say why",
        discussion: """
            Prints the text as the assistant would see it, as it is read: files of any size take the same memory. On a
            terminal what was replaced is highlighted.

            With --vault the originals behind tokens such as [EMAIL_1] are kept, sealed, and portcullis restore turns them
            back; the same value has the same token each time. Where the policy blocks what is in a text, the exit code is
            77; --explain and --json go on to the end all the same and show where it stands.
            """,
        operand: Operand("FILE", "texts, or - for standard input (the default)", count: 0...Int.max),
        options: [
            policy, explain, json, role, route, direction, hashKey, VaultOptions.vault, VaultOptions.key,
            VaultOptions.session, ColorOption.color, counts,
        ],
        examples: [
            "portcullis redact letter.txt", "echo 'write to jane@example.org' | portcullis redact --explain",
            "portcullis redact --policy policies/redaction.json5 letter.txt > clean.txt",
            "portcullis redact --json --role auditor --route /v1/tickets/{id} --direction output ticket.txt",
            "portcullis redact --vault case7.vault --vault-key vault.key letter.txt > clean.txt",
        ],
        statuses: [
            (65, "a text has more values than a vault holds"), (66, "a file cannot be read"),
            (75, "another command is using the vault"),
            (77, "the policy blocks what was found, or the vault is another's"),
            (78, "the policy or a key is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        guard !arguments.has(json) || !arguments.has(explain) else {
            throw arguments.usage("--json", "goes not with --explain")
        }
        var request = RedactCommands.Request(
            arguments.operands.isEmpty ? ["-"] : arguments.operands, policyPath: arguments.optionalText(policy))
        request.roles = arguments.list(role)
        request.route = arguments.optionalText(route) ?? ""
        request.direction = try arguments.text(direction)
        request.form = arguments.has(json) ? .json : arguments.has(explain) ? .explanation : .text
        let isColored = try ColorOption.isOn(arguments)
        request.isColored = isColored && request.form != .json
        request.hashKeyFile = arguments.optionalText(hashKey)
        request.vault = try VaultOptions.place(arguments)
        // A bar among the lines of a text on the same terminal would tear it.
        let bar = Console.outputIsTerminal ? nil : ProgressDisplay("redacting")
        defer { bar?.finish() }
        let replaced = try RedactCommands.redact(request) { done, total in
            if let total { bar?.show(done, of: total) } else { bar?.show() }
        }
        bar?.finish()
        if arguments.has(counts) {
            for (type, count) in replaced { Console.writeError("\(type) \(count)\n") }
        }
        return 0
    }
}
