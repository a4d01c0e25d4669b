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
        var hasher = SHA256()
        self.init(kind, issuer: issuer, name: name, by: &hasher)
    }

    /// - Parameter hasher: one that has nothing in it, and has nothing in it after.
    init(_ kind: Kind, issuer: [UInt8], name: [UInt8], by hasher: inout SHA256) {
        let count = UInt32(truncatingIfNeeded: issuer.count)
        // With the issuer's length before it, no other issuer and name make the same bytes.
        let head: InlineArray<5, UInt8> = [
            kind.rawValue, UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: count >> 8),
            UInt8(truncatingIfNeeded: count >> 16), UInt8(truncatingIfNeeded: count >> 24),
        ]
        hasher.update(head.span)
        hasher.update(issuer.span)
        hasher.update(name.span)
        var words: (high: UInt64, low: UInt64) = (0, 0)
        hasher.finish().withSpan { bytes in
            for index in 0..<Self.bytesCount {
                words = (words.high << 8 | words.low >> 56, words.low << 8 | UInt64(bytes[index]))
            }
        }
        hasher.reset()
        (high, low) = words
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
        // One context for all: making one is what costs most of so short a digest.
        var hasher = SHA256()
        self.subject = RevocationKey(.subject, issuer: issuer, name: subject, by: &hasher)
        self.issuer = RevocationKey(.issuer, issuer: issuer, name: [], by: &hasher)
        if let tokenID {
            token = RevocationKey(.token, issuer: issuer, name: tokenID, by: &hasher)
        } else {
            token = nil
        }
        var keys: [RevocationKey] = []
        keys.reserveCapacity(roles.count)
        for role in roles { keys.append(RevocationKey(.role, issuer: issuer, name: role.bytes, by: &hasher)) }
        self.roles = keys
    }
}
