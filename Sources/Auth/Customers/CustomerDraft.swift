internal import OpenSSL

/// A customer as a bank hands them over: who it is, and how they can prove it.
public struct CustomerDraft: Sendable {
    /// A question that only the customer is to know the answer of.
    public struct Question: Hashable, Sendable {
        let text: [UInt8], answer: [UInt8]

        /// Bytes of a question.
        public static let bytesMax = 256

        /// A question with its answer.
        /// - Throws: `AuthError.request` where one is empty, too long or no UTF-8.
        public init(text: [UInt8], answer: [UInt8]) throws(AuthError) {
            guard (1...Self.bytesMax).contains(text.count), String(validating: text, as: UTF8.self) != nil else {
                throw .request(
                    member: "question", found: "\(text.count) bytes", wanted: "UTF-8 of 1 to \(Self.bytesMax) bytes")
            }
            guard SecretAnswer.normalised(answer) != nil else {
                throw .request(
                    member: "answer", found: "\(answer.count) bytes",
                    wanted: "UTF-8 of at most \(SecretAnswer.bytesMax) bytes with a letter or digit")
            }
            self.text = text
            self.answer = answer
        }
    }

    /// What a device makes one-time codes of (RFC 6238).
    public struct Device: Hashable, Sendable {
        let secret: [UInt8], hash: OneTimeCode.Hash, digits: Int

        /// A device with the secret in base32 (RFC 4648 §6), as applications take it: spaces and case do not matter, padding
        /// may be left out.
        /// - Throws: `AuthError.request`, `.setting` where it is no base32, or secret or digits are out of their range.
        public init(base32 text: [UInt8], hash: OneTimeCode.Hash = .sha1, digits: Int = 6) throws(AuthError) {
            guard let secret = Base32.decode(text) else {
                throw .request(member: "totp_secret", found: "no base32", wanted: "A to Z and 2 to 7 (RFC 4648 §6)")
            }
            _ = try OneTimeCode(secret: SecretBytes(copying: secret), hash: hash, digits: digits)
            self.secret = secret
            self.hash = hash
            self.digits = digits
        }
    }

    let claim: CustomerClaim
    let question: Question?
    let device: Device?

    /// A customer.
    /// - Throws: `AuthError.request` for one who could prove nothing.
    public init(claim: CustomerClaim, question: Question?, device: Device?) throws(AuthError) {
        guard question != nil || device != nil else {
            throw .request(member: "question", found: "neither this nor totp_secret", wanted: "one of them, or both")
        }
        self.claim = claim
        self.question = question
        self.device = device
    }
}

/// A customer as they are kept: nothing in it can be read without the key.
struct SealedCustomer: Sendable {
    let reference: CustomerReference
    let account: [UInt8]
    let question: [UInt8]?
    /// Salt and digest of the answer, sealed.
    let answer: [UInt8]?
    /// Hash, digits and secret of one-time codes, sealed.
    let code: [UInt8]?

    /// Seals a draft: some 50 ms where it has an answer.
    init(_ draft: CustomerDraft, under key: CustomerKey) throws(AuthError) {
        reference = key.reference(of: draft.claim)
        account = key.accountReference(draft.claim.account)
        question = draft.question?.text
        if let question = draft.question {
            let kept = try SecretAnswer.make(question.answer)
            var bytes = kept.salt
            kept.withDigest { digest in for index in digest.indices { bytes.append(digest[index]) } }
            answer = try key.seal(SecretBytes(wiping: &bytes), .answer, of: reference)
        } else {
            answer = nil
        }
        if let device = draft.device {
            var bytes = [device.hash.number, UInt8(device.digits)] + device.secret
            code = try key.seal(SecretBytes(wiping: &bytes), .code, of: reference)
        } else {
            code = nil
        }
    }
}

extension OneTimeCode.Hash {
    var number: UInt8 {
        switch self {
        case .sha1: 1
        case .sha256: 2
        case .sha512: 3
        }
    }
}

/// Base32 (RFC 4648 §6).
enum Base32 {
    /// The bytes of `text`; nil where it is none. Blanks are skipped, case does not matter, padding may be left out; bits that
    /// are left over must be 0.
    static func decode(_ text: [UInt8]) -> [UInt8]? {
        var digits = text.filter { $0 != UInt8(ascii: " ") }
        let padded = digits.count
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        guard padded == digits.count || padded % 8 == 0 && padded - digits.count < 8,
            ![1, 3, 6].contains(digits.count % 8)
        else { return nil }
        var (bytes, bits, count): ([UInt8], UInt16, Int) = ([], 0, 0)
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 5 | UInt16(value)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt16(count)))
                bits &= (1 << UInt16(count)) - 1
            }
        }
        return bits == 0 ? bytes : nil
    }

    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a")
        case UInt8(ascii: "2")...UInt8(ascii: "7"): digit - UInt8(ascii: "2") + 26
        default: nil
        }
    }
}
