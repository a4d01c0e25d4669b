/// Why a caller whose token is good may not do what it asks.
public enum PolicyRefusal: Error, Equatable, Sendable, CaseIterable {
    /// No route of the policy fits the method and path.
    case routeUnlisted
    /// The policy knows none of the token's roles.
    case roleUnknown
    /// The request came without a client certificate.
    case certificateRequired
    /// No binding names the client certificate.
    case certificateUnbound
    /// The client certificate may not carry any of the token's roles: what a stolen token looks like.
    case roleNotForCertificate
    /// It may, but not for this token's subject.
    case subjectNotForCertificate
    /// The roles that are left need approvals that the token does not have, or has for too long a life.
    case approvalsMissing
    /// None of the roles that are left grants the permission.
    case roleMissing
    /// The policy's denial with this number, from 0, strikes.
    case denied(by: Int)
    /// A role grants it, but not at this time.
    case outsideTimes
    /// A role grants it, but not to clients at this address.
    case addressNotAllowed
    /// A role grants it, but not with this certificate, or not without one.
    case certificateNotAllowed
    /// A role grants it, but not to a token that is not bound to its certificate (RFC 8705 §3).
    case tokenNotBound
    /// A role grants it, but not over this version of TLS, or not without TLS.
    case tlsTooOld
    /// A role grants it, but not as long as the bank's customer has not proved so surely who they are.
    case customerNotVerified

    /// One of each.
    public static let allCases: [PolicyRefusal] = [
        .routeUnlisted, .roleUnknown, .certificateRequired, .certificateUnbound, .roleNotForCertificate,
        .subjectNotForCertificate, .approvalsMissing, .roleMissing, .denied(by: 0), .outsideTimes, .addressNotAllowed,
        .certificateNotAllowed, .tokenNotBound, .tlsTooOld, .customerNotVerified,
    ]

    /// The code for the audit record, `[a-z0-9_.:-]{1,64}`.
    public var reason: StaticString {
        switch self {
        case .routeUnlisted: "route_unlisted"
        case .roleUnknown: "role_unknown"
        case .certificateRequired: "certificate_required"
        case .certificateUnbound: "certificate_unbound"
        case .roleNotForCertificate: "role_not_for_certificate"
        case .subjectNotForCertificate: "subject_not_for_certificate"
        case .approvalsMissing: "approvals_missing"
        case .roleMissing: "role_missing"
        case .denied: "denied_by_policy"
        case .outsideTimes: "outside_times"
        case .addressNotAllowed: "address_not_allowed"
        case .certificateNotAllowed: "certificate_not_allowed"
        case .tokenNotBound: "token_not_bound"
        case .tlsTooOld: "tls_too_old"
        case .customerNotVerified: "customer_not_verified"
        }
    }

    /// The place in the policy of the rule that refuses, for the audit record: `/deny/3`; nil where it is the lack of one.
    public var rule: String? {
        if case .denied(let index) = self { "/deny/\(index)" } else { nil }
    }
}

/// The proof that a caller may do one thing. Only `PolicyEngine` makes one.
public struct Permit: Sendable {
    /// What is allowed.
    public let permission: Permission
    /// The role that it was allowed to: of several, the first in the policy.
    public let role: RoleName
    /// The rule that decided, for the audit record: `POST /v1/ask`, or the permission's name where no route was asked.
    public let rule: [UInt8]
    /// The route's path as the policy writes it, such as `/v1/tickets/{id}`; empty where no route was asked.
    public let path: [UInt8]
    /// Those of the token's roles that the policy knows and that the certificate may carry.
    public let roles: RoleSet
    /// Whether it is granted for what is the caller's own alone, whatever else the caller may.
    public let isOwnOnly: Bool
}

/// The proof that a caller may make the assistant call a tool. Only `PolicyEngine` makes one.
public struct ToolPermit: Sendable {
    /// The tool.
    public let tool: ToolName
    /// The role that it was allowed to: of several, the first in the policy.
    public let role: RoleName
}
