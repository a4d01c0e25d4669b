internal import Audit

/// A whole form: its parts in their order.
struct MultipartForm: Hashable, Sendable {
    /// One part.
    struct Part: Hashable, Sendable {
        let head: MultipartHead
        var content: [UInt8]
    }

    private(set) var parts: [Part] = []

    /// Takes a body apart that is here whole.
    /// - Parameter partBytesMax: bytes that a part's content may have.
    /// - Throws: `MultipartFault`.
    init(_ body: [UInt8], _ boundary: MultipartBoundary, partBytesMax: Int) throws(MultipartFault) {
        var parser = MultipartParser(boundary, partBytesMax: partBytesMax)
        var parts: [Part] = []
        try parser.consume(body[...]) { event in
            switch event {
            case .part(let head): parts.append(Part(head: head, content: []))
            case .content(let bytes): parts[parts.count - 1].content += bytes
            case .partEnd: break
            }
        }
        try parser.finish()
        self.parts = parts
    }
}

extension Refusal {
    /// A form that is none, or is larger than it may be.
    init(_ fault: MultipartFault) {
        switch fault {
        case .badBoundary: self.init(problem: .unsupportedMediaType, reason: "multipart_boundary")
        case .contentTooLarge: self.init(problem: .contentTooLarge, reason: "multipart_part_too_large")
        case .preamble, .epilogue, .badDelimiter, .unfinished, .badHeader, .badDisposition, .encoded, .tooManyParts,
            .headerTooLarge:
            self.init(problem: .invalidBody, reason: "multipart")
        }
        detail = fault.detail
    }
}
