/// The customers' database as a command works on it: one thread, and nobody waits but the one who called it.
///
/// What it changes is in force at once in a gateway that runs, and goes on that gateway's record.
public final class CustomerRegister {
    private let database: CustomerDatabase
    private let key: CustomerKey
    private let `operator`: String

    /// Opens the database at `path`, which is kept under `key`.
    /// - Parameters:
    ///   - makes: whether it is made where there is none.
    ///   - operator: who works on it, for the record.
    /// - Throws: `AuthError.storage`.
    public init(path: String, key: CustomerKey, makes: Bool = false, operator: String) throws(AuthError) {
        database = try CustomerDatabase(path: path, key: key, makes: makes)
        self.key = key
        self.operator = `operator`
    }

    /// Takes customers in, in place of those of the same account and name, all or none.
    /// - Parameter progress: is told how many are hashed, at some 50 ms each.
    /// - Throws: `AuthError`.
    public func add(
        _ drafts: [CustomerDraft], isDevelopment: Bool = false, progress: (Int) -> Void = { _ in }
    ) throws(AuthError) {
        var customers: [SealedCustomer] = []
        for draft in drafts {
            customers.append(try SealedCustomer(draft, under: key))
            progress(customers.count)
        }
        try database.add(customers, isDevelopment: isDevelopment, by: `operator`)
    }

    /// Removes the holders of an account.
    /// - Returns: how many there were.
    /// - Throws: `AuthError`: `.request` for what is no account's number.
    public func remove(account: [UInt8]) throws(AuthError) -> Int {
        try database.remove(account: try reference(ofAccount: account), by: `operator`)
    }

    /// Removes the customers who were made up for development.
    /// - Returns: how many there were.
    public func removeDevelopment() throws(AuthError) -> Int { try database.removeDevelopment(by: `operator`) }

    /// Lets the holders of an account be guessed for again.
    /// - Returns: for how many of them there were guesses.
    public func unlock(account: [UInt8]) throws(AuthError) -> Int {
        try database.unlock(account: try reference(ofAccount: account), by: `operator`)
    }

    /// Lets a caller guess again.
    /// - Returns: whether there were guesses of it.
    public func unlock(issuer: [UInt8], subject: [UInt8]) throws(AuthError) -> Bool {
        try database.unlock(caller: key.callerReference(issuer: issuer, subject: subject), by: `operator`)
    }

    /// What is in it.
    public func counts(now: Int64) throws(AuthError) -> CustomerCounts { try database.counts(at: now) }

    private func reference(ofAccount account: [UInt8]) throws(AuthError) -> [UInt8] {
        guard let number = SpokenText.normalised(account, bytesMax: CustomerClaim.accountBytesMax) else {
            throw .request(
                member: "account", found: "\(account.count) bytes",
                wanted: "at most \(CustomerClaim.accountBytesMax) bytes with a letter or digit")
        }
        return key.accountReference(number)
    }
}
