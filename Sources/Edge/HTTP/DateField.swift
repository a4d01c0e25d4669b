internal import Threading

/// The value of the `Date` field (RFC 9110 §6.6.1), formatted once a second. Belongs to one loop.
struct DateField {
    private var second: Int64 = -1
    private var value: [UInt8] = []

    /// Now, as `HTTPDate` writes it.
    mutating func current() -> [UInt8] {
        let now = WallClock.seconds
        if now != second {
            second = now
            value = HTTPDate.bytes(secondsSince1970: now)
        }
        return value
    }
}
