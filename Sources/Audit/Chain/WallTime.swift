internal import Bytes

/// A moment in UTC with microseconds, as records write it: `2026-11-20T08:00:00.000250Z`.
package struct WallTime: Comparable, Hashable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z, within the years 1970 to 9999.
    package let microseconds: Int64

    /// The moment, moved into the years that four digits can write.
    package init(microseconds: Int64) {
        self.microseconds = min(max(0, microseconds), ByteBuffer.timestampMicrosecondsMax)
    }

    /// Number of the UTC day since 1970-01-01.
    package var day: Int64 { microseconds / Self.microsecondsPerDay }

    /// Length of the text.
    package static let byteCount = ByteBuffer.timestampBytes

    /// Appends the 27 bytes.
    func append(to output: inout ByteBuffer) { output.append(timestamp: microseconds) }

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
        guard year >= 1970, let date = CivilDate(year: year, month: month, day: day),
            (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second), fraction >= 0
        else { return nil }
        microseconds = (date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second) * 1_000_000 + fraction
    }

    package static func < (left: WallTime, right: WallTime) -> Bool { left.microseconds < right.microseconds }

    private static let microsecondsPerDay: Int64 = 86_400_000_000
    private static let marks: [(Int, UInt8)] = [
        (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")), (10, UInt8(ascii: "T")), (13, UInt8(ascii: ":")),
        (16, UInt8(ascii: ":")), (19, UInt8(ascii: ".")), (26, UInt8(ascii: "Z")),
    ]
}
