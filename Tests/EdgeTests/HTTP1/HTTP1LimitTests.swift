import Edge
import EdgeTracing
import Testing

@Suite struct `HTTP/1.1 bounds hold at the bound and one past it` {
    private func outcomes(_ text: String, _ limits: HTTPLimits, bodyBytesMax: Int = 1024) -> [String] {
        HTTP1Trace.run(Array(text.utf8), limits: limits, bodyBytesMax: bodyBytesMax).outcomes
    }

    private let head = "GET / HTTP/1.1\r\nHost: a\r\n"
    private let chunked = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"

    @Test(arguments: [(14, "ok"), (13, "414:http_request_line_too_long")])
    func `the request line is bounded`(bound: Int, outcome: String) {
        #expect(outcomes(head + "\r\n", HTTPLimits(requestLineBytesMax: bound)) == [outcome])
    }

    @Test(arguments: [(9, "ok"), (8, "431:http_fields_too_large")])
    func `the field section is bounded`(bound: Int, outcome: String) {
        #expect(outcomes(head + "\r\n", HTTPLimits(headerBytesMax: bound)) == [outcome])
    }

    @Test(arguments: [(99, "ok"), (100, "431:http_too_many_fields")])
    func `the number of field lines is bounded by 100`(extra: Int, outcome: String) {
        let fields = String(repeating: "X: y\r\n", count: extra)
        #expect(outcomes(head + fields + "\r\n", HTTPLimits()) == [outcome])
    }

    @Test(arguments: [(4, "ok:2"), (3, "400:http_chunk_extensions_too_long")])
    func `the chunk extensions of a body are bounded together`(bound: Int, outcome: String) {
        let body = "1;ab\r\nx\r\n1;cd\r\nx\r\n0\r\n\r\n"
        #expect(outcomes(chunked + body, HTTPLimits(chunkExtensionBytesMax: bound)) == [outcome])
    }

    @Test(arguments: [(6, "ok:0"), (5, "431:http_trailers_too_large")])
    func `the trailers are bounded`(bound: Int, outcome: String) {
        #expect(outcomes(chunked + "0\r\nX: y\r\n\r\n", HTTPLimits(trailerBytesMax: bound)) == [outcome])
    }

    @Test(arguments: [(2, true), (1, false)])
    func `the number of trailers is bounded`(bound: Int, fits: Bool) {
        var decoder = BodyDecoder(
            framing: .chunked, limits: HTTPLimits(headerCountMax: bound), bodyBytesMax: 1024)
        var body: [UInt8] = []
        let result = decoder.decode(Array("0\r\nX: y\r\nX: y\r\n\r\n".utf8).span, into: &body)
        #expect(result.outcome == (fits ? .complete : .fault(.tooManyFields)))
    }

    @Test(arguments: [(5, true), (4, false)])
    func `a length over the body's bound is known before the body`(bound: Int, fits: Bool) {
        let decoder = BodyDecoder(framing: .length(5), limits: HTTPLimits(), bodyBytesMax: bound)
        #expect(decoder.earlyFault == (fits ? nil : .bodyTooLarge))
    }
}
