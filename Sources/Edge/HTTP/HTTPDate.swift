internal import Bytes

/// The date format of HTTP (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
public enum HTTPDate {
    /// The 29 bytes for a time in seconds since 1970-01-01T00:00:00Z, from then to the end of the year 9999.
    public static func bytes(secondsSince1970 seconds: Int64) -> [UInt8] {
        let clamped = Int(min(max(seconds, 0), secondsMax))
        let (days, second) = clamped.quotientAndRemainder(dividingBy: 86400)
        let date = CivilDate(daysSince1970: Int64(days))
        var text: [UInt8] = []
        text.reserveCapacity(29)
        text.append(contentsOf: weekdays[(days + 4) % 7].utf8)
        text.append(contentsOf: ", ".utf8)
        appendTwo(Int(date.day), to: &text)
        text.append(contentsOf: months[Int(date.month) - 1].utf8)
        appendTwo(Int(date.year / 100), to: &text)
        appendTwo(Int(date.year % 100), to: &text)
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
}
