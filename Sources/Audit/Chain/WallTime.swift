internal import Bytes

/// A moment in UTC with microseconds, as records write it: `2026-11-20T08:00:00.000250Z`.
package struct WallTime: Comparable, Hashable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z, within the years 1970 to 9999.
    package let microseconds: Int64

    /// The moment, moved into the years that four digits can write.
    package init(microseconds: Int64) {
        self.microseconds = min(max(0, microseconds), Self.microsecondsMax)
    }

    /// Number of the UTC day since 1970-01-01.
    package var day: Int64 { microseconds / Self.microsecondsPerDay }

    /// Length of the text.
    package static let byteCount = 27

    /// Appends the 27 bytes.
    func append(to output: inout ByteBuffer) {
        let (year, month, day) = Self.civil(day: day)
        let clock = microseconds % Self.microsecondsPerDay
        let second = clock / 1_000_000
        let fraction = clock % 1_000_000
        Self.append(year / 100, then: nil, to: &output)
        Self.append(year % 100, then: UInt8(ascii: "-"), to: &output)
        Self.append(month, then: UInt8(ascii: "-"), to: &output)
        Self.append(day, then: UInt8(ascii: "T"), to: &output)
        Self.append(second / 3600, then: UInt8(ascii: ":"), to: &output)
        Self.append(second / 60 % 60, then: UInt8(ascii: ":"), to: &output)
        Self.append(second % 60, then: UInt8(ascii: "."), to: &output)
        Self.append(fraction / 10_000, then: nil, to: &output)
        Self.append(fraction / 100 % 100, then: nil, to: &output)
        Self.append(fraction % 100, then: UInt8(ascii: "Z"), to: &output)
    }

    /// The text.
    package var text: String {
        var bytes = ByteBuffer(capacity: Self.byteCount)
        append(to: &bytes)
        return String(decoding: bytes.array(), as: UTF8.self)
    }

    /// The moment that the 27 bytes at `start` write, or nil where they are no such text.
    package init?(_ bytes: Span<UInt8>, at start: Int) {
        guard start >= 0, start + Self.byteCount <= bytes.count else { return nil }
        for (offset, mark) in Self.marks where bytes[start + offset] != mark { return nil }
        func number(_ offset: Int, _ digits: Int) -> Int64 {
            var value: Int64 = 0
            for index in (start + offset)..<(start + offset + digits) {
                let digit = bytes[index] &- UInt8(ascii: "0")
                guard digit < 10 else { return -1 }
                value = value * 10 + Int64(digit)
            }
            return value
        }
        let year = number(0, 4), month = number(5, 2), day = number(8, 2)
        let hour = number(11, 2), minute = number(14, 2), second = number(17, 2), fraction = number(20, 6)
        guard year >= 1970, (1...12).contains(month), (1...Self.days(in: month, of: year)).contains(day),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second), fraction >= 0
        else { return nil }
        let days = Self.daysSinceEpoch(year: year, month: month, day: day)
        microseconds = (days * 86_400 + hour * 3600 + minute * 60 + second) * 1_000_000 + fraction
    }

    package static func < (left: WallTime, right: WallTime) -> Bool { left.microseconds < right.microseconds }

    private static let microsecondsPerDay: Int64 = 86_400_000_000
    /// 9999-12-31T23:59:59.999999Z.
    private static let microsecondsMax: Int64 = 253_402_300_799_999_999
    private static let marks: [(Int, UInt8)] = [
        (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")), (10, UInt8(ascii: "T")), (13, UInt8(ascii: ":")),
        (16, UInt8(ascii: ":")), (19, UInt8(ascii: ".")), (26, UInt8(ascii: "Z")),
    ]

    /// Two digits and a mark.
    private static func append(_ value: Int64, then mark: UInt8?, to output: inout ByteBuffer) {
        output.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / 10))
        output.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10))
        if let mark { output.append(mark) }
    }

    private static func days(in month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Days from the epoch in the proleptic Gregorian calendar, counted in 400-year eras that start on 1 March.
    private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear / 400
        let yearOfEra = marchYear % 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    private static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = (marchMonth + 2) % 12 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}
