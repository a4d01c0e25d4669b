internal import JSON

/// Writes instants as RFC 3339 with microseconds. The part down to the second is kept, since the next line has it too.
struct LogClock: Sendable {
    private var second = Int64.min
    private var text: [UInt8] = []

    /// Appends `2026-08-01T12:00:00.000001Z`.
    mutating func append(_ microseconds: Int64, to bytes: inout [UInt8]) {
        let second = Self.floor(microseconds, 1_000_000)
        if second != self.second { spell(second) }
        bytes.append(text.span)
        Self.append(UInt64(microseconds - second * 1_000_000), digits: 6, to: &bytes)
        bytes.append(UInt8(ascii: "Z"))
    }

    /// Days to a date by H. Hinnant's `civil_from_days`, eras of 400 years.
    private mutating func spell(_ second: Int64) {
        self.second = second
        let days = Self.floor(second, 86_400)
        let ofDay = UInt64(second - days * 86_400)
        let shifted = days + 719_468
        let era = Self.floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let calendarMonth = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (calendarMonth <= 2 ? 1 : 0)
        text.removeAll(keepingCapacity: true)
        let parts: [(UInt64, Int, Unicode.Scalar)] = [
            (UInt64(clamping: year), 4, "-"), (UInt64(calendarMonth), 2, "-"), (UInt64(day), 2, "T"),
            (ofDay / 3600, 2, ":"), (ofDay / 60 % 60, 2, ":"), (ofDay % 60, 2, "."),
        ]
        for (value, digits, separator) in parts {
            Self.append(value, digits: digits, to: &text)
            text.append(UInt8(ascii: separator))
        }
    }

    private static func floor(_ value: Int64, _ divisor: Int64) -> Int64 {
        value >= 0 ? value / divisor : -((divisor - 1 - value) / divisor)
    }

    private static func append(_ value: UInt64, digits: Int, to bytes: inout [UInt8]) {
        var unit: UInt64 = 1
        for _ in 1..<digits { unit *= 10 }
        while unit > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / unit % 10))
            unit /= 10
        }
    }
}
