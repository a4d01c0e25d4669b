/// Text in one line: what a document's text is brought to.
enum CleanLine {
    /// `bytes` as valid UTF-8 with single spaces, without what a reader does not see: control characters, characters of no
    /// width, bidirectional marks, and tags (U+E0000 ff.), which spell words that only a language model reads.
    static func of(_ bytes: [UInt8]) -> [UInt8] {
        if isPlainASCII(bytes) { return bytes }
        var line: [UInt8] = []
        line.reserveCapacity(bytes.count)
        var owesSpace = false
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if isSpace(scalar) {
                owesSpace = true
            } else if !isHidden(scalar) {
                if owesSpace && !line.isEmpty { line.append(0x20) }
                owesSpace = false
                line.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        return line
    }

    /// Most lines are clean: letters with single spaces between.
    private static func isPlainASCII(_ bytes: [UInt8]) -> Bool {
        var previous: UInt8 = 0x20
        for byte in bytes {
            guard byte >= 0x20, byte < 0x7F, byte != 0x20 || previous != 0x20 else { return false }
            previous = byte
        }
        return bytes.isEmpty || previous != 0x20
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0xAD, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F,
            0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }
}
