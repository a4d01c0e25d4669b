/// Keys as `openssl rand -base64 32` writes them.
extension SecretBytes {
    /// The `count` bytes whose one base64 (RFC 4648 §4, with padding) `line` is, but for a line feed; nil for any other text.
    /// Leaves no copy of them in memory.
    public static func decoding(base64Line line: Span<UInt8>, count: Int) -> SecretBytes? {
        let digits = (8 * count + 5) / 6
        let padded = 4 * ((count + 2) / 3)
        let hasLineFeed = line.count == padded + 1 && line[padded] == 0x0A
        guard hasLineFeed || line.count == padded else { return nil }
        for index in digits..<padded where line[index] != UInt8(ascii: "=") { return nil }
        var bytes = [UInt8](repeating: 0, count: count)
        var isCanonical = true
        for index in 0..<digits {
            guard let value = base64Value(line[index]) else {
                isCanonical = false
                break
            }
            // The last bits may stand for nothing, and are then 0.
            for bit in 0..<6 where value >> UInt8(5 - bit) & 1 == 1 {
                let place = 6 * index + bit
                guard place < 8 * count else {
                    isCanonical = false
                    break
                }
                bytes[place / 8] |= 0x80 >> UInt8(place % 8)
            }
        }
        let secret = SecretBytes(wiping: &bytes)
        guard isCanonical else { return nil }
        return secret
    }

    private static func base64Value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
