/// Internet addresses, versions 4 and 6.
enum IPAddress {
    /// The longest text of an IPv6 address: 39, or 45 with an IPv4 address at its end (RFC 4291 §2.2).
    private static let textBytesMax = 45

    /// Four decimal numbers up to 255 without leading zeros (RFC 6943 §3.1.1 tells why not otherwise), unless the
    /// words before speak of a version.
    static func recogniseV4(_ text: Span<UInt8>, _ groups: DigitGroups) -> Match? {
        guard groups.lead == .free, !groups.hasPlus, groups.groupCount >= 4 else { return nil }
        for index in 0..<4 {
            let count = groups.count(index)
            guard count <= 3, index == 0 || groups.separator(index) == .dot else { return nil }
            let first = groups.first(index)
            guard groups.value(first, count) <= 255, count == 1 || groups.digit(first) != 0 else { return nil }
        }
        guard groups.groupCount == 4 || groups.separator(4) != .dot,
            groups.groupCount == 4 ? groups.isFree(text, after: 3) : true,
            groups.end(3) - groups.start == groups.digits(upTo: 3) + 3
        else { return nil }
        let label = groups.label(text)
        guard label != .version else { return nil }
        return Match(range: groups.start..<groups.end(3), confidencePPM: 920_000)
    }

    /// An address of eight groups, or of fewer with one `::` among them.
    static func recogniseV6(_ text: Span<UInt8>, colon: Int) -> Match? {
        var start = colon
        while start > 0, colon - start <= 4, ByteClass.isHex(text[start - 1]) { start -= 1 }
        guard colon - start <= 4 else { return nil }
        if start > 0 {
            let before = text[start - 1]
            guard !ByteClass.isAlphanumeric(before), before != UInt8(ascii: ":"), before != UInt8(ascii: ".") else {
                return nil
            }
        }
        var end = colon
        while end < text.count, end - start <= textBytesMax, isAddressByte(text[end]) { end += 1 }
        while end > colon, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
        // A colon after the address is the text's; two are the address's own.
        if end > colon + 1, text[end - 1] == UInt8(ascii: ":"), text[end - 2] != UInt8(ascii: ":") { end -= 1 }
        guard end - start <= textBytesMax, end == text.count || !ByteClass.isAlphanumeric(text[end]),
            isV6(text, start..<end)
        else { return nil }
        return Match(range: start..<end, confidencePPM: 930_000)
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        ByteClass.isHex(byte) || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    /// RFC 4291 §2.2. A lone `::`, and words of letters alone around it (`Face::Bad`), say nothing of anybody.
    private static func isV6(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var groups = 0
        var hasGap = false
        var hasDigit = false
        var index = range.lowerBound
        while index < range.upperBound {
            if text[index] == UInt8(ascii: ":") {
                guard index + 1 < range.upperBound else { return false }
                if text[index + 1] == UInt8(ascii: ":") {
                    guard !hasGap else { return false }
                    hasGap = true
                    index += 1
                    if index + 1 < range.upperBound, text[index + 1] == UInt8(ascii: ":") { return false }
                } else if index == range.lowerBound {
                    return false
                }
                index += 1
                continue
            }
            let start = index
            while index < range.upperBound, ByteClass.isHex(text[index]) {
                hasDigit = hasDigit || ByteClass.isDigit(text[index])
                index += 1
            }
            if index < range.upperBound, text[index] == UInt8(ascii: ".") {
                guard isV4(text, start..<range.upperBound) else { return false }
                groups += 2
                break
            }
            guard index - start <= 4 else { return false }
            groups += 1
        }
        return hasDigit && (hasGap ? (1...7).contains(groups) : groups == 8)
    }

    private static func isV4(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var numbers = 0
        var index = range.lowerBound
        while true {
            let start = index
            var value = 0
            while index < range.upperBound, index - start < 3, ByteClass.isDigit(text[index]) {
                value = value * 10 + Int(text[index] - UInt8(ascii: "0"))
                index += 1
            }
            guard index > start, value <= 255 else { return false }
            numbers += 1
            guard index < range.upperBound else { return numbers == 4 }
            guard text[index] == UInt8(ascii: "."), numbers < 4 else { return false }
            index += 1
        }
    }
}
