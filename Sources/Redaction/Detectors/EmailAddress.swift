/// E-mail addresses (RFC 5321 §4.1.2, RFC 6531), without quoted local parts and address literals.
enum EmailAddress {
    /// RFC 5321 §4.5.3.1.1, in bytes.
    private static let localBytesMax = 64
    /// RFC 5321 §4.5.3.1.2, in bytes.
    private static let domainBytesMax = 255

    static func recognise(_ text: Span<UInt8>, at: Int) -> Match? {
        guard let start = localStart(text, at: at), let end = domainEnd(text, after: at) else { return nil }
        return Match(range: start..<end, confidencePPM: 990_000)
    }

    private static func localStart(_ text: Span<UInt8>, at: Int) -> Int? {
        var start = at
        while start > 0, isLocal(text, at: start - 1) {
            start -= 1
            guard at - start <= localBytesMax else { return nil }
        }
        // Punctuation before the first letter or digit belongs to the text around.
        while start < at, text[start] < 0x80, !ByteClass.isAlphanumeric(text[start]) { start += 1 }
        guard start < at, text[at - 1] != UInt8(ascii: ".") else { return nil }
        return start
    }

    private static func domainEnd(_ text: Span<UInt8>, after at: Int) -> Int? {
        var end = at + 1
        var labelStart = end
        var labelCount = 0
        var lastEnd: Int?
        while true {
            while end < text.count, isDomain(text, at: end), end - at <= domainBytesMax { end += 1 }
            guard end > labelStart, text[labelStart] != UInt8(ascii: "-") else { break }
            var labelEnd = end
            while text[labelEnd - 1] == UInt8(ascii: "-") { labelEnd -= 1 }
            labelCount += 1
            if labelCount > 1, isTopLevel(text, labelStart..<labelEnd) { lastEnd = labelEnd }
            guard labelEnd == end, end < text.count, text[end] == UInt8(ascii: ".") else { break }
            end += 1
            labelStart = end
        }
        return lastEnd
    }

    /// Letters alone (or an A-label, RFC 5890 §2.3.2.1), so that `git@v1.2` is no address.
    private static func isTopLevel(_ text: Span<UInt8>, _ label: Range<Int>) -> Bool {
        guard label.count >= 2 else { return false }
        if label.count > 4, Bytes.equal(text, label.lowerBound..<label.lowerBound + 4, Array("xn--".utf8)) {
            return true
        }
        for index in label where text[index] < 0x80 && !ByteClass.isLetter(text[index]) { return false }
        return true
    }

    private static func isLocal(_ text: Span<UInt8>, at index: Int) -> Bool {
        let byte = text[index]
        if byte >= 0x80 { return isLetterByte(text, at: index) }
        if ByteClass.isAlphanumeric(byte) { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "%"),
            UInt8(ascii: "'"), UInt8(ascii: "!"), UInt8(ascii: "~"):
            return true
        default: return false
        }
    }

    private static func isDomain(_ text: Span<UInt8>, at index: Int) -> Bool {
        let byte = text[index]
        if byte >= 0x80 { return isLetterByte(text, at: index) }
        return ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "-")
    }

    /// A byte of a letter of two bytes (U+00C0 to U+07FF: Latin, Greek, Cyrillic, Hebrew, Arabic). Scripts of three
    /// bytes are left out, because those that write no spaces would draw the words before into the address.
    private static func isLetterByte(_ text: Span<UInt8>, at index: Int) -> Bool {
        let byte = text[index]
        if (0xC3...0xDF).contains(byte) {
            return index + 1 < text.count && text[index + 1] & 0xC0 == 0x80
        }
        return byte & 0xC0 == 0x80 && index > 0 && (0xC3...0xDF).contains(text[index - 1])
    }
}
