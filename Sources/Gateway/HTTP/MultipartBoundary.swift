/// The boundary of a `multipart/form-data` body, from the field `Content-Type` (RFC 7578 §4.1).
struct MultipartBoundary: Hashable, Sendable {
    /// 1 to 70 characters that RFC 2046 §5.1.1 allows.
    let bytes: [UInt8]

    /// A boundary of these bytes; nil where they can be none.
    init?(bytes: [UInt8]) {
        guard (1...MultipartLimits.boundaryBytesMax).contains(bytes.count), bytes.last != UInt8(ascii: " "),
            bytes.allSatisfy(Self.isAllowed)
        else { return nil }
        self.bytes = bytes
    }

    /// Reads a field's value; nil where it is another media type, or one with other parameters than a boundary and a
    /// charset, which says nothing of a form (§5.1.2 there). Each may be there once.
    init?(contentType field: ArraySlice<UInt8>) {
        var parameters = FieldParameters(field)
        guard let type = parameters.value, type.isEqualIgnoringCase("multipart/form-data") else { return nil }
        var boundary: [UInt8]?
        var hasCharset = false
        while let parameter = parameters.next() {
            if parameter.name.isEqualIgnoringCase("boundary"), boundary == nil {
                boundary = parameter.value
            } else if parameter.name.isEqualIgnoringCase("charset"), !hasCharset {
                hasCharset = true
            } else {
                return nil
            }
        }
        guard let boundary, parameters.isWhole else { return nil }
        self.init(bytes: boundary)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}
