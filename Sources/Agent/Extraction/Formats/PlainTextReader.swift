internal import JSON

/// Paragraphs out of plain text: an empty line ends one.
struct PlainTextReader {
    static func read(_ bytes: [UInt8]) throws(ExtractionError) -> ExtractedText {
        let text = try checked(bytes)
        var collector = BlockCollector()
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.allSatisfy({ $0 <= 0x20 }) {
                try collector.end()
            } else {
                try collector.space()
                try collector.append(line)
            }
        }
        return try collector.finish(.text, title: [])
    }

    /// The text without a byte order mark.
    /// - Throws: `.broken` where it is no UTF-8.
    static func checked(_ bytes: [UInt8]) throws(ExtractionError) -> [UInt8] {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw .broken(reason: "it is UTF-16, and UTF-8 is wanted")
        }
        if let place = UTF8Validation.firstInvalid(in: bytes) {
            throw .broken(reason: "byte \(place) is not UTF-8")
        }
        return bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }
}
