/// The name of a tool that the assistant may be made to call, such as `transaction_history`: 1 to 64 of `a` to `z`, `0` to
/// `9` and `_`, a letter first.
public struct ToolName: Hashable, Sendable, CustomStringConvertible {
    /// The name in ASCII.
    public let bytes: [UInt8]

    /// A name, or nil where `bytes` is none.
    public init?(_ bytes: [UInt8]) {
        guard (1...AuthLimits.toolNameBytesMax).contains(bytes.count), let first = bytes.first,
            Self.isLetter(first), bytes.allSatisfy({ Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "_") })
        else { return nil }
        self.bytes = bytes
    }

    /// The name as text.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
