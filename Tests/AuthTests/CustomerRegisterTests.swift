import Foundation
import OpenSSL
import Testing

@testable import Auth

@Suite struct `The register of customers` {
    private func draft(_ account: String, _ name: String, question: String = "Q?") throws -> CustomerDraft {
        try CustomerDraft(
            claim: claim(account, name),
            question: CustomerDraft.Question(text: Array(question.utf8), answer: Array("a".utf8)), device: nil)
    }

    @Test func `takes, replaces and removes, and notes each for the record`() async throws {
        let customers = try TestCustomers()
        let register = try customers.register()
        try register.add([draft("1", "A"), draft("1", "B"), draft("2", "C")])
        try register.add([draft("1", "a", question: "Other?")])
        var counts = try register.counts(now: customers.now)
        #expect(counts.customers == 3 && counts.withQuestion == 3 && counts.withDevice == 0 && counts.questions == 2)
        #expect(try register.remove(account: Array("1".utf8)) == 2)
        #expect(try register.remove(account: Array("1".utf8)) == 0)
        #expect(throws: AuthError.self) { try register.remove(account: Array("-".utf8)) }
        try register.add([draft("3", "D")], isDevelopment: true)
        counts = try register.counts(now: customers.now)
        #expect(counts.customers == 2 && counts.development == 1)

        let desk = try customers.desk(TestCustomers.bounds())
        let actions = try await desk.unrecordedActions(after: 0)
        #expect(
            actions.map { "\(String(decoding: $0.action, as: UTF8.self)) \($0.customers)" } == [
                "customers.import 3", "customers.import 1", "customers.remove 2", "customers.seed 1",
            ])
        #expect(actions.allSatisfy { $0.operator == Array("test".utf8) })
        try await desk.markRecorded(actions[0])
        #expect(try await desk.unrecordedActions(after: 0) == Array(actions.dropFirst()))
        #expect(try await desk.unrecordedActions(after: actions[2].number) == [actions[3]])
        #expect(try register.removeDevelopment() == 1)
    }

    @Test func `unlocks an account and a caller`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds(customer: 1, caller: 2))
        let (ada, ben) = (try claim("1001", "Ada Lindqvist"), try claim("1002", "Ben Okafor"))
        #expect(await desk.ask(ada, "x") == "wrong, 2 left")
        #expect(await desk.ask(ada, "Rex").hasPrefix("not asked"))
        #expect(try customers.register().counts(now: customers.now).locked == 1)
        #expect(try customers.register().unlock(account: Array("1001".utf8)) == 1)
        #expect(await desk.ask(ada, "x") == "wrong, 2 left")
        #expect(await desk.ask(ben, "Lagos").hasPrefix("not asked"), "the caller is locked")
        #expect(try customers.register().unlock(issuer: Array("bank".utf8), subject: Array("kiosk".utf8)))
        #expect(try !customers.register().unlock(issuer: Array("bank".utf8), subject: Array("kiosk".utf8)))
        #expect(await desk.ask(ben, "Lagos") == "right for 900 s")
    }

    @Test func `has a catalogue of questions, and one more changes nothing`() throws {
        let customers = try TestCustomers()
        let register = try customers.register()
        let most = AuthLimits.customerQuestionsMax
        let database = try CustomerDatabase(path: customers.path, key: customers.key, makes: false)
        for number in 1..<most { try database.run("INSERT INTO questions (text) VALUES ('Q\(number)?')") }
        try register.add([draft("0", "x", question: "The last?")])
        #expect(throws: AuthError.self) { try register.add([draft("a", "x"), draft("b", "x", question: "One more?")]) }
        let counts = try register.counts(now: 0)
        #expect(counts.customers == 1 && counts.questions == most)
    }

    @Test func `has as many customers as may be, and one more changes nothing`() throws {
        let customers = try TestCustomers()
        let database = try CustomerDatabase(path: customers.path, key: customers.key, makes: true, customersMax: 2)
        let sealed = try (0..<3).map { try SealedCustomer(draft("\($0)", "x"), under: customers.key) }
        try database.add(Array(sealed[..<2]), isDevelopment: false, by: "test")
        try database.add([sealed[0]], isDevelopment: false, by: "test")
        let error = #expect(throws: AuthError.self) {
            try database.add([sealed[2]], isDevelopment: false, by: "test")
        }
        #expect(error?.description.contains("at most 2") == true)
        #expect(try database.counts(at: 0).customers == 2)
    }

    /// What is compared does not depend on how often it was made comparable.
    @Test func `compares claims in one way of writing`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            var text = ""
            for _ in 0..<Int.random(in: 0...8) {
                let isASCII = Bool.random()
                guard let scalar = Unicode.Scalar(UInt32.random(in: 0...(isASCII ? 0x7F : 0x2_FFFF), using: &generator))
                else { continue }
                text.unicodeScalars.append(scalar)
            }
            let once = SpokenText.normalised(Array(text.utf8), bytesMax: 64)
            guard let once else { continue }
            #expect(SpokenText.normalised(once, bytesMax: 1024) == once, "\(text.unicodeScalars.map(\.value))")
        }
    }

    @Test func `is kept under one key, and tells nothing without it`() throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let other = CustomerKey(SecretBytes(copying: [UInt8](repeating: 8, count: 32)))
        #expect(throws: AuthError.self) {
            try CustomerRegister(path: customers.path, key: other, operator: "test")
        }
        #expect(throws: AuthError.self) {
            try CustomerRegister(path: customers.path + "x", key: customers.key, operator: "test")
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: customers.folder.path) {
            let bytes = try Data(contentsOf: customers.folder.appending(path: name))
            for text in ["Ada", "ada", "Lindqvist", "1001", "Rex", "rex", "Lagos", "12345678901234567890"] {
                #expect(bytes.firstRange(of: Data(text.utf8)) == nil, "\(text) in \(name)")
            }
        }
    }

    @Test func `whose secrets were exchanged says so and verifies nobody`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds()) { (database) throws(AuthError) in
            try database.run(
                "UPDATE customers SET answer = (SELECT answer FROM customers ORDER BY reference LIMIT 1 OFFSET 1)")
        }
        let outcomes = [
            await desk.ask(try claim("1001", "Ada Lindqvist"), "Rex"),
            await desk.ask(try claim("1001", "Ada Lindqvist"), "Lagos"),
            await desk.ask(try claim("1002", "Ben Okafor"), "Rex"),
            await desk.ask(try claim("1002", "Ben Okafor"), "Lagos"),
        ]
        #expect(outcomes.filter { $0 == "storage" }.count == 2, "\(outcomes)")
        #expect(outcomes.filter { $0.hasPrefix("right") }.count == 1, "the row that was not changed")
    }

    @Test func `for development opens for development alone`() throws {
        let customers = try TestCustomers()
        try customers.register().add([draft("3", "D")], isDevelopment: true)
        let bounds = try TestCustomers.bounds()
        _ = try VerificationDesk.open(path: customers.path, key: customers.key, bounds: bounds, isDevelopment: true)
        let error = #expect(throws: AuthError.self) {
            try VerificationDesk.open(path: customers.path, key: customers.key, bounds: bounds, isDevelopment: false)
        }
        #expect(error?.description.contains("customers remove --development") == true)
        #expect(try customers.register().removeDevelopment() == 1)
        _ = try VerificationDesk.open(path: customers.path, key: customers.key, bounds: bounds, isDevelopment: false)
    }

    @Test func `for development that comes in while another is served is nobody's`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let bounds = try TestCustomers.bounds()
        let desk = try VerificationDesk.open(
            path: customers.path, key: customers.key, bounds: bounds, isDevelopment: false)
        try customers.register().add([draft("3", "D", question: "Theirs?")], isDevelopment: true)
        #expect(
            try await desk.challenge(desk.reference(of: claim("3", "D")), by: .question, in: conversation()).seconds
                == 300)
        #expect(await desk.outcome("a", in: conversation()) == "wrong, 2 left")
        #expect(await desk.ask(try claim("1001", "Ada Lindqvist"), "Rex") == "right for 900 s")
    }

    @Test func `takes claims and drafts within their bounds`() throws {
        let name = String(repeating: "n", count: 256)
        let account = String(repeating: "1", count: 64)
        #expect(CustomerClaim(account: Array(account.utf8), name: Array(name.utf8)) != nil)
        #expect(CustomerClaim(account: Array((account + "1").utf8), name: Array(name.utf8)) == nil)
        #expect(CustomerClaim(account: Array(account.utf8), name: Array((name + "n").utf8)) == nil)
        for empty in ["", " - "] { #expect(CustomerClaim(account: Array("1".utf8), name: Array(empty.utf8)) == nil) }
        #expect(CustomerClaim(account: [0xFF], name: Array("n".utf8)) == nil)
        #expect(try claim("DE02 1203", "O'Neil") == claim("de021203", "ONEIL"))
        #expect(try claim("1", "ab") != claim("1a", "b"))
        _ = try CustomerDraft.Question(
            text: [UInt8](repeating: 0x71, count: 256), answer: [UInt8](repeating: 0x61, count: 256))
        for (text, answer) in [(0, 1), (257, 1), (1, 0), (1, 257)] {
            #expect(throws: AuthError.self) {
                try CustomerDraft.Question(
                    text: [UInt8](repeating: 0x71, count: text), answer: [UInt8](repeating: 0x61, count: answer))
            }
        }
        #expect(throws: AuthError.self) { try CustomerDraft(claim: claim("1", "n"), question: nil, device: nil) }
    }

    /// RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("MY======", "f"), ("MZXQ====", "fo"), ("MZXW6===", "foo"), ("MZXW6YQ=", "foob"),
        ("MZXW6YTB", "fooba"),
        ("MZXW6YTBOI======", "foobar"), ("mzxw 6ytb oi", "foobar"),
    ])
    func `reads base32`(text: String, bytes: String) { #expect(Base32.decode(Array(text.utf8)) == Array(bytes.utf8)) }

    @Test(arguments: [
        "M", "MZX", "MZXW6Y", "MY=====", "MY=", "M1======", "MZ======", "MY======MY======", "=", "MZXW6YTB=",
    ])
    func `refuses what is no base32`(text: String) { #expect(Base32.decode(Array(text.utf8)) == nil) }
}
