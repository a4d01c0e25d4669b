internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import OpenSSL
internal import Redaction

extension RevocationStore {
    /// Puts on record what the command issued and approved.
    func recordIssuances(of live: LiveServices, on edge: EdgeServer) {
        let (log, sealing) = (live.current.log, live.current.sealing)
        // Weak: the services hold this store.
        reportIssuances { [weak live] issuances, recorded in
            guard let redactor = live?.current.redactor else { return }
            edge.perform {
                do throws(AuditError) {
                    for issuance in issuances {
                        let seal = try await sealing?.seal(for: .token(issuance.subject))
                        let detail = AdminDetail(issuance, seal: seal) { redactor.redactForLog($0) }
                        _ = try await log.append(
                            .adminAction(
                                operator: nil, action: issuance.action, target: issuance.tokenID, detail: detail))
                    }
                    recorded()
                } catch {
                    // As with revocations: they come again at a start.
                }
            }
        }
    }
}

extension TokenIssuance {
    /// The action of its record.
    fileprivate var action: ReasonCode {
        switch act {
        case .issue: "token.issue_command"
        case .approve: "token.approve_command"
        }
    }
}

extension AdminDetail {
    fileprivate init(_ issuance: TokenIssuance, seal: RecordSeal?, redacting: ([UInt8]) -> [UInt8]) {
        let token = AdminDetail.token(
            subject: redacting(issuance.subject), roles: issuance.roles.map(\.bytes), audience: issuance.audience,
            expires: issuance.expires, certificate: issuance.certificate?.hex, issuer: issuance.issuer, seal: seal)
        self = .command(
            token, user: issuance.user.name, userNumber: issuance.user.number, moment: issuance.moment,
            approvals: issuance.reason.map { AdminApprovals(keys: issuance.approverKeys, reason: redacting($0)) })
    }
}
