internal import Redaction
internal import Synchronization

/// A session's vault, which several of its requests may use at once, on several loops.
///
/// They take turns at it: the lock is held while one text is gone through and never across a suspension, so that each request
/// finds the tokens of those before it, and two that bring the same value give it the same token.
final class SharedVault: Sendable {
    private let vault: Mutex<Vault>

    init(_ vault: consuming sending Vault = Vault()) { self.vault = Mutex(vault) }

    /// A redacted text, and what the vault holds after it.
    struct Redacted: Sendable {
        let text: RedactedText
        let memoryBytes: Int
        let isEmpty: Bool
    }

    func redact(_ text: [UInt8], by redactor: Redactor) throws(RedactionError) -> Redacted {
        try vault.withLock { vault throws(RedactionError) in
            let text = try redactor.redact(text, into: &vault)
            return Redacted(text: text, memoryBytes: vault.memoryBytes, isEmpty: vault.count == 0)
        }
    }

    /// The vault, sealed for the session of this name; nil where it cannot be.
    func sealed(by cipher: VaultSealer, session name: [UInt8]) -> [UInt8]? {
        vault.withLock { vault in
            do throws(VaultError) { return try vault.sealed(by: cipher, session: name) } catch { return nil }
        }
    }

    var isEmpty: Bool { vault.withLock { $0.count == 0 } }

    func holds(_ value: ArraySlice<UInt8>) -> Bool { vault.withLock { $0.holds(value) } }

    func restore(_ text: [UInt8]) -> [UInt8] { vault.withLock { $0.restore(text) } }

    /// The next piece of a text with the tokens turned back, and what is held back of it.
    func restore(_ piece: [UInt8], in stream: RestoreStream, isLast: Bool) -> (text: [UInt8], next: RestoreStream) {
        vault.withLock { vault in
            var next = stream
            let text = next.take(piece, isLast: isLast, from: vault)
            return (text, next)
        }
    }
}
