/// Puts originals in place of tokens in a stream of Server-Sent Events, from bytes to bytes, wherever they are cut.
///
/// Events in which nothing is restored go on byte for byte. Where words are held back (see `MessageRestorer`), they come
/// in an event of their own of the type that the words before had.
///
/// ```swift
/// var restorer = EventRestorer(.member(.chatDelta))
/// send(try restorer.feed(bytes, from: vault))     // data: {"choices":[{"delta":{"content":"write to "}}]}
/// send(restorer.finish(from: vault))
/// ```
public struct EventRestorer: Sendable {
    /// Bytes of an event's type that are kept; a longer one is not written anew.
    private static let typeBytesMax = 256

    private var reader = EventReader()
    private var restorer: MessageRestorer
    /// The line that names the type of the last event with words.
    private var typeLine: [UInt8] = []

    /// At the beginning of a stream.
    public init(_ words: MessageRestorer.Words) { restorer = MessageRestorer(words) }

    /// Takes the next bytes of the stream, any number, and gives what can be sent.
    /// - Throws: `EventStreamError`; the stream is then broken off.
    /// - Complexity: linear in `chunk` and in the originals.
    public mutating func feed(_ chunk: [UInt8], from vault: borrowing Vault) throws(EventStreamError) -> [UInt8] {
        var output: [UInt8] = []
        for event in try reader.feed(chunk) {
            guard let data = event.data else {
                output += event.raw
                continue
            }
            let restored = restorer.restore(data, from: vault)
            for message in restored.before { EventReader.Event.write(message, otherLines: typeLine, to: &output) }
            if restored.hasWords { typeLine = Self.typeLine(event.type) }
            if restored.message == data {
                output += event.raw
            } else if let message = restored.message {
                EventReader.Event.write(message, otherLines: event.otherLines, to: &output)
            }
        }
        return output
    }

    /// Takes the stream for ended. An event that did not end is one that no reader will see (§9.2.6); its bytes go on.
    public mutating func finish(from vault: borrowing Vault) -> [UInt8] {
        var output: [UInt8] = []
        for message in restorer.finish(from: vault) {
            EventReader.Event.write(message, otherLines: typeLine, to: &output)
        }
        output += reader.pending
        reader = EventReader()
        return output
    }

    private static func typeLine(_ type: [UInt8]) -> [UInt8] {
        type.isEmpty || type.count > typeBytesMax ? [] : Array("event: ".utf8) + type + [UInt8(ascii: "\n")]
    }
}
