import Glibc
import Redaction

/// Texts of a file, as they come and in blocks.
struct Corpus {
    static let blockBytes = 4096

    /// One message each; a plain file's paragraphs.
    let messages: [[UInt8]]
    /// The same, joined by line breaks into blocks of at most `blockBytes`, longer texts cut.
    let blocks: [[UInt8]]

    init(_ path: String) throws {
        let lines = try Self.contents(path).split(separator: UInt8(ascii: "\n")).map(Array.init)
        messages = try lines.map { $0.first == UInt8(ascii: "{") ? try GoldRow($0).text : $0 }
        guard !messages.isEmpty else { throw Failure("\(path): no text") }
        blocks = Self.joined(messages)
    }

    private static func joined(_ texts: [[UInt8]]) -> [[UInt8]] {
        var blocks: [[UInt8]] = []
        var block: [UInt8] = []
        for text in texts {
            for piece in pieces(of: text) {
                if block.count + piece.count + 1 > blockBytes {
                    blocks.append(block)
                    block = []
                }
                block += piece
                block.append(UInt8(ascii: "\n"))
            }
        }
        return blocks + [block]
    }

    /// `text` cut before characters.
    private static func pieces(of text: [UInt8]) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var rest = text[...]
        while rest.count >= blockBytes {
            var end = rest.startIndex + blockBytes - 1
            while text[end] & 0xC0 == 0x80 { end -= 1 }
            pieces.append(rest[..<end])
            rest = rest[end...]
        }
        return pieces + [rest]
    }

    private static func contents(_ path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { throw Failure("\(path): cannot be opened") }
        defer { close(file) }
        var contents: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(file, $0.baseAddress, $0.count) }
            guard count > 0 else { return contents }
            contents += buffer[..<count]
        }
    }
}
