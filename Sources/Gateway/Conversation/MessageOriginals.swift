internal import Redaction

/// One message as it was sent, beside what redaction made of it: turns parts of the second back into parts of the first.
///
/// It lives as long as the request, and so knows also what the policy masks for good.
struct MessageOriginals: Sendable {
    private let raw: [UInt8]
    private let clean: [UInt8]
    private let replaced: [RedactedText.Replaced]

    init(_ raw: [UInt8], _ redacted: RedactedText) {
        self.raw = raw
        clean = redacted.bytes
        replaced = redacted.replaced
    }

    /// A message that stands as `clean` as a whole.
    init(_ raw: [UInt8], wholly clean: [UInt8]) {
        self.raw = raw
        self.clean = clean
        replaced = []
        isWhole = true
    }

    private var isWhole = false

    /// The original of `text`, the first part of the redacted message that reads so; nil where none does. A part that begins or
    /// ends within a replacement is widened to the whole of it.
    func original(of text: [UInt8]) -> [UInt8]? {
        guard !text.isEmpty, let range = clean.firstRange(of: text) else { return nil }
        if isWhole { return raw }
        return Array(raw[rawOffset(range.lowerBound, isEnd: false)..<rawOffset(range.upperBound, isEnd: true)])
    }

    private func rawOffset(_ offset: Int, isEnd: Bool) -> Int {
        var shift = 0
        for part in replaced {
            if isEnd ? offset <= part.result.lowerBound : offset < part.result.lowerBound { break }
            if isEnd ? offset <= part.result.upperBound : offset < part.result.upperBound {
                return isEnd ? part.original.upperBound : part.original.lowerBound
            }
            shift = part.original.upperBound - part.result.upperBound
        }
        return offset + shift
    }
}

/// What a request remembers of what redaction took out, for tools alone.
struct RequestOriginals: Sendable {
    /// Of the message itself.
    let message: MessageOriginals?
    /// Of the conversation; nil outside one.
    let vault: SharedVault?

    /// The original of a text that is a part of the message, or has tokens of the conversation.
    func original(_ text: [UInt8]) -> [UInt8] { message?.original(of: text) ?? remembered(text) }

    /// The original as far as the conversation knows it: as the next message will find it.
    func remembered(_ text: [UInt8]) -> [UInt8] { vault?.restore(text) ?? text }

    /// A text as a model may see it. What it brings is known to the conversation from here on.
    func redacted(_ text: [UInt8], by redactor: Redactor) -> [UInt8] {
        guard let vault else { return redactor.redactForLog(text) }
        do throws(RedactionError) { return try vault.redact(text, by: redactor).text.bytes } catch {
            // What the policy blocks is masked: a tool cannot be asked to send something else.
            return redactor.redactForLog(text)
        }
    }
}
