/// Texts that stand in a text as base64 (RFC 4648 §4 and §5): a model reads them as readily as plain ones.
enum HiddenText {
    /// Characters from which a run of base64 may be a sentence.
    private static let runMin = 24
    /// Runs that are looked at, and characters of one.
    private static let runsMax = 16, runMax = 8_192

    static func decoded(in text: [UInt8]) -> [[UInt8]] {
        var found: [[UInt8]] = []
        for run in text.split(whereSeparator: { value($0) == nil }) where run.count >= runMin && run.count <= runMax {
            if let decoded = decode(run) { found.append(decoded) }
            if found.count == runsMax { break }
        }
        return found
    }

    /// - Returns: nil where it is not text.
    private static func decode(_ run: ArraySlice<UInt8>) -> [UInt8]? {
        var decoded: [UInt8] = []
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in run {
            bits = bits << 6 | (value(byte) ?? 0)
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            let byte = UInt8(truncatingIfNeeded: bits >> UInt32(bitCount))
            // ASCII text: other bytes are what a number or a picture has.
            guard (0x20...0x7E).contains(byte) || byte == 0x0A || byte == 0x09 || byte == 0x0D else { return nil }
            decoded.append(byte)
        }
        return decoded
    }

    private static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte - 0x41)
        case 0x61...0x7A: UInt32(byte - 0x61) + 26
        case 0x30...0x39: UInt32(byte - 0x30) + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
