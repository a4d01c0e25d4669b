@testable internal import Gateway

/// Forms: any cutting of the bytes gives the same parts or the same fault, and what was taken and is written again is the same.
enum MultipartTarget {
    /// The first byte chooses where the body is cut.
    static func run(_ input: [UInt8]) {
        guard let first = input.first, let boundary = MultipartBoundary(bytes: Array("b".utf8)) else { return }
        let body = Array(input.dropFirst())
        let whole = read([body[...]], boundary)
        let cut = body.isEmpty ? 0 : Int(first) % body.count
        precondition(read([body[..<cut], body[cut...]], boundary) == whole, "a cut changes nothing")
        precondition(read(body.indices.map { body[$0...$0] }, boundary) == whole, "cuts change nothing")
        guard case .success(let parts) = whole else { return }
        precondition(parts.count <= MultipartLimits.partsMax, "parts are bounded")
        precondition(parts.allSatisfy { $0.content.count <= partBytesMax }, "a part is bounded")
        precondition(parts.allSatisfy { !$0.head.name.isEmpty }, "a part has a name")
        guard let other = MultipartBoundary(bytes: Array("another-boundary-0123456789".utf8)) else { return }
        precondition(read([write(parts, other)[...]], other) == whole, "what was written is read again")
    }

    private static let partBytesMax = 256

    private static func read(
        _ pieces: [ArraySlice<UInt8>], _ boundary: MultipartBoundary
    ) -> Result<[MultipartForm.Part], MultipartFault> {
        Result { () throws(MultipartFault) in
            var parser = MultipartParser(boundary, partBytesMax: partBytesMax)
            var parts: [MultipartForm.Part] = []
            for piece in pieces {
                try parser.consume(piece) { event in
                    switch event {
                    case .part(let head): parts.append(MultipartForm.Part(head: head, content: []))
                    case .content(let bytes): parts[parts.count - 1].content += bytes
                    case .partEnd: break
                    }
                }
            }
            try parser.finish()
            return parts
        }
    }

    private static func write(_ parts: [MultipartForm.Part], _ boundary: MultipartBoundary) -> [UInt8] {
        let delimiter = Array("--".utf8) + boundary.bytes
        var body: [UInt8] = []
        for part in parts {
            body += delimiter + Array("\r\nContent-Disposition: form-data; name=".utf8) + quoted(part.head.name)
            if let name = part.head.fileName { body += Array("; filename=".utf8) + quoted(name) }
            if let type = part.head.contentType { body += Array("\r\nContent-Type: ".utf8) + type }
            body += Array("\r\n\r\n".utf8) + part.content + Array("\r\n".utf8)
        }
        return body + delimiter + Array("--".utf8)
    }

    private static func quoted(_ text: [UInt8]) -> [UInt8] {
        let quote = UInt8(ascii: "\""), backslash = UInt8(ascii: "\\")
        return [quote] + text.flatMap { $0 == quote || $0 == backslash ? [backslash, $0] : [$0] } + [quote]
    }
}
