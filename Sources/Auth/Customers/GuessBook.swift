internal import SQLite

/// The ledgers of guesses in the customers' database: a customer's, and a caller's.
extension CustomerDatabase {
    /// For whom and by whom a guess is made.
    struct Guess {
        let customer: CustomerReference
        let caller: [UInt8]
    }

    /// What a guess was paid with.
    struct Charge {
        let customer: Int, caller: Int
    }

    /// Until when no guess is taken; nil where one is.
    func lock(of guess: Guess, now: Int64) throws(AuthError) -> Int64? {
        let ends = [
            try ledger(guess.customer.bytes).lockedUntil, try ledger(guess.caller).lockedUntil,
        ]
        return ends.filter { $0 > now }.max()
    }

    /// Takes the price of a guess from customer and caller, on disk when this returns.
    /// - Throws: `VerificationRefusal`: `.locked`; `.guessesFull` where it cannot be written down; `.storage`.
    func reserve(
        _ guess: Guess, now: Int64, customer customerBounds: GuessLedger.Bounds, caller callerBounds: GuessLedger.Bounds
    ) throws(VerificationRefusal) -> Charge {
        let charge: Result<Charge, VerificationRefusal>
        do throws(AuthError) {
            charge = try transaction { () throws(AuthError) in
                var (customer, caller) = (try ledger(guess.customer.bytes), try ledger(guess.caller))
                let verdicts = (customer.reserve(at: now, customerBounds), caller.reserve(at: now, callerBounds))
                guard case (.judge(let customerCharge), .judge(let callerCharge)) = verdicts else {
                    return .failure(.locked(until: max(verdicts.0.lockEnd, verdicts.1.lockEnd)))
                }
                guard
                    try hasRoom(
                        for: guess, now: now, quiet: max(customerBounds.quietSeconds, callerBounds.quietSeconds))
                else { return .failure(.guessesFull) }
                try write(customer, guess.customer.bytes)
                try write(caller, guess.caller)
                return .success(Charge(customer: customerCharge, caller: callerCharge))
            }
        } catch {
            throw .storage(error)
        }
        return try charge.get()
    }

    /// Gives the price of a right guess back, and notes the step of its one-time code; on disk when this returns.
    func settleRight(
        _ guess: Guess, _ charge: Charge, usedStep: Int64?, now: Int64, customer customerBounds: GuessLedger.Bounds,
        caller callerBounds: GuessLedger.Bounds
    ) throws(AuthError) {
        try transaction { () throws(AuthError) in
            var (customer, caller) = (try ledger(guess.customer.bytes), try ledger(guess.caller))
            customer.settleRight(charge: charge.customer, forgivesSlips: true, customerBounds)
            caller.settleRight(charge: charge.caller, forgivesSlips: false, callerBounds)
            try keep(customer, guess.customer.bytes, now, customerBounds)
            try keep(caller, guess.caller, now, callerBounds)
            if let usedStep { try use(step: usedStep, of: guess.customer) }
        }
    }

    private func ledger(_ key: [UInt8]) throws(AuthError) -> GuessLedger {
        try first(
            "SELECT guesses, locks, last, locked_until, epoch FROM guesses WHERE key = ?1", [.blob(key)]
        ) { row in
            GuessLedger(
                guesses: Int(row.integer(0)), locks: Int(row.integer(1)), last: row.integer(2),
                lockedUntil: row.integer(3), epoch: Int(row.integer(4)))
        } ?? GuessLedger()
    }

    private func keep(
        _ ledger: GuessLedger, _ key: [UInt8], _ now: Int64, _ bounds: GuessLedger.Bounds
    ) throws(AuthError) {
        if ledger.isIdle(at: now, bounds) {
            try run("DELETE FROM guesses WHERE key = ?1", .blob(key))
        } else {
            try write(ledger, key)
        }
    }

    private func write(_ ledger: GuessLedger, _ key: [UInt8]) throws(AuthError) {
        try run(
            """
            INSERT OR REPLACE INTO guesses (key, guesses, locks, last, locked_until, epoch)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            """, .blob(key), .integer(Int64(ledger.guesses)), .integer(Int64(ledger.locks)), .integer(ledger.last),
            .integer(ledger.lockedUntil), .integer(Int64(ledger.epoch)))
    }

    /// Whether both ledgers have a place, after those that nothing depends on any more made theirs.
    private func hasRoom(for guess: Guess, now: Int64, quiet: Int64) throws(AuthError) -> Bool {
        let known = try count("guesses WHERE key IN (?1, ?2)", .blob(guess.customer.bytes), .blob(guess.caller))
        // Rows are counted only where one is added: that takes longer the more there are.
        guard known < 2 else { return true }
        let places = ledgersMax - (2 - known)
        guard try count("guesses") > places else { return true }
        guard now - lastPruned >= Self.pruneSeconds else { return false }
        lastPruned = now
        try run("DELETE FROM guesses WHERE max(last, locked_until) < ?1", .integer(now - quiet))
        return try count("guesses") <= places
    }

    /// A full table is gone through this often at most, in seconds.
    private static let pruneSeconds: Int64 = 10
}

extension GuessLedger.Bounds {
    /// Seconds after which a ledger tells nothing that matters.
    fileprivate var quietSeconds: Int64 { max(memorySeconds, lockSecondsMax) }
}

extension GuessLedger.Verdict {
    fileprivate var lockEnd: Int64 {
        switch self {
        case .judge: 0
        case .locked(let until): until
        }
    }
}
