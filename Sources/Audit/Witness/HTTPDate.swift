/// The date of an HTTP field (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
///
/// The two obsolete forms are not read: they occur in one place, `Retry-After`, where a date that cannot be read costs
/// nothing but the usual pause.
enum HTTPDate {
    /// Seconds since 1970, or nil where `text` is no such date from 1970 on. The name of the day is not compared.
    static func seconds(_ text: [UInt8]) -> UInt64? {
        let parts = text.split(separator: 0x20, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
        guard text.count == 29, parts.count == 6, days.contains(parts[0]), parts[5] == "GMT",
            let month = months.firstIndex(of: parts[2]), parts[4].utf8.count == 8
        else { return nil }
        let number = month + 1
        // The same moment as a record writes it, so that one place knows the calendar.
        let moment = "\(parts[3])-\(number < 10 ? "0" : "")\(number)-\(parts[1])T\(parts[4]).000000Z"
        let bytes = Array(moment.utf8)
        guard bytes.count == WallTime.byteCount, let time = WallTime(bytes.span, at: 0) else { return nil }
        return UInt64(time.microseconds / 1_000_000)
    }

    private static let days = ["Mon,", "Tue,", "Wed,", "Thu,", "Fri,", "Sat,", "Sun,"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
