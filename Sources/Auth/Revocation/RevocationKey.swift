internal import OpenSSL

/// What is looked up: 128 bits of a SHA-256 over the kind of target, the issuer and the target's name.
///
/// Who could find two names with one key, after some 2⁶⁴ tries, could have one token refused with another; none is let
/// in by it.
struct RevocationKey: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    /// The kinds of target. The raw value keeps them apart in the digest and in the database.
    enum Kind: UInt8, CaseIterable, Sendable {
        case token = 1
        case subject, role, issuer
    }

    init(_ kind: Kind, issuer: [UInt8], name: [UInt8]) {
        var text: [UInt8] = []
        text.reserveCapacity(5 + issuer.count + name.count)
        text.append(kind.rawValue)
        // With the issuer's length before it, no other issuer and name make the same bytes.
        let count = UInt32(truncatingIfNeeded: issuer.count)
        for shift in stride(from: 0, to: 32, by: 8) { text.append(UInt8(truncatingIfNeeded: count >> UInt32(shift))) }
        text.append(contentsOf: issuer)
        text.append(contentsOf: name)
        // A token that is new has four of these and more: nothing is allocated but the text.
        (high, low) = SHA256Digest(of: text).withSpan { bytes in
            var words: (high: UInt64, low: UInt64) = (0, 0)
            for index in 0..<8 {
                words.high = words.high << 8 | UInt64(bytes[index])
                words.low = words.low << 8 | UInt64(bytes[index + 8])
            }
            return words
        }
    }

    /// - Parameter bytes: `bytesCount` of them.
    init(bytes: some Sequence<UInt8>) {
        var words: (high: UInt64, low: UInt64) = (0, 0)
        for byte in bytes { words = (words.high << 8 | words.low >> 56, words.low << 8 | UInt64(byte)) }
        high = words.high
        low = words.low
    }

    static let bytesCount = 16

    var bytes: [UInt8] {
        [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - $0 * 8)) } }
    }
}

/// The keys under which a token may be revoked, worked out once when it is verified.
struct RevocationMarks: Sendable {
    let token: RevocationKey?
    let subject: RevocationKey
    let roles: [RevocationKey]
    let issuer: RevocationKey

    init(issuer: [UInt8], subject: [UInt8], tokenID: [UInt8]?, roles: [RoleName]) {
        token = tokenID.map { RevocationKey(.token, issuer: issuer, name: $0) }
        self.subject = RevocationKey(.subject, issuer: issuer, name: subject)
        self.roles = roles.map { RevocationKey(.role, issuer: issuer, name: $0.bytes) }
        self.issuer = RevocationKey(.issuer, issuer: issuer, name: [])
    }
}
