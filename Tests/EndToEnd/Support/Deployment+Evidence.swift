import Foundation
import JSON
import Testing

/// Settings and commands about sealed members, retention and shipping.
extension Deployment {
    var keyStore: String { state + "/var/state" }
    var archive: String { scratch.file("archive") }

    /// Has personal members of the log sealed from the next start on.
    func sealMembers() async throws {
        let file = certificates + "/audit.kek"
        let key = try await succeed("openssl", ["rand", "-base64", "32"], scratch: scratch)
        try write(key.output, to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
        try set("key_encryption_key", "\"certs/audit.kek\"")
    }

    /// Has the log shipped to a folder that is there.
    func shipToFolder() throws {
        try FileManager.default.createDirectory(atPath: archive, withIntermediateDirectories: true)
        // The brace that closes it stays where it is.
        try set("ship", #"{ target: "directory", directory: "\#(archive)", interval_s: 1, lag_warn_s: 1"#)
    }

    /// Runs `portcullis audit …` with this deployment's settings.
    func audit(_ words: String..., environment: [String: String] = [:]) async throws -> Finished {
        try await run(
            Place.binary, ["audit"] + words + ["--config", configuration, "--state", state], scratch: scratch,
            environment: environment)
    }

    /// Verifies the log with its key pinned.
    func verifyLog(_ key: String? = nil, sourceLocation: SourceLocation = #_sourceLocation) async throws -> String {
        let pinned = if let key { key } else { try logKey() }
        let verified = try await portcullis("audit", "verify", logDirectory, "--vkey", pinned, scratch: scratch)
        #expect(
            verified.status == 0 && verified.text.hasPrefix("OK "), "\(verified.text) \(verified.errors)",
            sourceLocation: sourceLocation)
        return verified.text
    }

    /// The log's key as its first record names it.
    func logKey() throws -> String {
        try #require(LogFiles(logDirectory).records.first?.json["log"]?["vkey"]?.text)
    }
}
