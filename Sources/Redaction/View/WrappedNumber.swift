/// International phone numbers that a line's end cuts where they cannot be whole. Elsewhere a line's end between digits is
/// left to the recognisers, which know what may follow.
enum WrappedNumber {
    /// Bytes from the `+` to the line's end.
    private static let lineBytesMax = 24
    /// Digits of the shortest international number: Niue's country code and four (ITU-T E.164, list of 2016).
    private static let digitsMin = 7
    /// Spaces at the end of one line, and at the start of the other.
    private static let spacesMax = 2

    /// The fold for the line's end behind the `+` at `plus`, and its offset.
    static func fold(_ text: Span<UInt8>, after plus: Int) -> (offset: Int, fold: Fold)? {
        var index = plus + 1
        var digitCount = 0
        var numberEnd = index
        while index < text.count, index - plus <= lineBytesMax {
            let byte = text[index]
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                return fold(text, numberEnd, lineEnd: index, digitCount: digitCount)
            }
            if ByteClass.isDigit(byte) { digitCount += 1 } else if Separator(ascii: byte) == nil { return nil }
            index += 1
            if byte != UInt8(ascii: " ") { numberEnd = index }
        }
        return nil
    }

    private static func fold(
        _ text: Span<UInt8>, _ numberEnd: Int, lineEnd: Int, digitCount: Int
    ) -> (offset: Int, fold: Fold)? {
        let isHyphenated = text[numberEnd - 1] == UInt8(ascii: "-")
        guard digitCount > 0, isHyphenated || digitCount < digitsMin, lineEnd - numberEnd <= spacesMax else {
            return nil
        }
        var next = lineEnd
        if text[next] == UInt8(ascii: "\r") { next += 1 }
        guard next < text.count, text[next] == UInt8(ascii: "\n") else { return nil }
        next += 1
        let lineStart = next
        while next < text.count, next - lineStart < spacesMax, text[next] == UInt8(ascii: " ") { next += 1 }
        guard next < text.count, ByteClass.isDigit(text[next]) else { return nil }
        let length = next - numberEnd
        return (numberEnd, isHyphenated ? .deletion(length) : Fold(length, to: UInt8(ascii: " ")))
    }
}
