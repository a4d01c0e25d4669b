extension [UInt8] {
    /// Appends a number in decimal.
    ///
    /// Not generic: a record has twenty numbers, and a generic from another module is not specialised here.
    mutating func append(number value: UInt64) {
        if value < 10 { return append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value)) }
        append(number: value / 10)
        append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10))
    }
}
