import Foundation
import Testing

/// The unit file that is shipped, against the program that it starts.
@Suite struct `The systemd unit` {
    private static let unit = String(
        decoding: contents(of: Place.root.path + "/packaging/systemd/portcullis.service"), as: UTF8.self)

    /// The values of a directive, in order.
    private func values(_ name: String) -> [String] {
        Self.unit.split(separator: "\n").filter { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    @Test func `starts the program with options that it has, and hears when it is ready`() async throws {
        let scratch = try Scratch()
        let help = try await portcullis("serve", "--help", scratch: scratch).text
        let words = try #require(values("ExecStart").first).split(separator: " ").map(String.init)
        #expect(words.prefix(2) == ["/usr/bin/portcullis", "serve"])
        let options = words.filter { $0.hasPrefix("--") }
        #expect(!options.isEmpty)
        for option in options { #expect(help.contains("  \(option) "), "\(option)") }
        #expect(values("Type") == ["notify"])
        // The second signal that systemd would send must come after the drain, and a kill after the log is closed.
        let policies = String(decoding: contents(of: Place.root.path + "/policies/gateway.json5"), as: UTF8.self)
        let drain = try #require(policies.firstMatch(of: #/drain_ms: (\d+)/#)).1
        let patience = try #require(values("TimeoutStopSec").first.flatMap { Int($0) })
        #expect(patience * 1000 >= (Int(drain) ?? .max) + 5000)
    }

    @Test func `does not restart what does not mend itself, by statuses that the program has`() async throws {
        let scratch = try Scratch()
        let help = try await portcullis("serve", "--help", scratch: scratch).text
        let statuses = try #require(values("RestartPreventExitStatus").first).split(separator: " ")
        for status in statuses { #expect(help.contains("\n  \(status)"), "\(status) in \(help)") }
        for status in ["70", "74", "75"] { #expect(!statuses.contains(Substring(status))) }
    }

    @Test func `lets the program make its own sandbox`() {
        let calls = values("SystemCallFilter").joined(separator: " ")
        for call in ["seccomp", "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "capset"] {
            #expect(calls.contains(call))
        }
        #expect(values("CapabilityBoundingSet") == ["CAP_NET_BIND_SERVICE"])
    }
}

/// The unit that ships the log, against the program that it starts.
@Suite struct `The systemd unit of shipping` {
    private static let unit = String(
        decoding: contents(of: Place.root.path + "/packaging/systemd/portcullis-ship.service"), as: UTF8.self)

    private func values(_ name: String) -> [String] {
        Self.unit.split(separator: "\n").filter { $0.hasPrefix(name + "=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    @Test func `starts the program with options and statuses that it has`() async throws {
        let help = try await portcullis("audit", "ship", "--help", scratch: try Scratch()).text
        let words = try #require(values("ExecStart").first).split(separator: " ").map(String.init)
        #expect(words.prefix(3) == ["/usr/bin/portcullis", "audit", "ship"])
        let options = words.filter { $0.hasPrefix("--") }
        #expect(options == ["--config", "--state"])
        for option in options { #expect(help.contains("  \(option) "), "\(option)") }
        let statuses = try #require(values("RestartPreventExitStatus").first).split(separator: " ")
        for status in statuses { #expect(help.contains("\n  \(status)"), "\(status) in \(help)") }
        for status in ["74", "75"] { #expect(!statuses.contains(Substring(status))) }
    }

    @Test func `can write nothing but the ledger's folder, and reads no key`() {
        #expect(values("ProtectSystem") == ["strict"])
        #expect(values("ReadWritePaths") == ["/var/lib/portcullis/var/state"])
        let hidden = values("InaccessiblePaths").joined(separator: " ")
        for path in ["certs", "var/state/log.key", "var/state/keys", "var/state/subjects"] {
            #expect(hidden.contains("-/var/lib/portcullis/\(path)"))
        }
        #expect(values("CapabilityBoundingSet") == [""])
    }
}
