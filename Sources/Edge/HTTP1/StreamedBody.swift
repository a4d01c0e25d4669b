public import Bytes

/// The body of a response whose length is not known when it begins (RFC 9112 §6.3 and §7.1).
///
/// ```
///        begin          append            end
/// idle ────────► open ─────────► open ─────────► ended
/// ```
/// The standard leaves open how an HTTP/1.0 client, which knows no chunks, is told the end: here by the connection's, as it
/// asks for itself (§6.3, rule 8). `HEAD` is answered by a head alone. A body that ends in the middle has no last chunk, so that no
/// client takes it for whole; for HTTP/1.0 the connection is reset.
public struct StreamedBody: Hashable, Sendable {
    private enum State: Hashable {
        case idle
        case open(Framing)
        case ended
    }

    private enum Framing: Hashable {
        case chunked
        /// Up to the connection's end.
        case untilClose
        /// Of the answer to `HEAD`.
        case left
    }

    private var state = State.idle

    /// A body that has not begun.
    public init() {}

    /// Whether it has begun and not ended.
    public var isOpen: Bool {
        if case .open = state { true } else { false }
    }

    /// Begins it: appends the head of `response`, and its body as the first piece.
    /// - Precondition: it has not begun, and a response with this status has a body.
    public mutating func begin(
        _ response: Response, _ context: ResponseWriter.Context, date: [UInt8], to output: inout ByteBuffer
    ) {
        precondition(state == .idle && !response.status.isBodiless, "a body begins once, where there is one")
        let isChunked = context.version != .http10
        state = .open(context.isHead ? .left : isChunked ? .chunked : .untilClose)
        ResponseWriter.appendHead(response, context, date: date, isChunked: isChunked, to: &output)
        append(response.body, to: &output)
    }

    /// Appends a piece; an empty one appends nothing, since an empty chunk would be the last.
    /// - Precondition: it is open.
    public mutating func append(_ piece: [UInt8], to output: inout ByteBuffer) {
        guard case .open(let framing) = state else { preconditionFailure("a piece belongs between begin and end") }
        guard !piece.isEmpty else { return }
        switch framing {
        case .chunked:
            output.append(hexadecimal: piece.count)
            output.append(literal: "\r\n")
            output.append(piece)
            output.append(literal: "\r\n")
        case .untilClose: output.append(piece)
        case .left: break
        }
    }

    /// Appends the last piece, which may be empty, and what says that it was the last.
    /// - Parameter trailers: fields that are known only now (RFC 9112 §7.1.2). Only chunks have a place for them.
    /// - Precondition: it is open.
    public mutating func end(_ piece: [UInt8], trailers: [ResponseField] = [], to output: inout ByteBuffer) {
        append(piece, to: &output)
        if state == .open(.chunked) {
            output.append(literal: "0\r\n")
            for field in trailers { ResponseWriter.append(field, to: &output) }
            output.append(literal: "\r\n")
        }
        state = .ended
    }
}

extension ByteBuffer {
    /// RFC 9112 §7.1: `chunk-size = 1*HEXDIG`.
    fileprivate mutating func append(hexadecimal value: Int) {
        var shift = max(0, (Int.bitWidth - value.leadingZeroBitCount - 1) / 4) * 4
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: value >> shift) & 0xF
            append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            shift -= 4
        }
    }
}
