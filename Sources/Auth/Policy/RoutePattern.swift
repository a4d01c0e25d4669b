internal import JSON

/// The methods that a route can have. `HEAD` is decided as `GET` (RFC 9110 §9.3.2).
public enum RouteMethod: UInt8, Sendable, CaseIterable {
    case get, post, put, patch, delete

    /// The method as it stands in a request.
    public var name: StaticString {
        switch self {
        case .get: "GET"
        case .post: "POST"
        case .put: "PUT"
        case .patch: "PATCH"
        case .delete: "DELETE"
        }
    }

    /// The method of that name; nil for one that no policy can allow.
    public init?(name: [UInt8]) {
        if name.isEqual(to: "HEAD") {
            self = .get
            return
        }
        guard let found = Self.allCases.first(where: { name.isEqual(to: $0.name) }) else { return nil }
        self = found
    }
}

/// A route's path: `/v1/tickets/{id}`, where `{id}` stands for one segment that is not empty, `.` or `..`.
///
/// Paths are compared byte by byte after the Edge has checked them; nothing is decoded or normalised here.
public struct RoutePattern: Equatable, Sendable {
    /// A part between slashes.
    enum Segment: Hashable, Sendable {
        case literal([UInt8])
        case parameter
    }

    /// The pattern as it was written.
    public let text: [UInt8]
    let segments: [Segment]

    /// A pattern, or nil where `text` is none: it starts with a slash and has at most 16 segments, each `{name}` or made of
    /// letters, digits, `-`, `.`, `_` and `~`.
    init?(_ text: [UInt8]) {
        guard text.first == UInt8(ascii: "/") else { return nil }
        var segments: [Segment] = []
        if text.count > 1 {
            for part in text.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
                guard let segment = Self.segment(Array(part)) else { return nil }
                segments.append(segment)
            }
        }
        guard segments.count <= AuthLimits.routeSegmentsMax else { return nil }
        self.text = text
        self.segments = segments
    }

    private static func segment(_ part: [UInt8]) -> Segment? {
        if part.first == UInt8(ascii: "{"), part.last == UInt8(ascii: "}") {
            let name = part.dropFirst().dropLast()
            return !name.isEmpty && name.allSatisfy(isNameByte) ? .parameter : nil
        }
        guard fitsParameter(part[...]), part.allSatisfy(isLiteralByte) else { return nil }
        return .literal(part)
    }

    /// Whether a path's segment may stand for a parameter.
    static func fitsParameter(_ segment: ArraySlice<UInt8>) -> Bool {
        !segment.isEmpty && !(segment.count <= 2 && segment.allSatisfy { $0 == UInt8(ascii: ".") })
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    private static func isLiteralByte(_ byte: UInt8) -> Bool {
        isNameByte(byte) || "-.~".utf8.contains(byte)
    }
}
