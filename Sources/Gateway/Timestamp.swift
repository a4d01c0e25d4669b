internal import Audit

/// Points in time as people and records read them.
enum Timestamp {
    /// `2026-11-20T08:00:00.000250Z` (RFC 3339), the same form as in the audit log.
    static func text(microseconds: Int64) -> String { WallTime(microseconds: microseconds).text }
}
