internal import Gateway

/// The command. Start reading here: the table of subcommands, and how one is chosen.
@main
struct Portcullis {
    static let commands: [any Command.Type] = [
        ServeCommand.self, AuthorityInitCommand.self, AuthorityIssueCommand.self, TokenIssueCommand.self,
        TokenApproveCommand.self,
        TokenInspectCommand.self, TokenRevokeCommand.self, TokenRevocationsCommand.self, TokenKeysInitCommand.self,
        TokenKeysListCommand.self, TokenKeysRotateCommand.self, TokenKeysRetireCommand.self, PolicyCheckCommand.self,
        PolicyExplainCommand.self, PolicyDiffCommand.self, PolicyReplayCommand.self, RedactEvalCommand.self,
        RedactCommand.self, RestoreCommand.self,
        AuditVerifyCommand.self, AuditVerifyBundleCommand.self, AuditCheckReceiptCommand.self, AuditCatCommand.self,
        AuditTailCommand.self, AuditShowCommand.self,
        AuditSearchCommand.self, AuditStatsCommand.self, AuditProveCommand.self, AuditExportCommand.self,
        AuditNewLogCommand.self,
        AuditRotateKeyCommand.self, AuditEraseCommand.self, AuditPruneCommand.self, AuditShipCommand.self,
        KnowledgeImportCommand.self,
        KnowledgeSearchCommand.self, KnowledgeListCommand.self, KnowledgeEvalCommand.self, CustomersInitCommand.self,
        CustomersImportCommand.self,
        CustomersSeedCommand.self, CustomersShowCommand.self, CustomersRemoveCommand.self, CustomersUnlockCommand.self,
        CustomersReferenceCommand.self, BankSeedCommand.self, VersionCommand.self,
    ]

    static func main() async {
        let words = Array(CommandLine.arguments.dropFirst())
        do throws(CommandFailure) {
            Console.exit(try await run(words))
        } catch {
            Console.writeError("portcullis: \(error)\n")
            Console.exit(error.status.rawValue)
        }
    }

    /// Runs the command line `words`.
    /// - Returns: the exit code.
    static func run(_ words: [String]) async throws(CommandFailure) -> Int32 {
        guard let first = words.first else {
            Console.writeError(Help.list(of: syntaxes))
            return ExitStatus.usage.rawValue
        }
        switch first {
        case "--version": return try await run(["version"])
        case "help", "--help", "-h": return try help(on: Array(words.dropFirst()))
        default: break
        }
        guard let command = command(for: words) else { return try listGroup(words) }
        let arguments = try Arguments(Array(words.dropFirst(wordCount(of: command))), for: command.syntax)
        if arguments.wantsHelp { return try help(on: words) }
        return try await command.run(arguments)
    }

    private static var syntaxes: [CommandSyntax] { commands.map { $0.syntax } }

    private static func wordCount(of command: any Command.Type) -> Int {
        command.syntax.name.split(separator: " ").count
    }

    private static func command(for words: [String]) -> (any Command.Type)? {
        commands.first { words.starts(with: $0.syntax.name.split(separator: " ").map(String.init)) }
    }

    private static func isGroup(_ word: String) -> Bool { syntaxes.contains { $0.name.hasPrefix(word + " ") } }

    private static func help(on words: [String]) throws(CommandFailure) -> Int32 {
        if let command = command(for: words) {
            try Console.printLine(Help.page(of: command.syntax))
        } else if let word = words.first {
            guard isGroup(word) else { throw unknown(words) }
            try Console.printLine(Help.list(of: syntaxes, group: word))
        } else {
            try Console.printLine(Help.list(of: syntaxes))
        }
        return ExitStatus.success.rawValue
    }

    /// `portcullis ca` and `portcullis ca --help` list the commands of `ca`; the first is still an incomplete command.
    private static func listGroup(_ words: [String]) throws(CommandFailure) -> Int32 {
        guard isGroup(words[0]), words.count == 1 || ["--help", "-h"].contains(words[1]) else { throw unknown(words) }
        if words.count > 1 { return try help(on: [words[0]]) }
        Console.writeError(Help.list(of: syntaxes, group: words[0]))
        return ExitStatus.usage.rawValue
    }

    private static func unknown(_ words: [String]) -> CommandFailure {
        let given = isGroup(words[0]) ? words.prefix(2).joined(separator: " ") : words[0]
        let names = syntaxes.map(\.name) + syntaxes.compactMap { $0.name.split(separator: " ").first.map(String.init) }
        let both = words.prefix(2).joined(separator: " ")
        let hint = (nearestName(to: both, among: names) ?? nearestName(to: given, among: names))
        let question = hint.map { ", did you mean \($0)?" } ?? ""
        return CommandFailure(.usage, given, "is not a command\(question)", mend: "see portcullis --help")
    }
}
