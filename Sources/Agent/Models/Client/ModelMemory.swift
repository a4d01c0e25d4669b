internal import Synchronization
internal import Threading

/// What is remembered of servers and principals while policies come and go.
public final class ModelMemory: Sendable {
    private let breakers = Mutex<[String: CircuitBreaker]>([:])
    private let budgets = TokenBudgets()
    private let spending: SpendingStore?
    private let unsettled = Mutex(UInt64(0))

    /// - Parameter spending: where what a day costs is kept; nil where no budget bounds it.
    public init(spending: SpendingStore?) {
        self.spending = spending
        if let spending {
            budgets.restore(spending.spentAtStart, day: spending.dayAtStart, now: .now)
        }
    }

    /// Requests whose cost could not be written down when it was known: the day's sum on disk is too high by what they did not
    /// use.
    public var unsettledCount: UInt64 { unsettled.withLock { $0 } }

    /// The servers that are left alone now.
    public var restingServers: [String] { restingServers(.now) }

    func restingServers(_ now: MonotonicInstant) -> [String] {
        breakers.withLock { breakers in
            breakers.filter { $0.value.reopens(after: now) != nil }.map(\.key).sorted()
        }
    }

    // MARK: Servers

    /// Whether `server` is to be left alone, and for how many seconds; nil where it may be asked, which is then reported.
    func turnsAway(_ server: String, _ now: MonotonicInstant) -> Int? {
        breakers.withLock { breakers in
            if breakers[server, default: CircuitBreaker()].admits(now) { return nil }
            let microseconds = breakers[server]?.reopens(after: now)?.microseconds(since: now) ?? 0
            return Int(microseconds / 1_000_000) + 1
        }
    }

    func succeeded(_ server: String) { breakers.withLock { $0[server, default: CircuitBreaker()].succeeded() } }

    func failed(
        _ server: String, _ now: MonotonicInstant, retryAfter: Duration?, _ patience: ModelPolicy.Patience
    ) {
        breakers.withLock { $0[server, default: CircuitBreaker()].failed(now, retryAfter: retryAfter, patience) }
    }

    // MARK: Budgets

    /// Reserves the most that `request` may take, on disk where it costs money that a budget bounds.
    /// - Throws: `.budget`; `.unavailable` where it cannot be written down, since what cannot be counted is not spent.
    func reserve(
        _ request: ChatRequest, _ model: ModelPolicy.Model, budget: ModelPolicy.Budget, now: MonotonicInstant,
        wallSeconds: Int64
    ) async throws(ModelError) -> ModelBill {
        let prompt = TokenEstimate.tokens(request)
        let answer = min(request.answerTokensMax, model.answerTokensMax)
        let reservation = try budgets.reserve(
            request.principal, budget, tokens: prompt + answer,
            costMicros: model.cost(promptTokens: prompt, answerTokens: answer), now: now, wallSeconds: wallSeconds)
        let bill = ModelBill(
            model: model, promptTokens: prompt, reservation: reservation,
            isOnDisk: budget.costMicrosPerDay != nil && reservation.costMicros > 0)
        guard bill.isOnDisk, let spending else { return bill }
        do throws(AgentError) {
            try await spending.add(reservation.costMicros, reservation.principal, day: reservation.day)
        } catch {
            budgets.settle(reservation, tokens: 0, costMicros: 0)
            throw .unavailable(retryAfterSeconds: nil)
        }
        return bill
    }

    /// Replaces what was reserved by what was used.
    func settle(_ bill: ModelBill, _ usage: TokenUsage) async {
        let reservation = bill.reservation
        budgets.settle(
            reservation, tokens: usage.promptTokens + usage.answerTokens, costMicros: usage.costMicros)
        guard bill.isOnDisk, let spending else { return }
        do throws(AgentError) {
            try await spending.add(
                usage.costMicros - reservation.costMicros, reservation.principal, day: reservation.day)
        } catch {
            // What was reserved stays: too much is counted, never too little. The answer is paid for and is not lost over it.
            unsettled.withLock { $0 += 1 }
        }
    }

    /// Millionths that a principal has spent or reserved today.
    func costMicros(_ principal: PrincipalKey, wallSeconds: Int64) -> Int64 {
        budgets.costMicros(principal, wallSeconds: wallSeconds)
    }
}

/// What one request to one model may take, and what its failed attempts took. It belongs to one task.
final class ModelBill {
    let model: ModelPolicy.Model
    /// Estimated.
    let promptTokens: Int
    let reservation: TokenBudgets.Reservation
    let isOnDisk: Bool
    private(set) var lost = TokenUsage()

    init(model: ModelPolicy.Model, promptTokens: Int, reservation: TokenBudgets.Reservation, isOnDisk: Bool) {
        self.model = model
        self.promptTokens = promptTokens
        self.reservation = reservation
        self.isOnDisk = isOnDisk
    }

    /// An attempt failed. Where the server had begun to answer, it has read the request and will want to be paid for it.
    func lose(textBytes: Int) {
        guard textBytes > 0 else { return }
        let answer = (textBytes + 3) / 4
        lost = lost.adding(
            TokenUsage(
                promptTokens: promptTokens, answerTokens: answer,
                costMicros: model.cost(promptTokens: promptTokens, answerTokens: answer)))
    }
}

/// The keys and CA files of a policy's servers, read and checked.
public struct ModelAccess: Sendable {
    let keys: [String: ModelKey]
    let caFiles: [String: String]

    /// Reads the keys of the servers that `policy` calls.
    /// - Parameters:
    ///   - path: makes a path of the policy's absolute.
    ///   - variable: a variable of the process's environment; nil where it is not set.
    /// - Throws: `.policy`
    public init(
        _ policy: ModelPolicy, path: (String) -> String, variable: (String) -> [UInt8]?
    ) throws(AgentError) {
        var keys: [String: ModelKey] = [:]
        var caFiles: [String: String] = [:]
        for server in policy.calledServers {
            if let source = server.key { keys[server.name] = try ModelKey.read(source, path: path, variable: variable) }
            if let file = server.caFile { caFiles[server.name] = path(file) }
        }
        self.keys = keys
        self.caFiles = caFiles
    }
}
