/// The bank's systems, as far as the assistant asks and changes them.
///
/// Every text that comes from a backend is checked against `AgentLimits.bankTextBytesMax` before it goes on; a backend that
/// says something else than it should is `.badAnswer`, not a guess.
public protocol BankingBackend: Sendable {
    /// Whether the account is there, and how it stands.
    /// - Throws: `BankingError`
    func account(of customer: VerifiedCustomer) async throws(BankingError) -> BankAccount

    /// A page of the account's transactions, newest first.
    /// - Parameter page: 1 to `AgentLimits.transactionsPerPageMax` of them.
    /// - Throws: `BankingError`
    func transactions(
        of customer: VerifiedCustomer, _ page: TransactionPage
    ) async throws(BankingError) -> TransactionList

    /// How the bank reaches the customer.
    /// - Throws: `BankingError`
    func contact(of customer: VerifiedCustomer) async throws(BankingError) -> ContactDetails

    /// Changes what the bank knows of the customer. The same `key` again changes nothing and gives the first result, also after
    /// a crash; with another change it is refused (`.keyReused`).
    /// - Throws: `BankingError`
    func write(
        _ change: CustomerChange, of customer: VerifiedCustomer, key: IdempotencyKey
    ) async throws(BankingError) -> ChangeReceipt
}

/// An account as the customer asks for it.
public struct BankAccount: Hashable, Sendable {
    /// How it stands. The raw value is the word in results.
    public enum Status: String, Hashable, Sendable, CaseIterable { case active, frozen, dormant, closed }

    /// How it stands.
    public let status: Status
    /// What is booked, and what can be spent.
    public let booked: Money, available: Money
    /// Seconds since 1970 at which that was so.
    public let asOf: Int64

    /// An account.
    public init(status: Status, booked: Money, available: Money, asOf: Int64) {
        self.status = status
        self.booked = booked
        self.available = available
        self.asOf = asOf
    }
}

/// Which transactions are asked for.
public struct TransactionPage: Hashable, Sendable {
    /// How many at most, 1 to `AgentLimits.transactionsPerPageMax`.
    public let limit: Int
    /// Only those before the transaction with this id, which the page before ended with; nil for the newest.
    public let before: [UInt8]?

    /// A page.
    public init(limit: Int, before: [UInt8]? = nil) {
        self.limit = max(1, min(limit, AgentLimits.transactionsPerPageMax))
        self.before = before
    }
}

/// A page of transactions.
public struct TransactionList: Hashable, Sendable {
    /// One booking.
    public struct Transaction: Hashable, Sendable {
        /// The bank's name for it, 1 to 64 letters, digits, `-` and `_`.
        public let id: [UInt8]
        /// The day of the booking, `2026-11-20`.
        public let day: [UInt8]
        /// Below zero where money left.
        public let amount: Money
        /// What for, in the bank's words.
        public let purpose: [UInt8]

        /// A booking.
        public init(id: [UInt8], day: [UInt8], amount: Money, purpose: [UInt8]) {
            self.id = id
            self.day = day
            self.amount = amount
            self.purpose = purpose
        }
    }

    /// Newest first.
    public let transactions: [Transaction]
    /// Whether there are earlier ones.
    public let hasMore: Bool

    /// A page.
    public init(transactions: [Transaction], hasMore: Bool) {
        self.transactions = transactions
        self.hasMore = hasMore
    }
}

/// How the bank reaches a customer.
public struct ContactDetails: Hashable, Sendable {
    /// UTF-8 texts; nil where the bank has none.
    public let address: [UInt8]?, phone: [UInt8]?, email: [UInt8]?

    /// Details.
    public init(address: [UInt8]?, phone: [UInt8]?, email: [UInt8]?) {
        self.address = address
        self.phone = phone
        self.email = email
    }
}

/// One change to what the bank knows of a customer.
public struct CustomerChange: Hashable, Sendable {
    /// What can be changed. The raw value is the name in arguments and requests.
    public enum Field: String, Hashable, Sendable, CaseIterable {
        case address, phone, email
        case preferredLanguage = "preferred_language"
        case statements
        case marketing

        /// Those of `update_contact_info`.
        public static let ofContact: [Field] = [.address, .phone, .email]
        /// Those of `update_customer_record`, with the values that they may have.
        public static let ofRecord: [(field: Field, values: [String])] = [
            (.preferredLanguage, ["en", "de", "es", "fr", "it", "pt", "ur"]), (.statements, ["paper", "paperless"]),
            (.marketing, ["yes", "no"]),
        ]
    }

    /// What is changed.
    public let field: Field
    /// To what: 1 to `AgentLimits.bankTextBytesMax` bytes of UTF-8.
    public let value: [UInt8]

    /// A change.
    public init(_ field: Field, to value: [UInt8]) {
        self.field = field
        self.value = value
    }
}

/// The name of one write: whoever has it again, has the same write again.
public struct IdempotencyKey: Hashable, Sendable {
    /// ASCII, 1 to `AgentLimits.idempotencyKeyBytes`.
    public let bytes: [UInt8]

    /// The key of a call in a conversation of a principal.
    /// - Parameter digest: SHA-256 in hexadecimal of whatever names them.
    public init(_ digest: [UInt8]) { bytes = Array(digest.prefix(AgentLimits.idempotencyKeyBytes)) }
}

/// That a write was done.
public struct ChangeReceipt: Hashable, Sendable {
    /// The bank's number of the write.
    public let reference: [UInt8]
    /// Whether it had been done before under the same key.
    public let isReplay: Bool

    /// A receipt.
    public init(reference: [UInt8], isReplay: Bool) {
        self.reference = reference
        self.isReplay = isReplay
    }
}

/// Why the bank's systems did not do what they were asked.
public enum BankingError: Error, Hashable, Sendable {
    /// The bank knows no such customer.
    case unknownCustomer
    /// The bank does not take the value.
    case refused
    /// The key was used for another change.
    case keyReused
    /// What they said is not what they should say; `place` names the member.
    case badAnswer(place: String)
    /// They are away, busy, or do not know the gateway.
    case unavailable
    /// They took too long. A write may have been done: the same key finds out.
    case timedOut

    var asToolError: ToolError {
        switch self {
        case .unknownCustomer: .notFound
        case .refused, .keyReused: .badCall(detail: "the bank does not take this value")
        case .badAnswer, .unavailable: .unavailable
        case .timedOut: .timedOut
        }
    }
}
