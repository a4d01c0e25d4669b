internal import Edge

/// A body alone: any cutting gives the same content, the same end and the same fault, and what was decoded can be framed
/// again and decodes to itself.
enum BodyFramingTarget {
    /// Small, so that inputs of a fuzzer's length reach every bound.
    private static let limits = HTTPLimits(
        headerCountMax: 4, chunkLineBytesMax: 24, chunkExtensionBytesMax: 48, trailerBytesMax: 64)
    private static let bodyBytesMax = 128

    private struct Reading: Equatable {
        var body: [UInt8] = []
        var consumed = 0
        var outcome = BodyResult.Outcome.needsMore
    }

    /// The first byte chooses the framing, the second the cut.
    static func run(_ input: [UInt8]) {
        guard input.count >= 2 else { return }
        let framing: BodyFraming = input[0] < 192 ? .chunked : .length(Int(input[0] - 191) * 4)
        let bytes = Array(input.dropFirst(2))
        let whole = read(bytes, framing, step: max(1, bytes.count))
        precondition(read(bytes, framing, step: 1) == whole, "cutting byte by byte changes the body")
        precondition(read(bytes, framing, step: 1 + Int(input[1]) % 16) == whole, "cutting changes the body")
        precondition(whole.body.count <= bodyBytesMax && whole.consumed <= bytes.count, "the bounds hold")
        switch whole.outcome {
        case .needsMore: precondition(whole.consumed == bytes.count, "a decoder that needs more has taken all")
        case .fault: break
        case .complete: check(whole, bytes, framing)
        }
    }

    private static func check(_ whole: Reading, _ bytes: [UInt8], _ framing: BodyFraming) {
        let alone = Array(bytes.prefix(whole.consumed))
        precondition(read(alone, framing, step: 7) == whole, "what follows a body has no part in it")
        if case .length(let length) = framing { precondition(whole.body.count == length, "as long as its length") }
        let size = String(whole.body.count, radix: 16)
        let chunk = whole.body.isEmpty ? [] : Array("\(size)\r\n".utf8) + whole.body + [13, 10]
        let again = read(chunk + Array("0\r\n\r\n".utf8), .chunked, step: 5)
        precondition(again.outcome == .complete && again.body == whole.body, "a body framed again is the same")
    }

    private static func read(_ bytes: [UInt8], _ framing: BodyFraming, step: Int) -> Reading {
        var decoder = BodyDecoder(framing: framing, limits: limits, bodyBytesMax: bodyBytesMax)
        var reading = Reading()
        var start = 0
        repeat {
            let end = min(bytes.count, start + step)
            let result = decoder.decode(bytes.span.extracting(start..<end), into: &reading.body)
            start += result.consumed
            reading.consumed = start
            reading.outcome = result.outcome
            if result.outcome != .needsMore { return settled(reading, decoder) }
        } while start < bytes.count
        return settled(reading, decoder)
    }

    /// A fault is for good. How far into a run of bytes it was noticed depends on the cut and means nothing: the
    /// connection ends.
    private static func settled(_ reading: Reading, _ decoder: BodyDecoder) -> Reading {
        guard case .fault(let fault) = reading.outcome else { return reading }
        var decoder = decoder
        var ignored: [UInt8] = []
        let more = decoder.decode(Array("0\r\n\r\n".utf8).span, into: &ignored)
        precondition(more.outcome == .fault(fault) && more.consumed == 0 && ignored.isEmpty, "a fault is for good")
        var reading = reading
        reading.consumed = 0
        return reading
    }
}
