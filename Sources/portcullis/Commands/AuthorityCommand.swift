internal import Gateway

private let directory = Option("dir", "DIR", "the folder of the authority", fallback: "certs")

enum AuthorityInitCommand: Command {
    private static let name = Option("name", "TEXT", "the authority's name", fallback: "Portcullis development CA")
    private static let days = Option("days", "N", "how long it is valid, 1 to 7300", fallback: "3653")

    static let syntax = CommandSyntax(
        "ca init", "make a development certification authority",
        discussion: """
            Makes ca.crt and ca.key, and the key pair token-keys/signing.key and token-keys/signing.pub that development tokens are
            signed with. For development and tests: a bank has its own authority. Nothing that exists is overwritten; a key
            without its certificate, as an interrupted run leaves it, is taken up.
            """,
        options: [directory, name, days],
        examples: ["portcullis ca init", "portcullis ca init --dir /srv/gateway/certs --days 365"],
        statuses: [
            (65, "a key that is there is not fit"), (66, "a key that is there cannot be read"),
            (73, "the authority exists already or a file cannot be made"), (77, "others can read a key that is there"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let made = try AuthorityCommands.initialise(
            directory: try arguments.text(directory), commonName: try arguments.text(name),
            days: try arguments.integer(days, in: 1...7300))
        for path in made { try Console.printLine("made \(path)") }
        return 0
    }
}

enum AuthorityIssueCommand: Command {
    private static let server = Option(flag: "server", "for the gateway itself, under the names of --dns and --ip")
    private static let dnsNames = Option("dns", "NAME", "a server's DNS name", repeats: true)
    private static let addresses = Option("ip", "ADDRESS", "a server's address", repeats: true)
    private static let role = Option("role", "ROLE", "for the development client of a role")
    private static let uri = Option("uri", "URI", "for the client known by this URI")
    private static let name = Option("name", "TEXT", "the client's common name, with --uri")
    private static let output = Option(
        "out", "BASE", "write BASE.crt and BASE.key (default: server or clients/NAME in --dir)")
    private static let days = Option("days", "N", "how long it is valid, 1 to 7300", fallback: "825")

    static let syntax = CommandSyntax(
        "ca issue", "issue a certificate and a key",
        discussion: """
            Signs with the authority that `ca init` made. Give exactly one of --server, --role and --uri. A role's client is
            known by spiffe://portcullis.dev/client/ROLE, which the bindings in policies/rbac.json5 name. A key that is there
            without its certificate is the one that is certified; nothing that exists is overwritten.
            """,
        options: [directory, server, dnsNames, addresses, role, uri, name, output, days],
        examples: [
            "portcullis ca issue --server --dns localhost --ip 127.0.0.1", "portcullis ca issue --role customer",
            "portcullis ca issue --uri spiffe://bank.example/teller --name teller --days 30",
        ],
        statuses: [
            (65, "the authority's files are not what they should be"), (66, "there is no authority in --dir"),
            (73, "a file exists already or cannot be made"), (77, "others can read the authority's key"),
        ])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let made = try AuthorityCommands.issue(
            try subject(arguments), directory: try arguments.text(directory), base: arguments.optionalText(output),
            days: try arguments.integer(days, in: 1...7300))
        for path in made { try Console.printLine("made \(path)") }
        return 0
    }

    private static func subject(_ arguments: Arguments) throws(CommandFailure) -> AuthorityCommands.Subject {
        let names = arguments.list(dnsNames)
        let numbers = arguments.list(addresses)
        switch (arguments.has(server), arguments.optionalText(role), arguments.optionalText(uri)) {
        case (true, nil, nil):
            guard !names.isEmpty || !numbers.isEmpty else {
                throw arguments.usage("--server", "wants at least one --dns or --ip")
            }
            return .server(dnsNames: names, addresses: numbers)
        case (false, let role?, nil) where names.isEmpty && numbers.isEmpty: return .role(role)
        case (false, nil, let uri?) where names.isEmpty && numbers.isEmpty:
            return .client(uri: uri, commonName: try arguments.text(name))
        default: throw arguments.usage("ca issue", "wants exactly one of --server (with --dns, --ip), --role and --uri")
        }
    }
}
