/// How often one customer was guessed for, or one caller guessed wrong, and until when no further guess is taken.
///
/// A guess is paid for before it is judged: what is written down first cannot be guessed past by answers in parallel, by a
/// kill between judging and writing, or by a disk that is full. A right answer gets its price back.
///
/// ```
///          reserve               reserve, the last that may be
///   open ──────────► open, one more        ──────────► locked ── until ──► open, with one lock behind it
///          settleRight takes the last one back, with the lock that it brought
/// ```
public struct GuessLedger: Hashable, Sendable {
    /// Bounds, in seconds and guesses.
    public struct Bounds: Hashable, Sendable {
        /// Wrong guesses before a lock: 1 to 100.
        public let guessesMax: Int
        /// Seconds of quiet after which wrong guesses are forgotten.
        public let memorySeconds: Int64
        /// Seconds of the first lock; each lock after it is twice as long.
        public let lockSeconds: Int64
        /// Seconds of the longest lock. Locks are forgotten after as long a quiet again.
        public let lockSecondsMax: Int64

        /// Bounds.
        /// - Throws: `AuthError.setting` where one is out of its range.
        public init(
            guessesMax: Int, memorySeconds: Int64, lockSeconds: Int64, lockSecondsMax: Int64
        ) throws(AuthError) {
            guard (1...100).contains(guessesMax) else {
                throw .setting(name: "guesses", found: "\(guessesMax)", wanted: "1 to 100")
            }
            guard memorySeconds > 0, lockSeconds > 0, (lockSeconds...Self.secondsMax).contains(lockSecondsMax),
                memorySeconds <= Self.secondsMax
            else {
                throw .setting(
                    name: "lock", found: "\(lockSeconds) to \(lockSecondsMax) s, remembered \(memorySeconds) s",
                    wanted: "1 s to a year, the longest lock not shorter than the first")
            }
            self.guessesMax = guessesMax
            self.memorySeconds = memorySeconds
            self.lockSeconds = lockSeconds
            self.lockSecondsMax = lockSecondsMax
        }

        static let secondsMax: Int64 = 31_536_000
    }

    /// What becomes of a guess.
    public enum Verdict: Hashable, Sendable {
        /// It is paid for and may be judged, once this ledger is written down. The number is for `settleRight`.
        case judge(charge: Int)
        /// It is not taken before this second since 1970.
        case locked(until: Int64)
    }

    /// Guesses paid for since the last lock or the last quiet.
    public private(set) var guesses: Int
    /// Locks since the last long quiet.
    public private(set) var locks: Int
    /// The second of the last guess; of what never was, long ago.
    public private(set) var last: Int64
    /// The second at which the last lock ends or ended; 0 for none.
    public private(set) var lockedUntil: Int64
    /// How often `guesses` began anew: a price is given back only to the count that it was paid into.
    public private(set) var epoch: Int

    /// A ledger without a guess.
    public init() { self.init(guesses: 0, locks: 0, last: 0, lockedUntil: 0, epoch: 0) }

    /// A ledger as it was written down.
    public init(guesses: Int, locks: Int, last: Int64, lockedUntil: Int64, epoch: Int) {
        self.guesses = guesses
        self.locks = locks
        self.last = last
        self.lockedUntil = lockedUntil
        self.epoch = epoch
    }

    /// Whether there is nothing in it that matters at `now`, so that it need not be kept.
    public func isIdle(at now: Int64, _ bounds: Bounds) -> Bool {
        var ledger = self
        ledger.forget(now, bounds)
        return ledger.guesses == 0 && ledger.locks == 0 && ledger.lockedUntil <= now
    }

    /// Takes the price of one guess.
    public mutating func reserve(at now: Int64, _ bounds: Bounds) -> Verdict {
        guard lockedUntil <= now else { return .locked(until: lockedUntil) }
        forget(now, bounds)
        guesses += 1
        // A clock that was put back forgets nothing.
        last = max(last, now)
        let charge = epoch
        if guesses >= bounds.guessesMax {
            lockedUntil = now + lockLength(bounds)
            locks += 1
            guesses = 0
            epoch += 1
        }
        return .judge(charge: charge)
    }

    /// Gives back the price of a guess that was right: to the count that it was paid into, if that still runs or is the one
    /// that the lock now in force came of, which then ends.
    /// - Parameters:
    ///   - charge: as `reserve` gave it.
    ///   - forgivesSlips: whether the wrong guesses before it are forgotten too. For a customer they were his own slips; a
    ///     caller who knows one customer's answer must not buy guesses at another's with it.
    public mutating func settleRight(charge: Int, forgivesSlips: Bool, _ bounds: Bounds) {
        if charge == epoch {
            guesses = max(0, guesses - 1)
        } else if charge + 1 == epoch && guesses == 0 {
            (epoch, guesses, locks, lockedUntil) = (charge, bounds.guessesMax - 1, locks - 1, 0)
        } else {
            return
        }
        if forgivesSlips { guesses = 0 }
    }

    private mutating func forget(_ now: Int64, _ bounds: Bounds) {
        if guesses > 0 && now - last >= bounds.memorySeconds { (guesses, epoch) = (0, epoch + 1) }
        if now - max(last, lockedUntil) >= bounds.lockSecondsMax { locks = 0 }
    }

    private func lockLength(_ bounds: Bounds) -> Int64 {
        var length = bounds.lockSeconds
        for _ in 0..<min(locks, 30) where length < bounds.lockSecondsMax { length *= 2 }
        return min(length, bounds.lockSecondsMax)
    }
}
