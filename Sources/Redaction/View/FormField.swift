/// Tells a `+` that is a space of a form or query string (`q=my+card+is`) from one that is itself.
struct FormField {
    /// Bytes looked at before and after a `+`: a value's piece that is longer is no word.
    private static let pieceBytesMax = 32

    /// The last `+` that was looked at, and whether it stood in a form's value.
    private var lastPlus = -1
    private var isLastInValue = false

    /// Whether the `+` at `index` is a space. Ask from left to right.
    mutating func isSpace(_ text: Span<UInt8>, at index: Int) -> Bool {
        let isInValue = isInValue(text, at: index)
        lastPlus = index
        isLastInValue = isInValue
        guard isInValue, index > 0, text[index - 1] != UInt8(ascii: "=") else { return false }
        return isWord(text, before: index) && isWord(text, after: index)
    }

    /// Whether a name and `=` stand before, without a space between. Goes back to the last `+` at most, so that the
    /// whole text is gone back over once.
    private func isInValue(_ text: Span<UInt8>, at index: Int) -> Bool {
        var place = index
        while place > lastPlus + 1 {
            place -= 1
            switch text[place] {
            case UInt8(ascii: "="): return place > 0 && ByteClass.isAlphanumeric(text[place - 1])
            case 0...UInt8(ascii: " "), UInt8(ascii: "&"), UInt8(ascii: "\""), UInt8(ascii: "<"), UInt8(ascii: ">"):
                return false
            default: break
            }
        }
        return lastPlus >= 0 && isLastInValue
    }

    private func isWord(_ text: Span<UInt8>, before index: Int) -> Bool {
        var piece = FormPiece()
        var place = index - 1
        while place >= 0, index - place <= Self.pieceBytesMax, !FormPiece.ends(text[place]) {
            guard piece.take(text[place]) else { return false }
            place -= 1
        }
        return index - place <= Self.pieceBytesMax && !piece.isKey
    }

    private func isWord(_ text: Span<UInt8>, after index: Int) -> Bool {
        var piece = FormPiece()
        var place = index + 1
        while place < text.count, place - index <= Self.pieceBytesMax, !FormPiece.ends(text[place]) {
            guard piece.take(text[place]) else { return false }
            place += 1
        }
        return place - index <= Self.pieceBytesMax && !piece.isKey
    }
}

/// The characters between two `+` of a form's value.
private struct FormPiece {
    private var hasUpper = false
    private var hasLower = false
    private var hasDigit = false
    private var hasEscape = false

    /// Capitals, small letters and digits mixed: a part of a key in base64, which has a `+` of its own. Where one
    /// character is percent-encoded, so would be that `+`.
    var isKey: Bool { hasUpper && hasLower && hasDigit && !hasEscape }

    static func ends(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "+") || byte == UInt8(ascii: "&") || byte == UInt8(ascii: "=") || byte <= UInt8(ascii: " ")
            || byte == UInt8(ascii: "\"")
    }

    /// - Returns: false for what forms encode: `jane+bank@example.com` has a `+` of its own.
    mutating func take(_ byte: UInt8) -> Bool {
        if byte >= 0x80 { return false }
        switch byte {
        case UInt8(ascii: "@"), UInt8(ascii: "/"), UInt8(ascii: "["): return false
        default:
            hasEscape = hasEscape || byte == UInt8(ascii: "%")
            hasUpper = hasUpper || ByteClass.isUpper(byte)
            hasDigit = hasDigit || ByteClass.isDigit(byte)
            hasLower = hasLower || (ByteClass.isLetter(byte) && !ByteClass.isUpper(byte))
            return true
        }
    }
}
