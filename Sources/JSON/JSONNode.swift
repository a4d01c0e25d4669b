internal import Bytes

/// A JSON value with the place it was read from.
///
/// Strings are bytes, not `String`: names are compared byte by byte, because canonically equivalent strings are equal
/// to Swift and must not be to a security check. All strings are valid UTF-8 with escapes decoded.
public struct JSONNode: Sendable {
    /// The value's kinds. Integers outside `Int64`, fractions and exponents are `.double`.
    public indirect enum Value: Sendable {
        case null
        case bool(Bool)
        case integer(Int64)
        case double(Double)
        case string([UInt8])
        case array([JSONNode])
        case object([JSONMember])
    }

    /// Byte offset of the value's first character in the text.
    public let offset: Int
    /// The value itself.
    public let value: Value

    /// Makes a node; `offset` is 0 for values that were not read from a text.
    public init(_ value: Value, offset: Int = 0) {
        self.value = value
        self.offset = offset
    }

    /// The word for this value's kind in messages to people.
    public var kindName: String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .double: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

/// One member of an object, in the order of the text. Names are unique within an object: the parser refuses repeats.
public struct JSONMember: Sendable {
    /// The decoded name.
    public let name: [UInt8]
    /// Byte offset of the name in the text.
    public let nameOffset: Int
    /// The member's value.
    public let node: JSONNode

    /// Makes a member.
    public init(name: [UInt8], nameOffset: Int = 0, node: JSONNode) {
        self.name = name
        self.nameOffset = nameOffset
        self.node = node
    }
}

extension JSONNode {
    /// The member called `name`, or nil where this is no object or has none.
    /// - Complexity: linear in the number of members.
    public subscript(name: StaticString) -> JSONNode? {
        guard case .object(let members) = value else { return nil }
        for member in members where member.name.isEqual(to: name) { return member.node }
        return nil
    }

    /// The string's bytes, or nil where this is no string.
    public var bytes: [UInt8]? {
        guard case .string(let bytes) = value else { return nil }
        return bytes
    }

    /// The string as text, or nil where this is no string.
    public var text: String? {
        guard case .string(let bytes) = value else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The integer, or nil where this is none.
    public var integer: Int64? {
        guard case .integer(let integer) = value else { return nil }
        return integer
    }

    /// The elements, or nil where this is no array.
    public var elements: [JSONNode]? {
        guard case .array(let elements) = value else { return nil }
        return elements
    }

    /// The members, or nil where this is no object.
    public var members: [JSONMember]? {
        guard case .object(let members) = value else { return nil }
        return members
    }
}

extension [UInt8] {
    /// Whether these are exactly the UTF-8 bytes of `literal`.
    public func isEqual(to literal: StaticString) -> Bool {
        RawBytes.isEqual(self, literal)
    }
}
