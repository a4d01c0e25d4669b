/// When and how a request came: what a policy's conditions look at beside token and certificate.
///
/// A condition on what is not known grants nothing, spares nobody from a denial, and lets a denial strike.
public struct Circumstances: Sendable {
    /// Seconds since 1970; below 0 where the clock is not set.
    public var now: Int64
    /// Where it came from; nil where that is not known.
    public var address: ClientAddress?
    /// What the handshake settled; nil for a connection that is not encrypted, and where that is not known.
    public var tls: TLSVersion?
    /// How sure it is who the bank's customer in the conversation is; nil where no conversation is known.
    public var customer: VerificationSession.Level?

    /// Circumstances.
    public init(
        now: Int64, address: ClientAddress?, tls: TLSVersion?, customer: VerificationSession.Level? = nil
    ) {
        self.now = now
        self.address = address
        self.tls = tls
        self.customer = customer
    }
}

/// The versions of TLS that the gateway speaks, the older one first.
public enum TLSVersion: UInt8, Sendable, CaseIterable, Comparable {
    case v12, v13

    /// The version in a policy.
    public var name: StaticString {
        switch self {
        case .v12: "1.2"
        case .v13: "1.3"
        }
    }

    /// The version called `TLSv1.2` or `TLSv1.3`, as in records; nil for anything else.
    public init?(protocolName: String) {
        switch protocolName {
        case "TLSv1.2": self = .v12
        case "TLSv1.3": self = .v13
        default: return nil
        }
    }

    /// Whether `left` is older.
    public static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rawValue < right.rawValue }
}
