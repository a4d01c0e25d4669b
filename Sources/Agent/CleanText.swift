/// Text that has passed the redactor. Whatever in this module takes a user's text takes it in this form, so that nothing
/// raw can reach a search, a ticket, a model or a log by mistake.
public struct CleanText: Hashable, Sendable {
    /// UTF-8.
    public let bytes: [UInt8]

    /// Vouches that `redacted` came out of the redactor. Only the gateway's Redact stage may call this.
    package init(redacted: [UInt8]) { bytes = redacted }
}

/// A conversation's name as the client chose it: 8 to 64 letters, digits, `-` or `_`. It is echoed.
public struct SessionID: Hashable, Sendable {
    /// ASCII.
    public let bytes: [UInt8]

    /// - Throws: `.badIdentifier`.
    public init(_ text: CleanText) throws(AgentError) {
        guard Identifier.accepts(text.bytes, countRange: 8...AgentLimits.identifierBytesMax, punctuation: "-_") else {
            throw .badIdentifier(name: "session_id", wanted: "8 to 64 of A-Z a-z 0-9 - _")
        }
        bytes = text.bytes
    }

    init(stored: [UInt8]) { bytes = stored }
}

/// A customer's name in the bank's systems: 1 to 64 letters, digits, `-`, `_`, `.` or `:`.
public struct CustomerID: Hashable, Sendable {
    /// ASCII.
    public let bytes: [UInt8]

    /// - Throws: `.badIdentifier`.
    public init(_ text: CleanText) throws(AgentError) {
        guard Identifier.accepts(text.bytes, countRange: 1...AgentLimits.identifierBytesMax, punctuation: "-_.:") else {
            throw .badIdentifier(name: "customer_id", wanted: "1 to 64 of A-Z a-z 0-9 - _ . :")
        }
        bytes = text.bytes
    }
}

/// Who asks, as far as this module must know: the owner of what it opens.
public struct PrincipalKey: Hashable, Sendable {
    /// Who vouches for the subject.
    public let issuer: [UInt8]
    /// The subject.
    public let subject: [UInt8]

    /// A principal that the gateway has authenticated.
    public init(issuer: [UInt8], subject: [UInt8]) {
        self.issuer = issuer
        self.subject = subject
    }
}

enum Identifier {
    static func accepts(_ bytes: [UInt8], countRange: ClosedRange<Int>, punctuation: String) -> Bool {
        guard countRange.contains(bytes.count) else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: punctuation.utf8.contains(byte)
            }
        }
    }
}
