internal import Gateway

/// Where `token issue` and `token approve` put down what they hand out.
enum IssuanceOptions {
    private static let database = Option(
        "database", "FILE", "the gateway's database (state.revocations)", fallback: "var/revocations.db")
    private static let unrecorded = Option(
        flag: "unrecorded", "where there is no gateway: no audit log will show this before the token is used")

    static let all = [database, unrecorded]
    static let statuses: [(Int32, String)] = [
        (74, "there is no database, or it cannot be read and written: nothing was issued"),
        (75, "as many as may be wait for the gateway's log: nothing was issued"),
    ]

    /// - Parameter what: what no log will show, for the warning.
    static func ledger(_ arguments: Arguments, _ what: String) throws(CommandFailure) -> IssuanceLedger {
        guard arguments.has(unrecorded) else { return .database(try arguments.text(database)) }
        try arguments.refuse([database], "is where --unrecorded puts nothing down")
        Console.writeError("warning: no audit log shows that \(what), until the token is used\n")
        return .unrecorded
    }
}
