/// JSON Web Tokens in compact form (RFC 7519 §3): base64url parts joined by full stops, the first a JSON object.
enum JSONWebToken {
    /// `{"` in base64url, with which every header and every set of claims that is JSON starts.
    static let prefixes = [Prefix("eyJ")]
    /// Characters of the shortest header, `{"alg":""}`, without those that the encoding adds.
    private static let partBytesMin = 10
    /// Characters looked at where the token starts within a longer run, so that a text of `-eyJ` stays linear.
    private static let innerHeaderBytesMax = 256

    static func recognise(_ text: Span<UInt8>, at start: Int, prefix: Int) -> Match? {
        let isInner = start > 0 && isPart(text[start - 1])
        let headerEnd = partEnd(text, from: start, bytesMax: isInner ? innerHeaderBytesMax : Int.max)
        guard headerEnd - start >= partBytesMin, isStop(text, at: headerEnd) else { return nil }
        let claimsEnd = partEnd(text, from: headerEnd + 1, bytesMax: Int.max)
        if isStop(text, at: claimsEnd) {
            return Match(range: start..<lastEnd(text, from: claimsEnd), confidencePPM: 990_000)
        }
        // Cut off, as by a log: still the claims of somebody.
        guard claimsEnd - headerEnd > partBytesMin,
            Bytes.equal(text, headerEnd + 1..<headerEnd + 4, prefixes[0].bytes)
        else { return nil }
        return Match(range: start..<claimsEnd, confidencePPM: 950_000)
    }

    /// Behind the signature, or the five parts of an encrypted token. Where the signature is empty (RFC 7519 §6) the
    /// last full stop may as well be the sentence's, and stays.
    private static func lastEnd(_ text: Span<UInt8>, from stop: Int) -> Int {
        var end = stop
        for _ in 0..<3 {
            guard isStop(text, at: end) else { break }
            let next = partEnd(text, from: end + 1, bytesMax: Int.max)
            guard next > end + 1 else { break }
            end = next
        }
        return end
    }

    private static func partEnd(_ text: Span<UInt8>, from start: Int, bytesMax: Int) -> Int {
        var end = start
        while end < text.count, end - start < bytesMax, isPart(text[end]) { end += 1 }
        return end
    }

    private static func isStop(_ text: Span<UInt8>, at index: Int) -> Bool {
        index < text.count && text[index] == UInt8(ascii: ".")
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        ByteClass.isAlphanumeric(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}
