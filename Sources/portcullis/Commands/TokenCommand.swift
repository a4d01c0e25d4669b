internal import Gateway

enum TokenIssueCommand: Command {
    private static let key = Option(
        "key", "FILE", "the signing key: PEM, or a PKCS #11 URI", fallback: "certs/token-keys/signing.key")
    private static let issuer = Option("issuer", "TEXT", "iss", fallback: "https://portcullis.dev")
    private static let audience = Option("audience", "TEXT", "aud", fallback: "portcullis")
    private static let subject = Option("subject", "TEXT", "sub (default: ROLE-dev)")
    private static let role = Option("role", "ROLE", "a role it carries", repeats: true, required: true)
    private static let life = Option("ttl", "SECONDS", "how long it is good, 1 to 31536000", fallback: "1800")
    private static let certificate = Option("bind-cert", "FILE", "of use with this client certificate alone (RFC 8705)")
    private static let scope = Option("scope", "TEXT", "scope: words with a space between two")
    private static let session = Option("session", "TEXT", "sid: the session that it is for")
    private static let approval = Option(
        "approval", "FILE", "an admin's approval, for a role that needs them: what it is for is what is issued",
        repeats: true)
    private static let output = Option("out", "FILE", "write it here, mode 0600, and not to standard output")

    static let syntax = CommandSyntax(
        "token issue", "issue a signed token",
        discussion: """
            Whoever holds the token is its subject, as far as the client certificate allows: keep it secret. Before it is shown,
            who issued what is put down in the gateway's database. A gateway that is running takes it into its audit log within
            a second; one that is not does so when it starts.
            """,
        options: [role, subject, life, certificate, scope, session, approval, key, issuer, audience]
            + IssuanceOptions.all + [output],
        examples: [
            "portcullis token issue --role customer", "portcullis token issue --role agent --subject emp-7 --ttl 600",
            "portcullis token issue --role breakglass --approval alice.approval --approval bob.approval",
            "portcullis token issue --role admin --bind-cert certs/clients/admin.crt --out certs/tokens/admin.jwt",
        ],
        statuses: [
            (65, "the key is not fit for signing tokens, --bind-cert is no certificate, or the approvals do not fit"),
            (66, "a file cannot be read"),
            (69, "the PKCS #11 token with the key does not answer, or the key is not in it"),
            (73, "--out exists already or cannot be made"),
        ] + IssuanceOptions.statuses + [
            (78, "the token's module cannot be loaded, or the token does not take the PIN")
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let roles = arguments.list(role)
        guard let first = roles.first else { throw arguments.usage("--role", "is missing") }
        let approvals = arguments.list(approval)
        let order = TokenCommands.Order(
            keyPath: try arguments.text(key), issuer: try arguments.text(issuer),
            audience: try arguments.text(audience), subject: arguments.optionalText(subject) ?? "\(first)-dev",
            roles: roles,
            lifetimeSeconds: approvals.isEmpty ? try arguments.integer(life, in: 1...31_536_000) : 86_400,
            certificatePath: arguments.optionalText(certificate), scope: arguments.optionalText(scope),
            sessionID: arguments.optionalText(session))
        if !approvals.isEmpty {
            try arguments.refuse([subject, life, certificate, scope, session], "is what the approvals say")
        }
        let ledger = try IssuanceOptions.ledger(arguments, "this token was issued")
        let token =
            approvals.isEmpty
            ? try TokenCommands.issue(order, in: ledger)
            : try TokenCommands.issue(order, approvals: approvals, in: ledger)
        if let path = arguments.optionalText(output) {
            try TokenCommands.write(token, to: path)
            try Console.printLine("made \(path)")
        } else {
            try Console.printLine(token)
        }
        return 0
    }
}

enum TokenInspectCommand: Command {
    private static let key = Option("key", "FILE", "judge signature and lifetime with this public key")
    private static let certificate = Option(
        "cert", "FILE", "judge as with this client certificate (default: the one that it is bound to)")
    private static let approver = Option(
        "approver", "FILE", "the public key of one whose approval counts, for a token with approvals",
        repeats: true)
    private static let quiet = Option(flag: "quiet", "print nothing; the exit code tells")

    static let syntax = CommandSyntax(
        "token inspect", "show what is in a token, and judge it",
        discussion: """
            Prints header and claims as they stand in the token. Without --key nothing is proven: anyone can write claims.
            """,
        operand: Operand("FILE", "the token's file, or - for standard input"),
        options: [key, certificate, approver, quiet],
        examples: [
            "portcullis token inspect certs/tokens/customer.jwt",
            "portcullis token issue --role agent | portcullis token inspect --key certs/token-keys/signing.pub -",
        ],
        statuses: [
            (65, "this is no token"), (66, "a file cannot be read"),
            (77, "the token is not good: its signature or lifetime does not hold"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let inspection = try TokenCommands.inspect(
            arguments.operands[0], publicKeyPath: arguments.optionalText(key),
            certificatePath: arguments.optionalText(certificate), approverPaths: arguments.list(approver))
        if !arguments.has(quiet) {
            try Console.printLine("header  \(inspection.header)")
            try Console.printLine("claims  \(inspection.claims)")
        }
        guard let refusal = inspection.refusal else {
            if arguments.optionalText(key) != nil && !arguments.has(quiet) { try Console.printLine("good") }
            return 0
        }
        if !arguments.has(quiet) { try Console.printLine("refused: \(refusal)") }
        return ExitStatus.noPermission.rawValue
    }
}
