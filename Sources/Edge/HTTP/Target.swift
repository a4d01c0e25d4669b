/// Where a request is aimed (RFC 9112 §3.2), checked and decoded.
///
/// A path is refused rather than repaired: no `.` or `..` segment however it is written, no encoded slash, backslash
/// or control byte, and nothing that is not UTF-8 once decoded. So the path that policy sees is the path that a route
/// sees, and there is no second spelling to slip past either.
public struct Target: Sendable {
    /// The four forms of RFC 9112 §3.2.
    public enum Form: Sendable, Hashable { case origin, absolute, authority, asterisk }

    /// Ranges into the head's bytes.
    struct Parts: Sendable {
        var form = Form.origin
        var raw = ByteRange(0..<0)
        var authority = ByteRange(0..<0)
        var rawPath = ByteRange(0..<0)
        var path = ByteRange(0..<0)
        var query: ByteRange?
    }

    let bytes: [UInt8]
    let parts: Parts

    /// Which form the client used.
    public var form: Form { parts.form }
    /// The target as it came.
    public var raw: ArraySlice<UInt8> { bytes[parts.raw.range] }
    /// Host and port of an absolute or authority form, else empty.
    public var authority: ArraySlice<UInt8> { bytes[parts.authority.range] }
    /// The path as it came; empty for an authority form, `*` for the asterisk form.
    public var rawPath: ArraySlice<UInt8> { bytes[parts.rawPath.range] }
    /// The path with percent-encoding decoded once: UTF-8, begins with `/` in the origin and absolute forms.
    public var path: ArraySlice<UInt8> { bytes[parts.path.range] }
    /// The bytes after `?` as they came, or nil where there is no `?`.
    public var query: ArraySlice<UInt8>? { parts.query.map { bytes[$0.range] } }

    /// The query as name and value pairs.
    public var queryItems: QueryItems { QueryItems(query ?? []) }
}

/// Name and value pairs of a query in the form that HTML forms send (WHATWG URL §5.1): split at `&`, then at the first
/// `=`, `+` is a space, `%XX` a byte. Empty pieces between two `&` are passed over. Nothing is promised about UTF-8.
public struct QueryItems: Sequence, IteratorProtocol, Sendable {
    private var rest: ArraySlice<UInt8>

    /// Items of `query`, in which each `%` begins a triplet (the request parser sees to it; a lone `%` stays as it is).
    public init(_ query: ArraySlice<UInt8>) { rest = query }

    /// The next pair.
    public mutating func next() -> (name: [UInt8], value: [UInt8])? {
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
            let piece = rest[rest.startIndex..<end]
            rest = rest[(end == rest.endIndex ? end : end + 1)...]
            guard !piece.isEmpty else { continue }
            let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            let value = equals == piece.endIndex ? [] : piece[(equals + 1)...]
            return (Self.decode(piece[..<equals]), Self.decode(value))
        }
        return nil
    }

    private static func decode(_ encoded: ArraySlice<UInt8>) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(encoded.count)
        var index = encoded.startIndex
        while index < encoded.endIndex {
            if let byte = PercentEncoding.byte(in: encoded.span, at: index - encoded.startIndex) {
                decoded.append(byte)
                index += 3
            } else {
                decoded.append(encoded[index] == UInt8(ascii: "+") ? Octets.space : encoded[index])
                index += 1
            }
        }
        return decoded
    }
}

/// Percent-encoding (RFC 3986 §2.1).
enum PercentEncoding {
    /// The byte of the triplet that begins at `index`, or nil where none does.
    static func byte(in bytes: Span<UInt8>, at index: Int) -> UInt8? {
        guard bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
            let high = Octets.hexValue(bytes[index + 1]), let low = Octets.hexValue(bytes[index + 2])
        else { return nil }
        return high << 4 | low
    }
}
