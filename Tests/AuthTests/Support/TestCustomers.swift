import Foundation
import OpenSSL
import Synchronization
import Testing

@testable import Auth

/// A database of customers in a folder of its own, and a clock that stands until it is set.
final class TestCustomers: Sendable {
    let folder: URL
    let key: CustomerKey
    private let second = Mutex<Int64>(1_700_000_010)

    init(key byte: UInt8 = 7) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "customers-\(UInt64.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        key = CustomerKey(SecretBytes(copying: [UInt8](repeating: byte, count: 32)))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var path: String { folder.appending(path: "customers.db").path }

    var now: Int64 {
        get { second.withLock { $0 } }
        set { second.withLock { $0 = newValue } }
    }

    func register() throws -> CustomerRegister {
        try CustomerRegister(path: path, key: key, makes: true, operator: "test")
    }

    /// Customers: name, question and answer, base32 secret.
    func add(_ customers: [(account: String, name: String, question: (String, String)?, secret: String?)]) throws {
        try register().add(
            customers.map { customer in
                try CustomerDraft(
                    claim: claim(customer.account, customer.name),
                    question: customer.question.map {
                        try CustomerDraft.Question(text: Array($0.0.utf8), answer: Array($0.1.utf8))
                    },
                    device: customer.secret.map { try CustomerDraft.Device(base32: Array($0.utf8)) })
            })
    }

    /// Ada, who has a dog called Rex and a device, and Ben, who has a town alone.
    func addTwo() throws {
        try add([
            ("1001", "Ada Lindqvist", ("First pet?", "Rex"), Self.secret),
            ("1002", "Ben Okafor", ("Town?", "Lagos"), nil),
        ])
    }

    /// That of RFC 6238's examples.
    static let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

    static func bounds(
        answers: Int = 3, customer: Int = 5, caller: Int = 20, sessions: Int = 100, memory: Int64 = 3600,
        lock: Int64 = 900
    ) throws -> VerificationDesk.Bounds {
        func ledger(_ guesses: Int) throws -> GuessLedger.Bounds {
            try GuessLedger.Bounds(
                guessesMax: guesses, memorySeconds: memory, lockSeconds: lock, lockSecondsMax: 86_400)
        }
        return VerificationDesk.Bounds(
            session: try VerificationSession.Bounds(
                challengeSeconds: 300, verifiedSeconds: 900, answersMax: answers),
            customer: try ledger(customer), caller: try ledger(caller), sessionsMax: sessions)
    }

    /// A desk over the database, on which `change` may work first.
    func desk(
        _ bounds: VerificationDesk.Bounds, ledgersMax: Int64 = AuthLimits.guessLedgersMax,
        _ change: @Sendable (CustomerDatabase) throws(AuthError) -> Void = { _ in }
    ) throws -> VerificationDesk {
        try VerificationDesk.open(bounds, key, clock: { [unowned self] in now }) { () throws(AuthError) in
            let database = try CustomerDatabase(path: path, key: key, makes: true, ledgersMax: ledgersMax)
            try change(database)
            return database
        }
    }
}

func claim(_ account: String, _ name: String) throws -> CustomerClaim {
    try #require(CustomerClaim(account: Array(account.utf8), name: Array(name.utf8)))
}

func conversation(_ session: String = "chat-0001", of subject: String = "kiosk") -> ConversationKey {
    ConversationKey(issuer: Array("bank".utf8), subject: Array(subject.utf8), session: Array(session.utf8))
}

extension VerificationDesk {
    /// What comes of an answer in one word.
    func outcome(_ answer: String, in key: ConversationKey) async -> String {
        do throws(VerificationRefusal) {
            switch try await judge(Array(answer.utf8), in: key) {
            case .wrong(let left): return "wrong, \(left) left"
            case .right(let right): return "right for \(try confirm(right).seconds ?? 0) s"
            }
        } catch {
            switch error {
            case .locked(let until): return "locked until \(until)"
            case .storage: return "storage"
            default: return "\(error)"
            }
        }
    }

    /// Asks, and gives one answer.
    func ask(
        _ who: CustomerClaim, _ answer: String, by method: ProofMethod = .question,
        in key: ConversationKey = conversation()
    ) async -> String {
        do throws(VerificationRefusal) { _ = try await challenge(reference(of: who), by: method, in: key) } catch {
            if case .locked(let until) = error { return "not asked until \(until)" }
            return "not asked: \(error)"
        }
        return await outcome(answer, in: key)
    }
}
