/// User and password in the address of a service (RFC 3986 §3.2.1): `user:password` of `scheme://user:password@host`.
enum URLCredentials {
    /// Bytes of an authority looked at: a host name has up to 255, user and password together as many.
    private static let bytesMax = 512

    /// - Parameter start: offset of what follows `://`.
    static func recognise(_ text: Span<UInt8>, authority start: Int) -> Match? {
        var colon: Int?
        // The last one counts, since people do not escape an `@` in a password, and browsers accept that.
        var at: Int?
        var index = start
        while index < text.count, index - start < bytesMax, !endsAuthority(text[index]) {
            if text[index] == UInt8(ascii: "@") { at = index }
            if text[index] == UInt8(ascii: ":"), colon == nil { colon = index }
            index += 1
        }
        guard let colon, let at, colon + 1 < at, at + 1 < text.count,
            ByteClass.isAlphanumeric(text[at + 1]) || text[at + 1] == UInt8(ascii: "[") || text[at + 1] >= 0x80,
            !isReplacement(text, colon + 1..<at)
        else { return nil }
        return Match(range: start..<at, confidencePPM: 995_000)
    }

    private static func endsAuthority(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\""),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "`"):
            true
        default: false
        }
    }

    /// Whether a placeholder or token stands where the password would: `${PASSWORD}`, `****`.
    private static func isReplacement(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        if text[range.lowerBound] == UInt8(ascii: "$"), range.count > 1, text[range.lowerBound + 1] == UInt8(ascii: "{")
        {
            return true
        }
        if text[range.lowerBound] == UInt8(ascii: "["), text[range.upperBound - 1] == UInt8(ascii: "]") { return true }
        for index in range where text[index] != UInt8(ascii: "*") { return false }
        return true
    }
}
