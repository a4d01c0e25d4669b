internal import JSON

/// Takes a decision from the policy as written, slowly and in words.
struct Narrator {
    private let document: PolicyDocument
    private let token: VerifiedToken
    private let certificate: CertificateIdentity?
    private let judge: ConditionJudge
    private(set) var steps: [Explanation.Step] = []

    init(
        _ document: PolicyDocument, _ token: VerifiedToken, _ certificate: CertificateIdentity?,
        _ circumstances: Circumstances
    ) {
        self.document = document
        self.token = token
        self.certificate = certificate
        judge = ConditionJudge(isBound: token.isBound, name: certificate?.name, circumstances: circumstances)
    }

    mutating func decide(method: [UInt8], path: [UInt8]) -> Explanation.Allowed? {
        let request = "\(Self.text(method)) \(Self.text(path))"
        guard let route = route(method, path) else {
            refuse("route", .routeUnlisted, "no route of the policy fits \(request)")
            return nil
        }
        pass(
            "route",
            "\(request) is \(route.method.name) \(Self.text(route.pattern.text)), which takes \(route.permission.name)")
        return decide(route.permission)
    }

    mutating func decide(_ permission: Permission) -> Explanation.Allowed? {
        decide("permission", "\(permission.name)", permission, \.grants) { $0.permissions.contains(permission) }
    }

    mutating func decide(_ tool: ToolName) -> Explanation.Allowed? {
        decide("tool", "\(tool)", tool, \.tools) { $0.tools.contains(tool) }
    }

    private mutating func decide<Target>(
        _ check: String, _ name: String, _ target: Target,
        _ list: (PolicyDocument.Role) -> [PolicyDocument.Grant<Target>], isDenied: (PolicyDocument.Denial) -> Bool
    ) -> Explanation.Allowed? {
        let known = document.roles.filter { token.roles.contains($0.name) }
        guard !known.isEmpty else {
            refuse("roles", .roleUnknown, "the policy knows none of the token's roles: \(Self.list(token.roles))")
            return nil
        }
        pass("roles", "the token carries \(Self.list(known.map(\.name)))")
        guard let carriable = bound(known), let usable = approved(carriable) else { return nil }
        for (index, denial) in document.denials.enumerated() where isDenied(denial) {
            if strikes(denial, index, known, name) { return nil }
        }
        return grant(check, name, target, list, usable)
    }

    // MARK: Certificate

    private mutating func bound(_ known: [PolicyDocument.Role]) -> [PolicyDocument.Role]? {
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

    private mutating func approved(_ roles: [PolicyDocument.Role]) -> [PolicyDocument.Role]? {
        var left: [PolicyDocument.Role] = []
        for role in roles {
            guard let needs = role.approvals else {
                left.append(role)
                continue
            }
            let (count, life) = (needs.count, needs.lifetimeSecondsMax)
            let asked = "\(role.name) needs \(count) approvals and a life of at most \(life) s"
            let found = "the token has \(token.approvers.count) and lives \(token.lifeSeconds) s"
            if token.approvers.count < needs.count || token.lifeSeconds > needs.lifetimeSecondsMax {
                skip("approvals", "\(asked); \(found)")
            } else {
                let names = token.approvers.map(Self.text).joined(separator: ", ")
                pass("approvals", "\(asked); \(found), by \(names)")
                left.append(role)
            }
        }
        guard !left.isEmpty else {
            refuse("approvals", .approvalsMissing, "no role is left that the token may use")
            return nil
        }
        return left
    }

    // MARK: Denials and grants

    private mutating func strikes(
        _ denial: PolicyDocument.Denial, _ index: Int, _ carried: [PolicyDocument.Role], _ name: String
    ) -> Bool {
        let rule = "/deny/\(index)"
        let meant = carried.filter { role in
            denial.roles.map { $0.contains { ancestry(of: role).map(\.name).contains($0) } } ?? true
        }
        guard !meant.isEmpty else {
            skip("deny", "\(rule) is about \(Self.list(denial.roles ?? [])), which the token does not carry")
            return false
        }
        if let condition = denial.when, let unmet = judge.unmet(condition) {
            guard unmet.isUndecided else {
                skip("deny", "\(rule) does not strike: \(unmet.words)")
                return false
            }
            skip("deny", "\(rule) is taken as met, since nobody can tell: \(unmet.words)")
        }
        var detail = "\(rule) denies \(name) to \(Self.list(meant.map(\.name)))"
        if let condition = denial.unless {
            guard let unmet = judge.unmet(condition) else {
                skip("deny", "\(rule) spares the request: what its unless asks for is so")
                return false
            }
            detail += ", since \(unmet.words)"
        }
        refuse("deny", .denied(by: index), detail)
        return true
    }

    private mutating func grant<Target>(
        _ check: String, _ name: String, _ target: Target,
        _ list: (PolicyDocument.Role) -> [PolicyDocument.Grant<Target>], _ usable: [PolicyDocument.Role]
    ) -> Explanation.Allowed? {
        var wide: RoleName?
        var own: RoleName?
        var failure: ConditionJudge.Unmet?
        for role in usable {
            for source in ancestry(of: role) {
                for grant in list(source) where grant.target == target {
                    let origin = source.name == role.name ? "" : ", inherited from \(source.name)"
                    if let condition = grant.condition, let unmet = judge.unmet(condition) {
                        // A grant that asks for nothing holds whatever becomes of another: that one is no reason.
                        skip("grant", "\(role.name) grants \(name)\(origin), but \(unmet.words)")
                        failure = failure ?? unmet
                    } else if grant.isOwnOnly {
                        skip("grant", "\(role.name) grants \(name) for what is the caller's own\(origin)")
                        own = own ?? role.name
                    } else {
                        if grant.condition != nil || !origin.isEmpty {
                            skip("grant", "\(role.name) grants \(name)\(origin): its conditions are met")
                        }
                        wide = wide ?? role.name
                    }
                }
            }
        }
        guard let role = wide ?? own else {
            let names = Self.list(usable.map(\.name))
            if let failure {
                refuse(check, failure.refusal, "\(names) grants \(name) under conditions that are not met")
            } else {
                refuse(check, .roleMissing, "\(names) does not grant \(name)")
            }
            return nil
        }
        pass(check, "\(role) grants \(name)" + (wide == nil ? " for what is the caller's own" : ""))
        return Explanation.Allowed(name: name, role: role, isOwnOnly: wide == nil)
    }

    /// A role and those that it inherits from, the nearest first.
    private func ancestry(of role: PolicyDocument.Role) -> [PolicyDocument.Role] {
        var found = [role]
        var next = 0
        while next < found.count {
            for name in found[next].inherits where !found.contains(where: { $0.name == name }) {
                found += document.roles.filter { $0.name == name }
            }
            next += 1
        }
        return found
    }

    // MARK: Route

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

    // MARK: Words

    private mutating func pass(_ check: String, _ detail: String) {
        steps.append(.init(check: check, outcome: .pass, detail: detail))
    }

    private mutating func skip(_ check: String, _ detail: String) {
        steps.append(.init(check: check, outcome: .skip, detail: detail))
    }

    private mutating func refuse(_ check: String, _ refusal: PolicyRefusal, _ detail: String) {
        steps.append(.init(check: check, outcome: .deny(refusal), detail: detail))
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func list(_ roles: [RoleName]) -> String { roles.map(\.description).joined(separator: ", ") }
}
