internal import Auth
internal import LinuxIO
internal import Threading

/// Tokens that several admins agree on: what `portcullis token approve` and `token issue --approval` do.
extension TokenCommands {
    /// An approval and what it says.
    public struct Approval: Sendable {
        /// The compact form.
        public let text: String
        /// What is approved, for the person who approves it.
        public let summary: String

        fileprivate init(_ approval: TokenApproval) {
            text = String(decoding: approval.text, as: UTF8.self)
            let roles = approval.roles.map(\.description).joined(separator: ", ")
            let end = Timestamp.text(microseconds: approval.expires * 1_000_000)
            summary = "\(roles) for \(approval.subject) until \(end), because: \(approval.reason)"
        }
    }

    /// Approves a token as the first of several admins, once that is put down in `ledger`; the order's key is the admin's
    /// own.
    public static func approve(
        _ order: Order, reason: String, in ledger: IssuanceLedger
    ) throws(CommandFailure) -> Approval {
        let (signing, request) = try read(order)
        let approval: TokenApproval
        do throws(AuthError) {
            let draft = try signing.issuer.draft(request, now: WallClock.seconds)
            approval = try TokenApproval.sign(draft, reason: reason, by: signing.key)
        } catch {
            throw CommandFailure(error, subject: order.keyPath)
        }
        return try note(approval, in: ledger)
    }

    /// Approves what the approval in the file at `path` is for, as another admin, once that is put down in `ledger`.
    public static func approve(
        alsoWith path: String, keyPath: String, in ledger: IssuanceLedger
    ) throws(CommandFailure) -> Approval {
        let first = try readApproval(path)
        let approval: TokenApproval
        do throws(AuthError) {
            guard WallClock.seconds < first.expires else {
                throw .request(member: "approval", found: "one of a token that has ended", wanted: "a new one")
            }
            approval = try first.signed(by: try SigningKey.read(keyPath))
        } catch {
            throw unfit(error, path)
        }
        return try note(approval, in: ledger)
    }

    private static func note(
        _ approval: TokenApproval, in ledger: IssuanceLedger
    ) throws(CommandFailure) -> Approval {
        try ledger.note(TokenIssuance(.approve, [approval], user: .current, now: WallClock.seconds))
        return Approval(approval)
    }

    /// Issues the token that the approvals in the files at `paths` are for, once it is put down in `ledger`.
    /// - Parameter order: its roles must be those of the approvals; its subject, life, certificate, scope and session are
    ///   not looked at.
    /// - Returns: the token in its compact form.
    public static func issue(
        _ order: Order, approvals paths: [String], in ledger: IssuanceLedger
    ) throws(CommandFailure) -> String {
        var approvals: [TokenApproval] = []
        for path in paths { approvals.append(try readApproval(path)) }
        for (approval, path) in zip(approvals, paths) where approval.roles.map(\.description) != order.roles {
            throw CommandFailure(
                .data, path, "it is for the roles \(approval.roles.map(\.description).joined(separator: ", "))",
                mend: "name these with --role, or take an approval for the others")
        }
        let (signing, _) = try read(order)
        let now = WallClock.seconds
        let token: TokenIssuer.IssuedToken
        do throws(AuthError) { token = try signing.issuer.issue(approvals: approvals, now: now) } catch {
            throw unfit(error, paths.joined(separator: ", "))
        }
        try ledger.note(TokenIssuance(.issue, approvals, user: .current, now: now))
        return String(decoding: token.text, as: UTF8.self)
    }

    private static func readApproval(_ path: String) throws(CommandFailure) -> TokenApproval {
        let text = try readCompact(path)
        do throws(AuthError) { return try TokenApproval(parsing: text) } catch {
            throw unfit(error, path)
        }
    }

    /// What does not fit stands in the files, not on the command line.
    private static func unfit(_ error: AuthError, _ files: String) -> CommandFailure {
        guard case .request(let member, let found, let wanted) = error else {
            return CommandFailure(error, subject: files)
        }
        return CommandFailure(.data, files, "\(member): found \(found)", mend: "wanted \(wanted)")
    }
}
