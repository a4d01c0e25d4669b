internal import Agent
internal import Audit
internal import JSON
internal import Threading

/// The jobs about conversations. Each may be done twice.
enum SessionJob {
    /// Names a conversation for its job: owner and name, since two principals may have chosen one name.
    static func key(of session: Session) -> [UInt8] {
        var key = session.id.bytes
        for part in [session.owner.issuer, session.owner.subject] { key += [0] + part }
        return key
    }

    private static func session(named key: [UInt8]) -> (id: [UInt8], owner: PrincipalKey)? {
        let parts = key.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false).map { Array($0) }
        guard parts.count == 3 else { return nil }
        return (parts[0], PrincipalKey(issuer: parts[1], subject: parts[2]))
    }

    /// Sums a conversation up whose window no longer holds all that was said.
    static func summarise(_ job: Job, _ services: Services) async -> JobOutcome {
        guard let store = services.sessionDesk?.store, let named = session(named: job.key) else { return .done }
        return await outcome { () async throws(AgentError) in
            guard let session = try await store.wantingSummary(named.id, of: named.owner) else { return }
            _ = try await store.summarise(session)
        }
    }

    /// Erases conversations in which nothing was said for too long, and the documents sent in them. That each is erased is on record first.
    static func retain(_ services: Services) async -> JobOutcome {
        guard let desk = services.sessionDesk else { return .done }
        return await retain(desk, services)
    }

    static func retain(_ desk: SessionDesk, _ services: Services) async -> JobOutcome {
        let moment = WallClock.microseconds - desk.retention.components.seconds * 1_000_000
        do throws(AgentError) {
            for session in try await desk.store.idle(since: moment) {
                do throws(AuditError) {
                    _ = try await services.log.append(
                        .adminAction(operator: nil, action: "session.retention", target: session.id.bytes))
                } catch {
                    return .failed(reason: "what is to be erased cannot be recorded: \(error)")
                }
                // Before the conversation, by which they are found again where this fails.
                do throws(DocumentError) {
                    try await services.documents?.store.erase(.session(session.owner, session.id))
                } catch {
                    return .failed(reason: "the documents of a conversation cannot be erased: \(error)")
                }
                try await desk.store.erase(session)
                services.sessions.forget(
                    SessionKey(
                        issuer: session.owner.issuer, subject: session.owner.subject, session: session.id.bytes))
            }
            return .done
        } catch {
            return .failed(reason: "\(error)")
        }
    }

    /// Forgets the figures of days that no report can ask for.
    static func dropOldUsage(_ services: Services) async -> JobOutcome {
        guard let store = services.sessionDesk?.store else { return .done }
        return await outcome { () async throws(AgentError) in try await store.dropOldUsage() }
    }

    private static func outcome(_ body: () async throws(AgentError) -> Void) async -> JobOutcome {
        do throws(AgentError) {
            try await body()
            return .done
        } catch {
            return .failed(reason: "\(error)")
        }
    }
}
