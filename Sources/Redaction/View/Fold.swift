/// What stands in the view for some bytes of the text: up to four bytes, never more than they were.
struct Fold: Equatable {
    /// Bytes of the text.
    let textBytes: Int
    /// Bytes in the view, the first lowest.
    let view: UInt32
    let viewBytes: Int

    private init(_ textBytes: Int, view: UInt32, viewBytes: Int) {
        assert(viewBytes <= textBytes)
        self.textBytes = textBytes
        self.view = view
        self.viewBytes = viewBytes
    }

    /// `textBytes` bytes become one.
    init(_ textBytes: Int, to byte: UInt8) {
        self.init(textBytes, view: UInt32(byte), viewBytes: 1)
    }

    /// `textBytes` bytes become `count` times `byte`, at most four.
    init(_ textBytes: Int, to byte: UInt8, count: Int) {
        self.init(textBytes, view: UInt32(byte) &* 0x0101_0101, viewBytes: min(count, 4))
    }

    /// `textBytes` bytes become a character in UTF-8; nil where `scalar` is none, or is longer than they were.
    init?(_ textBytes: Int, toScalar scalar: UInt32) {
        guard let scalar = Unicode.Scalar(scalar), let encoded = UTF8.encode(scalar), encoded.count <= textBytes else {
            return nil
        }
        var view: UInt32 = 0
        for (place, byte) in encoded.enumerated() { view |= UInt32(byte) << UInt32(8 * place) }
        self.init(textBytes, view: view, viewBytes: encoded.count)
    }

    /// `textBytes` bytes become nothing.
    static func deletion(_ textBytes: Int) -> Fold { Fold(textBytes, view: 0, viewBytes: 0) }
}

/// A text's character at an offset.
struct DecodedScalar {
    let value: UInt32
    /// Bytes in UTF-8.
    let bytes: Int

    /// The character outside ASCII at `index`; nil where the bytes are not UTF-8.
    @inline(__always)
    init?(_ text: Span<UInt8>, at index: Int) {
        let lead = UInt32(text[index])
        switch lead {
        case 0xC2...0xDF:
            guard let low = Self.tail(text, index + 1) else { return nil }
            value = (lead & 0x1F) << 6 | low
            bytes = 2
        case 0xE0...0xEF:
            guard let middle = Self.tail(text, index + 1), let low = Self.tail(text, index + 2) else { return nil }
            value = (lead & 0x0F) << 12 | middle << 6 | low
            bytes = 3
            guard value >= 0x800, !(0xD800...0xDFFF).contains(value) else { return nil }
        case 0xF0...0xF4:
            guard let high = Self.tail(text, index + 1), let middle = Self.tail(text, index + 2),
                let low = Self.tail(text, index + 3)
            else { return nil }
            value = (lead & 0x07) << 18 | high << 12 | middle << 6 | low
            bytes = 4
            guard (0x1_0000...0x10_FFFF).contains(value) else { return nil }
        default: return nil
        }
    }

    @inline(__always)
    private static func tail(_ text: Span<UInt8>, _ index: Int) -> UInt32? {
        guard index < text.count, text[index] & 0xC0 == 0x80 else { return nil }
        return UInt32(text[index] & 0x3F)
    }
}
