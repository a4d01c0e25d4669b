internal import Bytes

/// How long a server asks to be left alone (RFC 9110 §10.2.3): seconds, or a date.
enum RetryAfter {
    /// Seconds past which it is as if for ever: a day.
    static let secondsMax: Int64 = 86_400

    /// - Parameter now: seconds since 1970.
    /// - Returns: nil where `text` is neither; 0 for a date that is past; at most `secondsMax`.
    static func seconds(_ text: String, now: Int64) -> Int64? {
        let bytes = Array(text.utf8)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        if (1...20).contains(bytes.count), bytes.allSatisfy(digits.contains) {
            return min(Int64(text) ?? secondsMax, secondsMax)
        }
        return date(bytes).map { min(max($0 - now, 0), secondsMax) }
    }

    /// Seconds since 1970 of an IMF-fixdate such as `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 §5.6.7). The two obsolete forms are
    /// not read: the usual pause follows. The name of the day is not compared.
    private static func date(_ text: [UInt8]) -> Int64? {
        let parts = text.split(separator: 0x20, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard text.count == 29, parts.count == 6, parts[0].utf8.count == 4, parts[5] == "GMT",
            let month = months.firstIndex(of: parts[2]), let day = number(parts[1], 2), let year = number(parts[3], 4)
        else { return nil }
        let clock = parts[4].split(separator: ":", omittingEmptySubsequences: false).map { number(String($0), 2) }
        guard clock.count == 3, let hour = clock[0], let minute = clock[1], let second = clock[2], hour < 24,
            minute < 60, second <= 60, let date = CivilDate(year: year, month: Int64(month) + 1, day: day)
        else { return nil }
        return date.daysSince1970 * 86_400 + hour * 3_600 + minute * 60 + second
    }

    private static func number(_ text: String, _ count: Int) -> Int64? {
        guard text.utf8.count == count, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
