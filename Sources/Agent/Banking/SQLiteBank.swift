internal import SQLite
internal import Threading

/// A bank in a SQLite file, for development and demonstrations: what `portcullis bank seed` makes.
///
/// A write and the receipt that a replay gets are one transaction, on the disk when the receipt is handed out.
public final class SQLiteBank: BankingBackend {
    private let threads: DatabaseThreads<Database>

    static let schema = [
        """
        CREATE TABLE accounts (
            number TEXT PRIMARY KEY, status TEXT NOT NULL, currency TEXT NOT NULL, booked INTEGER NOT NULL,
            available INTEGER NOT NULL) STRICT;
        CREATE TABLE holders (
            account TEXT NOT NULL REFERENCES accounts (number), name TEXT NOT NULL, address TEXT, phone TEXT, email TEXT,
            preferred_language TEXT, statements TEXT, marketing TEXT, PRIMARY KEY (account, name)) STRICT;
        CREATE TABLE transactions (
            number INTEGER PRIMARY KEY, account TEXT NOT NULL REFERENCES accounts (number), day TEXT NOT NULL,
            amount INTEGER NOT NULL, purpose TEXT NOT NULL) STRICT;
        CREATE INDEX transactions_account ON transactions (account, number);
        CREATE TABLE writes (
            number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, account TEXT NOT NULL, holder TEXT NOT NULL,
            field TEXT NOT NULL, value TEXT NOT NULL) STRICT;
        """
    ]

    private init(_ threads: DatabaseThreads<Database>) { self.threads = threads }

    /// Opens the database at `path` and makes it where there is none. It blocks; call it at start.
    /// - Throws: `.storage`, `.storageFull`, `.busy`, `.schemaTooNew`.
    public static func open(path: String) throws(AgentError) -> SQLiteBank {
        SQLiteBank(
            try DatabaseThreads.start(named: "bank", count: 1, jobsMax: AgentLimits.bankJobsMax) {
                () throws(AgentError) in try database(path)
            })
    }

    static func database(_ path: String) throws(AgentError) -> sending Database {
        let database = try AgentError.translating { () throws(SQLiteError) in
            try Database.open(path, access: .readWrite)
        }
        try Migration.migrate(database, file: path, steps: schema)
        return database
    }

    /// How the account stands now.
    /// - Throws: `BankingError`
    public func account(of customer: VerifiedCustomer) async throws(BankingError) -> BankAccount {
        try await run { (database) throws(BankingError) in
            guard try Self.knows(customer, in: database) else { throw .unknownCustomer }
            let row = try Self.reading { () throws(SQLiteError) in
                try database.first(
                    "SELECT status, currency, booked, available FROM accounts WHERE number = ?1",
                    [.text(customer.account)]
                ) { ($0.bytes(0), $0.bytes(1), $0.integer(2), $0.integer(3)) }
            }
            guard let row else { throw .unknownCustomer }
            guard let status = BankAccount.Status(rawValue: String(decoding: row.0, as: UTF8.self)),
                let booked = Money(minorUnits: row.2, currency: row.1),
                let available = Money(minorUnits: row.3, currency: row.1)
            else { throw .badAnswer(place: "accounts") }
            return BankAccount(status: status, booked: booked, available: available, asOf: WallClock.seconds)
        }
    }

    /// A page of the account's transactions, newest first.
    /// - Throws: `BankingError`
    public func transactions(
        of customer: VerifiedCustomer, _ page: TransactionPage
    ) async throws(BankingError) -> TransactionList {
        // An id that is no number of ours is before everything.
        let before = page.before.map { Int64(String(decoding: $0, as: UTF8.self)) ?? 0 } ?? Int64.max
        return try await run { (database) throws(BankingError) in
            guard try Self.knows(customer, in: database) else { throw .unknownCustomer }
            var rows: [(number: Int64, day: [UInt8], amount: Int64, currency: [UInt8], purpose: [UInt8])] = []
            try Self.reading { () throws(SQLiteError) in
                try database.query(
                    """
                    SELECT t.number, t.day, t.amount, a.currency, t.purpose
                    FROM transactions t JOIN accounts a ON a.number = t.account
                    WHERE t.account = ?1 AND t.number < ?2 ORDER BY t.number DESC LIMIT ?3
                    """,
                    [.text(customer.account), .integer(before), .integer(Int64(page.limit + 1))]
                ) { rows.append(($0.integer(0), $0.bytes(1), $0.integer(2), $0.bytes(3), $0.bytes(4))) }
            }
            var transactions: [TransactionList.Transaction] = []
            for row in rows.prefix(page.limit) {
                guard let amount = Money(minorUnits: row.amount, currency: row.currency) else {
                    throw .badAnswer(place: "accounts.currency")
                }
                transactions.append(
                    .init(
                        id: Array(String(row.number).utf8), day: row.day, amount: amount,
                        purpose: Array(row.purpose.prefix(AgentLimits.bankTextBytesMax))))
            }
            return TransactionList(transactions: transactions, hasMore: rows.count > page.limit)
        }
    }

    /// How the bank reaches the customer.
    /// - Throws: `BankingError`
    public func contact(of customer: VerifiedCustomer) async throws(BankingError) -> ContactDetails {
        try await run { (database) throws(BankingError) in
            let details = try Self.reading { () throws(SQLiteError) in
                try database.first(
                    "SELECT address, phone, email FROM holders WHERE account = ?1 AND name = ?2",
                    [.text(customer.account), .text(customer.holder)]
                ) { row in
                    ContactDetails(
                        address: row.isNull(0) ? nil : row.bytes(0), phone: row.isNull(1) ? nil : row.bytes(1),
                        email: row.isNull(2) ? nil : row.bytes(2))
                }
            }
            guard let details else { throw .unknownCustomer }
            return details
        }
    }

    /// Changes what the bank knows of the customer, once for a key.
    /// - Throws: `BankingError`
    public func write(
        _ change: CustomerChange, of customer: VerifiedCustomer, key: IdempotencyKey
    ) async throws(BankingError) -> ChangeReceipt {
        guard (1...AgentLimits.bankTextBytesMax).contains(change.value.count) else { throw .refused }
        return try await run { (database) throws(BankingError) in
            try database.transaction(.write, mapping: { Self.error($0) }) { () throws(BankingError) in
                if let number = try Self.earlier(change, customer, key, in: database) {
                    return ChangeReceipt(reference: Self.reference(number), isReplay: true)
                }
                guard try Self.knows(customer, in: database) else { throw .unknownCustomer }
                return try Self.apply(change, customer, key, in: database)
            }
        }
    }

    /// The number of the write that `key` is of; nil for a new one.
    private static func earlier(
        _ change: CustomerChange, _ customer: VerifiedCustomer, _ key: IdempotencyKey, in database: Database
    ) throws(BankingError) -> Int64? {
        let row = try reading { () throws(SQLiteError) in
            try database.first(
                "SELECT number, account, holder, field, value FROM writes WHERE key = ?1", [.text(key.bytes)]
            ) { ($0.integer(0), [$0.bytes(1), $0.bytes(2), $0.bytes(3), $0.bytes(4)]) }
        }
        guard let row else { return nil }
        let same = [customer.account, customer.holder, Array(change.field.rawValue.utf8), change.value]
        guard row.1 == same else { throw .keyReused }
        return row.0
    }

    private static func apply(
        _ change: CustomerChange, _ customer: VerifiedCustomer, _ key: IdempotencyKey, in database: Database
    ) throws(BankingError) -> ChangeReceipt {
        let number = try reading { () throws(SQLiteError) -> Int64 in
            // The column is one of the program's own words.
            try database.run(
                "UPDATE holders SET \(change.field.rawValue) = ?3 WHERE account = ?1 AND name = ?2",
                .text(customer.account), .text(customer.holder), .text(change.value))
            try database.run(
                "INSERT INTO writes (key, account, holder, field, value) VALUES (?1, ?2, ?3, ?4, ?5)",
                .text(key.bytes), .text(customer.account), .text(customer.holder),
                .text(Array(change.field.rawValue.utf8)), .text(change.value))
            let number = try database.first("SELECT max(number) FROM writes") { $0.integer(0) } ?? 0
            try database.run(
                "DELETE FROM writes WHERE number <= ?1", .integer(number - Int64(AgentLimits.bankWritesKeptMax)))
            return number
        }
        return ChangeReceipt(reference: reference(number), isReplay: false)
    }

    private static func reference(_ number: Int64) -> [UInt8] { Array("W-\(number)".utf8) }

    private static func knows(_ customer: VerifiedCustomer, in database: Database) throws(BankingError) -> Bool {
        try reading { () throws(SQLiteError) in
            try database.first(
                "SELECT 1 FROM holders WHERE account = ?1 AND name = ?2",
                [.text(customer.account), .text(customer.holder)]
            ) { _ in true } ?? false
        }
    }

    private static func reading<Value>(_ body: () throws(SQLiteError) -> Value) throws(BankingError) -> Value {
        do throws(SQLiteError) { return try body() } catch { throw Self.error(error) }
    }

    private static func error(_ error: SQLiteError) -> BankingError { .unavailable }

    private func run<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws(BankingError) -> Value
    ) async throws(BankingError) -> Value {
        try await threads.run(orThrow: .unavailable) { database in
            Result { () throws(BankingError) in try work(database) }
        }
    }
}
