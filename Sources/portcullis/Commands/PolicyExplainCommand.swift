internal import Gateway

enum PolicyExplainCommand: Command {
    private static let token = Option("token", "FILE", "the caller's token, or - for standard input")
    private static let role = Option(
        "role", "ROLE", "in place of --token: a role of a token that is good", repeats: true)
    private static let subject = Option("subject", "TEXT", "with --role: the token's sub", fallback: "someone")
    private static let bound = Option(flag: "bound", "with --role: the token is bound to the certificate (RFC 8705)")
    private static let certificate = Option(
        "cert", "FILE",
        "the client certificate, or its name as uri:…, dns:… or cn:…\n(default with --role: the development client of the first)"
    )
    private static let noCertificate = Option(flag: "no-cert", "the client has no certificate")
    private static let tool = Option("tool", "NAME", "in place of a request: a tool that the assistant is to call")
    private static let address = Option("address", "ADDRESS", "where the client is", fallback: "127.0.0.1")
    private static let tls = Option("tls", "VERSION", "the connection's version of TLS, 1.2 or 1.3", fallback: "1.3")
    private static let customer = Option(
        "customer", "LEVEL", "with --tool: how sure it is who the customer is, none, knowledge or possession")
    private static let time = Option("time", "TIME", "when, as in 2026-11-20T08:00:00Z (default: now)")
    private static let policy = Option(
        "policy", "FILE", "the policy (default: the one that the settings name)")
    private static let configuration = Option(
        "config", "FILE", "the gateway's settings (default with --token: policies/gateway.json5)")
    private static let state = Option(
        "state", "DIR", "the folder with certs/, where the settings' relative paths begin", fallback: ".")

    static let syntax = CommandSyntax(
        "policy explain", "tell what the gateway decides on a request, and why",
        discussion: """
            Goes through the request as the gateway does and prints each check and each rule that is about it: "pass" where the
            decision goes on, "note" for a rule that does not decide by itself, "deny" where it ends. The last line of a refusal
            is what the audit record says of it. With --token the token is judged by the settings' issuers and keys, and for the
            certificate that it is shown with; --role supposes one that is good. Where there are settings, a certificate's file is
            judged as in a handshake: by listener.client_ca, as a client's, at --time. Rates and the request's content are not
            looked at.
            """,
        operand: Operand("METHOD PATH", "the request, as in POST /v1/ask", count: 0...2),
        options: [
            token, certificate, noCertificate, role, subject, bound, tool, customer, address, tls, time, policy,
            configuration,
            state,
            PolicyOptions.json,
        ],
        examples: [
            "portcullis policy explain --cert certs/clients/customer.crt --token certs/tokens/customer.jwt POST /v1/ask",
            "portcullis policy explain --role admin --cert certs/clients/customer.crt GET /v1/audit/head",
            "portcullis policy explain --role agent --tool transaction_history --customer possession",
        ],
        statuses: [
            (0, "allowed"), (65, "--cert is no certificate"), (66, "a file cannot be read"), (77, "denied"),
            (78, "the policy, the settings or a key is wrong"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let bearer = try bearer(arguments)
        var question = PolicyExplaining.Case(try subject(arguments), by: bearer)
        question.certificate = try client(arguments, bearer)
        question.address = try arguments.text(address)
        question.tls = try arguments.text(tls)
        question.customer = arguments.optionalText(customer)
        question.time = arguments.optionalText(time)
        question.policy = arguments.optionalText(policy)
        question.configuration = arguments.optionalText(configuration)
        question.state = try arguments.text(state)
        if case .token = bearer, question.configuration == nil { question.configuration = "policies/gateway.json5" }
        let verdict = try PolicyExplaining.explain(question)
        if arguments.has(PolicyOptions.json) {
            try Console.print(verdict.json + [0x0A])
        } else {
            for line in verdict.lines { try Console.printLine(line) }
        }
        return verdict.isAllowed ? 0 : ExitStatus.noPermission.rawValue
    }

    private static func subject(_ arguments: Arguments) throws(CommandFailure) -> PolicyExplaining.Subject {
        if let name = arguments.optionalText(tool) {
            guard arguments.operands.isEmpty else { throw arguments.usage("--tool", "goes without METHOD PATH") }
            return .tool(name)
        }
        guard arguments.operands.count == 2 else { throw arguments.usage("METHOD PATH", "is missing") }
        return .request(method: arguments.operands[0], target: arguments.operands[1])
    }

    private static func bearer(_ arguments: Arguments) throws(CommandFailure) -> PolicyExplaining.Bearer {
        let roles = arguments.list(role)
        guard let path = arguments.optionalText(token) else {
            guard !roles.isEmpty else { throw arguments.usage("--token", "is missing, and --role as well") }
            return .roles(roles, subject: try arguments.text(subject), isBound: arguments.has(bound))
        }
        guard roles.isEmpty, !arguments.has(bound) else {
            throw arguments.usage("--token", "goes without --role and --bound: the token says both")
        }
        return .token(path)
    }

    private static func client(
        _ arguments: Arguments, _ bearer: PolicyExplaining.Bearer
    ) throws(CommandFailure) -> String? {
        let given = arguments.optionalText(certificate)
        if arguments.has(noCertificate) {
            if given != nil { throw arguments.usage("--no-cert", "goes without --cert") }
            return nil
        }
        if let given { return given }
        guard case .roles(let roles, _, _) = bearer else {
            throw arguments.usage("--cert", "is missing; say --no-cert for a client without one")
        }
        return AuthorityCommands.developmentName(ofRole: roles[0])
    }
}
