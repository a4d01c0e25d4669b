/// A decision told step by step, for people. It is worked out from the policy as written, not from the tables that
/// `decide` uses, so that the two check each other.
public struct Explanation: Sendable {
    /// One check and what came of it.
    public struct Step: Equatable, Sendable {
        /// How a check ended: the decision went on, the rule is not about this request, or the decision ends here.
        public enum Outcome: Equatable, Sendable {
            case pass, skip
            case deny(PolicyRefusal)
        }

        /// What was looked at: `route`, `roles`, `certificate`, `subject`, `approvals`, `deny`, `grant` or `permission` (`tool` for one).
        public let check: String
        /// How it ended.
        public let outcome: Outcome
        /// The facts, in a sentence.
        public let detail: String

        /// Why the decision ends here; nil where it went on.
        public var refusal: PolicyRefusal? {
            if case .deny(let refusal) = outcome { refusal } else { nil }
        }
    }

    /// What is allowed.
    public struct Allowed: Equatable, Sendable {
        /// The permission's or tool's name.
        public let name: String
        /// The role that it is allowed to: of several, the first in the policy.
        public let role: RoleName
        /// Whether it is for what is the caller's own alone.
        public let isOwnOnly: Bool
    }

    /// The checks in their order. Only the last can refuse.
    public let steps: [Step]
    /// What is allowed; nil for a refusal.
    public let allowed: Allowed?

    /// Why it is refused; nil where it is allowed.
    public var refusal: PolicyRefusal? { steps.last?.refusal }
}

extension PolicyEngine {
    /// Tells the decision on a request as `decide(method:path:token:certificate:in:)` takes it.
    /// - Complexity: linear in the policy; not for the request path.
    public func explain(
        method: [UInt8], path: [UInt8], token: VerifiedToken, certificate: CertificateIdentity?,
        in circumstances: Circumstances
    ) -> Explanation {
        var narrator = Narrator(document, token, certificate, circumstances)
        let allowed = narrator.decide(method: method, path: path)
        return Explanation(steps: narrator.steps, allowed: allowed)
    }

    /// Tells the decision on a permission apart from any route as `decide(_:token:certificate:in:)` takes it.
    public func explain(
        _ permission: Permission, token: VerifiedToken, certificate: CertificateIdentity?,
        in circumstances: Circumstances
    ) -> Explanation {
        var narrator = Narrator(document, token, certificate, circumstances)
        let allowed = narrator.decide(permission)
        return Explanation(steps: narrator.steps, allowed: allowed)
    }

    /// Tells the decision on a tool as `decide(_:token:certificate:in:)` takes it.
    public func explain(
        _ tool: ToolName, token: VerifiedToken, certificate: CertificateIdentity?, in circumstances: Circumstances
    ) -> Explanation {
        var narrator = Narrator(document, token, certificate, circumstances)
        let allowed = narrator.decide(tool)
        return Explanation(steps: narrator.steps, allowed: allowed)
    }
}
