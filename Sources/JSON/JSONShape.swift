/// A value that is JSON but not what was asked for.
public struct JSONShapeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where in the document: a JSON Pointer (RFC 6901), empty for the whole.
    public let pointer: String
    /// Byte offset in the text.
    public let offset: Int
    /// What stands there, in words without its content.
    public let found: String
    /// What was wanted instead, in words.
    public let wanted: String

    /// Makes an error for the value at `pointer`.
    public init(pointer: String, offset: Int, found: String, wanted: String) {
        self.pointer = pointer
        self.offset = offset
        self.found = found
        self.wanted = wanted
    }

    /// "pointer: found …, wanted …".
    public var description: String { "\(pointer.isEmpty ? "/" : pointer): found \(found), wanted \(wanted)" }
}

/// An object whose members are taken by name and type, with errors that say where and what was wanted.
///
/// ```swift
/// let object = try JSONObject(node, allowing: ["message", "session_id"])
/// let message = try object.string("message", countRange: 1...4096)
/// ```
public struct JSONObject: Sendable {
    /// JSON Pointer of this object.
    public let pointer: String
    /// Byte offset of this object in the text.
    public let offset: Int
    /// The members in the order of the text.
    public let members: [JSONMember]

    /// Takes `node` for an object whose members are all in `names`.
    /// - Parameter names: the member names allowed; nil allows any (a map from names that users choose).
    /// - Throws: `JSONShapeError` where `node` is no object or has a member that is not allowed.
    public init(_ node: JSONNode, at pointer: String = "", allowing names: [String]?) throws(JSONShapeError) {
        guard case .object(let members) = node.value else {
            throw JSONShapeError(pointer: pointer, offset: node.offset, found: node.kindName, wanted: "an object")
        }
        if let names {
            for member in members where !names.contains(where: { $0.utf8.elementsEqual(member.name) }) {
                throw JSONShapeError(
                    pointer: pointer + "/" + Self.pointerToken(member.name), offset: member.nameOffset,
                    found: "an unknown member", wanted: "only " + names.joined(separator: ", "))
            }
        }
        self.pointer = pointer
        self.offset = node.offset
        self.members = members
    }

    /// The member called `name`, or nil where there is none.
    public func optional(_ name: String) -> JSONNode? {
        members.first { name.utf8.elementsEqual($0.name) }?.node
    }

    /// The member called `name`.
    /// - Throws: `JSONShapeError` where there is none.
    public func required(_ name: String) throws(JSONShapeError) -> JSONNode {
        if let node = optional(name) { return node }
        throw JSONShapeError(
            pointer: pointer, offset: offset, found: "no member \"\(name)\"", wanted: "a member \"\(name)\"")
    }

    /// A required string as bytes, with its length in bytes within `countRange`.
    public func bytes(_ name: String, countRange: ClosedRange<Int> = 0...Int.max) throws(JSONShapeError) -> [UInt8] {
        try Self.bytes(try required(name), at: path(name), countRange: countRange)
    }

    /// An optional string as bytes; an explicit `null` is refused like any other kind.
    public func optionalBytes(
        _ name: String, countRange: ClosedRange<Int> = 0...Int.max
    ) throws(JSONShapeError) -> [UInt8]? {
        guard let node = optional(name) else { return nil }
        return try Self.bytes(node, at: path(name), countRange: countRange)
    }

    /// A required string, with its length in bytes within `countRange`.
    public func string(_ name: String, countRange: ClosedRange<Int> = 0...Int.max) throws(JSONShapeError) -> String {
        String(decoding: try bytes(name, countRange: countRange), as: UTF8.self)
    }

    /// An optional string.
    public func optionalString(
        _ name: String, countRange: ClosedRange<Int> = 0...Int.max
    ) throws(JSONShapeError) -> String? {
        guard let bytes = try optionalBytes(name, countRange: countRange) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A required integer within `range`.
    public func integer(_ name: String, in range: ClosedRange<Int>) throws(JSONShapeError) -> Int {
        try Self.integer(try required(name), at: path(name), in: range)
    }

    /// An optional integer within `range`.
    public func optionalInteger(_ name: String, in range: ClosedRange<Int>) throws(JSONShapeError) -> Int? {
        guard let node = optional(name) else { return nil }
        return try Self.integer(node, at: path(name), in: range)
    }

    /// An optional boolean.
    public func optionalBool(_ name: String) throws(JSONShapeError) -> Bool? {
        guard let node = optional(name) else { return nil }
        guard case .bool(let bool) = node.value else {
            throw JSONShapeError(
                pointer: path(name), offset: node.offset, found: node.kindName, wanted: "true or false")
        }
        return bool
    }

    /// The elements of a required array.
    public func array(_ name: String) throws(JSONShapeError) -> [JSONNode] {
        try Self.array(try required(name), at: path(name))
    }

    /// The elements of an optional array.
    public func optionalArray(_ name: String) throws(JSONShapeError) -> [JSONNode]? {
        guard let node = optional(name) else { return nil }
        return try Self.array(node, at: path(name))
    }

    /// A required array of strings.
    public func strings(_ name: String) throws(JSONShapeError) -> [String] {
        var strings: [String] = []
        for (index, node) in try array(name).enumerated() {
            let bytes = try Self.bytes(node, at: "\(path(name))/\(index)", countRange: 0...Int.max)
            strings.append(String(decoding: bytes, as: UTF8.self))
        }
        return strings
    }

    /// A required object whose members are all in `names` (nil: any).
    public func object(_ name: String, allowing names: [String]?) throws(JSONShapeError) -> JSONObject {
        try JSONObject(try required(name), at: path(name), allowing: names)
    }

    /// An optional object.
    public func optionalObject(_ name: String, allowing names: [String]?) throws(JSONShapeError) -> JSONObject? {
        guard let node = optional(name) else { return nil }
        return try JSONObject(node, at: path(name), allowing: names)
    }

    /// The JSON Pointer of this object's member `name`.
    public func path(_ name: String) -> String { pointer + "/" + Self.pointerToken(Array(name.utf8)) }

    /// An error about the member `name` whose value has the right kind but not a right value.
    public func error(_ name: String, found: String, wanted: String) -> JSONShapeError {
        JSONShapeError(pointer: path(name), offset: optional(name)?.offset ?? offset, found: found, wanted: wanted)
    }

    private static func bytes(
        _ node: JSONNode, at pointer: String, countRange: ClosedRange<Int>
    ) throws(JSONShapeError) -> [UInt8] {
        guard case .string(let bytes) = node.value else {
            throw JSONShapeError(pointer: pointer, offset: node.offset, found: node.kindName, wanted: "a string")
        }
        guard countRange.contains(bytes.count) else {
            let wanted =
                countRange.upperBound == Int.max
                ? "at least \(countRange.lowerBound)" : "\(countRange.lowerBound) to \(countRange.upperBound)"
            throw JSONShapeError(
                pointer: pointer, offset: node.offset, found: "a string of \(bytes.count) bytes",
                wanted: "\(wanted) bytes")
        }
        return bytes
    }

    private static func integer(
        _ node: JSONNode, at pointer: String, in range: ClosedRange<Int>
    ) throws(JSONShapeError) -> Int {
        let wanted = "an integer from \(range.lowerBound) to \(range.upperBound)"
        guard case .integer(let integer) = node.value else {
            throw JSONShapeError(pointer: pointer, offset: node.offset, found: node.kindName, wanted: wanted)
        }
        guard range.contains(Int(integer)) else {
            throw JSONShapeError(pointer: pointer, offset: node.offset, found: "\(integer)", wanted: wanted)
        }
        return Int(integer)
    }

    private static func array(_ node: JSONNode, at pointer: String) throws(JSONShapeError) -> [JSONNode] {
        guard case .array(let elements) = node.value else {
            throw JSONShapeError(pointer: pointer, offset: node.offset, found: node.kindName, wanted: "an array")
        }
        return elements
    }

    /// RFC 6901 §3: `~` is `~0` and `/` is `~1`.
    private static func pointerToken(_ name: [UInt8]) -> String {
        var token = ""
        for scalar in String(decoding: name, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "~": token += "~0"
            case "/": token += "~1"
            default: token.unicodeScalars.append(scalar)
            }
        }
        return token
    }
}
