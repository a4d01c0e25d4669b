internal import Auth
internal import JSON
internal import OpenSSL

/// What a replay counts, in as much memory for a long log as for a short one.
struct ReplayTally {
    /// Requests of one role or route.
    struct Count {
        var decided = 0
        var toDeny = 0
        var toAllow = 0
    }

    /// Names that are counted each by itself; the others share one count.
    static let namesMax = 1000

    private(set) var records = 0
    private(set) var total = Count()
    private var withoutDecision = 0
    private var otherReason = 0
    private var gaps: [RecordedRequest.Gap: Int] = [:]
    private var byRole: [String: Count] = [:]
    private var byRoute: [String: Count] = [:]

    var changed: Int { total.toDeny + total.toAllow }
    var undecided: Int { gaps.values.reduce(0, +) }

    mutating func countRecord() { records += 1 }
    mutating func countWithoutDecision() { withoutDecision += 1 }
    mutating func count(_ gap: RecordedRequest.Gap) { gaps[gap, default: 0] += 1 }

    /// Counts a request that was decided anew; a nil reason is one that was, or is, let in.
    mutating func count(role: String, route: String, before: String?, after: String?) {
        var count = Count(decided: 1)
        switch (before == nil, after == nil) {
        case (true, false): count.toDeny = 1
        case (false, true): count.toAllow = 1
        case (false, false): otherReason += before == after ? 0 : 1
        case (true, true): break
        }
        total.add(count)
        Self.add(count, role, to: &byRole)
        Self.add(count, route, to: &byRoute)
    }

    private static func add(_ count: Count, _ name: String, to counts: inout [String: Count]) {
        let name = counts[name] != nil || counts.count < namesMax ? name : "others"
        counts[name, default: Count()].add(count)
    }

    // MARK: The report

    func lines(_ file: String, _ engine: PolicyEngine) -> [String] {
        let digest = String(decoding: engine.sha256.hex, as: UTF8.self)
        var lines = [
            "policy \(file), version \(String(decoding: engine.version, as: UTF8.self)), sha256 \(digest)",
            "\(records) records, \(total.decided) requests decided anew, \(changed) decisions would change: "
                + "\(total.toDeny) to deny, \(total.toAllow) to allow; \(otherReason) denied for another reason",
        ]
        for (title, counts) in [("by role", byRole), ("by route", byRoute)] {
            let changing = counts.filter { $0.value.toDeny + $0.value.toAllow > 0 }.sorted { $0.key < $1.key }
            if !changing.isEmpty { lines.append(title) }
            for (name, count) in changing {
                lines.append("  \(name): \(count.toDeny) to deny, \(count.toAllow) to allow, of \(count.decided)")
            }
        }
        lines.append("\(withoutDecision) requests ended before a policy decided, and are left alone")
        lines.append("\(undecided) requests cannot be decided anew")
        for gap in RecordedRequest.Gap.allCases {
            if let count = gaps[gap] { lines.append("  \(count): \(gap.words)") }
        }
        return lines
    }

    func json(_ engine: PolicyEngine) -> [UInt8] {
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            json.member("type", literal: "summary")
            json.member("version", engine.version)
            json.member("sha256", engine.sha256.hex)
            json.member("records", records)
            Self.write(total, to: &json)
            json.member("other_reason", otherReason)
            json.member("without_decision", withoutDecision)
            json.name("by_role")
            Self.write(byRole, to: &json)
            json.name("by_route")
            Self.write(byRoute, to: &json)
            json.name("undecided")
            json.object { json in
                for gap in RecordedRequest.Gap.allCases {
                    guard let count = gaps[gap] else { continue }
                    json.name(text: Array(gap.rawValue.utf8))
                    json.integer(count)
                }
            }
        }
        return json.bytes
    }

    private static func write(_ counts: [String: Count], to json: inout JSONWriter) {
        json.object { json in
            for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
                json.name(text: Array(name.utf8))
                json.object { json in write(count, to: &json) }
            }
        }
    }

    private static func write(_ count: Count, to json: inout JSONWriter) {
        json.member("decided", count.decided)
        json.member("to_deny", count.toDeny)
        json.member("to_allow", count.toAllow)
    }
}

extension ReplayTally.Count {
    fileprivate mutating func add(_ other: Self) {
        decided += other.decided
        toDeny += other.toDeny
        toAllow += other.toAllow
    }
}
