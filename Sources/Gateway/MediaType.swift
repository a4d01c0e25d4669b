internal import JSON

/// The value of a `Content-Type` field (RFC 9110 §8.3.1).
struct MediaType {
    /// `type/subtype` in lower case.
    private let essence: [UInt8]
    /// The charset in lower case; nil where there is none.
    private let charset: [UInt8]?

    /// Reads a field's value; nil where it is none, has a parameter that is not `charset`, or one twice.
    init?(_ field: ArraySlice<UInt8>) {
        let parts = field.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2 else { return nil }
        essence = Self.trimmed(first).map(Self.lowercased)
        guard parts.count == 2 else {
            charset = nil
            return
        }
        let parameter = Self.trimmed(parts[1]).map(Self.lowercased)
        guard parameter.starts(with: "charset=".utf8) else { return nil }
        guard let value = Self.unquoted(parameter.dropFirst(8)) else { return nil }
        charset = Array(value)
    }

    /// What a token or a quoted string says; nil where quotes do not pair. No charset needs an escape.
    private static func unquoted(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let quote = UInt8(ascii: "\"")
        let isQuoted = value.count >= 2 && value.first == quote && value.last == quote
        let text = isQuoted ? value.dropFirst().dropLast() : value
        return text.contains(quote) ? nil : text
    }

    /// Whether this is `type` in UTF-8, which is what JSON is (RFC 8259 §8.1) and what we take of the rest.
    func isUTF8(_ type: StaticString) -> Bool {
        essence.isEqual(to: type) && (charset?.isEqual(to: "utf-8") ?? true)
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let start = text.firstIndex { !isSpace($0) } ?? text.endIndex
        let end = text.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? start
        return text[start..<end]
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
