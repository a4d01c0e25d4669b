import Testing
import Threading

@testable import Agent

@Suite struct `A budget` {
    @Test func `of tokens a minute is used up and fills again`() async throws {
        let scripted = try ScriptedClient(
            [], last: .says("Hello", usage: (90, 10)),
            policy(use: "answer: [\"a\"]", budgets: "default: { tokens_per_minute: 250 }"))
        #expect(await scripted.ask().completion != nil)
        #expect(await scripted.ask().completion != nil)
        // 200 are used; the request asks for 100 and a few.
        guard case .budget(let wait)? = await scripted.ask().error else {
            Issue.record("the budget is used up")
            return
        }
        #expect((13...20).contains(wait))
        #expect(scripted.transport.requests.count == 2)
        scripted.time.advance(.seconds(wait))
        #expect(await scripted.ask().completion != nil)
    }

    @Test func `is each principal's own`() async throws {
        let scripted = try ScriptedClient(
            [], last: .says("Hello", usage: (200, 10)),
            policy(use: "answer: [\"a\"]", budgets: "default: { tokens_per_minute: 120 }"))
        #expect(await scripted.ask().completion != nil)
        #expect(await scripted.ask().completion == nil)
        var other = request()
        other.principal = PrincipalKey(issuer: caller.issuer, subject: Array("other".utf8))
        #expect(await scripted.ask(other).completion != nil)
    }

    @Test func `is the widest of the principal's roles`() async throws {
        let policy = try policy(
            budgets: """
                default: { tokens_per_minute: 0 },
                roles: { customer: { tokens_per_minute: 100, cost_per_day: 1 }, teller: { tokens_per_minute: 500 } }
                """)
        let (customer, teller) = (Array("customer".utf8), Array("teller".utf8))
        #expect(policy.budget(of: []).tokensPerMinute == 0)
        #expect(policy.budget(of: [Array("nobody".utf8)]).tokensPerMinute == 0)
        #expect(policy.budget(of: [customer]).costMicrosPerDay == 1_000_000)
        let both = policy.budget(of: [customer, teller])
        #expect(both.tokensPerMinute == 500 && both.costMicrosPerDay == nil)
    }

    @Test func `of none lets nobody in`() async throws {
        let scripted = try ScriptedClient(
            [], last: .says("Hello"), policy(budgets: "default: { tokens_per_minute: 0 }"))
        #expect(await scripted.ask().error == .budget(retryAfterSeconds: 60))
        #expect(scripted.transport.requests.isEmpty)
    }

    @Test func `is charged for what broken answers took, and given back what was not`() async throws {
        let scripted = try ScriptedClient(
            [.events([delta(String(repeating: "word ", count: 40))], end: .badAnswer), .failure(.unreachable)],
            policy(
                use: "answer: [\"a\"]", budgets: "default: { cost_per_day: 1 }", patience: "attempts: 1",
                prices: "price_in: 1000, price_out: 1000"))
        let wall = scripted.time.clock().wallSeconds()
        #expect(await scripted.ask { _ in true }.error != nil)
        // 50 tokens came, and as many as the request has went: a thousandth of the currency each.
        let broken = scripted.memory.costMicros(caller, wallSeconds: wall)
        #expect((50_000...80_000).contains(broken))
        #expect(await scripted.ask().error != nil)
        #expect(scripted.memory.costMicros(caller, wallSeconds: wall) == broken)
    }

    @Test func `of money holds over a restart and begins anew with the day`() async throws {
        let directory = try TemporaryDirectory()
        let policy = try policy(
            use: "answer: [\"a\"]", budgets: "default: { cost_per_day: 1 }", prices: "price_in: 1000, price_out: 1000")
        let model = try #require(policy.models["a"])
        let path = directory.file("models.db")
        let wall = WallClock.seconds
        func reserve(_ memory: ModelMemory, at wall: Int64) async -> Result<ModelBill, ModelError> {
            do throws(ModelError) {
                return .success(
                    try await memory.reserve(
                        request(tokens: 400), model, budget: policy.defaultBudget, now: .now, wallSeconds: wall))
            } catch {
                return .failure(error)
            }
        }
        do {
            let memory = ModelMemory(spending: try SpendingStore.open(path: path))
            let bill = try await reserve(memory, at: wall).get()
            await memory.settle(bill, TokenUsage(promptTokens: 300, answerTokens: 300, costMicros: 600_000))
            // Not enough is left for another 0.4 and the request's own tokens.
            #expect((try? await reserve(memory, at: wall).get()) == nil)
        }
        let again = ModelMemory(spending: try SpendingStore.open(path: path))
        let spent = again.costMicros(caller, wallSeconds: wall)
        #expect(spent == 600_000)
        guard case .failure(.budget(let wait)) = await reserve(again, at: wall) else {
            Issue.record("the day's money is spent")
            return
        }
        #expect(wait == Int(86_400 - wall % 86_400))
        #expect((try? await reserve(again, at: wall + 86_400).get()) != nil)
    }

    @Test func `counts what was reserved and never settled`() async throws {
        let directory = try TemporaryDirectory()
        let policy = try policy(budgets: "default: { cost_per_day: 1 }", prices: "price_in: 1000, price_out: 1000")
        let model = try #require(policy.models["a"])
        let (path, wall) = (directory.file("models.db"), WallClock.seconds)
        do {
            let memory = ModelMemory(spending: try SpendingStore.open(path: path))
            _ = try await memory.reserve(
                request(tokens: 400), model, budget: policy.defaultBudget, now: .now, wallSeconds: wall)
        }
        let again = ModelMemory(spending: try SpendingStore.open(path: path))
        #expect(again.costMicros(caller, wallSeconds: wall) >= 400_000)
    }

    @Test func `remembers as many principals as it may, and refuses one more until one is at rest`() throws {
        let budgets = TokenBudgets(principalsMax: 2)
        let budget = ModelPolicy.Budget(tokensPerMinute: 60, costMicrosPerDay: nil)
        func reserve(_ name: String, _ second: UInt64) -> Bool {
            let principal = PrincipalKey(issuer: [], subject: Array(name.utf8))
            return
                (try? budgets.reserve(
                    principal, budget, tokens: 10, costMicros: 0,
                    now: MonotonicInstant(nanoseconds: second * 1_000_000_000), wallSeconds: 0)) != nil
        }
        #expect(reserve("a", 1) && reserve("b", 1) && !reserve("c", 1) && reserve("a", 1))
        #expect(reserve("c", 60))
    }
}

@Suite struct `A circuit breaker` {
    private let patience = ModelPolicy.Patience()
    private func at(_ seconds: UInt64) -> MonotonicInstant { MonotonicInstant(nanoseconds: seconds * 1_000_000_000) }

    /// What a breaker says at each of these seconds.
    private func admits(_ breaker: inout CircuitBreaker, _ seconds: UInt64...) -> [Bool] {
        seconds.map { breaker.admits(at($0)) }
    }

    @Test func `opens after failures in a row, tries once, and rests for longer each time`() {
        var breaker = CircuitBreaker()
        for _ in 0..<4 {
            #expect(admits(&breaker, 0) == [true])
            breaker.failed(at(0), retryAfter: nil, patience)
        }
        breaker.succeeded()
        for _ in 0..<5 { breaker.failed(at(0), retryAfter: nil, patience) }
        #expect(breaker.reopens(after: at(9)) == at(10))
        #expect(admits(&breaker, 9, 10, 10) == [false, true, false])
        breaker.failed(at(11), retryAfter: nil, patience)
        // Nobody reports back at 31: it is tried again after as long.
        #expect(admits(&breaker, 30, 31, 50, 51) == [false, true, false, true])
        breaker.succeeded()
        #expect(breaker.state == .closed(failures: 0))
    }

    @Test func `rests as long as the server asks, up to its bound`() {
        var breaker = CircuitBreaker()
        for _ in 0..<5 { breaker.failed(at(0), retryAfter: .seconds(100_000), patience) }
        #expect(admits(&breaker, 299, 300) == [false, true])
    }

    /// Every state that is reached by any sequence of six events: none lets more than one request in while it tries.
    @Test func `reaches no state in which it never opens again`() {
        var reached: Set<CircuitBreaker> = [CircuitBreaker()]
        for step in 1...6 {
            var next = reached
            for breaker in reached {
                let now = at(UInt64(step) * 20)
                var one = breaker
                _ = one.admits(now)
                var two = breaker
                two.succeeded()
                var three = breaker
                three.failed(now, retryAfter: nil, patience)
                next.formUnion([one, two, three])
            }
            reached = next
        }
        #expect(reached.count >= 8)
        for breaker in reached {
            var later = breaker
            let isAdmitted = later.admits(at(100_000))
            #expect(isAdmitted)
        }
    }
}

@Suite struct `Retry-After` {
    @Test(arguments: [
        ("0", 0), ("120", 120), ("99999999999999999999", 86_400), ("Sun, 06 Nov 1994 08:49:37 GMT", 7),
        ("Sun, 06 Nov 1994 08:49:20 GMT", 0), ("Tue, 06 Nov 2007 08:49:37 GMT", 86_400),
    ])
    func `is seconds or a date`(text: String, wanted: Int64) {
        #expect(RetryAfter.seconds(text, now: 784_111_770) == wanted)
    }

    @Test(arguments: ["", "soon", "-1", "1.5", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 31 Feb 1994 08:49:37 GMT"])
    func `of another form is none`(text: String) { #expect(RetryAfter.seconds(text, now: 0) == nil) }

    @Test func `pauses are random up to a bound that doubles`() {
        var patience = ModelPolicy.Patience()
        patience.attemptsMax = 5
        patience.pauseMax = .milliseconds(700)
        var schedule = RetrySchedule(patience)
        var bounds: [Duration?] = []
        for _ in 0..<5 {
            schedule.begin()
            bounds.append(schedule.pause(retryAfter: nil, left: .seconds(60)) { $0 - 1 })
        }
        #expect(bounds == [.milliseconds(250), .milliseconds(500), .milliseconds(700), .milliseconds(700), nil])
        var first = RetrySchedule(patience)
        first.begin()
        #expect(first.pause(retryAfter: .seconds(3), left: .seconds(60)) { _ in 0 } == .seconds(3))
        #expect(first.pause(retryAfter: .seconds(3), left: .seconds(3)) { _ in 0 } == nil)
    }
}
