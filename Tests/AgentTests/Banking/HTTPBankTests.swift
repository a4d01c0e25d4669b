import OpenSSL
import Synchronization
import Testing

@testable import Agent

/// A server that gives each path its answer and remembers what it was asked.
private final class ScriptedBankServer: ModelTransport {
    struct Asked: Sendable {
        let url: String
        let fields: [String: String]
        let body: [UInt8]?
    }

    private let answers: [String: (status: Int, body: String)]
    private let error: TransportError?
    private let asked = Mutex<[Asked]>([])

    init(_ answers: [String: (status: Int, body: String)], failing error: TransportError? = nil) {
        self.answers = answers
        self.error = error
    }

    var requests: [Asked] { asked.withLock { $0 } }

    func open(_ request: TransportRequest) async throws(TransportError) -> any TransportResponse {
        if let error { throw error }
        let fields = Dictionary(request.fields.map { ($0.name, $0.value) }) { first, _ in first }
        asked.withLock { $0.append(Asked(url: request.url, fields: fields, body: request.body)) }
        // Keys that end in a slash are of what no other key is in.
        let fitting = answers.filter { request.url.contains($0.key) }
        let answer: (status: Int, body: String) =
            fitting.first { !$0.key.hasSuffix("/") }?.value ?? fitting.first?.value ?? (404, "{}")
        return Response(answer.status, Array(answer.body.utf8))
    }

    /// Gives its body in pieces of seven bytes.
    private final class Response: TransportResponse {
        let status: Int
        private var rest: ArraySlice<UInt8>

        init(_ status: Int, _ body: [UInt8]) {
            self.status = status
            rest = body[...]
        }

        func field(_ name: String) -> String? { nil }

        func next() async throws(TransportError) -> [UInt8]? {
            guard !rest.isEmpty else { return nil }
            let piece = Array(rest.prefix(7))
            rest = rest.dropFirst(7)
            return piece
        }

        func cancel() { rest = [] }
    }
}

private let policyText = """
    {
        version: 1, url: "https://core.bank.example/v2",
        account: { path: "/accounts/{account}", status: "/status", booked: "/balance/0", available: "/a~1b", currency: "/cur" },
        transactions: {
            path: "/accounts/{account}/list?limit={limit}&before={before}", list: "/items", id: "/id", day: "/date",
            amount: "/amount", currency: "/cur", purpose: "/text", has_more: "/more",
        },
        contact: { path: "/holders/{holder}", address: "/address", phone: "/phone", email: "/mail/work" },
        change: { path: "/holders/{holder}/changes", reference: "/id" },
    }
    """

private let ada = VerifiedCustomer(
    reference: [], account: Array("a/1 001".utf8), holder: Array("ada".utf8))

@Suite struct `A bank behind HTTP` {
    private func bank(
        _ answers: [String: (status: Int, body: String)], failing error: TransportError? = nil
    ) throws -> (HTTPBank, ScriptedBankServer) {
        let server = ScriptedBankServer(answers, failing: error)
        let policy = try BankingPolicy(json5: Array(policyText.utf8), file: "banking.json5")
        return (HTTPBank(policy, key: ModelKey(SecretBytes(copying: Array("secret".utf8))), transport: server), server)
    }

    @Test func `is asked by the policy's paths and understood by its pointers`() async throws {
        let (bank, server) = try bank([
            "/list": (
                200,
                #"{"items": [{"id": "t-9", "date": "2026-11-20", "amount": -1250, "cur": "EUR", "text": "Tea"}], "more": true}"#
            ), "/accounts/": (200, #"{"status": "frozen", "balance": [120450], "a/b": 5, "cur": "EUR"}"#),
            "/changes": (201, #"{"id": "R-1"}"#),
            "/holders/": (200, #"{"address": null, "mail": {"work": "a@b.example"}}"#),
        ])
        let account = try await bank.account(of: ada)
        #expect(account.status == .frozen && account.booked.minorUnits == 120_450 && account.available.minorUnits == 5)
        #expect(server.requests[0].url == "https://core.bank.example/v2/accounts/a%2F1%20001")
        #expect(server.requests[0].fields["Authorization"] == "Bearer secret" && server.requests[0].body == nil)
        let list = try await bank.transactions(of: ada, TransactionPage(limit: 1, before: Array("t-10".utf8)))
        #expect(list.hasMore && list.transactions.map { text($0.amount.text) } == ["-12.50 EUR"])
        #expect(server.requests[1].url.hasSuffix("/list?limit=1&before=t-10"))
        let contact = try await bank.contact(of: ada)
        #expect(contact == ContactDetails(address: nil, phone: nil, email: Array("a@b.example".utf8)))
        let receipt = try await bank.write(
            CustomerChange(.email, to: Array("x@y".utf8)), of: ada, key: IdempotencyKey(Array("k-1".utf8)))
        #expect(!receipt.isReplay && text(receipt.reference) == "R-1")
        let write = try #require(server.requests.last)
        #expect(write.fields["Idempotency-Key"] == "k-1")
        #expect(write.body.map { text($0) } == #"{"field":"email","value":"x@y"}"#)
    }

    @Test(arguments: [
        #"{"status": "open", "balance": [1], "a/b": 5, "cur": "EUR"}"#,
        #"{"status": "active", "balance": [1.5], "a/b": 5, "cur": "EUR"}"#,
        #"{"status": "active", "balance": ["1"], "a/b": 5, "cur": "EUR"}"#,
        #"{"status": "active", "balance": [1], "a/b": 5, "cur": "euro"}"#,
        #"{"status": "active", "balance": [99999999999999999999], "a/b": 5, "cur": "EUR"}"#,
        #"{"status": "active", "balance": [], "a/b": 5, "cur": "EUR"}"#, "nonsense", "", "[1]",
    ])
    func `is not guessed at where it says something else`(body: String) async throws {
        let (bank, _) = try bank(["/accounts/": (200, body)])
        await #expect {
            try await bank.account(of: ada)
        } throws: { error in
            if case .badAnswer? = error as? BankingError { true } else { false }
        }
    }

    @Test func `gives as many bytes and transactions as may be, and no more`() async throws {
        let head = #"{"status": "active", "balance": [1], "a/b": 5, "cur": "EUR"}"#
        let fill = AgentLimits.bankAnswerBytesMax - head.utf8.count
        _ = try await bank(["/accounts/": (200, head + String(repeating: " ", count: fill))]).0.account(of: ada)
        let (longer, _) = try bank(["/accounts/": (200, head + String(repeating: " ", count: fill + 1))])
        await #expect(throws: BankingError.badAnswer(place: "/")) { try await longer.account(of: ada) }
        let one = #"{"id": "t", "date": "2026-11-20", "amount": 1, "cur": "EUR", "text": "x"}"#
        let (crowd, _) = try bank(["/list": (200, #"{"items": [\#(one), \#(one)], "more": false}"#)])
        #expect(try await crowd.transactions(of: ada, TransactionPage(limit: 2)).transactions.count == 2)
        await #expect(throws: BankingError.badAnswer(place: "transactions.list")) {
            try await crowd.transactions(of: ada, TransactionPage(limit: 1))
        }
    }

    @Test(arguments: [
        (404, BankingError.unknownCustomer), (409, .keyReused), (422, .refused), (500, .unavailable),
        (401, .unavailable),
        (302, .unavailable), (504, .timedOut),
    ])
    func `has its refusals told apart`(status: Int, error: BankingError) async throws {
        let (bank, _) = try bank(["/accounts/": (status, "{}")])
        await #expect(throws: error) { try await bank.account(of: ada) }
    }

    @Test(arguments: [
        (TransportError.timedOut, BankingError.timedOut), (.unreachable, .unavailable), (.tls, .unavailable),
        (.badAnswer, .badAnswer(place: "/")),
    ])
    func `may be away`(transport: TransportError, error: BankingError) async throws {
        let (bank, _) = try bank([:], failing: transport)
        await #expect(throws: error) { try await bank.account(of: ada) }
    }

    @Test(arguments: [
        ("https://core.bank.example/v2", "http://core.bank.example", "https://"),
        ("https://core.bank.example/v2", "https://core.bank.example/", "slash"),
        ("/accounts/{account}\"", "/accounts/{subject}\"", "places"),
        ("/accounts/{account}\"", "accounts\"", "begins with /"),
        ("\"/status\"", "\"status\"", "JSON Pointer"), ("\"/a~1b\"", "\"/a~2b\"", "JSON Pointer"),
        ("version: 1", "version: 2", "1 to 1"), ("version: 1", "version: 1, user: \"x\"", "only version"),
    ])
    func `has a policy whose faults name the mend`(text: String, other: String, words: String) throws {
        let changed = policyText.replacing(text, with: other, maxReplacements: 1)
        #expect(changed != policyText)
        #expect {
            try BankingPolicy(json5: Array(changed.utf8), file: "banking.json5")
        } throws: { error in
            guard case .policy(let message)? = error as? AgentError else { return false }
            return message.hasPrefix("banking.json5, line") && message.contains(words)
        }
    }
}
