internal import Bytes

/// Short runs of base64 (RFC 4648 §4 and §5) in which something certain is hidden.
enum Base64Run {
    /// Characters below which a run is a word, padding included.
    static let charactersMin = 16
    /// Characters above which a run is a file and not a value.
    static let charactersMax = 400
    private static let paddingMax = 2
    private static let unpaddedMin = charactersMin - paddingMax
    /// Bytes that the longest run holds.
    private static let decodedBytesMax = 300
    /// What is found in a run must be at least this sure, in millionths.
    private static let certainPPM = 900_000

    /// Adds the runs of `text` that hold something to `findings`, sorted. A finding that reaches out of a run stands; those
    /// within one give way to it.
    static func find(in text: Span<UInt8>, by scanner: Scanner, into findings: inout [Finding]) {
        var index = 0
        var place = 0
        while let run = next(text, from: index) {
            index = run.upperBound
            while place < findings.count, findings[place].range.upperBound <= run.lowerBound { place += 1 }
            var end = place
            while end < findings.count, findings[end].range.lowerBound < run.upperBound { end += 1 }
            let isWithin = findings[place..<end].allSatisfy {
                run.lowerBound <= $0.range.lowerBound && $0.range.upperBound <= run.upperBound
            }
            guard isWithin, let hidden = hidden(text, run, by: scanner) else { continue }
            let finding = Finding(
                range: run, type: hidden.type, confidencePPM: hidden.confidencePPM, isDisguised: true,
                recogniser: hidden.recogniser)
            findings.replaceSubrange(place..<end, with: [finding])
        }
    }

    private static func hidden(_ text: Span<UInt8>, _ run: Range<Int>, by scanner: Scanner) -> Finding? {
        guard run.count <= charactersMax else { return nil }
        var decoded = InlineArray<300, UInt8>(repeating: 0)
        guard let count = decode(text, run, into: &decoded) else { return nil }
        let bytes = decoded.span.extracting(0..<count)
        guard (try? UTF8Span(validating: bytes)) != nil else { return nil }
        return scanner.scan(bytes).first { $0.confidencePPM >= certainPPM }
    }

    /// The next run of at least `charactersMin`, its padding included.
    private static func next(_ text: Span<UInt8>, from start: Int) -> Range<Int>? {
        var first = start
        while true {
            first = firstAfterGaps(text, from: first)
            guard first + unpaddedMin <= text.count else { return nil }
            var place = first + unpaddedMin - 1
            while place >= first, value(text[place]) != nil { place -= 1 }
            guard place < first else {
                first = place + 1
                continue
            }
            var end = first + unpaddedMin
            while end < text.count, value(text[end]) != nil { end += 1 }
            let characters = end
            while end < text.count, end - characters < paddingMax, text[end] == UInt8(ascii: "=") { end += 1 }
            if end - first >= charactersMin { return first..<end }
            first = end
        }
    }

    /// The first place from `start` on behind which no gap is near enough to end a run: most words are shorter. A run may
    /// begin there or later.
    private static func firstAfterGaps(_ text: Span<UInt8>, from start: Int) -> Int {
        var first = start
        var index = start
        while text.count - index >= 8 {
            let gaps = gaps(text.word(at: index))
            guard gaps != 0 else {
                index += 8
                if index - first >= unpaddedMin { return first }
                continue
            }
            if index + gaps.trailingZeroBitCount / 8 - first >= unpaddedMin { return first }
            first = index + 8 - gaps.leadingZeroBitCount / 8
            index += 8
        }
        return first
    }

    /// The top bit of each byte that stands before `+` in ASCII, as white space does and nothing of base64.
    @inline(__always)
    private static func gaps(_ bytes: UInt64) -> UInt64 {
        let fromPlus = (bytes & ~LetterMarks.tops) &+ UInt64(0x80 - UInt8(ascii: "+")) &* 0x0101_0101_0101_0101
        return ~(fromPlus | bytes) & LetterMarks.tops
    }

    /// - Returns: the number of bytes; nil where they are not printable text.
    private static func decode(
        _ text: Span<UInt8>, _ run: Range<Int>, into decoded: inout InlineArray<300, UInt8>
    ) -> Int? {
        var count = 0
        var bits: UInt32 = 0
        var bitCount = 0
        for index in run {
            guard let value = value(text[index]) else { break }
            bits = bits << 6 | UInt32(value)
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            let byte = UInt8(truncatingIfNeeded: bits >> UInt32(bitCount))
            guard isPrintable(byte), count < decodedBytesMax else { return nil }
            decoded[count] = byte
            count += 1
        }
        return count
    }

    private static func isPrintable(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): true
        default: byte >= UInt8(ascii: " ") && byte != 0x7F
        }
    }

    @inline(__always)
    private static func value(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
