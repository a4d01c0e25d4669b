internal import Threading

/// The value of the `Date` field (RFC 9110 §6.6.1), formatted once a second. Belongs to one loop.
struct DateField {
    private var second: Int64 = -1
    private var value: [UInt8] = []

    /// Now, as `Sun, 06 Nov 1994 08:49:37 GMT` (IMF-fixdate, RFC 9110 §5.6.7).
    mutating func current() -> [UInt8] {
        let now = WallClock.seconds
        if now != second {
            second = now
            value = Self.format(secondsSince1970: now)
        }
        return value
    }

    /// Any second from 1970 on as IMF-fixdate.
    static func format(secondsSince1970 seconds: Int64) -> [UInt8] {
        let days = seconds / 86_400
        let (year, month, day) = civil(daysSince1970: days)
        var text: [UInt8] = []
        text.reserveCapacity(29)
        text.append(contentsOf: dayNames[Int((days + 4) % 7)].utf8)
        text.append(contentsOf: ", ".utf8)
        append(day, digits: 2, to: &text)
        text.append(contentsOf: " \(monthNames[Int(month) - 1]) ".utf8)
        append(year, digits: 4, to: &text)
        text.append(UInt8(ascii: " "))
        append(seconds / 3600 % 24, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(seconds / 60 % 60, digits: 2, to: &text)
        text.append(UInt8(ascii: ":"))
        append(seconds % 60, digits: 2, to: &text)
        text.append(contentsOf: " GMT".utf8)
        return text
    }

    /// The proleptic Gregorian date, counted in eras of 400 years (146,097 days) that begin on 1 March.
    private static func civil(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func append(_ value: Int64, digits: Int, to text: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    private static let dayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
