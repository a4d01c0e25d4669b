internal import Synchronization
internal import Threading

/// What principals have used of their models' tokens and money, and whether they may use more.
///
/// Tokens a minute: a bucket that holds a minute's tokens and fills at that pace. Money a day: a sum that begins anew at
/// midnight, UTC. A request reserves what it may take at most and settles what it took.
final class TokenBudgets: Sendable {
    /// What was reserved; it goes back to `settle`, once.
    struct Reservation: Hashable, Sendable {
        let principal: PrincipalKey
        let day: Int64
        let tokens: Int
        let costMicros: Int64
    }

    private struct Account {
        /// Tokens that are used and not yet forgiven, at `since`.
        var used: Double = 0
        var since: MonotonicInstant
        var day: Int64 = 0
        /// Spent and reserved on `day`.
        var costMicros: Int64 = 0
    }

    private let principalsMax: Int
    private let accounts: Mutex<[PrincipalKey: Account]>

    init(principalsMax: Int = AgentLimits.budgetedPrincipalsMax) {
        self.principalsMax = principalsMax
        accounts = Mutex([:])
    }

    /// Notes what was spent before the start.
    func restore(_ spent: [PrincipalKey: Int64], day: Int64, now: MonotonicInstant) {
        accounts.withLock { accounts in
            for (principal, micros) in spent where accounts.count < principalsMax || accounts[principal] != nil {
                accounts[principal, default: Account(since: now)].day = day
                accounts[principal]?.costMicros += micros
            }
        }
    }

    /// Reserves `tokens` and `costMicros` within `budget`.
    ///
    /// A request that asks for more tokens than a minute has is let in by a full bucket, which then takes longer to fill: else
    /// it could never be made. Of money nothing is lent.
    /// - Throws: `.budget`
    func reserve(
        _ principal: PrincipalKey, _ budget: ModelPolicy.Budget, tokens: Int, costMicros: Int64,
        now: MonotonicInstant, wallSeconds: Int64
    ) throws(ModelError) -> Reservation {
        let (day, second) = (wallSeconds / Self.daySeconds, wallSeconds % Self.daySeconds)
        let wait = accounts.withLock { accounts -> Int? in
            if accounts[principal] == nil, accounts.count >= principalsMax { Self.forget(&accounts, now, day, budget) }
            guard accounts.count < principalsMax || accounts[principal] != nil else { return 60 }
            var account = accounts[principal] ?? Account(since: now)
            if account.day != day { (account.day, account.costMicros) = (day, 0) }
            if let rate = budget.tokensPerMinute {
                account.used = Self.used(account, rate: rate, now)
                account.since = now
                let excess = account.used + Double(min(tokens, rate)) - Double(rate)
                if excess > 0.000_001 || rate == 0 {
                    return rate == 0 ? 60 : Int((excess * 60 / Double(rate)).rounded(.up))
                }
            }
            if let bound = budget.costMicrosPerDay, account.costMicros + costMicros > bound {
                return Int(Self.daySeconds - second)
            }
            account.used += Double(tokens)
            account.costMicros += costMicros
            accounts[principal] = account
            return nil
        }
        if let wait { throw .budget(retryAfterSeconds: max(wait, 1)) }
        return Reservation(principal: principal, day: day, tokens: tokens, costMicros: costMicros)
    }

    /// Replaces what was reserved by what was taken.
    func settle(_ reservation: Reservation, tokens: Int, costMicros: Int64) {
        accounts.withLock { accounts in
            guard var account = accounts[reservation.principal] else { return }
            account.used = max(0, account.used + Double(tokens - reservation.tokens))
            if account.day == reservation.day {
                account.costMicros = max(0, account.costMicros + costMicros - reservation.costMicros)
            }
            accounts[reservation.principal] = account
        }
    }

    /// Millionths that `principal` has spent or reserved on the day of `wallSeconds`.
    func costMicros(_ principal: PrincipalKey, wallSeconds: Int64) -> Int64 {
        accounts.withLock { accounts in
            guard let account = accounts[principal], account.day == wallSeconds / Self.daySeconds else { return 0 }
            return account.costMicros
        }
    }

    private static let daySeconds: Int64 = 86_400

    private static func used(_ account: Account, rate: Int, _ now: MonotonicInstant) -> Double {
        let minutes = Double(now.microseconds(since: account.since)) / 60_000_000
        return max(0, account.used - minutes * Double(rate))
    }

    /// Drops those who have used nothing that still counts.
    private static func forget(
        _ accounts: inout [PrincipalKey: Account], _ now: MonotonicInstant, _ day: Int64, _ budget: ModelPolicy.Budget
    ) {
        accounts = accounts.filter { _, account in
            (account.day == day && account.costMicros > 0)
                || used(account, rate: budget.tokensPerMinute ?? .max, now) > 0
        }
    }
}
