internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import Telemetry

extension Composition {
    /// Opens the store of revocations. A gateway that cannot read it does not start: it would let in what was taken back.
    func openRevocations(_ observation: Observation) throws(CommandFailure) -> RevocationStore {
        let file = path(configuration.state.revocations)
        do throws(AuthError) {
            return try RevocationStore.open(path: file, lifeSecondsMax: Int64(configuration.tokens.lifeMaxSeconds)) {
                observation.note($0)
            }
        } catch {
            throw CommandFailure(error, subject: file)
        }
    }

    /// What is taken back now, for a command that judges a token; nothing where no gateway has made the database yet.
    func readRevocations() throws(CommandFailure) -> RevocationList {
        let file = path(configuration.state.revocations)
        guard SmallFile.exists(file) else { return RevocationList() }
        do throws(AuthError) {
            return RevocationList(try RevocationStore.entries(path: file).map(\.revocation))
        } catch {
            throw CommandFailure(error, subject: file)
        }
    }
}

extension Observation {
    /// Tells of the database of revocations.
    func note(_ event: RevocationStore.Event) {
        switch event {
        case .unreadable(let message):
            say(
                .error, "revocations_unreadable",
                "\(message). What was read last stays in force for \(AuthLimits.revocationsStaleSecondsMax) s, then every "
                    + "token is refused")
        case .readable: say(.warning, "revocations_readable", "the database of revocations can be read again")
        }
    }
}

extension RevocationStore {
    /// Puts on record what the command revoked, as soon as it is in force here.
    func recordForeign(in log: AuditLog, on edge: EdgeServer) {
        reportForeign { revocations, recorded in
            edge.perform {
                do throws(AuditError) {
                    for revocation in revocations {
                        _ = try await log.append(
                            .adminAction(
                                operator: nil, action: "token.revoke", target: revocation.recordTarget,
                                detail: AdminDetail(revocation)))
                    }
                    recorded()
                } catch {
                    // The log says what is wrong with it by itself. What is not noted as recorded comes again at a start.
                }
            }
        }
    }
}

extension AdminDetail {
    init(_ revocation: Revocation) {
        self = .revocation(issuer: revocation.issuer, issuedBefore: revocation.issuedBefore)
    }
}
