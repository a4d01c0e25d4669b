internal import JSON

/// Puts originals in place of tokens in answers that come in messages: the events of a stream, or WebSocket messages.
///
/// Each answer's words are restored across messages, however they are cut. What may yet become a token is held back and
/// comes with a later message, or in one of its own before the first message without words for that answer.
public struct MessageRestorer: Sendable {
    /// Where the words are.
    public enum Words: Hashable, Sendable {
        /// The whole message.
        case message
        /// A string of a JSON text. A message that is no JSON text goes on as it is.
        case member(MessagePointer)
    }

    /// What is to be sent for a message.
    public struct Restored: Equatable, Sendable {
        /// Messages that come before it.
        public var before: [[UInt8]] = []
        /// The message itself; nil where nothing is left of it for now.
        public var message: [UInt8]?
        /// Whether the message had words.
        public var hasWords = false
    }

    /// Answers that are told apart in one stream; the words of more go on as they are.
    public static let answersMax = 16
    /// Bytes of a message in whose form held words can be sent; behind a longer one nothing is held.
    public static let frameBytesMax = 65_536

    private struct Answer {
        let key: [Int64]
        var stream = RestoreStream()
        var frame = Frame()
    }

    /// A message whose words are taken out, and where they stood.
    private struct Frame {
        var bytes: [UInt8] = []
        var offset = 0

        func filled(with text: [UInt8]) -> [UInt8] {
            Array(bytes[..<offset]) + MessageRestorer.quoted(text) + bytes[offset...]
        }
    }

    private let words: Words
    private var answers: [Answer] = []

    /// At the beginning of a stream of messages.
    public init(_ words: Words) {
        self.words = words
        if words == .message { answers.append(Answer(key: [])) }
    }

    /// Takes the next message.
    /// - Complexity: linear in the message and in the originals.
    public mutating func restore(_ message: [UInt8], from vault: borrowing Vault) -> Restored {
        guard case .member(let pointer) = words else {
            let text = answers[0].stream.feed(message, from: vault)
            return Restored(message: text.isEmpty && !message.isEmpty ? nil : text, hasWords: true)
        }
        guard let root = try? JSONParser.parse(message) else {
            return Restored(before: finish(from: vault), message: message)
        }
        let places = pointer.places(in: root)
        guard !places.isEmpty else { return Restored(before: finish(from: vault), message: message) }
        var restored = Restored()
        for place in places where place.text == nil { flush(place.key, from: vault, into: &restored.before) }
        restored.message = replaceWords(places, in: message, from: vault)
        restored.hasWords = places.contains { $0.text != nil }
        return restored
    }

    /// Takes the answers for ended.
    /// - Returns: the messages with what was held.
    public mutating func finish(from vault: borrowing Vault) -> [[UInt8]] {
        guard case .member = words else {
            let rest = answers[0].stream.finish(from: vault)
            return rest.isEmpty ? [] : [rest]
        }
        var messages: [[UInt8]] = []
        flush([], from: vault, into: &messages)
        return messages
    }

    /// Sends what is held for the answers whose key begins with `key`.
    private mutating func flush(_ key: [Int64], from vault: borrowing Vault, into messages: inout [[UInt8]]) {
        for index in answers.indices where answers[index].key.starts(with: key) {
            let rest = answers[index].stream.finish(from: vault)
            if !rest.isEmpty { messages.append(answers[index].frame.filled(with: rest)) }
        }
    }

    private mutating func replaceWords(
        _ places: [MessagePointer.Place], in message: [UInt8], from vault: borrowing Vault
    ) -> [UInt8] {
        var output: [UInt8] = []
        var copied = 0
        var frame: [UInt8] = []
        var taken: [(answer: Int, offset: Int)] = []
        for place in places {
            guard let text = place.text else { continue }
            let literal = text.offset..<Self.stringEnd(message, from: text.offset)
            var restored = text.bytes
            output += message[copied..<literal.lowerBound]
            frame += message[copied..<literal.lowerBound]
            if let answer = answer(place.key) {
                restored = answers[answer].stream.feed(text.bytes, from: vault)
                if place.isLast || message.count > Self.frameBytesMax {
                    restored += answers[answer].stream.finish(from: vault)
                }
                taken.append((answer, frame.count))
            }
            output += restored == text.bytes ? Array(message[literal]) : Self.quoted(restored)
            frame += "\"\"".utf8
            copied = literal.upperBound
        }
        guard !taken.isEmpty else { return message }
        frame += message[copied...]
        for (answer, offset) in taken {
            answers[answer].frame = Frame(bytes: Array(frame[..<offset] + frame[(offset + 2)...]), offset: offset)
        }
        return output + message[copied...]
    }

    /// The place of the answer in `answers`; nil where there are too many.
    private mutating func answer(_ key: [Int64]) -> Int? {
        if let known = answers.firstIndex(where: { $0.key == key }) { return known }
        guard answers.count < Self.answersMax else { return nil }
        answers.append(Answer(key: key))
        return answers.count - 1
    }

    /// The offset behind the string whose opening quote is at `start` of a text that is JSON.
    private static func stringEnd(_ text: [UInt8], from start: Int) -> Int {
        var index = start + 1
        while index < text.count, text[index] != UInt8(ascii: "\"") {
            index += text[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index + 1, text.count)
    }

    private static func quoted(_ text: [UInt8]) -> [UInt8] {
        var json = JSONWriter(capacity: text.count + 16)
        json.string(text)
        return json.bytes
    }
}
