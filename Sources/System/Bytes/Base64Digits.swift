/// The alphabet of base64url (RFC 4648 §5), read backwards.
public enum Base64Digits {
    /// The value of a digit, 0 to 63, or 64 for a byte that is none.
    @inlinable
    @inline(__always)
    public static func value(of byte: UInt8) -> UInt8 {
        byte < 128 ? (unsafe table.utf8Start[Int(byte)]) : 64
    }

    /// Decodes digits without padding, in their one canonical form: nil for a byte that is no digit, an impossible length,
    /// or bits left over that are not zero.
    public static func decode(_ text: Span<UInt8>) -> [UInt8]? {
        let tail = text.count % 4
        guard tail != 1 else { return nil }
        var isCanonical = false
        let output = unsafe [UInt8](unsafeUninitializedCapacity: text.count * 3 / 4) { room, initialized in
            let whole = text.count - tail
            var seen: UInt8 = 0
            var from = 0
            var to = 0
            while from < whole {
                let (a, b) = (value(of: text[from]), value(of: text[from + 1]))
                let (c, d) = (value(of: text[from + 2]), value(of: text[from + 3]))
                seen |= a | b | c | d
                unsafe room[to] = a << 2 | b >> 4
                unsafe room[to + 1] = b << 4 | c >> 2
                unsafe room[to + 2] = c << 6 | d
                from += 4
                to += 3
            }
            var rest: UInt32 = 0
            if tail > 0 {
                for index in whole..<text.count {
                    let digit = value(of: text[index])
                    seen |= digit
                    rest = rest << 6 | UInt32(digit)
                }
                // Two digits are a byte and four bits, three are two bytes and two bits.
                let bits = UInt32(tail == 2 ? 4 : 2)
                if tail == 3 { unsafe room[to] = UInt8(truncatingIfNeeded: rest >> 10) }
                unsafe room[to + tail - 2] = UInt8(truncatingIfNeeded: rest >> bits)
                rest &= (1 << bits) - 1
            }
            isCanonical = seen < 64 && rest == 0
            initialized = text.count * 3 / 4
        }
        return isCanonical ? output : nil
    }

    /// One byte for each of ASCII: a literal, because a stored array would be looked up and checked at each digit.
    @usableFromInline
    static let table: StaticString = """
        \u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\
        \u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\
        \u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\u{3e}\u{40}\u{40}\
        \u{34}\u{35}\u{36}\u{37}\u{38}\u{39}\u{3a}\u{3b}\u{3c}\u{3d}\u{40}\u{40}\u{40}\u{40}\u{40}\u{40}\
        \u{40}\u{00}\u{01}\u{02}\u{03}\u{04}\u{05}\u{06}\u{07}\u{08}\u{09}\u{0a}\u{0b}\u{0c}\u{0d}\u{0e}\
        \u{0f}\u{10}\u{11}\u{12}\u{13}\u{14}\u{15}\u{16}\u{17}\u{18}\u{19}\u{40}\u{40}\u{40}\u{40}\u{3f}\
        \u{40}\u{1a}\u{1b}\u{1c}\u{1d}\u{1e}\u{1f}\u{20}\u{21}\u{22}\u{23}\u{24}\u{25}\u{26}\u{27}\u{28}\
        \u{29}\u{2a}\u{2b}\u{2c}\u{2d}\u{2e}\u{2f}\u{30}\u{31}\u{32}\u{33}\u{40}\u{40}\u{40}\u{40}\u{40}
        """
}
