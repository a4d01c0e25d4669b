/// UTF-8 well-formedness by table 3-7 of the Unicode Standard (RFC 3629 §4).
public enum UTF8Validation {
    /// Length in bytes (1 to 4) of the well-formed sequence that starts at `index`, or nil where none does.
    /// - Precondition: `index` is inside `bytes`.
    public static func sequenceLength(in bytes: [UInt8], at index: Int) -> Int? {
        let lead = bytes[index]
        if lead < 0x80 { return 1 }
        guard continuation(in: bytes, at: index + 1, range: secondRange(after: lead)) != nil else { return nil }
        if lead < 0xE0 { return 2 }
        guard continuation(in: bytes, at: index + 2, range: 0x80...0xBF) != nil else { return nil }
        if lead < 0xF0 { return 3 }
        return continuation(in: bytes, at: index + 3, range: 0x80...0xBF) == nil ? nil : 4
    }

    /// Offset of the first byte that starts no well-formed sequence, or nil where all of `bytes` is UTF-8.
    /// - Complexity: linear.
    public static func firstInvalid(in bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            guard let length = sequenceLength(in: bytes, at: index) else { return index }
            index += length
        }
        return nil
    }

    private static func secondRange(after lead: UInt8) -> ClosedRange<UInt8>? {
        switch lead {
        case 0xC2...0xDF: 0x80...0xBF
        case 0xE0: 0xA0...0xBF
        case 0xE1...0xEC, 0xEE...0xEF: 0x80...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF1...0xF3: 0x80...0xBF
        case 0xF4: 0x80...0x8F
        default: nil
        }
    }

    private static func continuation(in bytes: [UInt8], at index: Int, range: ClosedRange<UInt8>?) -> UInt8? {
        guard let range, index < bytes.count, range.contains(bytes[index]) else { return nil }
        return bytes[index]
    }
}
