internal import JSON

/// A decision told step by step, for people. It is worked out from the policy as written, not from the tables that
/// `decide` uses, so that the two check each other.
public struct Explanation: Sendable {
    /// One check and what came of it.
    public struct Step: Equatable, Sendable {
        /// What was looked at: `route`, `roles`, `certificate`, `subject` or `permission`.
        public let check: String
        /// Why the decision ends here; nil where it went on.
        public let refusal: PolicyRefusal?
        /// The facts, in a sentence.
        public let detail: String
    }

    /// The checks in their order. Only the last can refuse.
    public let steps: [Step]
    /// What is allowed and to which role; nil for a refusal.
    public let allowed: (permission: Permission, role: RoleName)?

    /// Why it is refused; nil where it is allowed.
    public var refusal: PolicyRefusal? { steps.last?.refusal }
}

extension PolicyEngine {
    /// Tells the decision on a request as `decide(method:path:token:certificate:)` takes it.
    /// - Complexity: linear in the policy; not for the request path.
    public func explain(
        method: [UInt8], path: [UInt8], token: VerifiedToken, certificate: CertificateIdentity?
    ) -> Explanation {
        var narrator = Narrator(document: document)
        let allowed = narrator.decide(method: method, path: path, token: token, certificate: certificate)
        return Explanation(steps: narrator.steps, allowed: allowed)
    }
}

private struct Narrator {
    let document: PolicyDocument
    var steps: [Explanation.Step] = []

    private mutating func pass(_ check: String, _ detail: String) {
        steps.append(.init(check: check, refusal: nil, detail: detail))
    }

    private mutating func refuse(_ check: String, _ refusal: PolicyRefusal, _ detail: String) {
        steps.append(.init(check: check, refusal: refusal, detail: detail))
    }

    mutating func decide(
        method: [UInt8], path: [UInt8], token: VerifiedToken, certificate: CertificateIdentity?
    ) -> (permission: Permission, role: RoleName)? {
        let request = "\(Self.text(method)) \(Self.text(path))"
        guard let route = route(method, path) else {
            refuse("route", .routeUnlisted, "no route of the policy fits \(request)")
            return nil
        }
        let permission = route.permission
        pass(
            "route",
            "\(request) is \(route.method.name) \(Self.text(route.pattern.text)), which takes \(permission.name)")
        let known = document.roles.filter { token.roles.contains($0.name) }
        guard !known.isEmpty else {
            refuse("roles", .roleUnknown, "the policy knows none of the token's roles: \(Self.list(token.roles))")
            return nil
        }
        pass("roles", "the token carries \(Self.list(known.map(\.name)))")
        guard let usable = bound(known, token, certificate) else { return nil }
        guard let role = usable.first(where: { $0.permissions.contains(permission) }) else {
            refuse("permission", .roleMissing, "\(Self.list(usable.map(\.name))) does not grant \(permission.name)")
            return nil
        }
        pass("permission", "\(role.name) grants \(permission.name)")
        return (permission, role.name)
    }

    private mutating func bound(
        _ known: [PolicyDocument.Role], _ token: VerifiedToken, _ certificate: CertificateIdentity?
    ) -> [PolicyDocument.Role]? {
        guard let certificate else {
            if document.requiresCertificate {
                refuse(
                    "certificate", .certificateRequired, "there is no client certificate and the policy requires one")
                return nil
            }
            pass("certificate", "there is no client certificate and the policy requires none")
            return known
        }
        let name = certificate.name.description
        let bindings = document.bindings.filter { $0.certificate == certificate.name }
        guard !bindings.isEmpty else {
            refuse("certificate", .certificateUnbound, "no binding names \(name)")
            return nil
        }
        let carriable = known.filter { role in bindings.contains { $0.roles.contains(role.name) } }
        guard !carriable.isEmpty else {
            refuse(
                "certificate", .roleNotForCertificate, "\(name) may carry \(Self.list(bindings.flatMap(\.roles))) only")
            return nil
        }
        pass("certificate", "\(name) may carry \(Self.list(carriable.map(\.name)))")
        let fitting = bindings.filter { $0.subjects?.contains(token.subject) ?? true }
        let usable = carriable.filter { role in fitting.contains { $0.roles.contains(role.name) } }
        guard !usable.isEmpty else {
            refuse("subject", .subjectNotForCertificate, "\(name) may not carry them for \(Self.text(token.subject))")
            return nil
        }
        pass("subject", "\(Self.text(token.subject)) may be \(Self.list(usable.map(\.name))) with this certificate")
        return usable
    }

    /// Of the routes that fit, the one with a literal where the others have a parameter, from the left.
    private func route(_ method: [UInt8], _ path: [UInt8]) -> PolicyDocument.Route? {
        guard path.first == UInt8(ascii: "/") else { return nil }
        let isHead = method.isEqual(to: "HEAD")
        let segments = path.count == 1 ? [] : path.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false)
        let fitting = document.routes.filter { route in
            (method.isEqual(to: route.method.name) || (isHead && route.method == .get))
                && route.pattern.segments.count == segments.count
                && zip(route.pattern.segments, segments).allSatisfy(Self.fits)
        }
        return fitting.min { left, right in
            let pairs = zip(left.pattern.segments, right.pattern.segments)
            guard let (first, _) = pairs.first(where: { $0 != $1 }) else { return false }
            return first != .parameter
        }
    }

    private static func fits(_ wanted: RoutePattern.Segment, _ found: ArraySlice<UInt8>) -> Bool {
        switch wanted {
        case .literal(let bytes): bytes.elementsEqual(found)
        case .parameter: !found.isEmpty && !found.elementsEqual(".".utf8) && !found.elementsEqual("..".utf8)
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func list(_ roles: [RoleName]) -> String { roles.map(\.description).joined(separator: ", ") }
}
