/// A field's value and its parameters: `value; name=token; name="quoted string"` (RFC 9110 §5.6.6), in their order.
struct FieldParameters: Sendable {
    /// What stands in front of the parameters, without blanks around it; nil where it is empty.
    let value: [UInt8]?
    /// Whether all that was read so far had the form.
    private(set) var isWhole = true
    private var rest: ArraySlice<UInt8>

    init(_ field: ArraySlice<UInt8>) {
        let end = field.firstIndex(of: UInt8(ascii: ";")) ?? field.endIndex
        let value = Self.trimmed(field[..<end])
        self.value = value.isEmpty ? nil : Array(value)
        rest = field[end...]
    }

    /// The next parameter; nil after the last one, and where it is malformed (`isWhole` is false then).
    mutating func next() -> (name: [UInt8], value: [UInt8])? {
        rest = Self.trimmed(rest)
        guard !rest.isEmpty else { return nil }
        guard rest.first == UInt8(ascii: ";") else { return fail() }
        rest = Self.trimmed(rest.dropFirst())
        guard let equals = rest.firstIndex(where: { !Self.isTokenByte($0) }), equals > rest.startIndex,
            rest[equals] == UInt8(ascii: "=")
        else { return fail() }
        let name = Array(rest[..<equals])
        rest = rest[(equals + 1)...]
        let isQuoted = rest.first == UInt8(ascii: "\"")
        guard let value = isQuoted ? quotedString() : token() else { return fail() }
        return (name, value)
    }

    private mutating func token() -> [UInt8]? {
        let end = rest.firstIndex { !Self.isTokenByte($0) } ?? rest.endIndex
        guard end > rest.startIndex else { return nil }
        defer { rest = rest[end...] }
        return Array(rest[..<end])
    }

    /// A backslash stands for the quote or the backslash after it, and for itself elsewhere: some browsers send a whole path
    /// of Windows for a file's name.
    private mutating func quotedString() -> [UInt8]? {
        var value: [UInt8] = []
        rest = rest.dropFirst()
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): return value
            case UInt8(ascii: "\\") where rest.first == UInt8(ascii: "\"") || rest.first == UInt8(ascii: "\\"):
                value.append(rest.removeFirst())
            case 0x00...0x08, 0x0A...0x1F, 0x7F: return nil
            default: value.append(byte)
            }
        }
        return nil
    }

    private mutating func fail() -> (name: [UInt8], value: [UInt8])? {
        isWhole = false
        rest = []
        return nil
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        while let first = text.first, first == 0x20 || first == 0x09 { text = text.dropFirst() }
        while let last = text.last, last == 0x20 || last == 0x09 { text = text.dropLast() }
        return text
    }

    /// A `tchar` (RFC 9110 §5.6.2).
    static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}

extension [UInt8] {
    /// Whether these are the bytes of `text`, which is ASCII in lower case, in any case.
    func isEqualIgnoringCase(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        return elementsEqual("\(text)".utf8) { byte, wanted in
            ((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte) == wanted
        }
    }
}
