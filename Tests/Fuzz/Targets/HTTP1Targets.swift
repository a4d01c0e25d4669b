internal import Edge
internal import EdgeTracing

/// Whatever a peer sends, cutting it anywhere changes nothing.
enum HTTP1RequestTarget {
    /// Small, so that inputs of a fuzzer's length reach every bound.
    private static let limits = HTTPLimits(
        requestLineBytesMax: 256, headerBytesMax: 512, headerCountMax: 8, chunkLineBytesMax: 24,
        chunkExtensionBytesMax: 48, trailerBytesMax: 64)

    /// The first byte chooses the cut.
    static func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let bytes = Array(input.dropFirst())
        let whole = trace(bytes, [])
        let cut = bytes.isEmpty ? 0 : Int(first) % (bytes.count + 1)
        precondition(trace(bytes, [cut]) == whole, "cutting a connection's bytes in two changes its events")
        precondition(trace(bytes, Array(bytes.indices)) == whole, "cutting byte by byte changes the events")
        for event in whole.events { check(event, bytes) }
    }

    private static func trace(_ bytes: [UInt8], _ cuts: [Int]) -> HTTP1Trace {
        HTTP1Trace.run(bytes, cuts: cuts, limits: limits, bodyBytesMax: 128)
    }

    private static func check(_ event: HTTP1Trace.Event, _ bytes: [UInt8]) {
        guard case .request(let summary, let end) = event else { return }
        precondition(end <= bytes.count, "a request does not end beyond its bytes")
        let path = summary.target[2] ?? []
        precondition(!path.contains(0) && !path.contains(0x5C), "no decoded path holds NUL or a backslash")
        precondition(!path.split(separator: 0x2F).contains([0x2E, 0x2E]), "no decoded path climbs")
        for text in summary.fields {
            precondition(!text.contains { $0 == 0 || $0 == 10 || $0 == 13 }, "no field holds NUL, CR or LF")
        }
        if case .length(let length) = summary.framing {
            precondition(summary.body.count == length, "a body is as long as its length says")
        }
    }
}

/// A request target alone, inside an otherwise plain request, so that the fuzzer spends its time on paths and queries.
enum RequestTargetTarget {
    static func run(_ input: [UInt8]) {
        let bytes = Array("GET ".utf8) + input + Array(" HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
        var parser = RequestParser(limits: HTTPLimits())
        guard case .request(let request) = parser.parse(bytes.span).outcome else { return }
        let target = request.target
        precondition(target.path.first == 0x2F, "a GET's path begins with a slash")
        let path = Array(target.path)
        precondition(String(validating: path, as: UTF8.self) != nil, "a decoded path is UTF-8")
        precondition(
            path.count { $0 == 0x2F } == max(1, target.rawPath.count { $0 == 0x2F }), "decoding makes no new slash")
        for (name, value) in target.queryItems {
            precondition(name.count + value.count <= target.raw.count, "decoding makes nothing longer")
        }
    }
}
