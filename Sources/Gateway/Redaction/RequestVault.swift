internal import Redaction

/// What one request must remember of its caller's personal data: the originals behind its tokens, which are its session's
/// where it names one, and what it sent.
struct RequestVault: ~Copyable, Sendable {
    private let sessions: SessionVaults
    private let issuer: [UInt8], subject: [UInt8]
    private var own = Vault()
    private var session: Session?
    private var sent = SentValues()
    private var message: MessageOriginals?

    private struct Session: Sendable {
        let key: SessionKey
        var vault: SharedVault
    }

    /// A vault for one request of a principal.
    init(issuer: [UInt8], subject: [UInt8], in sessions: SessionVaults) {
        self.issuer = issuer
        self.subject = subject
        self.sessions = sessions
    }

    /// From here on the originals are those of the principal's session called `name`.
    mutating func join(_ name: [UInt8]) {
        let key = SessionKey(issuer: issuer, subject: subject, session: name)
        session = Session(key: key, vault: sessions.vault(of: key) ?? SharedVault())
    }

    /// `text`, which the caller sent, redacted.
    /// - Throws: `RedactionError`.
    mutating func redact(_ text: [UInt8], by redactor: Redactor) throws(RedactionError) -> RedactedText {
        let redacted = try redactIntoVault(text, by: redactor)
        sent.add(text, redacted.findings)
        return redacted
    }

    private mutating func redactIntoVault(
        _ text: [UInt8], by redactor: Redactor
    ) throws(RedactionError) -> RedactedText {
        guard var session else { return try redactor.redact(text, into: &own) }
        // Each turn but the last lost the session's place to another request, and goes on with that one's vault. Only a
        // flood of sessions that pushes this one out each time makes it three; then these tokens are this request's alone.
        for _ in 1..<Self.turnsMax {
            let redacted = try session.vault.redact(text, by: redactor)
            // A session that has nothing to remember takes no room.
            guard !redacted.isEmpty else { return redacted.text }
            let kept = sessions.keep(session.vault, bytes: redacted.memoryBytes, for: session.key)
            if kept === session.vault { return redacted.text }
            session.vault = kept
            self.session = session
        }
        return try session.vault.redact(text, by: redactor).text
    }

    /// The message itself, redacted: its parts can be turned back for tools as long as the request lives.
    /// - Throws: `RedactionError`.
    mutating func redactMessage(_ text: [UInt8], by redactor: Redactor) throws(RedactionError) -> RedactedText {
        let redacted = try redact(text, by: redactor)
        message = MessageOriginals(text, redacted)
        return redacted
    }

    /// Takes the message for a secret: nobody but a tool gets to see any of it.
    /// - Returns: what stands in its place.
    mutating func hideMessage(_ text: [UInt8]) -> [UInt8] {
        let placeholder = Array("[SECRET]".utf8)
        message = MessageOriginals(text, wholly: placeholder)
        return placeholder
    }

    /// What tools may turn back.
    var originals: RequestOriginals { RequestOriginals(message: message, vault: session?.vault) }

    /// The conversation's name for the verification of customers; nil outside one.
    var conversation: (issuer: [UInt8], subject: [UInt8], session: [UInt8])? {
        session.map { (issuer, subject, $0.key.session) }
    }

    /// `text`, which goes to the caller, without what did not come from it.
    func guarded(_ text: [UInt8], by redactor: Redactor) -> RedactedText {
        redactor.guarded(text) { value, type in isCallers(value, type) }
    }

    /// Whether the caller may see `value`, because it is its own.
    func isCallers(_ value: ArraySlice<UInt8>, _ type: DetectorType) -> Bool {
        sent.contains(value, type) || (session?.vault.holds(value) ?? own.holds(value))
    }

    /// Whether no token stands for anything.
    var isEmpty: Bool { session?.vault.isEmpty ?? (own.count == 0) }

    /// `text` with the tokens turned back.
    func restore(_ text: [UInt8]) -> [UInt8] { session?.vault.restore(text) ?? own.restore(text) }

    /// The next piece of a text with the tokens turned back, as far as that is certain.
    /// - Parameter stream: what was held back of the pieces before.
    func restore(_ piece: [UInt8], in stream: inout RestoreStream?, isLast: Bool) -> [UInt8] {
        guard var going = stream else { return piece }
        defer { stream = going }
        guard let session else { return going.take(piece, isLast: isLast, from: own) }
        let (text, next) = session.vault.restore(piece, in: going, isLast: isLast)
        going = next
        return text
    }

    private static let turnsMax = 4
}

extension RestoreStream {
    /// The next piece, and the rest where it is the last.
    mutating func take(_ piece: [UInt8], isLast: Bool, from vault: borrowing Vault) -> [UInt8] {
        let text = feed(piece, from: vault)
        return isLast ? text + finish(from: vault) : text
    }
}
