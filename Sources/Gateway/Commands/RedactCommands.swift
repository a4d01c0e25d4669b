internal import JSON
internal import Redaction

/// Redaction by hand: what `portcullis redact` does.
public enum RedactCommands {
    /// A redacted text.
    public struct Outcome: Sendable {
        /// The text as the assistant would see it.
        public let text: [UInt8]
        /// How many of each type were replaced, in the order of first occurrence.
        public let counts: [(type: String, count: Int)]
    }

    /// Redacts a text by a policy.
    /// - Parameters:
    ///   - path: a file, or `-` for standard input.
    ///   - policyPath: the redaction policy; nil for the built-in one.
    /// - Throws: `CommandFailure` (77) where the policy blocks a type that the text has.
    public static func redact(_ path: String, policyPath: String?) throws(CommandFailure) -> Outcome {
        let policy = try policy(at: policyPath)
        let text = try readInput(path, bytesMax: 64 << 20)
        var vault = Vault(valuesMax: 1_000_000)
        do throws(RedactionError) {
            let redacted = try Redactor(policy: policy, textBytesMax: 64 << 20).redact(text, into: &vault)
            return Outcome(text: redacted.bytes, counts: redacted.counts.map { ($0.type.description, $0.count) })
        } catch {
            throw failure(error, path)
        }
    }

    /// The policy at `path`, or the built-in one.
    static func policy(at path: String?) throws(CommandFailure) -> RedactionPolicy {
        if let path { try readPolicy(path) } else { .default }
    }

    private static func readPolicy(_ path: String) throws(CommandFailure) -> RedactionPolicy {
        let text = try PolicyFiles.read(path)
        do throws(RedactionPolicyError) {
            return try RedactionPolicy.parse(text)
        } catch {
            throw CommandFailure(error, file: path)
        }
    }

    private static func failure(_ error: RedactionError, _ path: String) -> CommandFailure {
        switch error {
        case .blocked(let types):
            CommandFailure(
                .noPermission, path, "the policy blocks " + types.map(\.description).joined(separator: ", "),
                mend: "remove them from the text")
        case .textTooLong(let limitBytes):
            CommandFailure(.data, path, "it is longer than \(limitBytes) bytes", mend: "split it")
        case .vaultFull(let limit):
            CommandFailure(.data, path, "it has more than \(limit) personal values", mend: "split it")
        }
    }
}
