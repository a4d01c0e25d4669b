internal import JSON

/// The stand-in for a value: `[EMAIL_1]`, a stem that names the type and a number from 1.
struct Token: Equatable {
    /// Digits of a token's number; more is no token, so that no input makes a number overflow.
    static let digitsMax = 9

    let type: DetectorType
    let number: Int

    var bytes: [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        bytes.append(literal: type.detector.tokenStem)
        bytes.append(UInt8(ascii: "_"))
        bytes.append(decimal: number)
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    /// The token whose `[` is at `offset`, and the offset behind its `]`; nil where there is none.
    ///
    /// What reserves tokens in a user's text and what restores them in an answer both ask this, so they cannot differ.
    static func read(_ text: Span<UInt8>, at offset: Int) -> (token: Token, end: Int)? {
        guard offset < text.count, text[offset] == UInt8(ascii: "[") else { return nil }
        var end = offset + 1
        while end < text.count, ByteClass.isUpper(text[end]) { end += 1 }
        guard end < text.count, text[end] == UInt8(ascii: "_"), let type = type(stem: text, offset + 1..<end) else {
            return nil
        }
        let first = end + 1
        end = first
        var number = 0
        while end < text.count, end - first < digitsMax, ByteClass.isDigit(text[end]) {
            number = number * 10 + Int(text[end] - UInt8(ascii: "0"))
            end += 1
        }
        guard end > first, text[first] != UInt8(ascii: "0"), end < text.count, text[end] == UInt8(ascii: "]") else {
            return nil
        }
        return (Token(type: type, number: number), end + 1)
    }

    private static func type(stem text: Span<UInt8>, _ range: Range<Int>) -> DetectorType? {
        Catalogue.detectors.indices.first { Bytes.equal(text, range, Catalogue.tokenStems[$0]) }
            .map { DetectorType(index: UInt8($0)) }
    }
}

enum Bytes {
    static func equal(_ text: Span<UInt8>, _ range: Range<Int>, _ other: [UInt8]) -> Bool {
        guard range.count == other.count else { return false }
        for index in 0..<other.count where text[range.lowerBound + index] != other[index] { return false }
        return true
    }

    /// Whether `other` stands at `offset`.
    static func equal(_ text: Span<UInt8>, at offset: Int, _ other: [UInt8]) -> Bool {
        offset + other.count <= text.count && equal(text, offset..<offset + other.count, other)
    }
}
