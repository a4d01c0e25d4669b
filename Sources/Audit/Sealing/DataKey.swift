internal import OpenSSL

/// The key of one subject's sealed members, as it is used: in memory only.
package final class DataKey: Sendable {
    /// 32 hex digits, random.
    package let identifier: [UInt8]
    let secret: SecretBytes

    init(identifier: [UInt8], secret: consuming SecretBytes) {
        self.identifier = identifier
        self.secret = secret
    }

    /// A new key under a new identifier.
    static func random() throws(AuditError) -> DataKey {
        do throws(OpenSSLError) {
            let identifier = SHA256Digest(of: try Random.bytes(count: 32)).hex.prefix(identifierBytes)
            return DataKey(identifier: Array(identifier), secret: try .random(count: AES256GCM.keyBytes))
        } catch {
            throw .exhausted("random numbers for a key")
        }
    }

    /// Length of an identifier.
    static let identifierBytes = 32

    /// Whether `text` can be one: no other name is ever looked for among the keys.
    static func isIdentifier(_ text: [UInt8]) -> Bool {
        text.count == identifierBytes
            && text.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}

/// Whose key a record's members are sealed with.
public enum SealSubject: Hashable, Sendable {
    /// A verified token's claim `sub`.
    case token([UInt8])
    /// The subject of a verified certificate, where there is no token.
    case certificate([UInt8])
    /// Nobody that was identified: all such requests of one UTC day, by days since 1970, share a key. Otherwise an outsider
    /// could make the gateway make keys, each of which costs durable writes and disk.
    case unidentified(day: Int64)

    /// Unlike for unlike subjects.
    var bytes: [UInt8] {
        switch self {
        case .token(let subject): Array("sub\n".utf8) + subject
        case .certificate(let subject): Array("cert\n".utf8) + subject
        case .unidentified(let day): Array("day\n\(day)".utf8)
        }
    }

    /// Whoever an operator may mean by `text`: a token's `sub`, a certificate's subject, and where it is
    /// `unidentified:YYYY-MM-DD` the requests of that day that nobody was identified in.
    public static func named(_ text: [UInt8]) -> [SealSubject] {
        let subjects: [SealSubject] = [.token(text), .certificate(text)]
        let mark = Array("unidentified:".utf8)
        guard text.count == mark.count + 10, text.starts(with: mark) else { return subjects }
        let midnight = Array(text[mark.count...]) + Array("T00:00:00.000000Z".utf8)
        guard let time = WallTime(midnight.span, at: 0) else { return subjects }
        return subjects + [.unidentified(day: time.day)]
    }

    /// The subject of a request by `principal` at `microseconds` since 1970.
    public init(_ principal: AuditPrincipal?, at microseconds: Int64) {
        if let token = principal?.token {
            self = .token(token.subject)
        } else if let certificate = principal?.certificate {
            self = .certificate(certificate.subject)
        } else {
            self = .unidentified(day: WallTime(microseconds: microseconds).day)
        }
    }
}
