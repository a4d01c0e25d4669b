internal import Auth
internal import Redaction
internal import Synchronization

/// The redactor for a caller's roles, a route and a direction.
///
/// Without rules it is the same for all, and asking for it allocates nothing and takes no lock. With rules, that of a scope is
/// made when it is first asked for and kept.
final class ScopedRedactors: Sendable {
    /// Scopes that are kept. Past it all are forgotten: an operator has that many only by tokens of ever other roles.
    static let scopesMax = 1_024

    /// What the policy says where no rule fits.
    let general: Redactor
    private let hasRules: Bool
    private let roles: RoleTable
    private let kept = Mutex<[Scope: Redactor]>([:])

    private struct Scope: Hashable {
        let roles: RoleSet
        let path: [UInt8]
        let direction: RedactionScope.Direction
    }

    /// - Parameter roles: those of the RBAC policy that permits are made by.
    init(_ general: Redactor, roles: RoleTable) {
        self.general = general
        hasRules = general.policy.hasRules
        self.roles = roles
    }

    /// How many scopes are kept now.
    var scopeCount: Int { kept.withLock { $0.count } }

    /// The redactor for what the caller with this permit sends or gets.
    func redactor(for permit: Permit, _ direction: RedactionScope.Direction) -> Redactor {
        hasRules ? scoped(permit, direction) : general
    }

    @inline(never)
    private func scoped(_ permit: Permit, _ direction: RedactionScope.Direction) -> Redactor {
        let scope = Scope(roles: permit.roles, path: permit.path, direction: direction)
        if let known = kept.withLock({ $0[scope] }) { return known }
        let redactor = general.scoped(
            to: RedactionScope(
                roles: roles.names(of: permit.roles).map(\.bytes), route: permit.path, direction: direction))
        let dropped = kept.withLock { kept -> [Scope: Redactor] in
            var dropped: [Scope: Redactor] = [:]
            if kept.count >= Self.scopesMax { swap(&kept, &dropped) }
            kept[scope] = redactor
            return dropped
        }
        // Freed outside the lock.
        _ = consume dropped
        return redactor
    }
}
