internal import LinuxIO
internal import OpenSSL

/// An access key of an S3-compatible service. Never printed, wiped when it is let go.
public struct S3Credentials: ~Copyable, Sendable {
    let user: [UInt8]
    let secret: SecretBytes
    let session: [UInt8]?

    init(user: [UInt8], secret: consuming SecretBytes, session: [UInt8]?) {
        self.user = user
        self.secret = secret
        self.session = session
    }

    /// From a file of mode 0600: the access key's name, its secret, and for temporary ones the session token, a line each.
    /// - Throws: `EvidenceError.configuration`
    public static func read(file: String) throws(EvidenceError) -> S3Credentials {
        let text: SecretBytes
        do throws(KeyFileError) {
            text = try KeyFile.readSecret(file) { SecretBytes(copying: $0) }
        } catch {
            throw .configuration(
                setting: "audit.ship.credentials", found: error.description, wanted: "a file of mode 600")
        }
        let lines = text.withSpan { span in
            span.indices.map { span[$0] }.split(separator: 0x0A, omittingEmptySubsequences: true).map(Array.init)
        }
        guard (2...3).contains(lines.count) else {
            throw .configuration(
                setting: "audit.ship.credentials", found: "\(file): \(lines.count) lines",
                wanted: "the access key's name, its secret, and perhaps a session token, a line each")
        }
        return try make(lines[0], lines[1], lines.count == 3 ? lines[2] : nil)
    }

    /// From `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and perhaps `AWS_SESSION_TOKEN`.
    /// - Throws: `EvidenceError.configuration`
    public static func fromEnvironment() throws(EvidenceError) -> S3Credentials {
        guard let user = FileProcess.environment("AWS_ACCESS_KEY_ID"),
            let secret = FileProcess.environment("AWS_SECRET_ACCESS_KEY")
        else {
            throw .configuration(
                setting: "audit.ship.credentials", found: "no file, and no AWS_ACCESS_KEY_ID in the environment",
                wanted: "one of them")
        }
        let session = FileProcess.environment("AWS_SESSION_TOKEN").map { Array($0.utf8) }
        return try make(Array(user.utf8), Array(secret.utf8), session)
    }

    private static func make(
        _ user: [UInt8], _ secret: [UInt8], _ session: [UInt8]?
    ) throws(EvidenceError) -> S3Credentials {
        for text in [user, secret, session ?? [0x21]] {
            guard !text.isEmpty, text.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                // Not a byte of it is said: it is a secret.
                throw .configuration(
                    setting: "audit.ship.credentials", found: "an empty line, or a blank in one",
                    wanted: "printable ASCII without blanks")
            }
        }
        return S3Credentials(user: user, secret: SecretBytes(copying: secret), session: session)
    }
}
