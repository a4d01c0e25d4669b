import Bytes
import Testing

@testable import Edge

@Suite struct `A streamed body` {
    private static let date = Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8)

    /// What a response of `pieces` is sent as; the first goes with the head, the last with the end.
    private func written(
        _ pieces: [String], isHead: Bool = false, version: HTTPVersion = .http11, keepsAlive: Bool = true
    ) -> String {
        var body = StreamedBody()
        var output = ByteBuffer(capacity: 256)
        let context = ResponseWriter.Context(isHead: isHead, version: version, keepsAlive: keepsAlive)
        let response = Response(.ok, fields: [ResponseField("X-A", "b")], body: Array((pieces.first ?? "").utf8))
        body.begin(response, context, date: Self.date, to: &output)
        #expect(body.isOpen)
        for piece in pieces.dropFirst().dropLast() { body.append(Array(piece.utf8), to: &output) }
        body.end(Array((pieces.count > 1 ? pieces[pieces.count - 1] : "").utf8), to: &output)
        #expect(!body.isOpen)
        return String(decoding: output.array(), as: UTF8.self)
    }

    private static let head = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nX-A: b\r\n"

    /// RFC 9112 §7.1: `chunk = chunk-size CRLF chunk-data CRLF`, `last-chunk = 1*("0") CRLF`.
    @Test func `is chunked in HTTP/1.1`() {
        #expect(
            written(["", "hello ", "world, all of it"]) == Self.head + "Transfer-Encoding: chunked\r\n\r\n"
                + "6\r\nhello \r\n10\r\nworld, all of it\r\n0\r\n\r\n")
    }

    @Test func `has no empty chunk but the last`() {
        #expect(written(["", "", ""]) == Self.head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n")
        #expect(written(["a", "", "b"]).hasSuffix("\r\n\r\n1\r\na\r\n1\r\nb\r\n0\r\n\r\n"))
    }

    @Test(arguments: [1, 9, 10, 15, 16, 17, 255, 256, 4095, 4096, 65_535, 65_536, 1_048_576])
    func `says sizes in hexadecimal`(_ count: Int) {
        let text = written([String(repeating: "x", count: count), ""])
        #expect(text.contains("\r\n\r\n" + String(count, radix: 16) + "\r\nx"))
    }

    @Test func `ends with the connection in HTTP/1.0`() {
        #expect(
            written(["one ", "two ", "three"], version: .http10, keepsAlive: false)
                == Self.head + "Connection: close\r\n\r\none two three")
    }

    /// RFC 9112 §7.1.2: fields that are known only at the end.
    @Test(arguments: [(HTTPVersion.http11, "1\r\nx\r\n0\r\nAudit-Receipt: 7:ab\r\n\r\n"), (.http10, "x")])
    func `has trailers where there are chunks`(version: HTTPVersion, end: String) {
        var body = StreamedBody()
        var output = ByteBuffer(capacity: 256)
        let context = ResponseWriter.Context(isHead: false, version: version, keepsAlive: false)
        body.begin(Response(.ok), context, date: Self.date, to: &output)
        let start = output.count
        body.end(Array("x".utf8), trailers: [ResponseField("Audit-Receipt", "7:ab")], to: &output)
        #expect(String(decoding: output.array().dropFirst(start), as: UTF8.self) == end)
    }

    @Test func `is left out of the answer to HEAD`() {
        #expect(
            written(["one", "two", "three"], isHead: true) == Self.head + "Transfer-Encoding: chunked\r\n\r\n")
    }

    /// However an answer is cut into pieces, a reader gets the same bytes.
    @Test func `is the same to its reader wherever it was cut`() throws {
        var random = SeededGenerator()
        let text = [UInt8]((0..<2000).map { _ in UInt8.random(in: 0...255, using: &random) })
        for _ in 0..<50 {
            var body = StreamedBody()
            var output = ByteBuffer(capacity: 4096)
            let context = ResponseWriter.Context(isHead: false, version: .http11, keepsAlive: true)
            body.begin(Response(.ok), context, date: Self.date, to: &output)
            let headCount = output.count
            var rest = text[...]
            while !rest.isEmpty {
                let count = Int.random(in: 0...min(300, rest.count), using: &random)
                body.append(Array(rest.prefix(count)), to: &output)
                rest = rest.dropFirst(count)
            }
            body.end([], to: &output)
            var decoder = BodyDecoder(framing: .chunked, limits: HTTPLimits(), bodyBytesMax: text.count)
            let bytes = Array(output.array().dropFirst(headCount))
            var decoded: [UInt8] = []
            let result = decoder.decode(bytes.span, into: &decoded)
            #expect(result.outcome == .complete && result.consumed == bytes.count, "seed \(random.seed)")
            #expect(decoded == text, "seed \(random.seed)")
        }
    }
}
