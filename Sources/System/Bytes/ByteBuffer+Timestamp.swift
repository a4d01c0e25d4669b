extension ByteBuffer {
    /// Bytes of a moment as `append(timestamp:)` writes it.
    public static let timestampBytes = 27
    /// 9999-12-31T23:59:59.999999Z, the last moment that four digits of a year can write.
    public static let timestampMicrosecondsMax: Int64 = 253_402_300_799_999_999

    /// Appends a moment in UTC as records and lines write it, by RFC 3339: `2026-11-20T08:00:00.000250Z`.
    /// - Parameter microseconds: since 1970-01-01T00:00:00Z; moved into what can be written.
    public mutating func append(timestamp microseconds: Int64) {
        let moment = min(max(0, microseconds), Self.timestampMicrosecondsMax)
        let (second, fraction) = moment.quotientAndRemainder(dividingBy: 1_000_000)
        let (days, ofDay) = second.quotientAndRemainder(dividingBy: 86_400)
        let date = CivilDate(daysSince1970: days)
        append(twoDigits: date.year / 100)
        append(twoDigits: date.year % 100, then: UInt8(ascii: "-"))
        append(twoDigits: date.month, then: UInt8(ascii: "-"))
        append(twoDigits: date.day, then: UInt8(ascii: "T"))
        append(twoDigits: ofDay / 3600, then: UInt8(ascii: ":"))
        append(twoDigits: ofDay / 60 % 60, then: UInt8(ascii: ":"))
        append(twoDigits: ofDay % 60, then: UInt8(ascii: "."))
        append(twoDigits: fraction / 10_000)
        append(twoDigits: fraction / 100 % 100)
        append(twoDigits: fraction % 100, then: UInt8(ascii: "Z"))
    }

    private mutating func append(twoDigits value: Int64, then mark: UInt8? = nil) {
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / 10))
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10))
        if let mark { append(mark) }
    }
}
