extension RevocationStore {
    /// Puts down what the command is about to hand out, for the log of the gateway that has the database at `path`. It is
    /// on disk when this returns. It blocks.
    /// - Throws: `AuthError`: `.issuancesFull`, `.storage`, also where there is no file at `path`.
    public static func note(_ issuance: TokenIssuance, path: String) throws(AuthError) {
        try RevocationDatabase(path: path, makes: false).issuances.add(issuance)
    }

    /// Hands over what the command issued or approved and the log does not have: `report` gets it on the store's thread,
    /// once in this process, and calls what comes with it when the log has it.
    public func reportIssuances(
        _ report: @escaping @Sendable (_ issuances: [TokenIssuance], _ recorded: @escaping @Sendable () -> Void) -> Void
    ) {
        desk.reportIssuances(to: report)
    }
}
