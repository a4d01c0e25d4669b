internal import Agent

/// The bank for development: what `portcullis bank` does.
public struct BankCommands: Sendable {
    private let database: String

    /// Works on a database.
    public init(database: String) { self.database = database }

    /// Makes the accounts of the customers for development that are not there yet.
    /// - Returns: how many are new.
    public func seed() throws(CommandFailure) -> Int {
        try makeDirectory(for: database)
        do throws(AgentError) {
            return try SQLiteBank.seed(DevelopmentBank.accounts, DevelopmentBank.holders, path: database)
        } catch {
            throw CommandFailure(error, subject: database)
        }
    }
}

/// The accounts of `DevelopmentCustomers`, of a bank that does not exist. Numbers and addresses are of ranges for examples.
enum DevelopmentBank {
    static let accounts: [SQLiteBank.SeedAccount] = [
        .init(
            number: "1001", currency: "EUR",
            bookings: [
                ("2026-10-30", 285_000, "Salary October"), ("2026-11-02", -92_000, "Rent November"),
                ("2026-11-05", -4_350, "Corner grocery"), ("2026-11-09", -1_299, "Streaming subscription"),
                ("2026-11-12", -6_820, "Electricity"), ("2026-11-15", -2_450, "Bookshop"),
                ("2026-11-19", -3_115, "Corner grocery"), ("2026-11-24", 4_500, "Refund of railway ticket"),
            ]),
        .init(
            number: "1002", currency: "GBP",
            bookings: [
                ("2026-11-01", 410_000, "Salary"), ("2026-11-03", -130_000, "Mortgage"),
                ("2026-11-08", -8_940, "Supermarket"), ("2026-11-21", -2_200, "Cinema"),
            ]),
        .init(
            number: "1003", currency: "JPY",
            bookings: [("2026-11-04", 320_000, "Salary"), ("2026-11-18", -12_400, "Train pass")]),
    ]

    static let holders: [SQLiteBank.Seed] = [
        .init(
            account: "1001", holder: "adalindqvist", address: "Storgatan 1, 111 22 Stockholm",
            phone: "+46 8 123 456 78",
            email: "ada@example.com"),
        .init(
            account: "1002", holder: "benokafor", address: "1 Example Street, London SW1A 1AA",
            phone: "+44 20 7946 0101", email: "ben@example.com"),
        .init(
            account: "1002", holder: "graceokafor", address: "1 Example Street, London SW1A 1AA",
            phone: "+44 20 7946 0102", email: "grace@example.com"),
        .init(
            account: "1003", holder: "carlaweiss", address: "Musterweg 3, 12345 Musterstadt", phone: "+49 30 23125 0",
            email: "carla@example.com"),
    ]
}
