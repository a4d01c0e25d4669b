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
    public static func append(_ response: Response, _ context: Context, date: [UInt8], to output: inout [UInt8]) {
        output.reserveCapacity(output.count + 256 + response.body.count)
        appendHead(response, context, date: date, to: &output)
        if !response.status.isBodiless {
            appendField("Content-Length", decimal: response.body.count, to: &output)
        }
        appendLineEnd(to: &output)
        if !context.isHead && !response.status.isBodiless { output.append(contentsOf: response.body) }
    }

    /// Appends the interim response that a client with `Expect: 100-continue` waits for.
    public static func appendContinue(to output: inout [UInt8]) { append("HTTP/1.1 100 Continue\r\n\r\n", to: &output) }

    private static func appendHead(
        _ response: Response, _ context: Context, date: [UInt8], to output: inout [UInt8]
    ) {
        append("HTTP/1.1 ", to: &output)
        output.append(decimal: Int(response.status.code))
        output.append(Octets.space)
        append(response.status.phrase, to: &output)
        append("\r\nDate: ", to: &output)
        appendValue(date, to: &output)
        appendLineEnd(to: &output)
        for field in response.fields {
            append(field.name, to: &output)
            append(": ", to: &output)
            appendValue(field.value, to: &output)
            appendLineEnd(to: &output)
        }
        if !context.keepsAlive {
            append("Connection: close\r\n", to: &output)
        } else if context.version == .http10 {
            append("Connection: keep-alive\r\n", to: &output)
        }
    }

    /// RFC 9110 §5.5 has CR, LF and NUL replaced by a space; the other control bytes go the same way.
    private static func appendValue(_ value: [UInt8], to output: inout [UInt8]) {
        if value.allSatisfy(Octets.isFieldValue) {
            output.append(contentsOf: value)
        } else {
            for byte in value { output.append(Octets.isFieldValue(byte) ? byte : Octets.space) }
        }
    }

    private static func appendField(_ name: String, decimal value: Int, to output: inout [UInt8]) {
        append(name, to: &output)
        append(": ", to: &output)
        output.append(decimal: value)
        appendLineEnd(to: &output)
    }

    private static func appendLineEnd(to output: inout [UInt8]) {
        output.append(Octets.carriageReturn)
        output.append(Octets.lineFeed)
    }

    private static func append(_ text: String, to output: inout [UInt8]) { output.append(contentsOf: text.utf8) }
}
