/// A conversation in short: its first question and its last exchanges, each cut to a sentence or so. It is made of what was
/// said and of nothing else, so that it is never wrong, though a person would say it better.
public enum SessionSummary {
    /// Sums up messages, oldest first; nil for none.
    static func make(of messages: [SessionMessage]) -> [UInt8]? {
        guard let first = messages.first else { return nil }
        let asked = messages.count { $0.role == .user }
        var text = Array("\(asked) \(asked == 1 ? "question" : "questions").".utf8)
        var shown = messages.suffix(exchangesShown * 2)
        if first.position != shown.first?.position { shown = [first] + shown }
        for message in shown {
            let line = Array((message.role == .user ? customer : assistant).utf8) + excerpt(message.text)
            guard text.count + line.count <= AgentLimits.summaryBytesMax else { break }
            text += line
        }
        return text
    }

    /// The text in one line, cut at a character's end.
    private static func excerpt(_ text: [UInt8]) -> [UInt8] {
        let line = text.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }
        guard line.count > AgentLimits.summaryExcerptBytesMax else { return line }
        var end = AgentLimits.summaryExcerptBytesMax - mark.count
        while end > 0, line[end] & 0xC0 == 0x80 { end -= 1 }
        return line[..<end] + mark
    }

    // No single word before a colon: after one, the first words of an answer would pass for somebody's name, and be masked.
    private static let customer = "\nThe customer wrote: ", assistant = "\nThe assistant said: "
    private static let exchangesShown = 4
    private static let mark = Array("…".utf8)
}
