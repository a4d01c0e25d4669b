/// What a witness answered: a stranger's bytes, bounded by whoever read them.
package struct WitnessAnswer: Hashable, Sendable {
    /// The HTTP status.
    package var status: Int
    /// The values of two fields, nil where the answer has none.
    package var contentType: String?, retryAfter: String?
    /// The body, whole.
    package var body: [UInt8]

    package init(status: Int, contentType: String? = nil, retryAfter: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.body = body
    }

    /// The signature lines of a 200, or nil where the body is anything but 1 to 16 of them, each with its LF.
    package var signatures: [SignedNote.Signature]? {
        guard body.last == 0x0A, body.count <= WitnessLimits.answerBytesMax else { return nil }
        let lines = body.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count <= WitnessLimits.answerLinesMax else { return nil }
        let signatures = lines.compactMap { SignedNote.Signature(line: $0) }
        return signatures.count == lines.count ? signatures : nil
    }

    /// The size in a 409: a plain decimal and LF, in the type that the protocol gives it; nil for anything else.
    ///
    /// Sizes beyond what our own logs can have are told too: a witness that saw one saw another log.
    package var knownSize: UInt64? {
        let type = contentType?.utf8.prefix { $0 != UInt8(ascii: ";") }.filter { $0 != 0x20 && $0 != 0x09 }
        guard let type, String(decoding: type, as: UTF8.self).lowercased() == Self.sizeType else { return nil }
        guard body.last == 0x0A, (2...21).contains(body.count) else { return nil }
        let digits = body.dropLast()
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }), digits.first != 0x30 || digits.count == 1 else {
            return nil
        }
        return UInt64(String(decoding: digits, as: UTF8.self))
    }

    /// How long the witness asks to be left alone, counted from `wall`, seconds since 1970; nil where it does not, or in a
    /// way that cannot be read. At most `WitnessLimits.retryAfterMax`.
    package func pause(from wall: UInt64) -> Duration? {
        guard let text = retryAfter.map({ Array($0.utf8) }), !text.isEmpty else { return nil }
        if text.allSatisfy({ (0x30...0x39).contains($0) }) {
            let seconds = text.count <= 18 ? Int64(String(decoding: text, as: UTF8.self)) : Int64.max
            return seconds.map { min(.seconds(min($0, 1 << 31)), WitnessLimits.retryAfterMax) }
        }
        guard let moment = HTTPDate.seconds(text) else { return nil }
        let seconds = moment > wall ? min(moment - wall, 1 << 31) : 0
        return min(.seconds(Int64(seconds)), WitnessLimits.retryAfterMax)
    }

    private static let sizeType = "text/x.tlog.size"
}
