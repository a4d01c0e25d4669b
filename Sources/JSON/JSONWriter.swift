/// Writes JSON (RFC 8259) into a byte buffer: no tree, no `String`, one pass.
///
/// Commas are the writer's business. The caller keeps names unique and brackets balanced.
/// ```swift
/// var json = JSONWriter()
/// json.object { json in
///     json.member("answer", text)
///     json.name("confidence")
///     json.millionths(875_000)   // 0.875
/// }
/// ```
public struct JSONWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8]
    private var needsComma = false

    /// A writer that reserves `capacity` bytes.
    public init(capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// An object with the members that `body` writes.
    public mutating func object(_ body: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "{"))
        body(&self)
        close(UInt8(ascii: "}"))
    }

    /// An array with the elements that `body` writes.
    public mutating func array(_ body: (inout JSONWriter) -> Void) {
        open(UInt8(ascii: "["))
        body(&self)
        close(UInt8(ascii: "]"))
    }

    /// A member name; the next value belongs to it.
    public mutating func name(_ name: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(literal: name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A member name that is not known at compile time.
    public mutating func name(text: some Sequence<UInt8>) {
        string(text)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A string from UTF-8 bytes; ill-formed input stays as it is, so pass only validated text.
    public mutating func string(_ text: some Sequence<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        for byte in text { escape(byte) }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A string.
    public mutating func string(_ text: String) { string(text.utf8) }

    /// A string that needs no escape.
    public mutating func string(_ text: StaticString) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(literal: text)
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// An integer.
    public mutating func integer(_ value: some FixedWidthInteger) {
        separate()
        bytes.append(decimal: value)
        needsComma = true
    }

    /// A number with up to six decimals, given in millionths and written without trailing zeros.
    public mutating func millionths(_ value: Int) {
        separate()
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        bytes.append(decimal: magnitude / 1_000_000)
        var fraction = magnitude % 1_000_000
        if fraction > 0 {
            bytes.append(UInt8(ascii: "."))
            var unit: UInt = 100_000
            while fraction > 0 {
                bytes.append(UInt8(ascii: "0") + UInt8(fraction / unit))
                fraction %= unit
                unit /= 10
            }
        }
        needsComma = true
    }

    /// A boolean.
    public mutating func bool(_ value: Bool) { raw(value ? "true" : "false") }

    /// `null`.
    public mutating func null() { raw("null") }

    /// A value that is JSON already.
    public mutating func raw(_ json: StaticString) {
        separate()
        bytes.append(literal: json)
        needsComma = true
    }

    /// A value that is JSON already.
    public mutating func raw(_ json: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: json)
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A: bytes.append(literal: "\\n")
        case 0x0D: bytes.append(literal: "\\r")
        case 0x09: bytes.append(literal: "\\t")
        case 0..<0x20, 0x7F:
            bytes.append(literal: "\\u00")
            bytes.append(Self.hexDigits[Int(byte >> 4)])
            bytes.append(Self.hexDigits[Int(byte & 15)])
        default: bytes.append(byte)
        }
    }

    private static let hexDigits = Array("0123456789abcdef".utf8)
}

extension JSONWriter {
    /// A member with a string.
    public mutating func member(_ name: StaticString, _ text: some Sequence<UInt8>) {
        self.name(name)
        string(text)
    }

    /// A member with a string.
    public mutating func member(_ name: StaticString, _ text: String) {
        self.name(name)
        string(text.utf8)
    }

    /// A member with a fixed string that needs no escape.
    public mutating func member(_ name: StaticString, literal text: StaticString) {
        self.name(name)
        string(text)
    }

    /// A member with an integer.
    public mutating func member(_ name: StaticString, _ value: some FixedWidthInteger) {
        self.name(name)
        integer(value)
    }

    /// A member with a boolean.
    public mutating func member(_ name: StaticString, _ value: Bool) {
        self.name(name)
        bool(value)
    }
}

extension [UInt8] {
    /// Appends the UTF-8 bytes of a literal.
    public mutating func append(literal: StaticString) {
        literal.withUTF8Buffer { unsafe append(contentsOf: $0) }
    }

    /// Appends an integer in decimal, without allocating.
    public mutating func append<Value: FixedWidthInteger>(decimal value: Value) {
        if value < 0 { append(UInt8(ascii: "-")) }
        var rest = UInt64(value.magnitude)
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var count = 0
        repeat {
            digits[count] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
            count += 1
        } while rest > 0
        while count > 0 {
            count -= 1
            append(digits[count])
        }
    }
}
