internal import Bytes

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
public struct JSONWriter: ~Copyable {
    private var output: ByteBuffer
    private var needsComma = false

    /// A writer that reserves `capacity` bytes.
    public init(capacity: Int = 256) {
        output = ByteBuffer(capacity: capacity)
    }

    /// A copy of what was written so far.
    public var bytes: [UInt8] { output.array() }

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
        output.append(quoted: name)
        output.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A member name that is not known at compile time.
    public mutating func name(text: [UInt8]) {
        string(text)
        output.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A string from UTF-8 bytes; ill-formed input stays as it is, so pass only validated text.
    public mutating func string(_ text: [UInt8]) { string(text.span) }

    /// A string.
    public mutating func string(_ text: String) { string(Array(text.utf8).span) }

    /// A string from UTF-8 bytes. Runs that need no escape are copied as they are.
    public mutating func string(_ text: Span<UInt8>) {
        separate()
        output.append(UInt8(ascii: "\""))
        var index = 0
        while index < text.count {
            let start = index
            while true {
                index = text.plainRunEnd(from: index)
                // The rest of what needs no escape is not ASCII.
                guard index < text.count, text[index] >= 0x80 else { break }
                index += 1
            }
            output.append(text.extracting(start..<index))
            if index < text.count {
                escape(text[index])
                index += 1
            }
        }
        output.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A string that needs no escape.
    public mutating func string(_ text: StaticString) {
        separate()
        output.append(quoted: text)
        needsComma = true
    }

    /// An integer.
    public mutating func integer(_ value: some FixedWidthInteger) {
        separate()
        output.append(decimal: value)
        needsComma = true
    }

    /// A number with up to six decimals, given in millionths and written without trailing zeros.
    public mutating func millionths(_ value: Int) {
        separate()
        if value < 0 { output.append(UInt8(ascii: "-")) }
        let magnitude = value.magnitude
        output.append(decimal: magnitude / 1_000_000)
        var fraction = magnitude % 1_000_000
        if fraction > 0 {
            output.append(UInt8(ascii: "."))
            var unit: UInt = 100_000
            while fraction > 0 {
                output.append(UInt8(ascii: "0") + UInt8(fraction / unit))
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
        output.append(literal: json)
        needsComma = true
    }

    /// A value that is JSON already.
    public mutating func raw(_ json: [UInt8]) {
        separate()
        output.append(json)
        needsComma = true
    }

    private mutating func open(_ bracket: UInt8) {
        separate()
        output.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        output.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { output.append(UInt8(ascii: ",")) }
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            output.append(UInt8(ascii: "\\"))
            output.append(byte)
        case 0x0A: output.append(literal: "\\n")
        case 0x0D: output.append(literal: "\\r")
        case 0x09: output.append(literal: "\\t")
        case 0..<0x20, 0x7F:
            output.append(literal: "\\u00")
            output.append(hex: UInt64(byte), digits: 2)
        default: output.append(byte)
        }
    }

}

extension JSONWriter {
    /// A member with a string.
    public mutating func member(_ name: StaticString, _ text: [UInt8]) {
        self.name(name)
        string(text.span)
    }

    /// A member with a string.
    public mutating func member(_ name: StaticString, _ text: String) {
        self.name(name)
        string(text)
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
    /// Appends the bytes of a span.
    public mutating func append(_ bytes: Span<UInt8>) {
        RawBytes.append(bytes, to: &self)
    }

    /// Appends the UTF-8 bytes of a literal.
    public mutating func append(literal: StaticString) {
        RawBytes.append(literal: literal, to: &self)
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
