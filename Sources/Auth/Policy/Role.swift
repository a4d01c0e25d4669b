internal import OpenSSL

/// A role's name: 1 to 64 bytes of letters, digits, `_`, `.`, `:` and `-`.
public struct RoleName: Hashable, Sendable, CustomStringConvertible {
    /// The name in ASCII.
    public let bytes: [UInt8]

    /// A name, or nil where `bytes` is none.
    public init?(_ bytes: [UInt8]) {
        guard (1...AuthLimits.roleNameBytesMax).contains(bytes.count), bytes.allSatisfy(Self.isNameByte) else {
            return nil
        }
        self.bytes = bytes
    }

    /// A name, or nil where `text` is none.
    public init?(_ text: String) { self.init(Array(text.utf8)) }

    /// The name as text.
    public var description: String { String(decoding: bytes, as: UTF8.self) }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "_.:-".utf8.contains(byte)
        }
    }
}

/// A set of a policy's roles, one bit each, in the order of its `RoleTable`.
public struct RoleSet: Hashable, Sendable {
    var bits: UInt64 = 0

    static let all = RoleSet(bits: .max)

    var isEmpty: Bool { bits == 0 }
    /// The role that comes first in the policy.
    var first: Int? { bits == 0 ? nil : bits.trailingZeroBitCount }

    func contains(_ index: Int) -> Bool { bits & 1 << UInt64(index) != 0 }
    mutating func insert(_ index: Int) { bits |= 1 << UInt64(index) }
    mutating func remove(_ index: Int) { bits &= ~(1 << UInt64(index)) }
    func intersection(_ other: RoleSet) -> RoleSet { RoleSet(bits: bits & other.bits) }
    func union(_ other: RoleSet) -> RoleSet { RoleSet(bits: bits | other.bits) }
}

/// The roles of one policy, numbered, so that a decision compares bits and not names.
public struct RoleTable: Sendable {
    /// The names in the policy's order.
    public let names: [RoleName]
    /// Equal for tables with the same names in the same order, and for no others.
    let identity: SHA256Digest
    private let indices: [RoleName: Int]

    /// A table of at most `AuthLimits.rolesMax` names without repeats.
    package init(_ names: [RoleName]) {
        precondition(names.count <= AuthLimits.rolesMax, "the parser of policies counts its roles")
        self.names = names
        identity = SHA256Digest(of: names.flatMap { $0.bytes + [0] })
        indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    }

    func index(of role: RoleName) -> Int? { indices[role] }

    /// The names of a set's roles, in the policy's order.
    public func names(of set: RoleSet) -> [RoleName] { names.indices.filter(set.contains).map { names[$0] } }

    /// Those of `roles` that the policy knows.
    func set(of roles: [RoleName]) -> RoleSet {
        var set = RoleSet()
        for role in roles {
            if let index = indices[role] { set.insert(index) }
        }
        return set
    }
}
