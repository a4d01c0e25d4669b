internal import Auth
internal import JSON

/// What a policy looks at that records may not say.
struct ReplayNeeds {
    private let narrowed: Set<PrincipalName>
    private let addresses: Set<Permission>
    private let binding: Set<Permission>
    private let routes: [PolicyDocument.Route]

    init(_ document: PolicyDocument) {
        narrowed = Set(document.bindings.filter { $0.subjects != nil }.map(\.certificate))
        var addresses: Set<Permission> = []
        var binding: Set<Permission> = []
        let note = { (permission: Permission, condition: Condition?) in
            if condition?.addresses != nil { addresses.insert(permission) }
            if condition?.demandsBinding == true { binding.insert(permission) }
        }
        for grant in document.roles.flatMap(\.grants) { note(grant.target, grant.condition) }
        for denial in document.denials {
            for permission in denial.permissions {
                note(permission, denial.when)
                note(permission, denial.unless)
            }
        }
        self.addresses = addresses
        self.binding = binding
        routes = document.routes
    }

    /// Whether a decision asks if the token is bound.
    func asksForBinding(_ permission: Permission) -> Bool { binding.contains(permission) }

    /// Whether a decision asks for whom the token is.
    func asksForSubject(_ certificate: PrincipalName?) -> Bool { certificate.map(narrowed.contains) ?? false }

    /// What a record does not say of `request`, which goes by a route that takes `permission`; nil where it says all.
    func gap(_ request: RecordedRequest, _ permission: Permission?) -> RecordedRequest.Gap? {
        if isAmbiguous(request, permission) { return .path }
        guard let permission else { return nil }
        if request.isAddressSealed && addresses.contains(permission) { return .sealedAddress }
        if request.subject == nil && asksForSubject(request.certificate) { return .sealedSubject }
        return nil
    }

    /// Whether something in the path was masked, a slash perhaps or what a route has a text of its own for. A mask has one of
    /// `*`, `<` and `[`, which no route's text has.
    private func isAmbiguous(_ request: RecordedRequest, _ permission: Permission?) -> Bool {
        let parts = request.path.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false)
        let masked = parts.indices.filter { parts[$0].contains { "*<[".utf8.contains($0) } }
        guard !masked.isEmpty else { return false }
        return permission == nil
            || routes.contains { route in
                let wanted = route.pattern.text.dropFirst().split(separator: 0x2F, omittingEmptySubsequences: false)
                return wanted.count == parts.count && RouteMethod(name: request.method) == route.method
                    && masked.contains { wanted[$0].first != UInt8(ascii: "{") }
            }
    }
}
