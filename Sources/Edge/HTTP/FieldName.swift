internal import Bytes

/// The field names that the gateway itself reads, found while the head is parsed so that a later look-up compares one
/// byte for each field line.
public enum FieldName: UInt8, Sendable, Hashable, CaseIterable {
    /// Any other name; look it up by `Fields[named:]`.
    case other
    case accept, acceptEncoding, authorization, connection, contentEncoding, contentLength, contentType, cookie
    case expect, forwarded, host, ifNoneMatch, keepAlive, lastEventID, origin, proxyConnection, secWebSocketKey
    case secWebSocketProtocol, secWebSocketVersion, te, traceparent, tracestate, trailer, transferEncoding, upgrade
    case userAgent, xForwardedFor, xRequestID

    /// The name in lower case; empty for `.other`.
    public var text: String {
        switch self {
        case .other: ""
        case .accept: "accept"
        case .acceptEncoding: "accept-encoding"
        case .authorization: "authorization"
        case .connection: "connection"
        case .contentEncoding: "content-encoding"
        case .contentLength: "content-length"
        case .contentType: "content-type"
        case .cookie: "cookie"
        case .expect: "expect"
        case .forwarded: "forwarded"
        case .host: "host"
        case .ifNoneMatch: "if-none-match"
        case .keepAlive: "keep-alive"
        case .lastEventID: "last-event-id"
        case .origin: "origin"
        case .proxyConnection: "proxy-connection"
        case .secWebSocketKey: "sec-websocket-key"
        case .secWebSocketProtocol: "sec-websocket-protocol"
        case .secWebSocketVersion: "sec-websocket-version"
        case .te: "te"
        case .traceparent: "traceparent"
        case .tracestate: "tracestate"
        case .trailer: "trailer"
        case .transferEncoding: "transfer-encoding"
        case .upgrade: "upgrade"
        case .userAgent: "user-agent"
        case .xForwardedFor: "x-forwarded-for"
        case .xRequestID: "x-request-id"
        }
    }

    /// Whether one message may carry the field on one line only, since taking the first or the last of several is how
    /// two readers come to disagree. `Host`, `Content-Length` and `Transfer-Encoding` have faults of their own.
    var isSingleton: Bool {
        switch self {
        case .authorization, .contentType, .expect, .origin, .secWebSocketKey, .secWebSocketVersion, .lastEventID: true
        default: false
        }
    }

    /// Names that belong to one connection; any other name here nominated by `Connection` would ask a hop before us to
    /// remove a field that the decision depends on.
    var mayBeConnectionOption: Bool {
        switch self {
        case .other, .keepAlive, .te, .trailer, .upgrade, .proxyConnection: true
        default: false
        }
    }

    /// Names that a trailer may carry (RFC 9110 §6.5.1): none that frames, routes, authenticates or describes the
    /// content, since all of that was decided before the trailer came.
    var mayBeTrailer: Bool {
        switch self {
        case .other, .traceparent, .tracestate, .userAgent, .xRequestID: true
        default: false
        }
    }

    /// The case of a name in any case of letters: its length and first letter leave one candidate.
    init(_ head: Span<UInt8>, _ range: Range<Int>) {
        guard let first = range.isEmpty ? nil : head[range.lowerBound] else {
            self = .other
            return
        }
        let candidate = Self.candidate(count: range.count, first: first | 0x20)
        self = candidate != .other && candidate.isSpelled(head, range) ? candidate : .other
    }

    /// Known names are of letters and hyphens. Setting bit 5 puts a letter into lower case and leaves a hyphen; no
    /// other byte of a token becomes either.
    private func isSpelled(_ head: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let words = Self.words[Int(rawValue)]
        var start = range.lowerBound
        for index in 0..<3 where start < range.upperBound {
            let count = min(8, range.upperBound - start)
            var word: UInt64
            if start + 8 <= head.count {
                word = head.word(at: start) | 0x2020_2020_2020_2020
                if count < 8 { word &= (1 << UInt64(count * 8)) - 1 }
            } else {
                word = 0
                for offset in 0..<count { word |= UInt64(head[start + offset] | 0x20) << UInt64(offset * 8) }
            }
            guard word == words[index] else { return false }
            start += 8
        }
        return true
    }

    /// Each name as up to 24 bytes in three words, lowest first.
    private static let words: [InlineArray<3, UInt64>] = allCases.map { name in
        var words = InlineArray<3, UInt64>(repeating: 0)
        for (offset, byte) in name.text.utf8.enumerated() {
            words[offset / 8] |= UInt64(byte) << UInt64(offset % 8 * 8)
        }
        return words
    }

    private static func candidate(count: Int, first: UInt8) -> FieldName {
        switch (count, first) {
        case (2, UInt8(ascii: "t")): .te
        case (4, UInt8(ascii: "h")): .host
        case (6, UInt8(ascii: "a")): .accept
        case (6, UInt8(ascii: "c")): .cookie
        case (6, UInt8(ascii: "e")): .expect
        case (6, UInt8(ascii: "o")): .origin
        case (7, UInt8(ascii: "t")): .trailer
        case (7, UInt8(ascii: "u")): .upgrade
        case (9, UInt8(ascii: "f")): .forwarded
        case (10, UInt8(ascii: "c")): .connection
        case (10, UInt8(ascii: "k")): .keepAlive
        case (10, UInt8(ascii: "t")): .tracestate
        case (10, UInt8(ascii: "u")): .userAgent
        case (11, UInt8(ascii: "t")): .traceparent
        case (12, UInt8(ascii: "c")): .contentType
        case (12, UInt8(ascii: "x")): .xRequestID
        case (13, UInt8(ascii: "a")): .authorization
        case (13, UInt8(ascii: "i")): .ifNoneMatch
        case (13, UInt8(ascii: "l")): .lastEventID
        case (14, UInt8(ascii: "c")): .contentLength
        case (15, UInt8(ascii: "a")): .acceptEncoding
        case (15, UInt8(ascii: "x")): .xForwardedFor
        case (16, UInt8(ascii: "c")): .contentEncoding
        case (16, UInt8(ascii: "p")): .proxyConnection
        case (17, UInt8(ascii: "s")): .secWebSocketKey
        case (17, UInt8(ascii: "t")): .transferEncoding
        case (21, UInt8(ascii: "s")): .secWebSocketVersion
        case (22, UInt8(ascii: "s")): .secWebSocketProtocol
        default: .other
        }
    }
}
