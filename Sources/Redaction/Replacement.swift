/// A text in the making: the original between findings, replacements in their place.
struct Replacement {
    private let text: [UInt8]
    private var bytes: [UInt8] = []
    /// How far the text was taken over.
    private(set) var copied: Int
    private let end: Int

    init(of text: [UInt8]) { self.init(of: text, in: 0..<text.count) }

    /// The replacement of a part of `text`; findings lie within.
    init(of text: [UInt8], in range: Range<Int>) {
        self.text = text
        copied = range.lowerBound
        end = range.upperBound
        bytes.reserveCapacity(range.count + 32)
    }

    /// Bytes so far.
    var count: Int { bytes.count }

    mutating func copy(upTo offset: Int) {
        bytes.append(contentsOf: text[copied..<offset])
        copied = offset
    }

    mutating func put(_ replacement: [UInt8], for finding: Finding) {
        bytes.append(contentsOf: replacement)
        copied = finding.range.upperBound
    }

    /// Bytes of a keyed hash that are shown: enough to tell the values of a session apart, too few to be taken for a key
    /// or a machine's address.
    static let hashBytes = 5

    /// Puts `<EMAIL>`, or `<EMAIL:c3f9a1c07b>` where there is a hash.
    mutating func putStem(of finding: Finding, hash: [UInt8]? = nil) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: finding.type.tokenStem)
        if let hash, hash.count >= Self.hashBytes {
            bytes.append(UInt8(ascii: ":"))
            for (index, byte) in hash.prefix(Self.hashBytes).enumerated() {
                // The first digit is a letter, so that no recogniser takes the others for a number.
                bytes.append(hexDigit(index == 0 ? 10 + (byte >> 4) % 6 : byte >> 4))
                bytes.append(hexDigit(byte & 0xF))
            }
        }
        bytes.append(UInt8(ascii: ">"))
        copied = finding.range.upperBound
    }

    private func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    mutating func mask(_ finding: Finding) {
        switch finding.isDisguised ? .placeholder : finding.type.masking {
        case .placeholder: putName(of: finding)
        case .lastFour:
            star(finding.range)
            copied = finding.range.upperBound
        }
    }

    /// Puts `<EMAIL_ADDRESS>`.
    mutating func putName(of finding: Finding) {
        bytes.append(UInt8(ascii: "<"))
        bytes.append(contentsOf: finding.type.name.utf8)
        bytes.append(UInt8(ascii: ">"))
        copied = finding.range.upperBound
    }

    /// Stars for letters and digits but for the last four; what is between them stays, so that the grouping is seen.
    /// A value of fewer than eight characters keeps none: four would be most of it.
    private mutating func star(_ range: Range<Int>) {
        let count = text[range].count(where: ByteClass.isAlphanumeric)
        let starred = count < 8 ? count : count - 4
        var seen = 0
        for byte in text[range] {
            if ByteClass.isAlphanumeric(byte) {
                bytes.append(seen < starred ? UInt8(ascii: "*") : byte)
                seen += 1
            } else {
                bytes.append(byte)
            }
        }
    }

    consuming func finish() -> [UInt8] {
        copy(upTo: end)
        return bytes
    }
}
