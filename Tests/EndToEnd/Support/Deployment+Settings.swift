import Foundation
import Patience

/// The settings that tests change.
extension Deployment {
    /// Limits so high that tests sharing a gateway do not meet them.
    func raiseRateLimits() throws { try limit(everything: 1_000_000, asks: 1_000_000) }

    /// A limit that a few questions reach.
    func lowerAskLimit() throws { try limit(everything: 1_000_000, asks: 3) }

    private func limit(everything high: Int, asks: Int) throws {
        func rule(_ count: Int) -> String { "{ limit: \(count), window_s: 60, burst: \(count) }" }
        let classes = ["tickets", "read", "knowledge", "admin"].map { "\($0): \(rule(high)), " }.joined()
        let text = """
            { version: 1, classes: { ask: \(rule(asks)), \(classes) },
              address: \(rule(high)), failed_authentication: \(rule(high)) }
            """
        try write(text.utf8, to: policies + "/ratelimits.json5")
    }

    /// More patience, where everything is slow, with a request that a test leaves unfinished and then goes on with.
    func stretchTimeouts() throws {
        guard patienceFactor > 1 else { return }
        for (name, shipped) in [("body_ms", 30_000), ("rate_grace_ms", 5000), ("drain_ms", 25_000)] {
            try set(name, "\(shipped * patienceFactor)")
        }
    }

    /// The address at which clients come in.
    func changeListenerAddress(_ address: String) throws {
        let text = String(decoding: contents(of: configuration), as: UTF8.self)
        guard let line = text.firstMatch(of: #/address: "[0-9.]+"/#) else {
            throw ChildFailure(description: "\(configuration): there is no address")
        }
        try write(text.replacingCharacters(in: line.range, with: "address: \"\(address)\"").utf8, to: configuration)
    }

    /// Time-outs of a second or two in place of many.
    func shortenTimeouts() throws {
        for name in ["handshake_ms", "header_ms", "body_ms", "idle_ms", "write_ms"] { try set(name, "1500") }
    }
}
