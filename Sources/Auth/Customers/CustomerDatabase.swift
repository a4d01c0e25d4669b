internal import LinuxIO
internal import OpenSSL
internal import SQLite

/// The bank's customers and the guesses for them on the disk (SQLite, WAL). One thread at a time.
///
/// Example row: reference 32 bytes, account 32 bytes, question 3, answer 76 bytes, code 50 bytes, used_step 59033861,
/// development 0.
final class CustomerDatabase {
    let path: String
    let key: CustomerKey
    let database: Database
    /// Customers, and ledgers of guesses, that may be in it.
    let customersMax: Int64, ledgersMax: Int64
    /// Whether customers for development are somebody.
    var knowsDevelopment = true
    /// The second at which a full table of guesses was last gone through.
    var lastPruned: Int64 = 0

    private static let schemaVersion: Int64 = 1
    private static let schema = """
        CREATE TABLE questions (number INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
        CREATE TABLE customers (
            reference BLOB NOT NULL PRIMARY KEY, account BLOB NOT NULL, question INTEGER REFERENCES questions,
            answer BLOB, code BLOB, used_step INTEGER, development INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE INDEX customers_account ON customers (account);
        CREATE INDEX customers_development ON customers (development) WHERE development = 1;
        CREATE TABLE guesses (
            key BLOB NOT NULL PRIMARY KEY, guesses INTEGER NOT NULL, locks INTEGER NOT NULL, last INTEGER NOT NULL,
            locked_until INTEGER NOT NULL, epoch INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE actions (
            number INTEGER PRIMARY KEY AUTOINCREMENT, action TEXT NOT NULL, customers INTEGER NOT NULL,
            operator TEXT NOT NULL) STRICT;
        CREATE TABLE key_check (value BLOB NOT NULL) STRICT;
        PRAGMA user_version=1;
        """

    /// Opens the database at `path`, which is kept under `key`.
    /// - Parameter makes: whether it is made where there is none.
    /// - Throws: `AuthError.storage`; also where it is kept under another key.
    init(
        path: String, key: CustomerKey, makes: Bool, customersMax: Int64 = AuthLimits.customersMax,
        ledgersMax: Int64 = AuthLimits.guessLedgersMax
    ) throws(AuthError) {
        self.path = path
        self.key = key
        self.customersMax = customersMax
        self.ledgersMax = ledgersMax
        guard makes || SmallFile.exists(path) else {
            throw .storage(file: path, found: "it is not there", mend: "make it with: portcullis customers init")
        }
        database = try AuthError.translating(path) { () throws(SQLiteError) in
            try Database.open(path, access: .readWrite, busyTimeoutMilliseconds: 2_000)
        }
        let known = try transaction { () throws(AuthError) -> [UInt8]? in
            let found = try first("PRAGMA user_version") { $0.integer(0) } ?? 0
            if found == 0 && makes {
                try AuthError.translating(path) { () throws(SQLiteError) in try database.runScript(Self.schema) }
                try run("INSERT INTO key_check (value) VALUES (?1)", .blob(key.check))
            } else if found != Self.schemaVersion {
                throw .damaged(path, "its schema is version \(found), wanted \(Self.schemaVersion)")
            }
            return try first("SELECT value FROM key_check") { $0.bytes(0) }
        }
        guard let known, SecretBytes(copying: known).isEqual(to: key.check.span) else {
            throw .storage(
                file: path, found: "it is kept under another key", mend: "give the key that it was made with")
        }
    }

    /// Has SQLite look at its pages: for a start.
    /// - Throws: `AuthError.storage`.
    func inspect() throws(AuthError) {
        let verdict = try first("PRAGMA quick_check(1)") { $0.bytes(0) } ?? []
        guard verdict == Array("ok".utf8) else { throw .damaged(path, String(decoding: verdict, as: UTF8.self)) }
    }

    // MARK: Customers

    /// What a customer can prove it with.
    struct Proofs {
        /// The text of the question; nil where they have none.
        let question: [UInt8]?
        let answer: [UInt8]?, code: [UInt8]?
        /// The step of the last one-time code that was taken.
        let usedStep: Int64?
    }

    /// The customer's proofs; nil where nobody is called so.
    func proofs(of reference: CustomerReference) throws(AuthError) -> Proofs? {
        try first(
            """
            SELECT text, answer, code, used_step FROM customers LEFT JOIN questions ON number = question
            WHERE reference = ?1 AND development <= ?2
            """, [.blob(reference.bytes), .integer(knowsDevelopment ? 1 : 0)]
        ) { row in
            Proofs(
                question: row.isNull(0) ? nil : row.bytes(0), answer: row.isNull(1) ? nil : row.bytes(1),
                code: row.isNull(2) ? nil : row.bytes(2), usedStep: row.isNull(3) ? nil : row.integer(3))
        }
    }

    /// The catalogue of questions, in no order.
    func questions() throws(AuthError) -> [(number: Int64, text: [UInt8])] {
        var questions: [(number: Int64, text: [UInt8])] = []
        try AuthError.translating(path) { () throws(SQLiteError) in
            try database.query("SELECT number, text FROM questions", []) {
                questions.append(($0.integer(0), $0.bytes(1)))
            }
        }
        return questions
    }

    /// Takes customers in, in place of those of the same name, all or none.
    /// - Throws: `AuthError`: `.request` where there would be too many of them or of questions; `.storage`.
    func add(_ customers: [SealedCustomer], isDevelopment: Bool, by operator: String) throws(AuthError) {
        try transaction { () throws(AuthError) in
            for customer in customers {
                if let question = customer.question {
                    try run("INSERT OR IGNORE INTO questions (text) VALUES (?1)", .text(question))
                }
                try run(
                    """
                    INSERT INTO customers (reference, account, question, answer, code, used_step, development)
                    VALUES (?1, ?2, (SELECT number FROM questions WHERE text = ?3), ?4, ?5, NULL, ?6)
                    ON CONFLICT (reference) DO UPDATE SET question = excluded.question, answer = excluded.answer,
                        code = excluded.code, used_step = NULL, development = excluded.development
                    """, .blob(customer.reference.bytes), .blob(customer.account), Self.text(customer.question),
                    Self.blob(customer.answer), Self.blob(customer.code), .integer(isDevelopment ? 1 : 0))
            }
            try demand("questions", AuthLimits.customerQuestionsMax, "give each customer one of the bank's catalogue")
            try demand("customers", customersMax, "remove some first")
            try note(isDevelopment ? "customers.seed" : "customers.import", customers.count, `operator`)
        }
    }

    /// Removes the holders of an account, with the guesses for them.
    /// - Returns: how many.
    func remove(account: [UInt8], by operator: String) throws(AuthError) -> Int {
        try removing("account = ?1", [.blob(account)], by: `operator`)
    }

    /// Removes those who were seeded for development.
    /// - Returns: how many.
    func removeDevelopment(by operator: String) throws(AuthError) -> Int {
        try removing("development = ?1", [.integer(1)], by: `operator`)
    }

    private func removing(_ condition: String, _ values: [SQLValue], by operator: String) throws(AuthError) -> Int {
        try transaction { () throws(AuthError) in
            var found: [[UInt8]] = []
            try AuthError.translating(path) { () throws(SQLiteError) in
                try database.query("SELECT reference FROM customers WHERE \(condition)", values) {
                    found.append($0.bytes(0))
                }
            }
            for reference in found {
                try run("DELETE FROM customers WHERE reference = ?1", .blob(reference))
                try run("DELETE FROM guesses WHERE key = ?1", .blob(reference))
            }
            if !found.isEmpty { try note("customers.remove", found.count, `operator`) }
            return found.count
        }
    }

    /// Forgets the guesses for the holders of an account.
    /// - Returns: for how many there were some.
    func unlock(account: [UInt8], by operator: String) throws(AuthError) -> Int {
        try transaction { () throws(AuthError) in
            try run(
                "DELETE FROM guesses WHERE key IN (SELECT reference FROM customers WHERE account = ?1)", .blob(account))
            return try noteUnlocked(`operator`)
        }
    }

    /// Forgets the wrong guesses of a caller.
    /// - Returns: whether there were some.
    func unlock(caller: [UInt8], by operator: String) throws(AuthError) -> Bool {
        try transaction { () throws(AuthError) in
            try run("DELETE FROM guesses WHERE key = ?1", .blob(caller))
            return try noteUnlocked(`operator`) > 0
        }
    }

    private func noteUnlocked(_ operator: String) throws(AuthError) -> Int {
        let count = Int(try first("SELECT changes()") { $0.integer(0) } ?? 0)
        if count > 0 { try note("customers.unlock", count, `operator`) }
        return count
    }

    /// Notes that a one-time code was taken, so that it is none any more.
    func use(step: Int64, of reference: CustomerReference) throws(AuthError) {
        try run("UPDATE customers SET used_step = ?2 WHERE reference = ?1", .blob(reference.bytes), .integer(step))
    }

    /// What is in it.
    func counts(at now: Int64) throws(AuthError) -> CustomerCounts {
        try transaction { () throws(AuthError) in
            CustomerCounts(
                customers: try count("customers"), withQuestion: try count("customers WHERE answer IS NOT NULL"),
                withDevice: try count("customers WHERE code IS NOT NULL"),
                development: try count("customers WHERE development = 1"), questions: try count("questions"),
                locked: try count("guesses WHERE locked_until > ?1", .integer(now)))
        }
    }

    // MARK: What the command did

    private func note(_ action: String, _ customers: Int, _ operator: String) throws(AuthError) {
        try run(
            "INSERT INTO actions (action, customers, operator) VALUES (?1, ?2, ?3)",
            .text(Array(action.utf8)), .integer(Int64(customers)), .text(Array(`operator`.utf8)))
    }

    /// At most 64 of the actions that are on no record, past number `number`, oldest first.
    func unrecordedActions(after number: Int64) throws(AuthError) -> [CustomerAction] {
        var actions: [CustomerAction] = []
        try AuthError.translating(path) { () throws(SQLiteError) in
            try database.query(
                """
                SELECT number, action, customers, operator FROM actions WHERE number > ?1 ORDER BY number LIMIT 64
                """, [.integer(number)]
            ) { row in
                actions.append(
                    CustomerAction(
                        number: row.integer(0), action: row.bytes(1), customers: row.integer(2), operator: row.bytes(3))
                )
            }
        }
        return actions
    }

    /// Forgets an action that is on record.
    func markRecorded(_ number: Int64) throws(AuthError) {
        try run("DELETE FROM actions WHERE number = ?1", .integer(number))
    }

    // MARK: SQLite

    private static func text(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .text($0) } ?? .null }
    private static func blob(_ bytes: [UInt8]?) -> SQLValue { bytes.map { .blob($0) } ?? .null }

    private func demand(_ table: String, _ most: Int64, _ mend: String) throws(AuthError) {
        let found = try count(table)
        guard found <= most else {
            throw .request(member: table, found: "\(found)", wanted: "at most \(most): \(mend)")
        }
    }

    func count(_ rows: String, _ values: SQLValue...) throws(AuthError) -> Int64 {
        try first("SELECT count(*) FROM \(rows)", values) { $0.integer(0) } ?? 0
    }

    func transaction<Value>(_ body: () throws(AuthError) -> Value) throws(AuthError) -> Value {
        try database.transaction(.write, mapping: { AuthError($0, path) }, body)
    }

    func run(_ sql: String, _ values: SQLValue...) throws(AuthError) {
        try AuthError.translating(path) { () throws(SQLiteError) in try database.query(sql, values) { _ in } }
    }

    func first<Value>(
        _ sql: String, _ values: [SQLValue] = [], _ read: (borrowing Row) -> Value
    ) throws(AuthError) -> Value? {
        try AuthError.translating(path) { () throws(SQLiteError) in try database.first(sql, values, row: read) }
    }
}

/// How many customers there are, for a person.
public struct CustomerCounts: Hashable, Sendable {
    /// All of them, and those who have a question, a device for one-time codes, and a place here for development alone.
    public let customers: Int64, withQuestion: Int64, withDevice: Int64, development: Int64
    /// The catalogue of questions.
    public let questions: Int64
    /// Customers and callers for whom no guess is taken at the moment.
    public let locked: Int64
}

/// What the command did with the customers, for the record.
public struct CustomerAction: Hashable, Sendable {
    /// Its number.
    public let number: Int64
    /// Such as `customers.import`.
    public let action: [UInt8]
    /// With how many customers.
    public let customers: Int64
    /// The user of this machine who did it.
    public let `operator`: [UInt8]
}
