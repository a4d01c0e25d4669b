public import Bytes

/// Writes responses of HTTP/1.1 (RFC 9112 §4 to §7) into a buffer that the caller sends.
///
/// ```
/// HTTP/1.1 200 OK
/// Date: Sun, 06 Nov 1994 08:49:37 GMT
/// Content-Type: application/json
/// Content-Length: 15
/// ```
public enum ResponseWriter {
    /// What of the request decides how its response is written.
    public struct Context: Sendable, Hashable {
        /// Whether the request was `HEAD`: the head says the length, no body follows.
        public var isHead: Bool
        /// The version of the request.
        public var version: HTTPVersion
        /// Whether the connection lives after the response; false adds `Connection: close`.
        public var keepsAlive: Bool

        /// What of the request decides how its response is written.
        public init(isHead: Bool, version: HTTPVersion, keepsAlive: Bool) {
            self.isHead = isHead
            self.version = version
            self.keepsAlive = keepsAlive
        }
    }

    /// Appends a whole response.
    /// - Parameter date: the value of `Date` as `HTTPDate` writes it, kept by the caller for a second.
    public static func append(_ response: Response, _ context: Context, date: [UInt8], to output: inout ByteBuffer) {
        appendHead(response, context, date: date, to: &output)
        if !response.status.isBodiless {
            appendField("Content-Length", decimal: response.body.count, to: &output)
        }
        appendLineEnd(to: &output)
        if !context.isHead && !response.status.isBodiless { output.append(response.body) }
    }

    /// Appends the head of a response whose length is not known (see `StreamedBody`), the empty line included.
    static func appendHead(
        _ response: Response, _ context: Context, date: [UInt8], isChunked: Bool, to output: inout ByteBuffer
    ) {
        appendHead(response, context, date: date, to: &output)
        if isChunked { output.append(literal: "Transfer-Encoding: chunked\r\n") }
        appendLineEnd(to: &output)
    }

    /// Appends the interim response that a client with `Expect: 100-continue` waits for.
    public static func appendContinue(to output: inout ByteBuffer) {
        output.append(literal: "HTTP/1.1 100 Continue\r\n\r\n")
    }

    private static func appendHead(
        _ response: Response, _ context: Context, date: [UInt8], to output: inout ByteBuffer
    ) {
        output.append(literal: "HTTP/1.1 ")
        output.append(decimal: Int(response.status.code))
        output.append(Octets.space)
        output.append(literal: response.status.phrase)
        output.append(literal: "\r\nDate: ")
        appendValue(date, to: &output)
        appendLineEnd(to: &output)
        for field in response.fields { append(field, to: &output) }
        if !context.keepsAlive {
            output.append(literal: "Connection: close\r\n")
        } else if context.version == .http10 {
            output.append(literal: "Connection: keep-alive\r\n")
        }
    }

    /// Appends one field line.
    static func append(_ field: ResponseField, to output: inout ByteBuffer) {
        output.append(literal: field.name)
        output.append(literal: ": ")
        appendValue(field.value, to: &output)
        appendLineEnd(to: &output)
    }

    /// RFC 9110 §5.5 has CR, LF and NUL replaced by a space; the other control bytes go the same way.
    private static func appendValue(_ value: [UInt8], to output: inout ByteBuffer) {
        let start = output.count
        output.append(value)
        guard value.span.plainRunEnd(from: 0) < value.count else { return }
        output.replace(from: start) { Octets.isFieldValue($0) ? $0 : Octets.space }
    }

    private static func appendField(_ name: StaticString, decimal value: Int, to output: inout ByteBuffer) {
        output.append(literal: name)
        output.append(literal: ": ")
        output.append(decimal: value)
        appendLineEnd(to: &output)
    }

    private static func appendLineEnd(to output: inout ByteBuffer) {
        output.append(Octets.carriageReturn)
        output.append(Octets.lineFeed)
    }
}
