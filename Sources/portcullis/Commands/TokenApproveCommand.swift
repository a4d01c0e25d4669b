internal import Gateway

enum TokenApproveCommand: Command {
    private static let key = Option(
        "key", "FILE", "your own private key, of which the gateway has the public half", required: true)
    private static let approval = Option("approval", "FILE", "another admin's approval: approve the same token")
    private static let role = Option("role", "ROLE", "a role that the token will carry", repeats: true)
    private static let subject = Option("subject", "TEXT", "sub: whose token it will be")
    private static let reason = Option("reason", "TEXT", "why, such as the incident's number; it stays in the approval")
    private static let life = Option("ttl", "SECONDS", "how long it is good from now, 1 to 86400", fallback: "900")
    private static let certificate = Option("bind-cert", "FILE", "of use with this client certificate alone (RFC 8705)")
    private static let issuer = Option("issuer", "TEXT", "iss", fallback: "https://portcullis.dev")
    private static let audience = Option("audience", "TEXT", "aud", fallback: "portcullis")
    private static let output = Option("out", "FILE", "write it here, mode 0600, and not to standard output")

    static let syntax = CommandSyntax(
        "token approve", "agree to a token of a role that needs approvals",
        discussion: """
            A role with `approvals` in the policy is for emergencies: its tokens are good with the signatures of several admins
            under the very same token. The first says what is wanted; each further one reads that from the file of the first,
            is shown it, and signs. Then `portcullis token issue --role ROLE --approval FILE --approval FILE` issues it. The
            life counts from the first approval. Who approved what is put down in the gateway's database first, for its audit log;
            an admin at another machine says --unrecorded: the log names the approvals when the token is issued.
            """,
        options: [key, approval, role, subject, reason, life, certificate, issuer, audience] + IssuanceOptions.all
            + [output],
        examples: [
            "portcullis token approve --key alice.key --role breakglass --subject emp-7 --reason INC-4711 --out alice.approval",
            "portcullis token approve --key bob.key --approval alice.approval --out bob.approval",
        ],
        statuses: [
            (65, "the key is not fit for signing, or --approval is none, is your own or is of a token that has ended"),
            (66, "a file cannot be read"),
            (69, "the PKCS #11 token with the key does not answer, or the key is not in it"),
            (73, "--out exists already or cannot be made"),
        ] + IssuanceOptions.statuses + [
            (78, "the token's module cannot be loaded, or the token does not take the PIN")
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let made = try approve(arguments, in: try IssuanceOptions.ledger(arguments, "this was approved"))
        Console.writeError("approved: \(made.summary)\n")
        if let path = arguments.optionalText(output) {
            try TokenCommands.write(made.text, to: path)
            try Console.printLine("made \(path)")
        } else {
            try Console.printLine(made.text)
        }
        return 0
    }

    private static func approve(
        _ arguments: Arguments, in ledger: IssuanceLedger
    ) throws(CommandFailure) -> TokenCommands.Approval {
        if let path = arguments.optionalText(approval) {
            try arguments.refuse(
                [role, subject, reason, life, certificate, issuer, audience], "is what --approval says")
            return try TokenCommands.approve(alsoWith: path, keyPath: try arguments.text(key), in: ledger)
        }
        guard !arguments.list(role).isEmpty else { throw arguments.usage("--role", "is missing") }
        return try TokenCommands.approve(
            .init(
                keyPath: try arguments.text(key), issuer: try arguments.text(issuer),
                audience: try arguments.text(audience), subject: try arguments.text(subject),
                roles: arguments.list(role), lifetimeSeconds: try arguments.integer(life, in: 1...86_400),
                certificatePath: arguments.optionalText(certificate)),
            reason: try arguments.text(reason), in: ledger)
    }
}
