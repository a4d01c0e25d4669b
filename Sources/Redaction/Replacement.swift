internal import JSON

/// A text in the making: the original between findings, replacements in their place.
struct Replacement {
    private let text: [UInt8]
    private var bytes: [UInt8] = []
    private var copied = 0

    init(of text: [UInt8]) {
        self.text = text
        bytes.reserveCapacity(text.count + 32)
    }

    mutating func copy(upTo offset: Int) {
        bytes.append(contentsOf: text[copied..<offset])
        copied = offset
    }

    mutating func put(_ replacement: [UInt8], for finding: Finding) {
        bytes.append(contentsOf: replacement)
        copied = finding.range.upperBound
    }

    mutating func mask(_ finding: Finding) {
        switch finding.isDisguised ? .placeholder : finding.type.detector.masking {
        case .placeholder:
            bytes.append(UInt8(ascii: "<"))
            bytes.append(literal: finding.type.name)
            bytes.append(UInt8(ascii: ">"))
        case .lastFour: star(finding.range)
        }
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
        copy(upTo: text.count)
        return bytes
    }
}
