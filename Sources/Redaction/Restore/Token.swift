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
    static let stemBytesMax = InlineName.bytesMax

    var bytes: [UInt8] {
        var bytes: [UInt8] = [UInt8(ascii: "[")]
        bytes.append(contentsOf: type.tokenStem)
        bytes.append(UInt8(ascii: "_"))
        bytes.append(decimal: number)
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}

/// The types whose tokens a vault knows: those of the catalogue, and those of the policies that its texts were redacted by.
struct TokenTypes: Sendable {
    /// Types of policies that a vault knows: those of four policies that have all they may, as a session may outlive some.
    static let customMax = 4 * CustomType.countMax

    private(set) var custom: [DetectorType] = []
    /// Words of the longest stem.
    private(set) var wordsMax = 1

    /// - Returns: whether there was room.
    mutating func learn(_ type: DetectorType) -> Bool {
        guard !custom.contains(type) else { return true }
        guard custom.count < Self.customMax else { return false }
        custom.append(type)
        let words = 1 + type.tokenStem.count { $0 == UInt8(ascii: "_") }
        wordsMax = max(wordsMax, words)
        return true
    }

    /// The type with the stem `stem`, in capitals; with a plural's `S` too, where it is no stem itself.
    func type(stem: InlineName) -> DetectorType? {
        if let type = type(exactStem: stem) { return type }
        let bytes = stem.bytes
        guard bytes.count > 1, bytes.last == UInt8(ascii: "S") else { return nil }
        return InlineName(bytes.dropLast()).flatMap(type(exactStem:))
    }

    private func type(exactStem stem: InlineName) -> DetectorType? {
        if let index = Self.catalogueStems.firstIndex(of: stem) { return DetectorType(index: UInt8(index)) }
        return custom.first { $0.customName == stem }
    }

    private static let catalogueStems = Catalogue.tokenStems.compactMap { InlineName($0) }

    /// The place of `type` among all: the catalogue's first.
    func place(of type: DetectorType) -> Int? {
        guard type.isCustom else { return Int(type.index) }
        return custom.firstIndex(of: type).map { Catalogue.detectors.count + $0 }
    }

    /// The type at `place`.
    func type(at place: Int) -> DetectorType {
        place < Catalogue.detectors.count
            ? DetectorType(index: UInt8(place)) : custom[place - Catalogue.detectors.count]
    }

    var count: Int { Catalogue.detectors.count + custom.count }
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
