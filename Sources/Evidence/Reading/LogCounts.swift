/// What a log holds, in numbers.
package struct LogCounts: Sendable {
    /// Records by type, decisions by result, by reason and by answer's route, requests by principal and by hour, personal data
    /// by type.
    package private(set) var byName: [String: [[UInt8]: UInt64]] = [:]
    package private(set) var records: UInt64 = 0
    package private(set) var first: [UInt8]?
    package private(set) var last: [UInt8]?
    /// Requests by the time they took: bucket n holds those of at most 2^n microseconds.
    private var durations = [UInt64](repeating: 0, count: 64)

    /// Names told apart in one table; the rest is counted as `other`.
    static let namesMax = 10_000
    private static let other = Array("other".utf8)

    package init() {}

    package mutating func take(_ view: RecordView) {
        records += 1
        first = first ?? view.time
        last = view.time
        count("type", view.type)
        if let result = view.result {
            count("result", result)
            count("hour", Array(view.time.prefix(13)))
            count("principal", view.subject ?? view.certificate ?? Array("none".utf8))
        }
        if let reason = view.reason { count("reason", reason) }
        if let route = view.route { count("route", route) }
        for type in view.redactionTypes { count("redaction", type) }
        if let microseconds = view.microseconds, microseconds >= 0 {
            durations[microseconds == 0 ? 0 : 64 - (UInt64(microseconds) - 1).leadingZeroBitCount] += 1
        }
    }

    private mutating func count(_ table: String, _ name: [UInt8]) {
        let isKnown = byName[table]?[name] != nil || byName[table]?.count ?? 0 < Self.namesMax
        byName[table, default: [:]][isKnown ? name : Self.other, default: 0] += 1
    }

    /// Microseconds within which `share` (0 to 1) of the requests were answered, to the next power of two; nil without any.
    package func microseconds(share: Double) -> UInt64? {
        let total = durations.reduce(0, +)
        guard total > 0 else { return nil }
        var sum: UInt64 = 0
        for (bucket, count) in durations.enumerated() {
            sum += count
            if Double(sum) >= share * Double(total) { return 1 << UInt64(bucket) }
        }
        return nil
    }

    /// The table as text: the largest counts first.
    package var text: String {
        var lines = ["records  \(records)"]
        if let first, let last { lines.append("span     \(RecordText.show(first)) to \(RecordText.show(last))") }
        for (name, share) in [("p50", 0.5), ("p99", 0.99)] {
            if let limit = microseconds(share: share) { lines.append("\(name)      at most \(limit) us") }
        }
        for table in byName.keys.sorted() {
            lines.append("\nby \(table)")
            let rows = (byName[table] ?? [:]).sorted { left, right in
                left.value == right.value
                    ? left.key.lexicographicallyPrecedes(right.key) : left.value > right.value
            }
            for (name, count) in rows.prefix(50) { lines.append("  \(count)\t\(RecordText.show(name))") }
            if rows.count > 50 { lines.append("  … and \(rows.count - 50) more") }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
