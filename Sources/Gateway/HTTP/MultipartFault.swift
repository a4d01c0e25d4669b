/// What is wrong with a `multipart/form-data` body. Each says what was wanted.
enum MultipartFault: Error, Hashable, Sendable {
    /// `Content-Type` names no boundary, or one that RFC 2046 §5.1.1 does not allow.
    case badBoundary
    /// The body does not begin with the boundary.
    case preamble
    /// After the last boundary there is something else than an end of line.
    case epilogue
    /// A line that begins with the boundary goes on in another way than the grammar has.
    case badDelimiter
    /// The last boundary is missing: the body is cut short.
    case unfinished
    /// A header line is none, or has a byte that none has.
    case badHeader
    /// `Content-Disposition` is missing, twice, or not `form-data` with a name.
    case badDisposition
    /// `Content-Transfer-Encoding` says that the content is not as it is (RFC 7578 §4.7).
    case encoded
    /// A bound.
    case tooManyParts(partsMax: Int)
    case headerTooLarge(bytesMax: Int)
    case contentTooLarge(bytesMax: Int)

    /// The sentence for the client.
    var detail: String {
        switch self {
        case .badBoundary:
            "Content-Type: wanted multipart/form-data with a boundary of 1 to \(MultipartLimits.boundaryBytesMax) "
                + "characters"
        case .preamble: "multipart: wanted the boundary at the start of the content"
        case .epilogue: "multipart: wanted nothing after the last boundary"
        case .badDelimiter: "multipart: wanted the end of the line, or two hyphens, after a boundary"
        case .unfinished: "multipart: wanted the last boundary, with two hyphens after it"
        case .badHeader: "multipart: wanted header lines of NAME: VALUE that end with CR LF"
        case .badDisposition: "multipart: wanted Content-Disposition: form-data; name=\"NAME\" in each part, once"
        case .encoded: "multipart: wanted the content as it is, without Content-Transfer-Encoding"
        case .tooManyParts(let partsMax): "multipart: wanted at most \(partsMax) parts"
        case .headerTooLarge(let bytesMax): "multipart: wanted at most \(bytesMax) bytes of header lines in a part"
        case .contentTooLarge(let bytesMax): "multipart: wanted at most \(bytesMax) bytes in a part"
        }
    }
}

/// Bounds of a `multipart/form-data` body, each a choice unless a source is named.
enum MultipartLimits {
    /// Characters of a boundary (RFC 2046 §5.1.1).
    static let boundaryBytesMax = 70
    /// Parts of a body.
    static let partsMax = 32
    /// Bytes of a part's header lines.
    static let headerBytesMax = 4096
    /// Blanks between a boundary and the end of its line (`transport-padding`).
    static let paddingBytesMax = 64
}
