internal import Gateway

/// Options that the commands about policies share.
enum PolicyOptions {
    static let policy = Option("policy", "FILE", "the policy", fallback: "policies/rbac.json5")
    static let json = Option(flag: "json", "print one JSON value, for scripts")
}

enum PolicyCheckCommand: Command {
    private static let strict = Option(flag: "strict", "end with 65 where there is a warning")

    static let syntax = CommandSyntax(
        "policy check", "read all policies as the gateway does at start",
        discussion: """
            Then looks for what rbac.json5 says and cannot mean, and warns: of routes that no request reaches, of routes of the
            gateway that nobody may use, of permissions that nobody has, and of roles that no certificate may carry. A warning
            stops no gateway: what is not granted is denied.
            """,
        operand: Operand("DIR", "the folder of gateway.json5 (default: policies)", count: 0...1),
        options: [strict, PolicyOptions.json],
        examples: ["portcullis policy check", "portcullis policy check --strict /etc/portcullis"],
        statuses: [
            (0, "every file is good"), (65, "--strict, and there is a warning"), (66, "a file cannot be read"),
            (78, "a file is wrong; the message names its place and the mend"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let report = try PolicyCommands.check(arguments.operands.first ?? "policies")
        if arguments.has(PolicyOptions.json) {
            try Console.print(report.json + [0x0A])
        } else {
            for line in report.lines { try Console.printLine(line) }
        }
        return arguments.has(strict) && report.warnings > 0 ? ExitStatus.data.rawValue : 0
    }
}

enum PolicyDiffCommand: Command {
    static let syntax = CommandSyntax(
        "policy diff", "tell what each role gains and loses from one policy to another",
        discussion: """
            Permissions, the routes they open, and tools, inherited ones too and with their conditions; certificates; what may be
            issued; and denials of what the role has. "+" is a gain, "-" a loss. What a role has under a condition is not what
            it has without one. Says nothing of what makes no difference, such as another order.
            """,
        operand: Operand("OLD NEW", "the two policies", count: 2...2), options: [PolicyOptions.json],
        examples: ["portcullis policy diff /etc/portcullis/rbac.json5 policies/rbac.json5"],
        statuses: [
            (0, "no role gains or loses anything"), (1, "some role does"), (66, "a file cannot be read"),
            (78, "a policy is wrong; the message names its place and the mend"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let comparison = try PolicyComparing.compare(arguments.operands[0], arguments.operands[1])
        if arguments.has(PolicyOptions.json) {
            try Console.print(comparison.json + [0x0A])
        } else {
            for line in comparison.lines { try Console.printLine(line) }
        }
        return comparison.isSame ? 0 : 1
    }
}

enum PolicyReplayCommand: Command {
    private static let log = Option("log", "DIR", "the log's folder", fallback: "var/audit")
    private static let json = Option(flag: "json", "print a JSON value a line: each change, then the counts")

    static let syntax = CommandSyntax(
        "policy replay", "decide recorded requests anew under another policy",
        discussion: """
            Lists every request whose decision would change, then counts by role and route. A request that ended before a policy
            decided (no good token, a rate) is left alone. One that its record does not say enough about is counted with what is
            missing, and not guessed at. Routes alone are replayed: not what was decided inside a request, such as issuing, nor
            whether a ticket was the caller's own. Reads only, also under a running gateway; whether the log is the one that was
            written is for audit verify.
            """,
        options: [log, PolicyOptions.policy, json],
        examples: ["portcullis policy replay --log var/audit --policy policies/rbac.json5"],
        statuses: [
            (0, "no decision would change"), (1, "some would"), (2, "none that can be told, and some cannot"),
            (65, "a record is missing or not whole"), (66, "no log, or a file cannot be read"),
            (74, "the log cannot be read"), (78, "the policy is wrong; the message names its place and the mend"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let bar = ProgressDisplay("deciding anew")
        defer { bar.finish() }
        let outcome = try PolicyReplaying.replay(
            try arguments.text(log), policy: try arguments.text(PolicyOptions.policy), asJSON: arguments.has(json),
            progress: bar.show
        ) { line throws(CommandFailure) in
            bar.finish()
            try Console.printLine(line)
        }
        bar.finish()
        if arguments.has(json) {
            try Console.print(outcome.json + [0x0A])
        } else {
            for line in outcome.lines { try Console.printLine(line) }
        }
        if outcome.changed > 0 { return 1 }
        return outcome.undecided > 0 ? 2 : 0
    }
}
