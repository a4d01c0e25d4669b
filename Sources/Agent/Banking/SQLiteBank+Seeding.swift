internal import SQLite

extension SQLiteBank {
    /// A holder of an account, made up.
    public struct Seed: Sendable {
        let account: String, holder: String, address: String, phone: String, email: String

        /// A holder.
        /// - Parameters:
        ///   - account: as verification compares it.
        ///   - holder: the name, as verification compares it.
        public init(account: String, holder: String, address: String, phone: String, email: String) {
            self.account = account
            self.holder = holder
            self.address = address
            self.phone = phone
            self.email = email
        }
    }

    /// An account, made up, with what was booked, oldest first.
    public struct SeedAccount: Sendable {
        let number: String, currency: String
        let bookings: [(day: String, amount: Int64, purpose: String)]

        /// An account, whose balance is the sum of its bookings in minor units.
        public init(number: String, currency: String, bookings: [(day: String, amount: Int64, purpose: String)]) {
            self.number = number
            self.currency = currency
            self.bookings = bookings
        }
    }

    /// Makes the database at `path` where there is none, and puts accounts and holders into it that are not there yet.
    /// - Returns: how many accounts are new.
    /// - Throws: `AgentError`
    public static func seed(
        _ accounts: [SeedAccount], _ holders: [Seed], path: String
    ) throws(AgentError) -> Int {
        let database = try database(path)
        return try database.transaction(.write, mapping: AgentError.init) { () throws(AgentError) in
            try AgentError.translating { () throws(SQLiteError) in
                var count = 0
                for account in accounts where try !isThere(account, in: database) {
                    count += 1
                    try insert(account, into: database)
                }
                for holder in holders {
                    try database.run(
                        """
                        INSERT INTO holders (account, name, address, phone, email, preferred_language, statements, marketing)
                        VALUES (?1, ?2, ?3, ?4, ?5, 'en', 'paper', 'no') ON CONFLICT DO NOTHING
                        """,
                        .text(Array(holder.account.utf8)), .text(Array(holder.holder.utf8)),
                        .text(Array(holder.address.utf8)), .text(Array(holder.phone.utf8)),
                        .text(Array(holder.email.utf8)))
                }
                return count
            }
        }
    }

    private static func isThere(_ account: SeedAccount, in database: Database) throws(SQLiteError) -> Bool {
        try database.first("SELECT 1 FROM accounts WHERE number = ?1", [.text(Array(account.number.utf8))]) { _ in true
        }
            ?? false
    }

    private static func insert(_ account: SeedAccount, into database: Database) throws(SQLiteError) {
        let balance = account.bookings.reduce(0) { $0 + $1.amount }
        try database.run(
            "INSERT INTO accounts (number, status, currency, booked, available) VALUES (?1, 'active', ?2, ?3, ?3)",
            .text(Array(account.number.utf8)), .text(Array(account.currency.utf8)), .integer(balance))
        for booking in account.bookings {
            try database.run(
                "INSERT INTO transactions (account, day, amount, purpose) VALUES (?1, ?2, ?3, ?4)",
                .text(Array(account.number.utf8)), .text(Array(booking.day.utf8)), .integer(booking.amount),
                .text(Array(booking.purpose.utf8)))
        }
    }
}
