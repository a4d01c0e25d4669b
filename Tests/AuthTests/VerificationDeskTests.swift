import OpenSSL
import Testing

@testable import Auth

@Suite struct `A customer's verification` {
    @Test func `goes from a question to its answer, once that is confirmed`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds())
        let (ada, here) = (try claim("1001", "ADA  lindqvist"), conversation())
        #expect(desk.standing(of: here) == .unverified)
        let asked = try await desk.challenge(desk.reference(of: ada), by: .question, in: here)
        #expect(asked.question == Array("First pet?".utf8) && asked.seconds == 300 && asked.answersMax == 3)
        #expect(await desk.outcome("Max", in: here) == "wrong, 2 left")
        #expect(desk.standing(of: here).answersLeft == 2)
        #expect(desk.standing(of: here).customer == desk.reference(of: ada) && desk.standing(of: here).level == .none)
        guard case .right(let right) = try await desk.judge(Array(" r.e.x ".utf8), in: here) else {
            Issue.record("the answer is right")
            return
        }
        #expect(desk.standing(of: here).state == .challenged, "nobody is believed before it is on record")
        #expect(try desk.confirm(right).seconds == 900)
        let standing = desk.standing(of: here)
        #expect(standing.state == .verified && standing.level == .knowledge && standing.seconds == 900)
        #expect(standing.customer == customers.key.reference(of: ada))
        #expect(throws: VerificationRefusal.challengeOver) { try desk.confirm(right) }
        customers.now += 899
        #expect(desk.standing(of: here).level == .knowledge)
        customers.now += 1
        #expect(desk.standing(of: here).state == .expired && desk.standing(of: here).level == .none)
        #expect(await desk.outcome("Rex", in: here) == "noChallenge")
        let counts = desk.statistics
        #expect(counts.challenges == 1 && counts.right == 1 && counts.wrong == 1 && counts.sessions == 1)
    }

    @Test func `is of one conversation of one caller`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds())
        let ada = try claim("1001", "Ada Lindqvist")
        #expect(await desk.ask(ada, "Rex") == "right for 900 s")
        for other in [conversation(of: "kiosk-2"), conversation("chat-0002")] {
            #expect(desk.standing(of: other) == .unverified)
            #expect(await desk.outcome("Rex", in: other) == "noChallenge")
        }
        // A new question ends what was verified.
        _ = try await desk.challenge(desk.reference(of: claim("1002", "Ben Okafor")), by: .question, in: conversation())
        #expect(desk.standing(of: conversation()).level == .none)
        #expect(await desk.outcome("Rex", in: conversation()) == "wrong, 2 left")
    }

    @Test func `by a one-time code takes each code once, after a restart too`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        customers.now = 1_111_111_109
        let ada = try claim("1001", "Ada Lindqvist")
        let first = try customers.desk(TestCustomers.bounds())
        let asked = try await first.challenge(first.reference(of: ada), by: .code, in: conversation())
        #expect(asked.question == nil)
        // RFC 6238, appendix B: the last six digits.
        #expect(await first.outcome("081 804", in: conversation()) == "right for 900 s")
        #expect(first.standing(of: conversation()).level == .possession)
        let second = try customers.desk(TestCustomers.bounds())
        #expect(await second.ask(ada, "081804", by: .code) == "wrong, 2 left")
        customers.now = 1_111_111_139
        #expect(await second.ask(ada, "Rex", by: .code) == "wrong, 2 left")
        #expect(await second.ask(try claim("1002", "Ben Okafor"), "081804", by: .code) == "wrong, 2 left")
    }

    @Test func `cannot be told from that of nobody`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds(answers: 10))
        let nobodies = try [("9999", "Nobody"), ("1001", "Ben Okafor"), ("1002", "Ada")].map { try claim($0.0, $0.1) }
        for nobody in nobodies {
            let questions = try await (0..<2).asyncMap { _ in
                try await desk.challenge(desk.reference(of: nobody), by: .question, in: conversation()).question ?? []
            }
            #expect(questions[0] == questions[1])
            #expect([Array("First pet?".utf8), Array("Town?".utf8)].contains(questions[0]))
            for answer in ["Rex", "Lagos", ""] {
                #expect(await desk.outcome(answer, in: conversation()).hasPrefix("wrong"))
            }
            #expect(try await desk.challenge(desk.reference(of: nobody), by: .code, in: conversation()).question == nil)
            #expect(await desk.outcome("081804", in: conversation()) == "wrong, 9 left")
            // The lock comes as for a customer.
            #expect(await desk.outcome("0", in: conversation()) == "wrong, 8 left")
            #expect(await desk.ask(nobody, "x") == "not asked until \(customers.now + 900)")
        }
    }

    @Test func `takes as long for nobody as for somebody`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds(customer: 100, caller: 100))
        var times: [Bool: [Duration]] = [:]
        for round in 0..<10 {
            let isKnown = round % 2 == 0
            let who = isKnown ? try claim("1001", "Ada Lindqvist") : try claim("7777", "Nobody")
            _ = try await desk.challenge(desk.reference(of: who), by: .question, in: conversation())
            let time = await ContinuousClock().measure { _ = await desk.outcome("Max", in: conversation()) }
            times[isKnown, default: []].append(time)
        }
        let (known, unknown) = (times[true]!.sorted()[1], times[false]!.sorted()[1])
        #expect(unknown > known / 3 && known > unknown / 3, "\(known), \(unknown)")
    }
}

@Suite struct `Guesses at customers` {
    @Test func `lock a customer at the bound, for right answers too, each time twice as long`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds(answers: 10, customer: 3, caller: 100))
        let (ada, ben) = (try claim("1001", "Ada Lindqvist"), try claim("1002", "Ben Okafor"))
        let begin = customers.now
        _ = try await desk.challenge(desk.reference(of: ada), by: .question, in: conversation())
        for left in [9, 8, 7] { #expect(await desk.outcome("Max", in: conversation()) == "wrong, \(left) left") }
        #expect(await desk.outcome("Rex", in: conversation()) == "locked until \(begin + 900)")
        #expect(await desk.ask(ada, "Rex", in: conversation("c-2", of: "other")) == "not asked until \(begin + 900)")
        #expect(await desk.ask(ben, "Lagos") == "right for 900 s", "another customer is not locked")
        #expect(desk.statistics.locked == 2)
        customers.now += 900
        _ = try await desk.challenge(desk.reference(of: ada), by: .question, in: conversation())
        for left in [9, 8, 7] { #expect(await desk.outcome("Max", in: conversation()) == "wrong, \(left) left") }
        #expect(await desk.outcome("Rex", in: conversation()) == "locked until \(customers.now + 1800)")
        customers.now += 1800
        #expect(await desk.ask(ada, "Rex") == "right for 900 s")
    }

    @Test func `are forgotten after a quiet, and by a right answer`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds(customer: 3, caller: 100, memory: 60))
        let ada = try claim("1001", "Ada Lindqvist")
        for _ in 0..<5 {
            #expect(await desk.ask(ada, "Max") == "wrong, 2 left")
            #expect(await desk.ask(ada, "Max") == "wrong, 2 left")
            customers.now += 60
        }
        for _ in 0..<3 {
            for _ in 0..<2 { #expect(await desk.ask(ada, "Max") == "wrong, 2 left") }
            #expect(await desk.ask(ada, "Rex") == "right for 900 s", "the last that may be is right")
        }
    }

    @Test func `lock a caller over all customers, and a right answer buys none`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds(caller: 4))
        let end = customers.now + 900
        for number in 0..<3 { #expect(await desk.ask(try claim("\(number)", "x"), "x") == "wrong, 2 left") }
        #expect(await desk.ask(try claim("1002", "Ben Okafor"), "Lagos") == "right for 900 s")
        #expect(await desk.ask(try claim("3", "x"), "x") == "wrong, 2 left")
        #expect(await desk.ask(try claim("1002", "Ben Okafor"), "Lagos") == "not asked until \(end)")
        #expect(
            await desk.ask(try claim("1002", "Ben Okafor"), "Lagos", in: conversation(of: "b")) == "right for 900 s")
    }

    @Test func `in parallel are no more than one after the other`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds(answers: 10, customer: 100, caller: 5))
        for number in 0..<20 {
            _ = try await desk.challenge(
                desk.reference(of: claim("\(number)", "x")), by: .question, in: conversation("c-\(number)"))
        }
        let outcomes = await withTaskGroup(of: String.self) { group in
            for number in 0..<20 { group.addTask { await desk.outcome("x", in: conversation("c-\(number)")) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.filter { $0.hasPrefix("wrong") }.count == 5, "\(outcomes)")
        #expect(outcomes.filter { $0.hasPrefix("locked") }.count == 15)
    }

    @Test func `are on the disk before they are judged, and outlive the process`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let bounds = try TestCustomers.bounds(customer: 2)
        let (ada, caller) = (
            customers.key.reference(of: try claim("1001", "Ada Lindqvist")), [UInt8](repeating: 9, count: 32)
        )
        let guess = CustomerDatabase.Guess(customer: ada, caller: caller)
        let one = try CustomerDatabase(path: customers.path, key: customers.key, makes: false)
        for _ in 0..<2 { _ = try one.reserve(guess, now: 100, customer: bounds.customer, caller: bounds.caller) }
        let other = try CustomerDatabase(path: customers.path, key: customers.key, makes: false)
        #expect(try other.lock(of: guess, now: 999) == 1000)
        #expect(throws: VerificationRefusal.locked(until: 1000)) {
            try other.reserve(guess, now: 999, customer: bounds.customer, caller: bounds.caller)
        }
    }

    @Test func `that cannot be written down are not judged, right or wrong`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let (ada, ben) = (try claim("1001", "Ada Lindqvist"), try claim("1002", "Ben Okafor"))
        // Room for two ledgers: the caller's and one customer's.
        let desk = try customers.desk(TestCustomers.bounds(), ledgersMax: 2)
        #expect(await desk.ask(ada, "Max") == "wrong, 2 left")
        #expect(await desk.ask(ben, "Lagos") == "guessesFull")
        #expect(desk.standing(of: conversation()).level == .none)
        #expect(await desk.ask(ada, "Rex") == "right for 900 s", "a ledger that is there is written")
        #expect(await desk.ask(ben, "Lagos") == "right for 900 s", "the right answer made room")
        #expect(await desk.ask(ada, "Max") == "wrong, 2 left")
        customers.now += 86_401
        #expect(await desk.ask(ben, "Lagos") == "right for 900 s", "the others are idle")

        let full = try customers.desk(TestCustomers.bounds()) { (database) throws(AuthError) in
            try database.run("PRAGMA query_only=ON")
        }
        #expect(await full.ask(ada, "Rex") == "storage")
        #expect(full.standing(of: conversation()).level == .none && full.statistics.right == 0)
    }

    @Test func `wait in a line that has an end`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds(answers: 10, customer: 100, caller: 100, sessions: 1000))
        let tasks = 2 * AuthLimits.customerJobsMax
        for number in 0..<tasks {
            _ = try await desk.challenge(
                desk.reference(of: claim("\(number)", "x")), by: .question, in: conversation("c-\(number)"))
        }
        let outcomes = await withTaskGroup(of: String.self) { group in
            for number in 0..<tasks { group.addTask { await desk.outcome("x", in: conversation("c-\(number)")) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        // One is judged while the others come; those that were judged meanwhile made room.
        let judged = outcomes.filter { $0.hasPrefix("wrong") }.count
        #expect(judged >= AuthLimits.customerJobsMax && outcomes.contains("busy"), "\(judged)")
        #expect(outcomes.allSatisfy { $0.hasPrefix("wrong") || $0 == "busy" })
    }

    @Test func `need a place among the conversations, which those that ended leave`() async throws {
        let customers = try TestCustomers()
        try customers.addTwo()
        let desk = try customers.desk(TestCustomers.bounds(sessions: 2))
        let ada = try claim("1001", "Ada Lindqvist")
        #expect(await desk.ask(ada, "Rex", in: conversation("c-1")) == "right for 900 s")
        #expect(await desk.ask(ada, "Max", in: conversation("c-2")) == "wrong, 2 left")
        #expect(await desk.ask(ada, "Rex", in: conversation("c-3")) == "not asked: sessionsFull")
        #expect(await desk.ask(ada, "Max", in: conversation("c-2")) == "wrong, 2 left", "one that has a place keeps it")
        customers.now += 301
        #expect(await desk.ask(ada, "Rex", in: conversation("c-3")) == "right for 900 s", "a challenge ended")
        #expect(desk.standing(of: conversation("c-1")).state == .verified, "who is verified stays")
    }
}

extension Sequence {
    fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await transform(element)) }
        return values
    }
}
