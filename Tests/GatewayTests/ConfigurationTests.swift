import Agent
import Foundation
import JSON
import Testing

@testable import Gateway

@Suite struct `The settings` {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "policies/gateway.json5")

    private func parse(_ text: String) throws -> Configuration {
        try Configuration.parse(Array(text.utf8), file: "gateway.json5")
    }

    private let least = """
        { tokens: { issuers: [{ issuer: "i", audience: "a", keys: [{ file: "k", algorithm: "ES256" }] }] },
          signing: { issuer: "i", audience: "a", key: "k" } }
        """

    /// The members of a value with what they hold, apart from what has no default.
    private func members(of value: Any) -> [String: String] {
        let pairs = Mirror(reflecting: value).children.compactMap { child -> (String, String)? in
            guard let name = child.label,
                !["issuers", "issuer", "audience", "key"].contains(name) || value is Configuration.Listener
                    || value is Configuration.Tracing || value is Configuration.Sessions
                    || value is Configuration.Documents
            else { return nil }
            return (name, "\(child.value)")
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private func sections(of settings: Configuration) -> [(name: String, value: Any)] {
        [
            ("listener", settings.listener), ("metrics", settings.metrics), ("limits", settings.bounds),
            ("tokens", settings.tokens), ("signing", settings.signing as Any), ("policies", settings.policies),
            ("audit", settings.audit), ("state", settings.state), ("log", settings.log),
            ("tracing", settings.tracing), ("process", settings.process), ("redaction", settings.redaction),
            ("verification", settings.verification), ("embedding", settings.embedding),
            ("documents", settings.documents), ("sessions", settings.sessions), ("webhook", settings.webhook),
        ]
    }

    @Test func `each that is left out has the value of the shipped file`() throws {
        let text = try Data(contentsOf: Self.file)
        let shipped = sections(of: try Configuration.parse(Array(text), file: "gateway.json5"))
        let root = try JSONParser.parse(Array(text), dialect: .json5)
        for (section, defaults) in zip(shipped, sections(of: try parse(least))) {
            let (here, there) = (section.value, defaults.value)
            #expect(members(of: unwrapped(here)) == members(of: unwrapped(there)), "\(section.name)")
            // And each stands there, so that the file is their list.
            let node = try #require(root.members?.first { $0.name == Array(section.name.utf8) }?.node)
            #expect(node.members?.count == Mirror(reflecting: unwrapped(here)).children.count, "\(section.name)")
        }
        #expect(root.members?.count == shipped.count)
    }

    private func unwrapped(_ value: Any) -> Any {
        let mirror = Mirror(reflecting: value)
        return mirror.displayStyle == .optional ? mirror.children.first?.value ?? value : value
    }

    @Test func `a message is at most as long as the assistant takes`() throws {
        func settings(_ bytes: Int) throws -> Configuration {
            let brace = try #require(least.firstIndex(of: "{"))
            return try parse(
                "{ limits: { message_bytes_max: \(bytes) }," + least[least.index(after: brace)...])
        }
        let most = AgentLimits.textBytesMax
        #expect(try settings(most).bounds.messageBytesMax == most)
        #expect(throws: ConfigurationError.self) { try settings(most + 1) }
    }
}
