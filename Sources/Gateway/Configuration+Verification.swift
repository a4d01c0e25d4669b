internal import Auth
internal import JSON

extension Configuration {
    /// How the bank's customers prove who they are. Nobody can be verified while neither key nor database is there.
    public struct Verification: Sendable {
        var key = "certs/customers.key"
        var challengeSeconds = 300
        var answersMax = 3
        var verifiedSeconds = 900
        var sessionsMax = 10_000
        var customerGuessesMax = 5
        var callerGuessesMax = 20
        var memorySeconds = 3600
        var lockSeconds = 900
        var lockSecondsMax = 86_400
    }

    private static let verificationMembers = [
        "key", "challenge_s", "answers_max", "verified_s", "sessions_max", "customer_guesses_max",
        "caller_guesses_max", "memory_s", "lock_s", "lock_max_s",
    ]

    mutating func readVerification(_ root: JSONObject) throws(JSONShapeError) {
        guard let object = try root.optionalObject("verification", allowing: Self.verificationMembers) else { return }
        try object.set("key", &verification.key)
        try object.set("challenge_s", &verification.challengeSeconds, in: 1...3600)
        try object.set("answers_max", &verification.answersMax, in: 1...10)
        try object.set("verified_s", &verification.verifiedSeconds, in: 1...86_400)
        try object.set("sessions_max", &verification.sessionsMax, in: 1...100_000)
        try object.set("customer_guesses_max", &verification.customerGuessesMax, in: 1...100)
        try object.set("caller_guesses_max", &verification.callerGuessesMax, in: 1...100)
        try object.set("memory_s", &verification.memorySeconds, in: 1...31_536_000)
        try object.set("lock_s", &verification.lockSeconds, in: 1...31_536_000)
        try object.set("lock_max_s", &verification.lockSecondsMax, in: 1...31_536_000)
        guard verification.lockSecondsMax >= verification.lockSeconds else {
            throw object.error(
                "lock_max_s", found: "\(verification.lockSecondsMax)",
                wanted: "at least lock_s, \(verification.lockSeconds)")
        }
    }
}

extension VerificationDesk.Bounds {
    /// The bounds of the settings, whose ranges are checked.
    init(_ settings: Configuration.Verification) throws(AuthError) {
        func ledger(_ guessesMax: Int) throws(AuthError) -> GuessLedger.Bounds {
            try GuessLedger.Bounds(
                guessesMax: guessesMax, memorySeconds: Int64(settings.memorySeconds),
                lockSeconds: Int64(settings.lockSeconds), lockSecondsMax: Int64(settings.lockSecondsMax))
        }
        self.init(
            session: try VerificationSession.Bounds(
                challengeSeconds: Int64(settings.challengeSeconds), verifiedSeconds: Int64(settings.verifiedSeconds),
                answersMax: settings.answersMax),
            customer: try ledger(settings.customerGuessesMax), caller: try ledger(settings.callerGuessesMax),
            sessionsMax: settings.sessionsMax)
    }
}
