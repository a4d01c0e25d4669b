internal import Gateway

enum PolicyCheckCommand: Command {
    static let syntax = CommandSyntax(
        "policy check", "read all policies as the gateway does at start",
        operand: Operand("DIR", "the folder of gateway.json5 (default: policies)", count: 0...1),
        examples: ["portcullis policy check", "portcullis policy check /etc/portcullis"],
        statuses: [(66, "a file cannot be read"), (78, "a file is wrong; the message names its place and the mend")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        for line in try PolicyCommands.check(arguments.operands.first ?? "policies") { try Console.printLine(line) }
        return 0
    }
}

enum PolicyExplainCommand: Command {
    private static let policy = Option("policy", "FILE", "the policy", fallback: "policies/rbac.json5")
    private static let role = Option("role", "ROLE", "a role of the token", repeats: true, required: true)
    private static let subject = Option("subject", "TEXT", "the token's subject", fallback: "someone")
    private static let certificate = Option(
        "certificate", "NAME",
        "the client: a PEM file, or a name as uri:…, dns:… or cn:…\n(default: the development client of the first role)"
    )
    private static let noCertificate = Option(flag: "no-certificate", "the client has no certificate")

    static let syntax = CommandSyntax(
        "policy explain", "tell what the policy decides on a request, and why",
        operand: Operand("METHOD PATH", "the request, as in POST /v1/ask", count: 2...2),
        options: [role, subject, certificate, noCertificate, policy],
        examples: [
            "portcullis policy explain --role customer POST /v1/ask",
            "portcullis policy explain --role admin --certificate certs/clients/customer.crt GET /v1/audit/head",
        ],
        statuses: [
            (0, "allowed"), (66, "a file cannot be read"), (77, "denied"), (78, "the policy is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let roles = arguments.list(role)
        guard let first = roles.first else { throw arguments.usage("--role", "is missing") }
        if arguments.has(noCertificate) && arguments.optionalText(certificate) != nil {
            throw arguments.usage("--no-certificate", "goes without --certificate")
        }
        let client = arguments.optionalText(certificate) ?? AuthorityCommands.developmentName(ofRole: first)
        let verdict = try PolicyCommands.explain(
            .init(
                policyPath: try arguments.text(policy), method: arguments.operands[0], path: arguments.operands[1],
                roles: roles, subject: try arguments.text(subject),
                certificate: arguments.has(noCertificate) ? nil : client))
        for line in verdict.lines { try Console.printLine(line) }
        return verdict.isAllowed ? 0 : ExitStatus.noPermission.rawValue
    }
}
