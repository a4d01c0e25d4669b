internal import Bytes

/// A machine-readable code in a record: 1 to 64 bytes of `[a-z0-9_.:-]`.
///
/// Other bytes are written as `_`, what is past 64 bytes is dropped, and nothing at all becomes `unspecified`: a code
/// that is wrong must not cost the record.
public struct ReasonCode: Sendable, ExpressibleByStringLiteral {
    private enum Source: Sendable {
        case literal(StaticString)
        case bytes([UInt8])
    }

    private let source: Source

    /// A code that is known at compile time; costs no allocation.
    public init(stringLiteral literal: StaticString) { source = .literal(literal) }

    /// A code from a literal.
    public init(_ literal: StaticString) { source = .literal(literal) }

    /// A code that is computed.
    public init(_ bytes: [UInt8]) { source = .bytes(bytes) }

    /// The most bytes of a code.
    package static let bytesMax = 64

    /// The bytes as they are written.
    package var bytes: [UInt8] {
        var buffer = ByteBuffer(capacity: Self.bytesMax)
        append(to: &buffer)
        return buffer.array()
    }

    func append(to output: inout ByteBuffer) {
        let start = output.count
        switch source {
        case .literal(let literal): output.append(literal: literal)
        case .bytes(let bytes): output.append(bytes)
        }
        if output.count - start > Self.bytesMax { output.truncate(to: start + Self.bytesMax) }
        if output.count == start { output.append(literal: "unspecified") }
        output.replace(from: start) { Self.isAllowed($0) ? $0 : UInt8(ascii: "_") }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
