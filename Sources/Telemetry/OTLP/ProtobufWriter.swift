/// Writes messages of Protocol Buffers (protobuf.dev, "Encoding"): fields in the order of the calls, defaults left to
/// the caller to leave out.
struct ProtobufWriter {
    private(set) var bytes: [UInt8] = []

    private enum WireType: UInt64 {
        case varint = 0
        case fixed64 = 1
        case lengthDelimited = 2
        case fixed32 = 5
    }

    /// A message inside this one. Its length comes before it and is known after it: what it wrote moves up.
    mutating func message(_ field: UInt64, _ body: (inout ProtobufWriter) -> Void) {
        key(field, .lengthDelimited)
        let start = bytes.count
        body(&self)
        var length: [UInt8] = []
        Self.append(UInt64(bytes.count - start), to: &length)
        bytes.insert(contentsOf: length, at: start)
    }

    /// `bytes`, or `string` of UTF-8.
    mutating func bytes(_ field: UInt64, _ value: some Collection<UInt8>) {
        key(field, .lengthDelimited)
        Self.append(UInt64(value.count), to: &bytes)
        bytes.append(contentsOf: value)
    }

    /// `string`.
    mutating func text(_ field: UInt64, _ value: String) { bytes(field, value.utf8) }

    /// `uint64`, `uint32`, an enum; `int64` as its two's complement.
    mutating func varint(_ field: UInt64, _ value: UInt64) {
        key(field, .varint)
        Self.append(value, to: &bytes)
    }

    /// `fixed64`.
    mutating func fixed64(_ field: UInt64, _ value: UInt64) {
        key(field, .fixed64)
        for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    /// `fixed32`.
    mutating func fixed32(_ field: UInt64, _ value: UInt32) {
        key(field, .fixed32)
        for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    private mutating func key(_ field: UInt64, _ type: WireType) { Self.append(field << 3 | type.rawValue, to: &bytes) }

    private static func append(_ value: UInt64, to output: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            output.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        output.append(UInt8(rest))
    }
}

/// Reads the fields of one message; nil where the bytes are none.
struct ProtobufReader {
    /// A field's value, as its wire type gives it.
    enum Value: Equatable {
        case varint(UInt64)
        case bytes([UInt8])
        /// Fixed width: nothing that is read here has one.
        case fixed
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// All fields in order, or nil.
    static func fields(_ bytes: [UInt8]) -> [(field: UInt64, value: Value)]? {
        var reader = ProtobufReader(bytes)
        var fields: [(UInt64, Value)] = []
        while !reader.rest.isEmpty {
            guard let key = reader.varint(), key >> 3 > 0, let value = reader.value(type: key & 7) else { return nil }
            fields.append((key >> 3, value))
        }
        return fields
    }

    private mutating func value(type: UInt64) -> Value? {
        switch type {
        case 0: return varint().map { .varint($0) }
        case 1: return skip(8) == nil ? nil : .fixed
        case 2:
            guard let count = varint(), count <= UInt64(rest.count) else { return nil }
            return skip(Int(count)).map { .bytes(Array($0)) }
        case 5: return skip(4) == nil ? nil : .fixed
        default: return nil
        }
    }

    private mutating func skip(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        let taken = rest.prefix(count)
        rest = rest.dropFirst(count)
        return taken
    }

    /// At most ten bytes (64 bits).
    private mutating func varint() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst(), shift < 63 || byte <= 1 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }
}
