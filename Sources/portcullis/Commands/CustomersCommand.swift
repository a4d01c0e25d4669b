internal import Gateway

/// What the commands of `customers` have in common.
private enum Customers {
    static let key = Option(
        "key", "FILE", "the key that the database is kept under (verification.key)", fallback: "certs/customers.key")
    static let database = Option(
        "database", "FILE", "the gateway's database (state.customers)", fallback: "var/customers.db")
    static let statuses: [(Int32, String)] = [
        (65, "the key is none"), (66, "the key is not there, or others may read it"),
        (74, "there is no database, it is kept under another key, or it cannot be read and written"),
    ]

    static func commands(_ arguments: Arguments) throws(CommandFailure) -> CustomerCommands {
        CustomerCommands(keyFile: try arguments.text(key), database: try arguments.text(database))
    }
}

enum CustomersInitCommand: Command {
    static let syntax = CommandSyntax(
        "customers init", "make the database of the bank's customers, and its key",
        discussion: """
            Makes what is not there yet: the key (mode 0600) and an empty database. A gateway that starts with them serves
            POST /v1/verification. In the database nothing can be read without the key: keep a copy of it elsewhere.
            """,
        options: [Customers.key, Customers.database],
        examples: [
            "portcullis customers init",
            "portcullis customers init --key /etc/portcullis/customers.key --database /srv/gw/var/customers.db",
        ],
        statuses: Customers.statuses + [(73, "a folder or file cannot be made")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        for file in try Customers.commands(arguments).initialise() { try Console.printLine("made \(file)") }
        return 0
    }
}

enum CustomersImportCommand: Command {
    static let syntax = CommandSyntax(
        "customers import", "take customers in, with what they can prove it by",
        discussion: """
            The file's header names its columns: account, name, question, answer, totp_secret (base32), totp_hash (sha1,
            sha256, sha512) and totp_digits (6 to 8). Each customer needs a question with its answer, a secret, or both;
            holders of one account are told apart by their names. They take the place of those of the same account and name;
            where any row is wrong, none is taken. An answer takes some 50 ms, so that it is dear to guess. What is taken is in
            force at once in a gateway that runs, and on its record. Remove the file afterwards.
            """,
        operand: Operand("FILE", "the CSV file, or - for standard input"),
        options: [Customers.key, Customers.database],
        examples: [
            "portcullis customers import customers.csv", "gpg -d customers.csv.gpg | portcullis customers import -",
        ],
        statuses: Customers.statuses.filter { $0.0 != 65 } + [(65, "a row is wrong, and nothing was changed")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let count = try showingCustomers(arguments) { commands, show throws(CommandFailure) in
            try commands.take(arguments.operands[0], progress: show)
        }
        try Console.printLine("\(count) customers taken")
        return 0
    }
}

enum CustomersSeedCommand: Command {
    private static let ifEmpty = Option(flag: "if-empty", "do nothing where there are customers")

    static let syntax = CommandSyntax(
        "customers seed", "take in the customers of a bank that does not exist, for development",
        discussion: """
            A gateway that listens on anything but loopback does not start while they are in its database: remove them with
            portcullis customers remove --development. Who they are, with their answers, is in docs/verification.md.
            """,
        options: [ifEmpty, Customers.key, Customers.database], examples: ["portcullis customers seed"],
        statuses: Customers.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let count = try showingCustomers(arguments) { commands, show throws(CommandFailure) in
            try commands.seed(ifEmpty: arguments.has(ifEmpty), progress: show)
        }
        if count > 0 { try Console.printLine("\(count) customers for development taken") }
        return 0
    }
}

enum CustomersShowCommand: Command {
    static let syntax = CommandSyntax(
        "customers show", "show how many customers there are, and how many are locked",
        discussion: "Numbers alone: who they are cannot be read from the database.",
        options: [Customers.key, Customers.database], examples: ["portcullis customers show"],
        statuses: Customers.statuses)

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        for line in try Customers.commands(arguments).show() { try Console.printLine(line) }
        return 0
    }
}

enum CustomersRemoveCommand: Command {
    private static let account = Option("account", "NUMBER", "all holders of this account")
    private static let development = Option(flag: "development", "all who were seeded for development")

    static let syntax = CommandSyntax(
        "customers remove", "remove customers, who then can prove nothing",
        discussion: """
            One of --account and --development. Who is verified in a conversation stays so until its time is over
            (verification.verified_s).
            """,
        options: [account, development, Customers.key, Customers.database],
        examples: ["portcullis customers remove --account 1001", "portcullis customers remove --development"],
        statuses: Customers.statuses + [(69, "there is no such customer")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let number = arguments.optionalText(account)
        guard (number == nil) == arguments.has(development) else {
            throw arguments.usage("--account, --development", "wanted one of them")
        }
        let count = try Customers.commands(arguments).remove(account: number)
        try Console.printLine("\(count) customers removed")
        return count > 0 ? 0 : ExitStatus.unavailable.rawValue
    }
}

enum CustomersUnlockCommand: Command {
    private static let account = Option("account", "NUMBER", "the holders of this account")
    private static let subject = Option("subject", "TEXT", "the caller with this sub")
    private static let issuer = Option("issuer", "TEXT", "the caller's iss", fallback: "https://portcullis.dev")

    static let syntax = CommandSyntax(
        "customers unlock", "take answers again after too many wrong ones",
        discussion:
            "One of --account and --subject. Find out first who was guessing: see the records with verification_wrong.",
        options: [account, subject, issuer, Customers.key, Customers.database],
        examples: ["portcullis customers unlock --account 1001", "portcullis customers unlock --subject kiosk-7"],
        statuses: Customers.statuses + [(69, "no guess was noted")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let commands = try Customers.commands(arguments)
        let count: Int
        switch (arguments.optionalText(account), arguments.optionalText(subject)) {
        case (let number?, nil): count = try commands.unlock(account: number)
        case (nil, let name?): count = try commands.unlock(issuer: try arguments.text(issuer), subject: name) ? 1 : 0
        default: throw arguments.usage("--account, --subject", "wanted one of them")
        }
        try Console.printLine("\(count) unlocked")
        return count > 0 ? 0 : ExitStatus.unavailable.rawValue
    }
}

enum CustomersReferenceCommand: Command {
    private static let account = Option("account", "NUMBER", "the account", required: true)
    private static let name = Option("name", "TEXT", "the holder's name", required: true)

    static let syntax = CommandSyntax(
        "customers reference", "show what the audit log calls a customer (customer.ref)",
        discussion:
            "A hash under the key: the log alone tells nobody who it is. The customer need not be in the database.",
        options: [account, name, Customers.key],
        examples: ["portcullis customers reference --account 1001 --name 'Ada Lindqvist'"],
        statuses: Customers.statuses.filter { $0.0 != 74 })

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let commands = CustomerCommands(keyFile: try arguments.text(Customers.key), database: "")
        try Console.printLine(
            try commands.reference(account: try arguments.text(account), name: try arguments.text(name)))
        return 0
    }
}

private func showingCustomers(
    _ arguments: Arguments,
    _ work: (CustomerCommands, _ show: (Int, Int) -> Void) throws(CommandFailure) -> Int
) throws(CommandFailure) -> Int {
    let bar = ProgressDisplay("hashing answers")
    defer { bar.finish() }
    return try work(try Customers.commands(arguments)) { bar.show($0, of: $1) }
}
