/// Which roles have whose grants.
struct RoleInheritance: Sendable {
    /// By role, in the policy's order: the roles whose grants it has, itself first, then those that it inherits from, the
    /// nearest first and each once.
    let sources: [[Int]]
    /// By role: itself and all that inherit from it.
    let heirs: [RoleSet]

    /// - Parameter parents: by role, the roles that it names. Without a cycle: see `cycle(in:)`.
    init(parents: [[Int]]) {
        sources = parents.indices.map { role in
            var found = [role]
            var next = 0
            while next < found.count {
                for parent in parents[found[next]] where !found.contains(parent) { found.append(parent) }
                next += 1
            }
            return found
        }
        var heirs = parents.map { _ in RoleSet() }
        for (role, found) in sources.enumerated() {
            for source in found { heirs[source].insert(role) }
        }
        self.heirs = heirs
    }

    init(_ roles: [PolicyDocument.Role], _ table: RoleTable) {
        self.init(parents: roles.map { $0.inherits.compactMap(table.index) })
    }

    /// The roles of a cycle, its first one again at the end, or nil where there is none.
    static func cycle(in parents: [[Int]]) -> [Int]? {
        // Roles that are known not to lead into a cycle.
        var isClear = parents.map { _ in false }
        for start in parents.indices where !isClear[start] {
            var way = [start]
            var taken = [0]
            while let role = way.last, let step = taken.last {
                guard step < parents[role].count else {
                    isClear[role] = true
                    way.removeLast()
                    taken.removeLast()
                    continue
                }
                taken[taken.count - 1] += 1
                let parent = parents[role][step]
                if let first = way.firstIndex(of: parent) { return Array(way[first...]) + [parent] }
                if !isClear[parent] {
                    way.append(parent)
                    taken.append(0)
                }
            }
        }
        return nil
    }
}
