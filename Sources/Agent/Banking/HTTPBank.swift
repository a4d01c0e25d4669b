internal import JSON
internal import Threading

/// The bank's systems behind an HTTP interface that a policy describes.
///
/// Reads are `GET`, a change is a `POST` of `{"field", "value"}` with `Idempotency-Key`. What the interface says is taken only
/// in the form that is asked for: whole numbers for amounts, three letters for a currency, texts within their bounds.
public struct HTTPBank: BankingBackend {
    private let policy: BankingPolicy
    private let transport: any ModelTransport
    private let key: ModelKey?
    private let caFile: String?

    /// A bank.
    /// - Parameters:
    ///   - key: the bearer token; nil for none. It goes nowhere else.
    ///   - caFile: the policy's, as the process finds it.
    init(_ policy: BankingPolicy, key: ModelKey?, caFile: String? = nil, transport: any ModelTransport) {
        self.policy = policy
        self.key = key
        self.caFile = caFile
        self.transport = transport
    }

    /// The bank that a policy describes.
    /// - Parameters:
    ///   - transport: what brings requests there, on the caller's executor.
    ///   - path: makes a path of the policy's absolute.
    /// - Throws: `.policy`, which says what is wrong with the file of the bearer token, and holds nothing of it.
    public static func open(
        _ policy: BankingPolicy, transport: any ModelTransport, path: (String) -> String
    ) throws(AgentError) -> HTTPBank {
        var key: ModelKey?
        if let file = policy.keyFile { key = try ModelKey.read(.file(file), path: path) { _ in nil } }
        return HTTPBank(policy, key: key, caFile: policy.caFile.map(path), transport: transport)
    }

    /// How the account stands now.
    /// - Throws: `BankingError`
    public func account(of customer: VerifiedCustomer) async throws(BankingError) -> BankAccount {
        let places = policy.account
        let root = try await get(places.path, customer)
        guard let status = places.status.value(in: root)?.text.flatMap({ BankAccount.Status(rawValue: $0) }) else {
            throw .badAnswer(place: "account.status")
        }
        return BankAccount(
            status: status, booked: try money(root, places.booked, places.currency, "account.booked"),
            available: try money(root, places.available, places.currency, "account.available"),
            asOf: WallClock.seconds)
    }

    /// A page of the account's transactions, newest first.
    /// - Throws: `BankingError`
    public func transactions(
        of customer: VerifiedCustomer, _ page: TransactionPage
    ) async throws(BankingError) -> TransactionList {
        let places = policy.transactions
        let root = try await get(
            places.path, customer,
            ["limit": Array(String(page.limit).utf8), "before": page.before ?? []])
        guard let elements = places.list.value(in: root)?.elements, elements.count <= page.limit else {
            throw .badAnswer(place: "transactions.list")
        }
        guard case .bool(let hasMore)? = places.hasMore.value(in: root)?.value else {
            throw .badAnswer(place: "transactions.has_more")
        }
        var transactions: [TransactionList.Transaction] = []
        for element in elements {
            let id = try text(element, places.id, "transactions.id")
            guard Identifier.accepts(id, countRange: 1...64, punctuation: "-_") else {
                throw .badAnswer(place: "transactions.id")
            }
            let day = try text(element, places.day, "transactions.day")
            guard Self.isDay(day) else { throw .badAnswer(place: "transactions.day") }
            transactions.append(
                .init(
                    id: id, day: day,
                    amount: try money(element, places.amount, places.currency, "transactions.amount"),
                    purpose: try text(element, places.purpose, "transactions.purpose")))
        }
        return TransactionList(transactions: transactions, hasMore: hasMore)
    }

    /// How the bank reaches the customer.
    /// - Throws: `BankingError`
    public func contact(of customer: VerifiedCustomer) async throws(BankingError) -> ContactDetails {
        let places = policy.contact
        let root = try await get(places.path, customer)
        return ContactDetails(
            address: try optionalText(root, places.address, "contact.address"),
            phone: try optionalText(root, places.phone, "contact.phone"),
            email: try optionalText(root, places.email, "contact.email"))
    }

    /// Changes what the bank knows of the customer, once for a key.
    /// - Throws: `BankingError`
    public func write(
        _ change: CustomerChange, of customer: VerifiedCustomer, key: IdempotencyKey
    ) async throws(BankingError) -> ChangeReceipt {
        var json = JSONWriter()
        json.object { json in
            json.member("field", change.field.rawValue)
            json.member("value", change.value)
        }
        let (status, root) = try await exchange(
            policy.change.path, customer, [:], body: json.bytes,
            [("Idempotency-Key", String(decoding: key.bytes, as: UTF8.self))])
        let reference = try text(root, policy.change.reference, "change.reference")
        // 200: it had been done; 201 and 202: it is done now.
        return ChangeReceipt(reference: Array(reference.prefix(64)), isReplay: status == 200)
    }

    // MARK: What is asked

    private func get(
        _ path: String, _ customer: VerifiedCustomer, _ values: [String: [UInt8]] = [:]
    ) async throws(BankingError) -> JSONNode {
        try await exchange(path, customer, values, body: nil, []).root
    }

    private func exchange(
        _ path: String, _ customer: VerifiedCustomer, _ values: [String: [UInt8]], body: [UInt8]?,
        _ fields: [(name: String, value: String)]
    ) async throws(BankingError) -> (status: Int, root: JSONNode) {
        var filled = path
        let all = values.merging(["account": customer.account, "holder": customer.holder]) { value, _ in value }
        for (name, value) in all { filled = filled.replacing("{\(name)}", with: Self.encoded(value)) }
        var request = TransportRequest(
            url: policy.url + filled, fields: fields + [("Accept", "application/json")], body: body,
            caFile: caFile, connectTimeout: .seconds(2), idleTimeout: .seconds(5), totalTimeout: .seconds(10))
        if body != nil { request.fields.append(("Content-Type", "application/json")) }
        if let key { request.fields.append(key.authorization) }
        let answer: (status: Int, bytes: [UInt8])
        do throws(TransportError) { answer = try await fetch(request) } catch {
            switch error {
            case .timedOut: throw .timedOut
            case .badAnswer: throw .badAnswer(place: "/")
            case .unreachable, .tls, .busy, .cancelled, .badRequest: throw .unavailable
            }
        }
        return (answer.status, try Self.read(answer.status, answer.bytes))
    }

    private func fetch(_ request: TransportRequest) async throws(TransportError) -> (status: Int, bytes: [UInt8]) {
        let response = try await transport.open(request)
        var bytes: [UInt8] = []
        while let piece = try await response.next() {
            bytes += piece
            guard bytes.count <= AgentLimits.bankAnswerBytesMax else {
                response.cancel()
                throw .badAnswer
            }
        }
        return (response.status, bytes)
    }

    private static func read(_ status: Int, _ bytes: [UInt8]) throws(BankingError) -> JSONNode {
        switch status {
        case 200, 201, 202:
            do throws(JSONSyntaxError) { return try JSONParser.parse(bytes, depthMax: 16) } catch {
                throw .badAnswer(place: "/")
            }
        case 404: throw .unknownCustomer
        case 409: throw .keyReused
        case 400, 422: throw .refused
        case 408, 504: throw .timedOut
        default: throw .unavailable
        }
    }

    /// Each byte but letters and digits as `%XX` (RFC 3986 §2.1): nothing in a value can be a part of a path.
    private static func encoded(_ value: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in value {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                text.append(byte)
            default: text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    // MARK: What is answered

    private func money(
        _ root: JSONNode, _ amount: JSONPointer, _ currency: JSONPointer, _ place: String
    ) throws(BankingError) -> Money {
        guard let units = amount.value(in: root)?.integer, let code = currency.value(in: root)?.bytes,
            let money = Money(minorUnits: units, currency: code)
        else { throw .badAnswer(place: place) }
        return money
    }

    private func text(_ root: JSONNode, _ pointer: JSONPointer, _ place: String) throws(BankingError) -> [UInt8] {
        guard let text = pointer.value(in: root)?.bytes, (1...AgentLimits.bankTextBytesMax).contains(text.count),
            text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else { throw .badAnswer(place: place) }
        return text
    }

    private func optionalText(
        _ root: JSONNode, _ pointer: JSONPointer, _ place: String
    ) throws(BankingError) -> [UInt8]? {
        switch pointer.value(in: root)?.value {
        case nil, .null: nil
        default: try text(root, pointer, place)
        }
    }

    /// `2026-11-20`, by its form.
    private static func isDay(_ text: [UInt8]) -> Bool {
        text.count == 10
            && text.enumerated().allSatisfy { index, byte in
                index == 4 || index == 7
                    ? byte == UInt8(ascii: "-") : (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            }
    }
}
