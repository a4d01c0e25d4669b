import Testing

@testable import Agent

private let ada = VerifiedCustomer(
    reference: Array("r-ada".utf8), account: Array("1001".utf8), holder: Array("adalindqvist".utf8))
private let ben = VerifiedCustomer(
    reference: Array("r-ben".utf8), account: Array("1002".utf8), holder: Array("benokafor".utf8))

@Suite struct `The bank for development` {
    let directory: TemporaryDirectory
    let bank: SQLiteBank

    init() throws {
        directory = try TemporaryDirectory()
        let bookings = (1...25).map { (day: "2026-01-\(10 + $0 % 20)", amount: Int64($0), purpose: "Booking \($0)") }
        let accounts: [SQLiteBank.SeedAccount] = [
            .init(number: "1001", currency: "EUR", bookings: bookings),
            .init(number: "1002", currency: "JPY", bookings: [("2026-01-01", -5, "Tea")]),
        ]
        let holders: [SQLiteBank.Seed] = [
            .init(account: "1001", holder: "adalindqvist", address: "A", phone: "1", email: "a@b.example"),
            .init(account: "1002", holder: "benokafor", address: "B", phone: "2", email: "b@b.example"),
        ]
        #expect(try SQLiteBank.seed(accounts, holders, path: directory.file("bank.db")) == 2)
        #expect(try SQLiteBank.seed(accounts, holders, path: directory.file("bank.db")) == 0, "once")
        bank = try SQLiteBank.open(path: directory.file("bank.db"))
    }

    private func email(of customer: VerifiedCustomer, in bank: SQLiteBank) async throws -> String {
        text(try await bank.contact(of: customer).email ?? [])
    }

    private func key(_ text: String) -> IdempotencyKey { IdempotencyKey(Array(text.utf8)) }

    @Test func `tells the balance in minor units, to whoever holds the account`() async throws {
        let account = try await bank.account(of: ada)
        #expect(
            account.status == .active && account.booked.minorUnits == 325 && text(account.booked.text) == "3.25 EUR")
        #expect(text(try await bank.account(of: ben).booked.text) == "-5 JPY")
        let stranger = VerifiedCustomer(reference: [], account: ada.account, holder: ben.holder)
        await #expect(throws: BankingError.unknownCustomer) { try await bank.account(of: stranger) }
        await #expect(throws: BankingError.unknownCustomer) {
            try await bank.transactions(of: stranger, .init(limit: 1))
        }
        await #expect(throws: BankingError.unknownCustomer) {
            try await bank.write(CustomerChange(.phone, to: [49]), of: stranger, key: key("k"))
        }
    }

    @Test func `pages through transactions without gap or repetition`() async throws {
        var seen: [String] = []
        var before: [UInt8]?
        repeat {
            let list = try await bank.transactions(of: ada, TransactionPage(limit: 7, before: before))
            #expect(list.transactions.count <= 7)
            seen += list.transactions.map { text($0.purpose) }
            before = list.hasMore ? list.transactions.last?.id : nil
        } while before != nil
        #expect(seen == (1...25).reversed().map { "Booking \($0)" })
        let all = try await bank.transactions(of: ada, TransactionPage(limit: 1_000))
        #expect(all.transactions.count == AgentLimits.transactionsPerPageMax && all.hasMore)
        let none = try await bank.transactions(of: ada, TransactionPage(limit: 5, before: Array("' OR 1".utf8)))
        #expect(none.transactions.isEmpty)
    }

    @Test func `writes once by a key, also after it was opened anew`() async throws {
        let change = CustomerChange(.email, to: Array("new@b.example".utf8))
        let first = try await bank.write(change, of: ada, key: key("k-1"))
        #expect(!first.isReplay)
        #expect(try await email(of: ada, in: bank) == "new@b.example")
        _ = try await bank.write(CustomerChange(.email, to: Array("newer@b.example".utf8)), of: ada, key: key("k-2"))
        let again = try SQLiteBank.open(path: directory.file("bank.db"))
        let replay = try await again.write(change, of: ada, key: key("k-1"))
        #expect(replay.isReplay && replay.reference == first.reference)
        #expect(try await email(of: ada, in: again) == "newer@b.example", "nothing is done twice")
        await #expect(throws: BankingError.keyReused) {
            try await bank.write(CustomerChange(.phone, to: Array("1".utf8)), of: ada, key: key("k-1"))
        }
        await #expect(throws: BankingError.keyReused) { try await bank.write(change, of: ben, key: key("k-1")) }
        #expect(try await email(of: ben, in: bank) == "b@b.example")
    }

    @Test func `takes values of at most so many bytes`() async throws {
        let longest = [UInt8](repeating: 0x61, count: AgentLimits.bankTextBytesMax)
        _ = try await bank.write(CustomerChange(.address, to: longest), of: ada, key: key("k-1"))
        await #expect(throws: BankingError.refused) {
            try await bank.write(CustomerChange(.address, to: longest + [0x61]), of: ada, key: key("k-2"))
        }
        await #expect(throws: BankingError.refused) {
            try await bank.write(CustomerChange(.address, to: []), of: ada, key: key("k-3"))
        }
    }

    @Test(arguments: [
        (Int64(120_450), "EUR", "1,204.50 EUR"), (-5, "EUR", "-0.05 EUR"), (0, "EUR", "0.00 EUR"),
        (1_204, "JPY", "1,204 JPY"), (1_234_567, "KWD", "1,234.567 KWD"), (100, "USD", "1.00 USD"),
        (.min, "JPY", "-9,223,372,036,854,775,808 JPY"), (99_999_999, "GBP", "999,999.99 GBP"),
    ])
    func `writes amounts as people read them`(minorUnits: Int64, currency: String, words: String) throws {
        let money = try #require(Money(minorUnits: minorUnits, currency: Array(currency.utf8)))
        #expect(text(money.text) == words)
    }

    @Test func `has amounts in currencies alone`() {
        for currency in ["eur", "EU", "EURO", "E1R", ""] {
            #expect(Money(minorUnits: 1, currency: Array(currency.utf8)) == nil)
        }
    }
}
