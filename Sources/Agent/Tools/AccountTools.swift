internal import JSON

/// `query_account_balance`, `transaction_history`, `update_contact_info` and `update_customer_record`, over the bank's systems.
///
/// Whose account it is comes from the conversation's verification alone. A write is carried out only for a call that the
/// customer has confirmed: whoever calls `run` sees to that (`Dialogue`).
public struct AccountTools: ToolProvider {
    private let bank: any BankingBackend
    private let key: @Sendable (ToolContext) -> IdempotencyKey

    /// Tools over `bank`.
    /// - Parameter key: the name of a write, by principal, conversation and call.
    public init(_ bank: any BankingBackend, key: @escaping @Sendable (ToolContext) -> IdempotencyKey) {
        self.bank = bank
        self.key = key
    }

    /// What models are told of the tools.
    public var descriptions: [ToolDescription] { Self.descriptions }

    static let descriptions = [
        ToolDescription(
            .queryAccountBalance, "Tells the balance of the verified customer's account.", parameters: [],
            hasEffect: false),
        ToolDescription(
            .transactionHistory, "Lists the newest transactions of the verified customer's account.",
            parameters: [
                .init(
                    "limit", "How many.", .integer(1...AgentLimits.transactionsPerPageMax), isRequired: false),
                .init(
                    "before", "The id of a transaction: only earlier ones.", .text(bytesRange: 1...64),
                    isRequired: false),
            ], hasEffect: false),
        ToolDescription(
            .updateContactInfo,
            "Changes how the bank reaches the verified customer. The customer is asked to confirm it first.",
            parameters: [
                .init("field", "What to change.", .choice(CustomerChange.Field.ofContact.map(\.rawValue))),
                .init("value", "The new value.", .text(bytesRange: 1...AgentLimits.bankTextBytesMax)),
            ], hasEffect: true),
        ToolDescription(
            .updateCustomerRecord,
            """
            Changes a setting of the verified customer: preferred_language (en, de, es, fr, it, pt, ur), statements (paper, \
            paperless) or marketing (yes, no). The customer is asked to confirm it first.
            """,
            parameters: [
                .init("field", "What to change.", .choice(CustomerChange.Field.ofRecord.map(\.field.rawValue))),
                .init("value", "The new value.", .text(bytesRange: 1...16)),
            ], hasEffect: true),
    ]

    /// Carries out one call, over the bank.
    /// - Throws: `ToolError`
    public func run(
        _ tool: AssistantTool, _ arguments: ToolArguments, in context: ToolContext
    ) async throws(ToolError) -> ToolResult {
        guard let customer = context.customer else { throw .notVerified }
        do throws(BankingError) {
            switch tool {
            case .queryAccountBalance: return Self.balance(try await bank.account(of: customer))
            case .transactionHistory:
                let page = TransactionPage(limit: arguments.integer("limit") ?? 5, before: arguments.text("before"))
                return Self.history(try await bank.transactions(of: customer, page))
            case .updateContactInfo, .updateCustomerRecord:
                guard let change = Self.change(tool, arguments, in: context) else { throw .refused }
                let receipt = try await bank.write(change, of: customer, key: key(context))
                return Self.written(change, receipt)
            default: throw .refused
            }
        } catch {
            throw error.asToolError
        }
    }

    /// The change that a call asks for; nil where its value is none of those that the field may have.
    private static func change(
        _ tool: AssistantTool, _ arguments: ToolArguments, in context: ToolContext
    ) -> CustomerChange? {
        guard let name = arguments.text("field"), let value = arguments.text("value"),
            let field = CustomerChange.Field(rawValue: String(decoding: name, as: UTF8.self))
        else { return nil }
        if tool == .updateCustomerRecord {
            let values = CustomerChange.Field.ofRecord.first { $0.field == field }?.values ?? []
            return values.contains(String(decoding: value, as: UTF8.self)) ? CustomerChange(field, to: value) : nil
        }
        let original = context.original(value)
        guard ContactForm.accepts(original, as: field) else { return nil }
        return CustomerChange(field, to: original)
    }

    private static func balance(_ account: BankAccount) -> ToolResult {
        var json = JSONWriter()
        json.object { json in
            json.member("status", account.status.rawValue)
            json.member("booked", account.booked.text)
            json.member("available", account.available.text)
            json.member("as_of", account.asOf)
        }
        var sentence = Array("Your balance is ".utf8) + account.booked.text
        if account.available != account.booked {
            sentence += Array(", of which you can spend ".utf8) + account.available.text
        }
        sentence += Array(".".utf8)
        if account.status != .active { sentence += Array(" The account is \(account.status.rawValue).".utf8) }
        return ToolResult(json: json.bytes, sentence: sentence)
    }

    private static func history(_ list: TransactionList) -> ToolResult {
        var json = JSONWriter()
        json.object { json in
            json.name("transactions")
            json.array { json in
                for transaction in list.transactions {
                    json.object { json in
                        json.member("id", transaction.id)
                        json.member("day", transaction.day)
                        json.member("amount", transaction.amount.text)
                        json.member("purpose", transaction.purpose)
                    }
                }
            }
            json.member("has_more", list.hasMore)
        }
        guard !list.transactions.isEmpty else {
            return ToolResult(json: json.bytes, sentence: Array("There are no earlier transactions.".utf8))
        }
        var sentence = Array("Here are your transactions, newest first:".utf8)
        for transaction in list.transactions {
            sentence += Array("\n".utf8) + transaction.day + Array(": ".utf8) + transaction.amount.text
            sentence += Array(", ".utf8) + transaction.purpose
        }
        if list.hasMore { sentence += Array("\nSay \"more\" for earlier ones.".utf8) }
        return ToolResult(json: json.bytes, sentence: sentence)
    }

    private static func written(_ change: CustomerChange, _ receipt: ChangeReceipt) -> ToolResult {
        var json = JSONWriter()
        json.object { json in
            json.member("changed", change.field.rawValue)
            json.member("reference", receipt.reference)
            json.member("replay", receipt.isReplay)
        }
        let again = receipt.isReplay ? "had been changed already" : "is changed"
        return ToolResult(
            json: json.bytes,
            sentence: Array("Done: your \(change.field.words) \(again). The bank's reference is ".utf8)
                + receipt.reference + Array(".".utf8))
    }
}

extension CustomerChange.Field {
    /// What it is called in a sentence.
    var words: String {
        switch self {
        case .address: "address"
        case .phone: "phone number"
        case .email: "e-mail address"
        case .preferredLanguage: "preferred language"
        case .statements: "way of getting statements"
        case .marketing: "choice about marketing"
        }
    }
}

/// Whether a text can be what it is said to be. It keeps out what is plainly none; the bank judges.
enum ContactForm {
    static func accepts(_ text: [UInt8], as field: CustomerChange.Field) -> Bool {
        guard (1...AgentLimits.bankTextBytesMax).contains(text.count) else { return false }
        switch field {
        case .email:
            let parts = text.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
            return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(UInt8(ascii: ".")) && !text.contains(0x20)
        case .phone:
            let digits = text.count { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            return (6...15).contains(digits) && text.allSatisfy { "+0123456789 -()./".utf8.contains($0) }
        case .address:
            return text.count >= 8 && text.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        case .preferredLanguage, .statements, .marketing: return true
        }
    }
}
