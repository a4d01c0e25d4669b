/// Puts texts that strangers wrote (passages, attachments, results of tools) between marks that they cannot know, so that a
/// model can tell them from its instructions.
///
/// ```
/// <<data 5f0c… passage 1>>
/// title and text
/// <<end 5f0c…>>
/// ```
/// The mark has 128 random bits and is made for one request, so that no text written before holds it. Within a text, what
/// servers take for marks of their own templates (`<|im_start|>`, `[INST]`, `</s>`) is broken up by a space, doubled brackets
/// are halved, and control characters are blanks. A fence keeps no model from obeying what stands in it: it is one
/// layer, beside the screen in front and the guard behind.
public struct DataFence: Sendable {
    private let mark: [UInt8]

    /// A fence for one request.
    public init() {
        var generator = SystemRandomNumberGenerator()
        self.init(using: &generator)
    }

    init(using generator: inout some RandomNumberGenerator) {
        let digits = Array("0123456789abcdef".utf8)
        mark = (0..<32).map { _ in digits[Int(generator.next(upperBound: UInt64(16)))] }
    }

    /// `text` between the marks.
    /// - Parameter label: the program's own words for what it is, such as `passage 1`.
    public func fenced(_ text: [UInt8], label: String) -> [UInt8] {
        var fenced = Array("<<data ".utf8) + mark + Array(" \(label)>>\n".utf8)
        fenced += Self.neutral(text, bytesMax: AgentLimits.fencedBytesMax)
        fenced += Array("\n<<end ".utf8) + mark + Array(">>".utf8)
        return fenced
    }

    /// Said behind a text that was cut.
    static let cut = Array(" [cut]".utf8)

    /// `text` without anything that a model's server takes for a mark of its own, cut at `bytesMax`.
    public static func neutral(_ text: [UInt8], bytesMax: Int) -> [UInt8] {
        let end = UTF8Cut.end(of: text, atMost: bytesMax)
        var neutral: [UInt8] = []
        neutral.reserveCapacity(end + 16)
        var index = 0
        while index < end {
            let byte = text[index]
            if let length = invisibleLength(text, at: index, before: end) {
                index += length
                continue
            }
            index += 1
            switch byte {
            case 0x09, 0x0A: neutral.append(byte)
            case 0..<0x20, 0x7F: neutral.append(0x20)
            case UInt8(ascii: "<"), UInt8(ascii: ">"):
                // `<<` and `>>` are our own marks' alone.
                if neutral.last == byte { neutral.append(0x20) }
                neutral.append(byte)
            case UInt8(ascii: "|"), UInt8(ascii: "/"), UInt8(ascii: "s"), UInt8(ascii: "S"):
                // `<|` opens the marks of most templates, `</s>` and `<s>` are those of others.
                if neutral.last == UInt8(ascii: "<") { neutral.append(0x20) }
                neutral.append(byte)
            case UInt8(ascii: "I"), UInt8(ascii: "i"):
                // `[INST]`
                let rest = text[index..<min(end, index + 3)]
                if neutral.last == UInt8(ascii: "["), rest.map({ $0 | 0x20 }).elementsEqual("nst".utf8) {
                    neutral.append(0x20)
                }
                neutral.append(byte)
            default: neutral.append(byte)
            }
        }
        if end < text.count { neutral += cut }
        return neutral
    }

    /// The bytes of a character that nobody sees and that a model may read: zero-width ones (U+200B to U+200F, U+2060, U+FEFF),
    /// those that turn the direction of writing (U+202A to U+202E, U+2066 to U+2069), and tags (U+E0000 to U+E007F), which copy
    /// ASCII.
    private static func invisibleLength(_ text: [UInt8], at index: Int, before end: Int) -> Int? {
        switch text[index] {
        case 0xE2 where index + 2 < end:
            switch (text[index + 1], text[index + 2]) {
            case (0x80, 0x8B...0x8F), (0x80, 0xAA...0xAE), (0x81, 0xA0), (0x81, 0xA6...0xA9): return 3
            default: return nil
            }
        case 0xEF where index + 2 < end && text[index + 1] == 0xBB && text[index + 2] == 0xBF: return 3
        case 0xF3 where index + 3 < end && text[index + 1] == 0xA0 && (0x80...0x81).contains(text[index + 2]): return 4
        default: return nil
        }
    }
}
