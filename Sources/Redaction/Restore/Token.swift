internal import JSON

/// The stand-in for a value: `[EMAIL_1]`, a stem that names the type and a number from 1.
///
/// Numbers start anew in each vault, so tokens of two vaults may read the same. That is safe, because a token means
/// something only in the vault that it is looked up in, and a vault is one session's.
struct Token: Hashable {
    /// Digits of a token's number; more is no token, so that no input makes a number overflow.
    static let digitsMax = 9
    static let numberMax = 999_999_999

    let type: DetectorType
    let number: Int

    /// Bytes of the longest stem.
    static let stemBytesMax = Catalogue.tokenStems.map(\.count).max() ?? 0

    var bytes: [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        bytes.append(literal: type.detector.tokenStem)
        bytes.append(UInt8(ascii: "_"))
        bytes.append(decimal: number)
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }

    /// The type with this stem, in either case; with a plural's `s` too, where it is no stem itself.
    static func type(stem text: Span<UInt8>, _ range: Range<Int>) -> DetectorType? {
        if let type = type(exactStem: text, range) { return type }
        guard range.count > 1, text[range.upperBound - 1] | 0x20 == UInt8(ascii: "s") else { return nil }
        return type(exactStem: text, range.lowerBound..<range.upperBound - 1)
    }

    private static func type(exactStem text: Span<UInt8>, _ range: Range<Int>) -> DetectorType? {
        Catalogue.tokenStems.firstIndex { stem in
            stem.count == range.count && stem.indices.allSatisfy { text[range.lowerBound + $0] & 0xDF == stem[$0] }
        }.map { DetectorType(index: UInt8($0)) }
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
