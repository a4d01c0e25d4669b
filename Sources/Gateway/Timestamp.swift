internal import Audit

/// Points in time as people and records read them.
enum Timestamp {
    /// `2026-11-20T08:00:00.000250Z` (RFC 3339), the same form as in the audit log.
    static func text(microseconds: Int64) -> String { WallTime(microseconds: microseconds).text }

    /// Seconds since 1970 of `2026-11-20T08:00:00Z`, or of the form with microseconds; nil for anything else.
    static func seconds(_ text: [UInt8]) -> Int64? {
        let whole = text.count == 20 && text.last == UInt8(ascii: "Z") ? text.dropLast() + Array(".000000Z".utf8) : text
        guard whole.count == WallTime.byteCount, let time = WallTime(whole.span, at: 0) else { return nil }
        return time.microseconds / 1_000_000
    }
}
