/// Names of certificates: `uri:spiffe://bank.example/branch/*/teller`, where `*` stands for one whole segment.
///
/// Segments lie between slashes in a URI and between dots in a DNS name. A common name has none and is compared whole:
/// its writer is free in how it is built. Of a URI, scheme and authority cannot be left open, nor the last two labels of a
/// DNS name: those say whose names these are.
public struct CertificatePattern: Hashable, Sendable, CustomStringConvertible {
    /// The kind of name.
    let kind: PrincipalName.Kind
    /// The pattern as it was written; DNS names in lower case.
    let value: [UInt8]

    /// The written form.
    public var description: String { "\(kind.word):" + String(decoding: value, as: UTF8.self) }

    /// What lies between two segments; nil where a name of this kind is one.
    var separator: UInt8? { Self.separator(kind) }

    /// A pattern, or nil where `text` is none.
    init?(parsing text: [UInt8]) {
        guard let name = PrincipalName(parsing: text) else { return nil }
        kind = name.kind
        value = name.value
        guard let separator = Self.separator(kind) else {
            if value.contains(Self.star) { return nil }
            return
        }
        let segments = value.split(separator: separator, omittingEmptySubsequences: false)
        let open = segments.indices.filter { segments[$0].contains(Self.star) }
        guard open.allSatisfy({ segments[$0].count == 1 }) else { return nil }
        switch kind {
        // "spiffe:", "", "bank.example".
        case .uri: guard open.allSatisfy({ $0 >= 3 }) else { return nil }
        case .dns: guard open.allSatisfy({ $0 < segments.count - 2 }) else { return nil }
        case .commonName: break
        }
    }

    static let star = UInt8(ascii: "*")

    private static func separator(_ kind: PrincipalName.Kind) -> UInt8? {
        switch kind {
        case .uri: UInt8(ascii: "/")
        case .dns: UInt8(ascii: ".")
        case .commonName: nil
        }
    }

    /// Whether `name` is one of these, in one pass and without allocating.
    func matches(_ name: PrincipalName) -> Bool {
        guard name.kind == kind else { return false }
        guard let separator else { return name.value == value }
        var at = 0
        var index = 0
        while index < value.count {
            if value[index] == Self.star {
                let start = at
                while at < name.value.count && name.value[at] != separator { at += 1 }
                guard at > start else { return false }
            } else {
                guard at < name.value.count, name.value[at] == value[index] else { return false }
                at += 1
            }
            index += 1
        }
        return at == name.value.count
    }
}
