/// What a role gains and loses from one policy to another.
public struct RoleDifference: Equatable, Sendable {
    /// The role.
    public let role: RoleName
    /// What its callers may that they might not, in sentences without a verb: `permission tickets:read_any when bound`.
    public let gains: [String]
    /// What they may no more.
    public let loses: [String]
}

extension PolicyEngine {
    /// What each role gains and loses where this policy takes the place of `old`; roles without a difference are left out.
    ///
    /// Permissions, their routes, and tools, with what is inherited; what may be issued; certificates; and the denials that
    /// are about what the role has. What is denied to a role whatever the circumstances counts as not granted.
    public func differences(from old: PolicyEngine) -> [RoleDifference] {
        let names = roles.names + old.roles.names.filter { !roles.names.contains($0) }
        return names.compactMap { name in
            let before = RolePowers(of: name, in: old)
            let after = RolePowers(of: name, in: self)
            var change = PowerChange()
            change.compare(before, after)
            return change.isEmpty ? nil : RoleDifference(role: name, gains: change.gains, loses: change.loses)
        }
    }
}

/// Gains and losses, found one by one.
private struct PowerChange {
    private(set) var gains: [String] = []
    private(set) var loses: [String] = []

    var isEmpty: Bool { gains.isEmpty && loses.isEmpty }

    mutating func compare(_ before: RolePowers, _ after: RolePowers) {
        let known = Set(after.powers.map(\.key))
        for power in after.powers + before.powers.filter({ !known.contains($0.key) }) {
            compare(power.name, before.ways(of: power.key), after.ways(of: power.key))
        }
        // A denial of what the role does not have afterwards takes nothing from it, and its end gives nothing.
        for denial in after.denials where !before.has(denial) && after.isGranted(denial.target) {
            loses.append("now denied: \(denial.target)\(denial.circumstances)")
        }
        for denial in before.denials
        where !after.has(denial) && before.isGranted(denial.target) && after.isGranted(denial.target) {
            gains.append("no longer denied: \(denial.target)\(denial.circumstances)")
        }
    }

    /// - Parameters:
    ///   - before: the ways in which it was granted; the empty one asks for nothing and then stands alone.
    private mutating func compare(_ name: String, _ before: [String], _ after: [String]) {
        switch (before == [""], after == [""]) {
        case (true, true): return
        case (true, false): loses.append(after.isEmpty ? name : "\(name) without a condition, now \(Self.list(after))")
        case (false, true):
            gains.append(before.isEmpty ? name : "\(name) without a condition, before \(Self.list(before))")
        case (false, false):
            gains += after.filter { !before.contains($0) }.map { "\(name) \($0)" }
            loses += before.filter { !after.contains($0) }.map { "\(name) \($0)" }
        }
    }

    private static func list(_ ways: [String]) -> String { ways.joined(separator: " or ") }
}
