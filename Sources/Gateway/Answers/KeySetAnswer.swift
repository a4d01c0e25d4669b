internal import Audit
internal import Edge
internal import Threading

extension Pipeline {
    /// `GET /.well-known/jwks.json`: the keys that this gateway's tokens are verified with (RFC 7517 §5). Who verifies tokens
    /// needs none, so this asks for none; the connection and the address have been judged as for any other request.
    /// - Returns: nil for any other destination.
    func answerKeySet(_ destination: Destination) throws(Refusal) -> Reply? {
        guard destination.route == .jwks else { return nil }
        guard let set = services.tokenKeys?.publishedSet(at: WallClock.seconds) else {
            throw Refusal(problem: .notFound, reason: "token_issuer_missing")
        }
        return Reply(
            status: .ok, fields: [ResponseField("Content-Type", "application/jwk-set+json")], body: set)
    }
}
