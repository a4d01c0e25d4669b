internal import Agent
internal import Audit
internal import Auth
internal import Edge

/// What conversations that are kept need: their store, and what is counted of them.
final class SessionDesk: Sendable {
    let store: SessionStore
    let keyring: ContentKeyring
    let usage = UsageCounters()
    /// How long a conversation is kept in which nothing is said.
    let retention: Duration

    init(store: SessionStore, keyring: ContentKeyring, retention: Duration) {
        self.store = store
        self.keyring = keyring
        self.retention = retention
    }
}

extension Pipeline {
    /// - Throws: `Refusal`: `503` where this gateway keeps no conversations.
    func sessionDesk() throws(Refusal) -> SessionDesk {
        guard let desk = services.sessionDesk else {
            var refusal = Refusal(problem: .unavailable, reason: "sessions_off", kind: .failure)
            refusal.detail = "this gateway keeps no conversations: its operator sets sessions.key"
            throw refusal
        }
        return desk
    }

    /// A conversation of the caller's. Somebody else's does not exist.
    /// - Throws: `Refusal`: `404`.
    func session(_ id: SessionID, of token: VerifiedToken) async throws(Refusal) -> SessionContent {
        let store = try sessionDesk().store
        let found = try await agent { () async throws(AgentError) in
            try await store.session(id, of: PrincipalKey(issuer: token.issuer, subject: token.subject))
        }
        guard let found else { throw Refusal.sessionUnknown }
        return found
    }

    /// Runs `body` and turns the assistant's error into a refusal.
    func agent<Value: Sendable>(
        _ body: () async throws(AgentError) -> Value
    ) async throws(Refusal) -> Value {
        do throws(AgentError) { return try await body() } catch { throw Refusal(error) }
    }
}
