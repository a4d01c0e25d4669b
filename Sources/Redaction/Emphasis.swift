/// Marks of bold and italic print in Markdown, `**4321**` and `_4321_`, as against a mask, `***4321`, and an identifier,
/// `id_4321`.
enum Emphasis {
    /// As in `***bold and italic***`.
    private static let marksMax = 3
    /// Bytes between the marks.
    private static let bytesMax = 64

    @inline(__always)
    static func isMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "*") || byte == UInt8(ascii: "_") }

    /// Whether the marks before `start` open what as many close behind it, on the same line.
    static func opens(_ text: Span<UInt8>, before start: Int) -> Bool {
        let mark = text[start - 1]
        var first = start
        while first > 0, text[first - 1] == mark { first -= 1 }
        guard start - first <= marksMax, first == 0 || isOutside(text[first - 1]) else { return false }
        var index = start
        while index < text.count, index - start < bytesMax, text[index] >= 0x20 {
            guard text[index] == mark else {
                index += 1
                continue
            }
            var end = index
            while end < text.count, text[end] == mark { end += 1 }
            return end - index == start - first && text[index - 1] > 0x20 && (end == text.count || isOutside(text[end]))
        }
        return false
    }

    /// Whether the marks at `end` close what as many open before it, on the same line.
    static func closes(_ text: Span<UInt8>, at end: Int) -> Bool {
        let mark = text[end]
        var last = end
        while last < text.count, text[last] == mark { last += 1 }
        guard last - end <= marksMax, last == text.count || isOutside(text[last]) else { return false }
        var index = end
        while index > 0, end - index < bytesMax, text[index - 1] >= 0x20 {
            guard text[index - 1] == mark else {
                index -= 1
                continue
            }
            var first = index
            while first > 0, text[first - 1] == mark { first -= 1 }
            return index - first == last - end && text[index] > 0x20 && (first == 0 || isOutside(text[first - 1]))
        }
        return false
    }

    private static func isOutside(_ byte: UInt8) -> Bool { !ByteClass.isAlphanumeric(byte) && !isMark(byte) }
}
