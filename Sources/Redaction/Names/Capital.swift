/// Capital letters in UTF-8.
enum Capital {
    /// Whether the letter at `index` is a capital of the Latin, Greek or Cyrillic alphabet.
    static func stands(_ text: Span<UInt8>, at index: Int) -> Bool {
        let byte = text[index]
        if byte < 0x80 { return ByteClass.isUpper(byte) }
        guard index + 1 < text.count, (0xC3...0xD1).contains(byte) else { return false }
        let scalar = UInt32(byte & 0x1F) << 6 | UInt32(text[index + 1] & 0x3F)
        return switch scalar {
        case 0xC0...0xDE: scalar != 0xD7
        // Latin Extended-A sets capital and small letter side by side.
        case 0x100...0x137, 0x14A...0x177: scalar & 1 == 0
        case 0x139...0x148, 0x178...0x17E: scalar & 1 == 1 || scalar == 0x178
        case 0x218, 0x21A, 0x386...0x38F, 0x391...0x3AB, 0x400...0x42F: true
        default: false
        }
    }
}
