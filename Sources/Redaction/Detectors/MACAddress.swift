/// Addresses of network interfaces (IEEE 802, 48 bits): `00:1a:2b:3c:4d:5e`, `00-1A-2B-3C-4D-5E`, `001a.2b3c.4d5e`.
enum MACAddress {
    private static let digitCount = 12

    /// - Parameter word: a group of the address with a decimal digit in it, not always the first.
    static func recognise(_ text: Span<UInt8>, word: Range<Int>) -> Match? {
        let groupDigits = word.count
        guard let separator = separator(text, around: word),
            separator == UInt8(ascii: ".") ? groupDigits == 4 : groupDigits == 2
        else { return nil }
        let stride = groupDigits + 1
        let groupCount = digitCount / groupDigits
        var start = word.lowerBound
        for _ in 0..<groupCount {
            guard start >= stride, text[start - 1] == separator,
                isGroup(text, start - stride..<start - 1)
            else { break }
            start -= stride
        }
        let end = start + groupCount * stride - 1
        guard end <= text.count, word.lowerBound < end, start == 0 || isFree(text[start - 1], separator),
            end == text.count || isFree(text[end], separator) || !continues(text, at: end)
        else { return nil }
        var hasLetter = false
        var differs = false
        for index in start..<end {
            if (index - start) % stride == groupDigits {
                guard text[index] == separator else { return nil }
            } else {
                guard ByteClass.isHex(text[index]) else { return nil }
                hasLetter = hasLetter || ByteClass.isLetter(text[index])
                differs = differs || text[index] != text[start]
            }
        }
        // Digits alone with hyphens or full stops may be any number; colons stand in nothing else of this length.
        guard differs, hasLetter || separator == UInt8(ascii: ":") else { return nil }
        return Match(range: start..<end, confidencePPM: 960_000)
    }

    /// One that may have no decimal digit in it.
    static func recognise(_ text: Span<UInt8>, colon: Int) -> Match? {
        guard colon >= 2, isGroup(text, colon - 2..<colon) else { return nil }
        return recognise(text, word: colon - 2..<colon)
    }

    private static func separator(_ text: Span<UInt8>, around word: Range<Int>) -> UInt8? {
        if word.upperBound < text.count, isSeparator(text[word.upperBound]) { return text[word.upperBound] }
        if word.lowerBound > 0, isSeparator(text[word.lowerBound - 1]) { return text[word.lowerBound - 1] }
        return nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    private static func isGroup(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range where !ByteClass.isHex(text[index]) { return false }
        return true
    }

    private static func isFree(_ byte: UInt8, _ separator: UInt8) -> Bool {
        !ByteClass.isAlphanumeric(byte) && byte != separator
    }

    /// Whether more of a longer address or fingerprint follows.
    private static func continues(_ text: Span<UInt8>, at end: Int) -> Bool {
        ByteClass.isAlphanumeric(text[end]) || (end + 1 < text.count && ByteClass.isAlphanumeric(text[end + 1]))
    }
}
