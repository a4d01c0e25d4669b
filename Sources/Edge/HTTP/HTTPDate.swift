/// The date format of HTTP (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
    /// The 29 bytes for a time in seconds since 1970-01-01T00:00:00Z, from then to the end of the year 9999.
    public static func bytes(secondsSince1970 seconds: Int64) -> [UInt8] {
        let clamped = Int(min(max(seconds, 0), secondsMax))
        let (days, second) = clamped.quotientAndRemainder(dividingBy: 86400)
        let (year, month, day) = civil(days: days)
        var text: [UInt8] = []
        text.reserveCapacity(29)
        text.append(contentsOf: weekdays[(days + 4) % 7].utf8)
        text.append(contentsOf: ", ".utf8)
        appendTwo(day, to: &text)
        text.append(contentsOf: months[month - 1].utf8)
        appendTwo(year / 100, to: &text)
        appendTwo(year % 100, to: &text)
        text.append(Octets.space)
        appendTwo(second / 3600, to: &text)
        text.append(UInt8(ascii: ":"))
        appendTwo(second / 60 % 60, to: &text)
        text.append(UInt8(ascii: ":"))
        appendTwo(second % 60, to: &text)
        text.append(contentsOf: " GMT".utf8)
        return text
    }

    private static let secondsMax: Int64 = 253_402_300_799
    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ", " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec ",
    ]

    private static func appendTwo(_ value: Int, to text: inout [UInt8]) {
        text.append(UInt8(ascii: "0") + UInt8(value / 10))
        text.append(UInt8(ascii: "0") + UInt8(value % 10))
    }

    /// Year, month (1 to 12) and day (1 to 31) of a day counted from 1970-01-01 in the Gregorian calendar. Years are
    /// taken to begin on 1 March, so that the leap day is the last of its year and months have regular lengths.
    private static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let sinceEpoch = days + 719_468  // days from 0000-03-01 to 1970-01-01
        let (era, dayOfEra) = sinceEpoch.quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }
}
