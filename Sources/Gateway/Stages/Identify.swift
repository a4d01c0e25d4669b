internal import Auth

/// Whoever is at the other end, as the certificate says; nobody where the listener asks for none.
struct Caller: Sendable {
    let certificate: CertificateIdentity?

    fileprivate init(_ certificate: CertificateIdentity?) { self.certificate = certificate }
}

extension Pipeline {
    /// Stage `identify`: the client certificate, which the handshake has verified, to a name.
    /// - Throws: `Refusal` when it has no name that can be used.
    func identify(_ connection: ConnectionContext) throws(Refusal) -> Caller {
        switch connection.identity {
        case nil: return Caller(nil)
        case .success(let identity): return Caller(identity)
        case .failure(let refusal): throw Refusal(refusal)
        }
    }
}
