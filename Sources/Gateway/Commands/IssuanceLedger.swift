internal import Auth

/// Where the command puts down what it is about to hand out, so that a gateway's log has it.
public enum IssuanceLedger: Sendable {
    /// The database of a gateway (`state.revocations`).
    case database(String)
    /// Nowhere: no log shows such a token before it is used.
    case unrecorded

    /// Puts it down. It is on disk when this returns.
    /// - Throws: `CommandFailure`; nothing may then be handed out.
    func note(_ issuance: TokenIssuance?) throws(CommandFailure) {
        guard case .database(let path) = self, let issuance else { return }
        do throws(AuthError) { try RevocationStore.note(issuance, path: path) } catch {
            guard case .storage(let file, let found, let mend) = error else {
                throw CommandFailure(error, subject: path)
            }
            throw CommandFailure(
                .inputOutput, file, found,
                mend: "\(mend). Nothing was issued: name the gateway's database with --database, or say --unrecorded")
        }
    }
}
