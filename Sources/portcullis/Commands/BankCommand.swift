internal import Gateway

enum BankSeedCommand: Command {
    private static let database = Option(
        "database", "FILE", "the bank's database (state.bank)", fallback: "var/bank.db")

    static let syntax = CommandSyntax(
        "bank seed", "make accounts for the customers of a bank that does not exist, for development",
        discussion: """
            The accounts of the customers that portcullis customers seed takes in: balances, transactions and how to reach
            them. Those that are there stay as they are. A gateway that listens on anything but loopback does not start while
            the file is there.
            """,
        options: [database], examples: ["portcullis bank seed", "portcullis bank seed --database /srv/gw/var/bank.db"],
        statuses: [(73, "the folder cannot be made"), (74, "the database cannot be read and written")])

    static func run(_ arguments: Arguments) async throws(CommandFailure) -> Int32 {
        let count = try BankCommands(database: try arguments.text(database)).seed()
        if count > 0 { try Console.printLine("\(count) accounts for development made") }
        return 0
    }
}
