/// What a customer says to a question of ours, by rules.
enum Reply: Hashable, Sendable {
    case yes, no, cancel, unknown

    /// What `message` says. Only a short message is an answer: "yes, but why …" is none.
    init(_ message: Words) {
        let words = message.list.filter { !Self.courtesy.contains($0) }
        guard (1...4).contains(words.count) else {
            self = .unknown
            return
        }
        let text = words.joined(separator: " ")
        if Self.consents.contains(text) {
            self = .yes
        } else if Self.refusals.contains(text) {
            self = .no
        } else if Self.cancels.contains(text) {
            self = .cancel
        } else {
            self = .unknown
        }
    }

    private static let courtesy: Set<String> = ["please", "thanks", "thank", "you", "ok", "okay", "oh", "well"]
    private static let consents: Set<String> = [
        "yes", "y", "yep", "yeah", "yes do it", "do it", "confirm", "confirmed", "i confirm", "yes i confirm",
        "yes confirm",
        "correct", "that is correct", "thats correct", "yes correct", "go ahead", "yes go ahead", "sure", "yes sure",
        "yes thats right", "thats right", "that is right", "right",
    ]
    private static let refusals: Set<String> = [
        "no", "n", "nope", "dont", "do not", "no dont", "wrong", "thats wrong", "that is wrong", "not now",
        "no thats wrong",
    ]
    private static let cancels: Set<String> = [
        "cancel", "stop", "never mind", "nevermind", "forget it", "cancel it", "cancel that", "abort", "no cancel",
        "leave it", "i changed my mind",
    ]
}

/// What a message holds for what was asked, as parts of its redacted text: whoever is let to turns them into originals.
enum SlotReader {
    /// The account's number and the holder's name in an answer to the question after both.
    static func identity(in message: [UInt8]) -> (account: [UInt8]?, name: [UInt8]?) {
        let chunks = Chunk.all(in: message)
        let account = accountRange(chunks)
        let name = nameRange(chunks, without: account)
        return (account.map { trimmed(message[$0]) }, name.map { trimmed(message[$0]) })
    }

    /// The answer to a security question without the words around it.
    static func proof(in message: [UInt8]) -> [UInt8] {
        let text = trimmed(message[...])
        let lower = text.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        for opening in proofOpenings where lower.starts(with: opening) {
            let rest = trimmed(text[opening.count...])
            if !rest.isEmpty { return rest }
        }
        return text
    }

    private static let proofOpenings = [
        "the answer to my security question is ", "my security answer is ", "the security answer is ", "my answer is ",
        "the answer is ", "answer: ", "the one-time code is ", "my one-time code is ", "the code is ", "my code is ",
        "code: ", "it is ", "it's ", "it was ", "that was ", "that is ", "that's ",
    ].map { Array($0.utf8) }

    /// The new value in a message that orders a change: what stands behind "to", or behind "is".
    static func value(of field: CustomerChange.Field, in message: [UInt8], isOrder: Bool) -> [UInt8]? {
        let chunks = Chunk.all(in: message)
        switch field {
        case .email, .phone, .address:
            guard isOrder else { return trimmed(message[...]) }
            guard let marker = chunks.lastIndex(where: { $0.word == "to" || $0.word == "is" || $0.word == "as" }),
                let first = chunks[(marker + 1)...].first
            else { return nil }
            let value = trimmed(message[first.range.lowerBound...])
            return value.isEmpty ? nil : value
        case .preferredLanguage:
            return chunks.lazy.compactMap { languages[$0.word] }.first.map { Array($0.utf8) }
        case .statements:
            if chunks.contains(where: { $0.word == "paperless" }) { return Array("paperless".utf8) }
            return chunks.contains { $0.word == "paper" } ? Array("paper".utf8) : nil
        case .marketing:
            if chunks.contains(where: { ["off", "no", "stop", "unsubscribe"].contains($0.word) }) {
                return Array("no".utf8)
            }
            return chunks.contains { ["on", "yes", "subscribe"].contains($0.word) } ? Array("yes".utf8) : nil
        }
    }

    private static let languages = [
        "english": "en", "german": "de", "spanish": "es", "french": "fr", "italian": "it", "portuguese": "pt",
        "urdu": "ur",
        "en": "en", "de": "de", "es": "es", "fr": "fr", "it": "it", "pt": "pt", "ur": "ur",
    ]

    /// How many transactions are asked for: "last five", "10 payments"; nil where no number is there.
    static func count(in message: Words) -> Int? {
        for word in message.list {
            if let number = numbers[word] ?? Int(word), (1...AgentLimits.transactionsPerPageMax).contains(number) {
                return number
            }
        }
        return nil
    }

    private static let numbers = [
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "dozen": 12,
        "twenty": 20,
    ]

    // MARK: Account and name

    /// A piece between blanks, commas and semicolons.
    fileprivate struct Chunk {
        let range: Range<Int>
        /// In lower case without the punctuation around it.
        let word: String
        /// Whether a comma or the like ends it.
        let endsPart: Bool
        /// Whether it has a digit, or stands for something that was taken out and is no name.
        let isNumber: Bool

        static func all(in text: [UInt8]) -> [Chunk] {
            var chunks: [Chunk] = []
            var start: Int?
            for index in 0...text.count {
                let isGap = index == text.count || [0x20, 0x09, 0x0A, 0x0D].contains(text[index])
                let isMark = index < text.count && [UInt8(ascii: ","), UInt8(ascii: ";")].contains(text[index])
                guard isGap || isMark else {
                    start = start ?? index
                    continue
                }
                if let first = start { chunks.append(Chunk(first..<index, in: text, endsPart: isMark)) }
                start = nil
            }
            return chunks
        }

        private init(_ range: Range<Int>, in text: [UInt8], endsPart: Bool) {
            self.range = range
            let bytes = text[range]
            word = Words(Array(bytes)).list.joined(separator: "'")
            self.endsPart = endsPart || bytes.last == UInt8(ascii: ":")
            let isToken = bytes.first == UInt8(ascii: "[") || bytes.first == UInt8(ascii: "<")
            let isName =
                bytes.dropFirst().starts(with: "PERSON".utf8) || bytes.dropFirst().starts(with: "USERNAME".utf8)
            let hasDigit = bytes.contains { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let isMasked = bytes.starts(with: "**".utf8)
            isNumber = isToken ? !isName : hasDigit || isMasked
        }
    }

    /// The longest run of chunks with digits: an account's number may be written in groups.
    private static func accountRange(_ chunks: [Chunk]) -> Range<Int>? {
        var best: (digits: Int, range: Range<Int>)?
        var index = 0
        while index < chunks.count {
            guard chunks[index].isNumber else {
                index += 1
                continue
            }
            let first = index
            while index + 1 < chunks.count, chunks[index + 1].isNumber, !chunks[index].endsPart { index += 1 }
            let range = chunks[first].range.lowerBound..<chunks[index].range.upperBound
            if range.count > best?.digits ?? 0 { best = (range.count, range) }
            index += 1
        }
        return best?.range
    }

    /// What is left once the number and the words around both are gone, as one run; nil where nothing is.
    private static func nameRange(_ chunks: [Chunk], without account: Range<Int>?) -> Range<Int>? {
        let rest = chunks.filter { chunk in account.map { !$0.overlaps(chunk.range) } ?? true }
        if let token = rest.first(where: { $0.isPersonToken }) {
            // The words beside a token may be names that the redactor left: "[PERSON_1] Lindqvist".
            var range = token.range
            for chunk in rest where chunk.range.lowerBound == range.upperBound + 1 && !fillers.contains(chunk.word) {
                range = range.lowerBound..<chunk.range.upperBound
            }
            return range
        }
        guard let first = rest.firstIndex(where: { !fillers.contains($0.word) && !$0.word.isEmpty && !$0.isNumber })
        else {
            return nil
        }
        var last = first
        while last + 1 < rest.count, !rest[last].endsPart, !fillers.contains(rest[last + 1].word),
            !rest[last + 1].isNumber
        {
            last += 1
        }
        // A name has few words: more of them are a sentence.
        guard last - first < 5 else { return nil }
        return rest[first].range.lowerBound..<rest[last].range.upperBound
    }

    private static let fillers: Set<String> = [
        "my", "account", "acct", "number", "no", "nr", "num", "is", "and", "name", "full", "the", "i'm", "im", "i",
        "am", "its",
        "it", "it's", "this", "holder", "customer", "in", "of", "under", "called", "sure", "yes", "ok", "okay",
        "please", "here",
        "hi", "hello", "with", "for", "are", "details", "id", "a", "c", "iban",
    ]

    /// Without the blanks and the punctuation around it.
    private static func trimmed(_ text: ArraySlice<UInt8>) -> [UInt8] {
        let edges = Set(" \t\n\r,;:.!?\"".utf8)
        var text = text.drop { edges.contains($0) }
        while let last = text.last, edges.contains(last) { text.removeLast() }
        return Array(text)
    }
}

extension SlotReader.Chunk {
    fileprivate var isPersonToken: Bool { word.hasPrefix("person'") }
}
