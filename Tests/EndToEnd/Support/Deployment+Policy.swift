import Foundation
import Testing

/// The policy of roles, changed by tests.
extension Deployment {
    var rules: String { policies + "/rbac.json5" }

    /// Changes one text of the policy, or of a copy of it.
    /// - Throws: where the text is not there, since the test would then test something else.
    func changeRules(_ text: String, _ other: String, in file: String? = nil) throws {
        let whole = String(decoding: contents(of: file ?? rules), as: UTF8.self)
        try #require(whole.contains(text), "\(text)")
        try write(whole.replacing(text, with: other, maxReplacements: 1).utf8, to: file ?? rules)
    }

    /// A copy of the policy as it is now.
    func copyRules(_ name: String) throws -> String {
        let copy = scratch.file(name)
        try write(contents(of: rules), to: copy)
        return copy
    }

    /// Runs `portcullis policy …`.
    func policy(_ words: [String]) async throws -> Finished {
        try await run(Place.binary, ["policy"] + words, scratch: scratch)
    }

    /// What `policy explain` says of a token and a certificate, in files, by this deployment's settings.
    func explain(_ request: [String], token: String, certificate: String?) async throws -> Finished {
        let client = certificate.map { ["--cert", $0] } ?? ["--no-cert"]
        return try await policy(
            ["explain", "--config", configuration, "--state", state, "--token", token] + client + request)
    }
}
