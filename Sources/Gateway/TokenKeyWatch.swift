internal import Audit
internal import Auth
internal import LinuxIO
internal import Telemetry
internal import Threading

/// Looks about once a second whether files with keys have changed, on a thread of its own.
///
/// What `portcullis token keys` changed is in force within `interval`. Files that cannot be read or make no sense change
/// nothing: what was in force stays so, and the operator is told.
struct TokenKeyWatch {
    static let interval = Duration.milliseconds(900)

    /// What the watch acts on.
    struct Subjects: Sendable {
        let keys: TokenKeys
        /// Where our own tokens' keys are; nil where they do not change.
        var folder: SigningKeyFolder?
        /// The files with the keys of issuers.
        var sets: [TokenKeys.KeySet]
        let verifier: TokenVerifier
        let observation: Observation
        /// Makes the one who signs with another key.
        let makeIssuer: @Sendable (SigningKey) throws(AuthError) -> TokenIssuer
    }

    private let subjects: Subjects
    private var files: [String: WatchedFile] = [:]
    /// Whether this is not the first look, which finds what the gateway started with and is no news.
    private var hasLooked = false
    /// When a key of a set is good no longer.
    private var ends: [String: Int64] = [:]

    /// Starts to look. The thread ends with the log.
    /// - Returns: false where the system has no thread.
    static func start(_ subjects: Subjects, _ log: AuditLog) -> Bool {
        SystemThread.start(named: "token-keys") { [weak log] in
            var watch = TokenKeyWatch(subjects: subjects)
            while let living = log, !living.isClosed {
                watch.look(living, now: WallClock.seconds)
                FileWait.pause(interval)
            }
        }
    }

    private init(subjects: Subjects) { self.subjects = subjects }

    private mutating func look(_ log: AuditLog, now: Int64) {
        defer { hasLooked = true }
        for set in subjects.sets {
            let hasEnded = ends[set.file].map { $0 <= now } ?? false
            guard hasChanged(set.file) || hasEnded else { continue }
            take(set, log, now: now)
        }
        guard let folder = subjects.folder else { return }
        // A file of its own for the folder's part: the set may be an issuer's too.
        let hasChanged = [hasChanged(folder.publicFile), hasChanged(folder.setFile, for: "signing")]
        guard hasChanged.contains(true) else { return }
        do throws(AuthError) {
            let content = try folder.read()
            subjects.keys.take(try subjects.makeIssuer(content.signing), content.published)
        } catch {
            subjects.observation.say(.error, "token_keys_unfit", "\(error): the keys before stay in force")
        }
    }

    private mutating func take(_ set: TokenKeys.KeySet, _ log: AuditLog, now: Int64) {
        do throws(AuthError) {
            let published = try PublishedKeys(parsing: files[set.file]?.text ?? [], name: set.file)
            try subjects.verifier.replaceKeys(of: set.issuer, with: published.verificationKeys(at: now))
            ends[set.file] = published.nextEnd(after: now)
            guard hasLooked else { return }
            let good = published.keys.filter { $0.isGood(at: now) }.map(\.id)
            subjects.observation.say(.info, "token_keys", "\(set.issuer): \(good.count) keys are in force")
            log.post(
                .adminAction(operator: nil, action: "token.keys", target: Array(set.issuer.utf8), detail: .keys(good)))
        } catch {
            subjects.observation.say(.error, "token_keys_unfit", "\(error): the keys before stay in force")
        }
    }

    private mutating func hasChanged(_ path: String, for user: String = "") -> Bool {
        files[user + path, default: WatchedFile(path: path)].hasChanged()
    }
}

/// A small public file that others replace.
private struct WatchedFile {
    let path: String
    private(set) var text: [UInt8]?

    init(path: String) { self.path = path }

    /// Whether it has another content than at the last look. One that cannot be read has the content that it had.
    mutating func hasChanged() -> Bool {
        guard let now = try? KeyFile.readPublic(path), now != text else { return false }
        text = now
        return true
    }
}
