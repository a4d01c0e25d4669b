internal import Gateway

private let database = Option(
    "database", "FILE", "the gateway's database (state.revocations)", fallback: "var/revocations.db")

enum TokenRevokeCommand: Command {
    private static let id = Option("jti", "ID", "the token with this jti")
    private static let file = Option("token", "FILE", "the token in this file, or - for standard input")
    private static let subject = Option("subject", "TEXT", "all tokens of this sub")
    private static let role = Option("role", "ROLE", "all tokens that carry this role")
    private static let before = Option(
        "issued-before", "SECONDS",
        "those issued before this second since 1970, or now; alone: of the issuer's tokens")
    private static let issuer = Option("issuer", "TEXT", "iss", fallback: "https://portcullis.dev")

    static let syntax = CommandSyntax(
        "token revoke", "take tokens back",
        discussion: """
            One of --jti, --token, --subject, --role, or --issued-before alone. Of a subject or role, all that were issued
            until now are taken back, or those before --issued-before. A gateway that is running refuses the tokens within
            100 ms and puts it on record; one that is not does so when it starts. A new token is good: take the right to get
            one as well, where that is the point.
            """,
        options: [id, file, subject, role, before, issuer, database],
        examples: [
            "portcullis token revoke --token certs/tokens/agent.jwt", "portcullis token revoke --subject emp-7",
            "portcullis token revoke --role agent --issued-before 1800000000",
            "portcullis token revoke --issued-before now",
        ],
        statuses: [
            (65, "--token holds no token with iss and jti"), (66, "--token cannot be read"),
            (74, "there is no database, or it cannot be read and written"),
            (75, "there are as many revocations as may be"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let given: [RevocationCommands.Target?] = [
            arguments.optionalText(id).map { .token($0) }, arguments.optionalText(file).map { .file($0) },
            arguments.optionalText(subject).map { .subject($0) }, arguments.optionalText(role).map { .role($0) },
        ]
        let targets = given.compactMap { $0 }
        let second: RevocationCommands.Before? =
            if arguments.optionalText(before) == "now" {
                .now
            } else {
                try arguments.optionalInteger(before, in: 1...253_402_300_799).map { .second($0) }
            }
        guard targets.count <= 1, let target = targets.first ?? second.map({ _ in .issuer }) else {
            throw arguments.usage("--jti, --token, --subject, --role", "wanted one of them, or --issued-before alone")
        }
        let line = try RevocationCommands.revoke(
            target, issuer: try arguments.text(issuer), issuedBefore: second, database: try arguments.text(database))
        try Console.printLine("revoked \(line)")
        return 0
    }
}

enum TokenRevocationsCommand: Command {
    static let syntax = CommandSyntax(
        "token revocations", "show which tokens were taken back",
        discussion: "Oldest first, a line each: when, what, of whom. Those whose tokens must have expired are gone.",
        options: [database], examples: ["portcullis token revocations"],
        statuses: [(74, "there is no database, or it cannot be read")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        for line in try RevocationCommands.list(database: try arguments.text(database)) { try Console.printLine(line) }
        return 0
    }
}
