import Foundation

/// The roles that are shipped.
enum Role: String, CaseIterable, Sendable {
    case customer
    case agent
    case admin
    case auditor
    case service
}

/// A gateway's folder: certificates, tokens, policies and state, as `make run` makes them.
struct Deployment: Sendable {
    let scratch: Scratch

    /// The folder given to `--state`.
    var state: String { scratch.file("state") }
    var policies: String { scratch.file("policies") }
    var configuration: String { policies + "/gateway.json5" }
    var certificates: String { state + "/certs" }
    var logDirectory: String { state + "/var/audit" }
    var database: String { state + "/var/knowledge.db" }
    var authority: Identity { Identity(certificate: certificates + "/ca.crt", key: certificates + "/ca.key") }

    func identity(_ role: Role) -> Identity {
        let base = certificates + "/clients/" + role.rawValue
        return Identity(certificate: base + ".crt", key: base + ".key")
    }

    func tokenPath(_ role: Role) -> String { certificates + "/tokens/\(role.rawValue).jwt" }

    func token(_ role: Role) -> String {
        String(decoding: contents(of: tokenPath(role)), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    var forge: TokenForge { TokenForge(signingKey: certificates + "/token-keys/signing.key", scratch: scratch) }

    /// A deployment of its own: the certificates are made once for all tests, everything else is fresh.
    static func make() async throws -> Deployment {
        let template = try await Self.template.value
        let deployment = Deployment(scratch: try Scratch())
        let files = FileManager.default
        try files.copyItem(atPath: template.state, toPath: deployment.state)
        try files.copyItem(atPath: Place.root.path + "/policies", toPath: deployment.policies)
        return deployment
    }

    private static let template = Task<Deployment, any Error> {
        let deployment = Deployment(scratch: try Scratch())
        try await succeed(
            Place.root.path + "/scripts/prepare.sh", [Place.binary, deployment.state], scratch: deployment.scratch)
        return deployment
    }

    /// Changes one setting of a policy file: `name: OLD` becomes `name: value`. Where others are called so too, its section
    /// stands before it: `webhook.url`.
    /// - Throws: where the file has no such name or several, since the test would then test something else.
    func set(_ name: String, _ value: String, in file: String = "gateway.json5") throws {
        let path = policies + "/" + file
        let text = String(decoding: contents(of: path), as: UTF8.self)
        let parts = name.split(separator: ".").map(String.init)
        var place = text.startIndex..<text.endIndex
        if parts.count == 2 {
            guard let section = text.firstMatch(of: try Regex("(?ms)^  \(parts[0]): \\{$.*?^  \\}")) else {
                throw ChildFailure(description: "\(path): there is no section \(parts[0])")
            }
            place = section.range
        }
        let own = parts[parts.count - 1]
        let found = text[place].matches(of: try Regex("(?m)^(\\s*)\"?\(own)\"?\\s*:\\s*[^,}\\n]+"))
        guard found.count == 1 else {
            throw ChildFailure(description: "\(path): \(name) stands there \(found.count) times, wanted once")
        }
        let indent = text[found[0].range].prefix { $0.isWhitespace }
        try write((text.replacingCharacters(in: found[0].range, with: "\(indent)\(own): \(value)")).utf8, to: path)
    }
}
