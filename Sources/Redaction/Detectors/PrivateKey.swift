/// Private keys in textual encoding (RFC 7468 §10 and §11; RFC 4880 §6.2 for OpenPGP): the whole block, also where its
/// line breaks are escaped or folded, and as much of it as there is where its end is missing.
enum PrivateKey {
    static let prefixes = [Prefix("-----BEGIN ")]

    /// Bytes of a block looked at: a 16,384-bit RSA key has some 13,000.
    private static let blockBytesMax = 32_768
    /// Bytes of the label between `BEGIN` and the hyphens.
    private static let labelBytesMax = 40
    /// Characters in a row that tell a line of base64 from a word, where the end is missing.
    private static let lineBytesMin = 24
    private static let label = Array("PRIVATE KEY".utf8)
    private static let hyphens = Array("-----".utf8)
    private static let end = Array("-----END ".utf8)

    static func recognise(_ text: Span<UInt8>, at start: Int, prefix: Int) -> Match? {
        let labelStart = start + prefixes[prefix].bytes.count
        guard let body = afterLabel(text, from: labelStart) else { return nil }
        var index = body
        while index < text.count, index - body < blockBytesMax {
            if text[index] == UInt8(ascii: "-"), Bytes.equal(text, at: index, hyphens) {
                if Bytes.equal(text, at: index, end), let end = afterLabel(text, from: index + end.count) {
                    return Match(range: start..<end, confidencePPM: 990_000)
                }
                break
            }
            index += 1
        }
        return Match(range: start..<linesEnd(text, from: body), confidencePPM: 980_000)
    }

    /// Behind the hyphens that close `PRIVATE KEY-----` or `PGP PRIVATE KEY BLOCK-----`.
    private static func afterLabel(_ text: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        var isPrivate = false
        while index < text.count, index - start <= labelBytesMax {
            if text[index] == UInt8(ascii: "-") {
                return isPrivate && Bytes.equal(text, at: index, hyphens) ? index + hyphens.count : nil
            }
            guard ByteClass.isAlphanumeric(text[index]) || text[index] == UInt8(ascii: " ") else { return nil }
            isPrivate = isPrivate || Bytes.equal(text, at: index, label)
            index += 1
        }
        return nil
    }

    /// Behind the last line of base64, a shorter one at the end included.
    private static func linesEnd(_ text: Span<UInt8>, from start: Int) -> Int {
        var found = start
        var index = start
        var lineBytes = 0
        while found - start < blockBytesMax {
            let lineStart = skipBreaks(text, from: index)
            var lineEnd = lineStart
            while lineEnd < text.count, lineEnd - lineStart < blockBytesMax, isBase64(text[lineEnd]) { lineEnd += 1 }
            let count = lineEnd - lineStart
            guard count >= lineBytesMin || isLastLine(text, lineStart..<lineEnd, after: lineBytes) else { break }
            found = lineEnd
            index = lineEnd
            guard count >= lineBytes else { break }
            lineBytes = count
        }
        return found
    }

    /// A shorter line after full ones that is no word: it holds a digit, `+`, `/` or `=`.
    private static func isLastLine(_ text: Span<UInt8>, _ line: Range<Int>, after lineBytes: Int) -> Bool {
        guard lineBytes > 0, !line.isEmpty else { return false }
        for index in line where !ByteClass.isLetter(text[index]) { return true }
        return false
    }

    /// Skips white space and line breaks that are written as `\n` or `\r`.
    private static func skipBreaks(_ text: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < text.count, index - start < lineBytesMin {
            if text[index] <= 0x20 {
                index += 1
            } else if text[index] == UInt8(ascii: "\\"), index + 1 < text.count,
                text[index + 1] == UInt8(ascii: "n") || text[index + 1] == UInt8(ascii: "r")
            {
                index += 2
            } else {
                break
            }
        }
        return index
    }

    private static func isBase64(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: "=")
    }
}
