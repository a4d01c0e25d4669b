/// Whose text is redacted, and on which way; the policy's rules ask for it.
public struct RedactionScope: Sendable {
    /// Which way a text goes.
    public enum Direction: String, CaseIterable, Sendable {
        /// To the assistant, a ticket, a model.
        case input
        /// To the caller.
        case output
    }

    /// What rules may name: a rule for a role or route that is not there would never hold, and nobody would see it.
    public struct Names: Sendable {
        /// The roles of `rbac.json5`.
        public let roles: [[UInt8]]
        /// The paths of its routes.
        public let routes: [[UInt8]]

        /// Makes names.
        public init(roles: [[UInt8]], routes: [[UInt8]]) {
            self.roles = roles
            self.routes = routes
        }
    }

    /// The roles that the caller's token was accepted with.
    public let roles: [[UInt8]]
    /// The route's path as `rbac.json5` writes it: `/v1/tickets/{id}`.
    public let route: [UInt8]
    /// Which way the text goes.
    public let direction: Direction

    /// Makes a scope.
    public init(roles: [[UInt8]], route: [UInt8], direction: Direction) {
        self.roles = roles
        self.route = route
        self.direction = direction
    }
}

/// Actions for some callers, routes or directions.
struct RedactionRule: Equatable, Sendable {
    /// Roles of which a caller must have one; nil for any caller.
    let roles: Set<[UInt8]>?
    /// Nil for any route.
    let routes: Set<[UInt8]>?
    /// Nil for both.
    let direction: RedactionScope.Direction?
    /// By type's index.
    let actions: [UInt8: RedactionPolicy.Action]

    func fits(_ scope: RedactionScope) -> Bool {
        (roles.map { roles in scope.roles.contains { roles.contains($0) } } ?? true)
            && (routes?.contains(scope.route) ?? true) && (direction ?? scope.direction) == scope.direction
    }
}
