import Foundation

/// A TLS connection by `openssl s_client`, for bytes that curl would not send.
final class TLSClient: Sendable {
    let child: Child

    /// Connects; the handshake may fail, which `child` then tells.
    /// - Parameter quiet: only the peer's bytes on standard output; else the session's description too.
    init(
        _ gateway: GatewayProcess, identity: Identity?, options: [String] = [], quiet: Bool = true
    ) throws {
        var words = ["s_client", "-connect", "127.0.0.1:\(gateway.port)"]
        words += ["-CAfile", gateway.deployment.authority.certificate]
        if let identity { words += ["-cert", identity.certificate, "-key", identity.key] }
        if quiet { words += ["-quiet", "-no_ign_eof"] }
        child = try Child("openssl", words + options, scratch: gateway.deployment.scratch, interactive: true)
    }

    deinit { child.signal(SIGKILL) }

    /// Sends bytes as they are.
    func send(_ text: String) { child.send(Array(text.utf8)) }

    /// All that the peer sent, once `condition` holds of it or the connection ended.
    func receive(
        within limit: Duration = .seconds(20), until condition: (String) -> Bool = { _ in false }
    ) async -> String {
        _ = await eventually(within: limit) {
            child.ending != nil || condition(String(decoding: child.output, as: UTF8.self))
        }
        return String(decoding: child.output, as: UTF8.self)
    }

    /// Whether the peer closes the connection within `limit`.
    func isClosed(within limit: Duration = .seconds(20)) async -> Bool {
        await eventually(within: limit) { child.ending != nil }
    }
}

extension GatewayProcess {
    /// Sends `text` over a connection of its own and gives all that came back once the gateway closed it.
    func exchange(_ text: String, within limit: Duration = .seconds(30)) async throws -> String {
        let client = try TLSClient(self, identity: customer.identity)
        client.send(text)
        return await client.receive(within: limit)
    }
}
