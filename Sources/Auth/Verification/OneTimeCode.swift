public import OpenSSL

/// One-time codes by the time, as authenticator applications show them (RFC 6238).
public struct OneTimeCode: ~Copyable, Sendable {
    /// The hash of the HMAC; applications know SHA-1 and not all of them another.
    public enum Hash: String, Sendable, CaseIterable {
        case sha1, sha256, sha512
    }

    /// Seconds that one code is shown for (RFC 6238 §5.2).
    public static let stepSeconds: Int64 = 30
    /// Steps before and after the clock's own in which a code is taken: for clocks that disagree and for slow fingers.
    static let driftSteps: Int64 = 1

    private let secret: SecretBytes
    private let hash: Hash
    private let digits: Int

    /// Codes of `digits` digits (6 to 8) under `secret`, 16 to 64 bytes.
    /// - Throws: `AuthError.setting`.
    public init(secret: consuming SecretBytes, hash: Hash = .sha1, digits: Int = 6) throws(AuthError) {
        let count = secret.count
        // "The length of the shared secret MUST be at least 128 bits" (RFC 4226 §4, R6).
        guard (16...64).contains(count) else {
            throw .setting(name: "one-time code secret", found: "\(count) bytes", wanted: "16 to 64 bytes")
        }
        guard (6...8).contains(digits) else {
            throw .setting(name: "one-time code", found: "\(digits) digits", wanted: "6 to 8")
        }
        self.secret = secret
        self.hash = hash
        self.digits = digits
    }

    /// The code that is shown at `time`, seconds since 1970.
    public func code(at time: Int64) -> [UInt8] { code(step: Self.step(at: time)) }

    /// Which step `given` is the code of, for a clock that says `time`; nil where it is none that is good now.
    ///
    /// Every step is worked out and compared, so that the time tells nothing of which.
    /// - Parameter usedStep: the step of the last code that was taken: "the verifier MUST NOT accept the second attempt of the
    ///   OTP" (RFC 6238 §5.2), nor an older one.
    public func step(of given: [UInt8], at time: Int64, after usedStep: Int64?) -> Int64? {
        var found: Int64?
        for step in (Self.step(at: time) - Self.driftSteps)...(Self.step(at: time) + Self.driftSteps) {
            let isRight = SecretBytes(copying: code(step: step)).isEqual(to: given.span)
            if isRight && step > usedStep ?? .min { found = step }
        }
        return found
    }

    static func step(at time: Int64) -> Int64 { max(0, time) / stepSeconds }

    /// Dynamic truncation (RFC 4226 §5.3).
    private func code(step: Int64) -> [UInt8] {
        let message = bigEndian(step)
        let mac: [UInt8] =
            switch hash {
            case .sha1: HMAC.sha1Code(of: message.span, key: secret)
            case .sha256: HMAC.code(.sha256, of: message.span, key: secret)
            case .sha512: HMAC.code(.sha512, of: message.span, key: secret)
            }
        let offset = Int(mac[mac.count - 1] & 0x0F)
        var number = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        var code = [UInt8](repeating: 0, count: digits)
        for index in code.indices.reversed() {
            code[index] = UInt8(ascii: "0") + UInt8(number % 10)
            number /= 10
        }
        return code
    }

    private func bigEndian(_ step: Int64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * Int64($0))) }
    }
}
