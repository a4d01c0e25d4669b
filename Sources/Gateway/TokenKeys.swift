internal import Auth
internal import Synchronization

/// The keys of our own tokens while the gateway serves: what signs now and what is published. `TokenKeyWatch` changes them.
final class TokenKeys: Sendable {
    /// A file with the keys of one issuer's tokens.
    struct KeySet: Sendable {
        /// The value of `iss`.
        let issuer: String
        let file: String
    }

    private struct State: Sendable {
        var issuer: TokenIssuer?
        var published: PublishedKeys?
    }

    private let state: Mutex<State>

    /// Keys that do not change.
    init(issuer: TokenIssuer?, published: PublishedKeys?) {
        state = Mutex(State(issuer: issuer, published: published))
    }

    /// Who signs; nil where this gateway issues no tokens.
    var issuer: TokenIssuer? { state.withLock { $0.issuer } }

    /// The JWK set to publish at `now`; nil where this gateway issues no tokens.
    func publishedSet(at now: Int64) -> [UInt8]? { state.withLock { $0.published }?.text(at: now) }

    func take(_ issuer: TokenIssuer, _ published: PublishedKeys) {
        state.withLock { $0 = State(issuer: issuer, published: published) }
    }
}
