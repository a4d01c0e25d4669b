internal import Bytes
internal import LinuxIO
public import OpenSSL

/// The key of the customers' database: it names the rows and seals what is in them.
///
/// Without it the file tells neither who is a customer nor anything to guess at: answers are hashed by scrypt first, and the
/// hashes are sealed. Naming and sealing are done under keys of their own that are derived from it.
public final class CustomerKey: Sendable {
    /// What is sealed, and bound to its row by that.
    enum Purpose: UInt8 { case answer = 1, code = 2 }

    private let naming: SecretBytes, sealing: SecretBytes

    /// Makes it from the bank's 32 bytes.
    public init(_ key: borrowing SecretBytes) {
        naming = Self.derive("portcullis.customers.name.v1", from: key)
        sealing = Self.derive("portcullis.customers.seal.v1", from: key)
    }

    /// Reads it from a file of mode 0600 with 32 bytes in base64.
    /// - Throws: `AuthError.file`, `.key`.
    public static func read(_ file: String) throws(AuthError) -> CustomerKey {
        let key: CustomerKey?
        do throws(KeyFileError) {
            key = try KeyFile.readSecret(file) { (text: Span<UInt8>) -> CustomerKey? in
                guard let secret = SecretBytes.decoding(base64Line: text, count: 32) else { return nil }
                return CustomerKey(secret)
            }
        } catch {
            throw AuthError(error)
        }
        guard let key else { throw .key(name: file, found: "something else", wanted: "the base64 of 32 bytes") }
        return key
    }

    /// The customer's name.
    public func reference(of claim: CustomerClaim) -> CustomerReference {
        CustomerReference(bytes: name("customer", claim.account, claim.name))
    }

    /// A digest of what a tool found out about a customer, which tells nothing to whoever lacks the key: 32 hexadecimal digits.
    /// - Parameter result: at most 65,535 bytes.
    func digest(ofResult result: [UInt8]) -> [UInt8] { ByteBuffer.hex(Array(name("result", result).prefix(16))) }

    /// The name of all holders of the claim's account.
    func accountReference(_ account: [UInt8]) -> [UInt8] { name("account", account) }

    /// The name of a caller in the ledger of guesses.
    func callerReference(issuer: [UInt8], subject: [UInt8]) -> [UInt8] { name("caller", issuer, subject) }

    /// A salt for the hash of an answer that is nobody's: the same each time, as a customer's is.
    func decoySalt(_ reference: CustomerReference) -> [UInt8] { Array(name("salt", reference.bytes).prefix(16)) }

    /// Which of `questions` somebody is asked who is no customer: the same each time, as long as the question is there.
    func decoyQuestion(_ reference: CustomerReference, of questions: [(number: Int64, text: [UInt8])]) -> [UInt8]? {
        questions.map { (weight: weight($0.number, reference), text: $0.text) }
            .max { $0.weight.lexicographicallyPrecedes($1.weight) }?.text
    }

    /// What tells at opening whether a database is kept under this key.
    var check: [UInt8] { name("check") }

    /// Seals a secret of the row `reference`: a nonce of 12 bytes, the ciphertext, the tag.
    /// - Throws: `AuthError.library` where there is no entropy.
    func seal(
        _ secret: borrowing SecretBytes, _ purpose: Purpose, of reference: CustomerReference
    ) throws(AuthError) -> [UInt8] {
        let nonce: [UInt8]
        do throws(OpenSSLError) { nonce = try Random.bytes(count: AES256GCM.nonceBytes) } catch {
            throw AuthError(error)
        }
        return secret.withSpan { secret in
            var cipher = AES256GCM()
            return nonce
                + cipher.seal(
                    secret, key: sealing, nonce: nonce, authenticating: [purpose.rawValue] + reference.bytes)
        }
    }

    /// The secret in `sealed`; nil where it is another row's, another key's, or was changed.
    func open(_ sealed: [UInt8], _ purpose: Purpose, of reference: CustomerReference) -> SecretBytes? {
        let nonceBytes = AES256GCM.nonceBytes
        guard sealed.count >= nonceBytes + AES256GCM.tagBytes else { return nil }
        var cipher = AES256GCM()
        return cipher.open(
            sealed.span.extracting(nonceBytes...), key: sealing, nonce: Array(sealed[..<nonceBytes]),
            authenticating: [purpose.rawValue] + reference.bytes)
    }

    private func weight(_ question: Int64, _ reference: CustomerReference) -> [UInt8] {
        name("question", reference.bytes, Array(String(question).utf8))
    }

    /// Each part with its length before it, so that no two lists of parts are one message.
    private func name(_ label: String, _ parts: [UInt8]...) -> [UInt8] {
        var message = Array(label.utf8)
        for part in parts { message += [0, UInt8(part.count >> 8), UInt8(truncatingIfNeeded: part.count)] + part }
        return HMAC.code(.sha256, of: message.span, key: naming)
    }

    private static func derive(_ label: String, from key: borrowing SecretBytes) -> SecretBytes {
        var code = HMAC.code(.sha256, of: Array(label.utf8).span, key: key)
        return SecretBytes(wiping: &code)
    }
}
