public import OpenSSL

/// A policy as it is written: who may do what, and with which certificate.
///
/// ```json5
/// {
///   version: "2026-11-01",
///   requireCertificate: true,
///   roles: {
///     customer: { permissions: ["assistant:ask", { permission: "tickets:read", own: true }] },
///     teller: { inherits: ["customer"], permissions: [], tools: ["transaction_history"] },
///     breakglass: { permissions: ["audit:read"], approvals: { count: 2, ttl_max_s: 900 } },
///     admin: { permissions: ["tokens:issue"], issues: { roles: ["customer"], ttl_max_s: 3600 } },
///   },
///   deny: [{ permissions: ["tokens:issue"], unless: { bound: true, addresses: ["10.0.0.0/8"] } }],
///   routes: [{ method: "POST", path: "/v1/ask", permission: "assistant:ask" }],
///   bindings: [{ certificate: "uri:spiffe://portcullis.dev/client/customer", roles: ["customer"] }],
/// }
/// ```
public struct PolicyDocument: Sendable {
    /// A role and what it grants.
    public struct Role: Sendable {
        /// The name that tokens carry.
        public let name: RoleName
        /// The roles whose grants it has beside its own.
        public let inherits: [RoleName]
        /// What it grants itself; may be empty.
        public let grants: [Grant<Permission>]
        /// The tools that it may make the assistant call.
        public let tools: [Grant<ToolName>]
        /// The tokens that a caller in this role may issue; nil for none at all, `tokens:issue` or not.
        public let issues: Issues?
        /// Who must have agreed to a token before it is in this role; nil for nobody.
        public let approvals: Approvals?

        /// The permissions of its own grants, whatever their conditions.
        public var permissions: [Permission] { grants.map(\.target) }
    }

    /// A permission or tool, and when it is granted.
    public struct Grant<Target: Hashable & Sendable>: Hashable, Sendable {
        /// What is granted.
        public let target: Target
        /// Whether it is granted for what is the caller's own alone.
        public let isOwnOnly: Bool
        /// What must be so; nil for always.
        public let condition: Condition?
    }

    /// What is denied, whatever is granted.
    public struct Denial: Sendable {
        /// The permissions.
        public let permissions: [Permission]
        /// The tools.
        public let tools: [ToolName]
        /// Whom it strikes: callers with one of these roles, or with one that inherits from them; nil for all.
        public let roles: [RoleName]?
        /// What must be so for it to strike; nil for always.
        public let when: Condition?
        /// What spares a request; nil for nothing.
        public let unless: Condition?
    }

    /// What a token needs to be in a role for emergencies.
    public struct Approvals: Equatable, Sendable {
        /// Approvals by different approvers, at least: 2 to `AuthLimits.approvalsMax`.
        public let count: Int
        /// Seconds from `iat` to `exp`, at most: 1 to `AuthLimits.approvedSecondsMax`.
        public let lifetimeSecondsMax: Int

        /// Whether `token` has what it needs.
        func areGiven(for token: VerifiedToken) -> Bool {
            token.approvers.count >= count && token.lifeSeconds <= lifetimeSecondsMax
        }
    }

    /// Which tokens may be issued.
    public struct Issues: Sendable {
        /// The roles that they may carry.
        public let roles: [RoleName]
        /// The seconds that they may live; nil where the issuer's own bound is enough.
        public let lifetimeSecondsMax: Int?

        /// Whether a token with all of `asked` may be issued.
        public func covers(_ asked: [RoleName]) -> Bool { asked.allSatisfy { roles.contains($0) } }
    }

    /// A route and the permission that it takes. A route that is not listed is denied.
    public struct Route: Sendable {
        /// The method; `GET` covers `HEAD`.
        public let method: RouteMethod
        /// The path.
        public let pattern: RoutePattern
        /// What a caller needs.
        public let permission: Permission
    }

    /// Which roles a caller with a certificate may carry. A certificate that is not listed carries none.
    public struct Binding: Sendable {
        /// The certificate's principal name, compared byte by byte.
        public let certificate: PrincipalName
        /// The roles that tokens may carry beside it.
        public let roles: [RoleName]
        /// The token subjects that this holds for; nil for any.
        public let subjects: [[UInt8]]?
    }

    /// A word of the author's for this state of the policy, at most 64 bytes.
    public let version: [UInt8]
    /// Whether a request without a client certificate is denied, where a listener lets one through at all.
    public let requiresCertificate: Bool
    /// The roles, in the order of the file.
    public let roles: [Role]
    /// The routes.
    public let routes: [Route]
    /// The bindings.
    public let bindings: [Binding]
    /// The denials.
    public let denials: [Denial]
    /// Digest of the file's bytes.
    public let sha256: SHA256Digest
}
