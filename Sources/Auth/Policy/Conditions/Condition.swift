/// What must be so for a grant to hold, or for a denial to strike. All of its members must be met; a list is met by one of
/// its elements.
public struct Condition: Hashable, Sendable {
    /// Parts of the week; nil for any time.
    public let times: [TimeWindow]?
    /// Where the client may be; nil for anywhere.
    public let addresses: [AddressRange]?
    /// Names of client certificates; nil for any, and for none.
    public let certificates: [CertificatePattern]?
    /// Whether the token must be bound to its certificate (RFC 8705 §3).
    public let demandsBinding: Bool
    /// The oldest version of TLS; nil for any, and for none.
    public let tlsMin: TLSVersion?
    /// How sure it must be, at least, who the bank's customer in the conversation is; nil for anybody. For tools alone: of what
    /// is decided before the conversation is known, nobody could tell.
    public let customerMin: VerificationSession.Level?
}
