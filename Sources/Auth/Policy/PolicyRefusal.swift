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
    /// None of the roles that are left grants the permission.
    case roleMissing

    /// The code for the audit record, `[a-z0-9_.:-]{1,64}`.
    public var reason: StaticString {
        switch self {
        case .routeUnlisted: "route_unlisted"
        case .roleUnknown: "role_unknown"
        case .certificateRequired: "certificate_required"
        case .certificateUnbound: "certificate_unbound"
        case .roleNotForCertificate: "role_not_for_certificate"
        case .subjectNotForCertificate: "subject_not_for_certificate"
        case .roleMissing: "role_missing"
        }
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
}
