/// Where and why a text is not JSON.
public struct JSONSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, in words that name the mend.
    public enum Reason: Equatable, Sendable {
        case unexpectedEnd
        case unexpectedByte(UInt8)
        case trailingBytes
        case invalidUTF8
        case controlCharacterInString
        case badEscape
        case loneSurrogate
        case badNumber
        case numberOutOfRange
        case repeatedName
        case tooDeep(depthMax: Int)
        case badLiteral
        case byteOrderMark
    }

    /// Byte offset of the first byte that is wrong; the text's length where it ends too early.
    public let offset: Int
    /// Line, counted from 1.
    public let line: Int
    /// Column in bytes, counted from 1.
    public let column: Int
    /// What is wrong there.
    public let reason: Reason

    /// One sentence for a person, without the place.
    public var message: String {
        switch reason {
        case .unexpectedEnd: "the text ends too early"
        case .unexpectedByte(let byte): "unexpected \(Self.show(byte))"
        case .trailingBytes: "unexpected text after the value"
        case .invalidUTF8: "the text is not valid UTF-8"
        case .controlCharacterInString: "a control character must be escaped inside a string"
        case .badEscape: "unknown escape sequence"
        case .loneSurrogate: "an escaped surrogate must be one of a pair"
        case .badNumber: "not a number"
        case .numberOutOfRange: "the number is out of range"
        case .repeatedName: "the member name is repeated in this object"
        case .tooDeep(let depthMax): "nested deeper than \(depthMax) levels"
        case .badLiteral: "expected true, false or null"
        case .byteOrderMark: "a byte order mark is not allowed"
        }
    }

    /// The sentence and its place.
    public var description: String { "line \(line), column \(column): \(message)" }

    private static func show(_ byte: UInt8) -> String {
        if byte > 0x20 && byte < 0x7F { return "'\(Character(Unicode.Scalar(byte)))'" }
        let digits = String(byte, radix: 16, uppercase: true)
        return "byte 0x\(digits.count == 1 ? "0" : "")\(digits)"
    }
}

/// A place in a text as people count it.
public struct TextPosition: Equatable, Sendable {
    /// Line and column (in bytes), both counted from 1.
    public let line: Int, column: Int

    /// The position of byte `offset` in `text`.
    /// - Complexity: linear in `offset`.
    public init(of offset: Int, in text: [UInt8]) {
        var line = 1
        var lineStart = 0
        for index in 0..<min(offset, text.count) where text[index] == 0x0A {
            line += 1
            lineStart = index + 1
        }
        self.line = line
        self.column = min(offset, text.count) - lineStart + 1
    }
}
