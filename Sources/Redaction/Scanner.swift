/// The one pass over a text: byte classes find triggers, recognisers look at what is around them.
///
/// A class, so that the redactor that is handed about is a reference and a policy.
final class Scanner: Sendable {
    /// Letters and digits in a row that are long enough for a part of a key.
    static let longWordBytesMin = 8
    /// More than any code of letters and digits has that is looked for, an IBAN and keys apart.
    static let mixedWordBytesMax = 20
    /// Bytes of the first word of the shortest such code that a word before it tells, as in `UP44 19986145141`.
    private static let namedWordBytesMin = 4
    /// Digits of the shortest number that a word before it tells: a card's security code.
    private static let namedDigitsMin = 3
    /// A match of at least this is not looked into again for something better.
    private static let certainPPM = 900_000

    /// A recogniser and its place in the catalogue.
    private struct Entry<Function: Sendable>: Sendable {
        let place: RecogniserPlace
        let recognise: Function
    }

    private struct PrefixEntry: Sendable {
        let prefix: Prefix
        /// Which of its recogniser's prefixes this is.
        let index: Int
        let place: RecogniserPlace
        let recognise: Recogniser.AtPrefix

        let anchorByte: UInt8
        let firstByte: UInt8

        init(_ prefix: Prefix, index: Int, place: RecogniserPlace, recognise: @escaping Recogniser.AtPrefix) {
            self.prefix = prefix
            self.index = index
            self.place = place
            self.recognise = recognise
            anchorByte = prefix.bytes[prefix.anchor]
            firstByte = prefix.bytes[0]
        }
    }

    private let confidencePPMMin: Int
    private let digits: [Entry<Recogniser.OfDigits>]
    private let contextual = ContextualRecognisers()
    private let at: [Entry<Recogniser.AtOffset>]
    private let colon: [Entry<Recogniser.AtOffset>]
    private let countryAndDigits: [Entry<Recogniser.AtOffset>]
    private let longWord: [Entry<Recogniser.OfWord>]
    private let hexGroup: [Entry<Recogniser.OfWord>]
    private let authority: [Entry<Recogniser.AtOffset>]
    private let capital: [Entry<Recogniser.OfWord>]
    private let words: WordTable
    /// Sorted by the anchor's byte.
    private let prefixes: [PrefixEntry]
    /// For each byte, where the prefixes with this anchor start in `prefixes`.
    private let firstPrefix: [Int]
    private let mayPrecede: BytePairs
    private let classes: [ByteClass]

    init(confidencePPMMin: Int) {
        self.confidencePPMMin = confidencePPMMin
        digits = Self.entries { if case .digits(let recognise) = $0 { recognise } else { nil } }
        at = Self.entries { if case .at(let recognise) = $0 { recognise } else { nil } }
        colon = Self.entries { if case .colon(let recognise) = $0 { recognise } else { nil } }
        countryAndDigits = Self.entries { if case .countryAndDigits(let recognise) = $0 { recognise } else { nil } }
        longWord = Self.entries { if case .longWord(let recognise) = $0 { recognise } else { nil } }
        hexGroup = Self.entries { if case .hexGroup(let recognise) = $0 { recognise } else { nil } }
        authority = Self.entries { if case .authority(let recognise) = $0 { recognise } else { nil } }
        capital = Self.entries { if case .capital(let recognise) = $0 { recognise } else { nil } }
        words = .catalogue
        let prefixes = Self.prefixEntries().sorted { $0.anchorByte < $1.anchorByte }
        var firstPrefix = [Int](repeating: prefixes.count, count: 256)
        for (place, prefix) in prefixes.enumerated().reversed() { firstPrefix[Int(prefix.anchorByte)] = place }
        self.prefixes = prefixes
        self.firstPrefix = firstPrefix
        var pairs = BytePairs()
        for prefix in prefixes.map(\.prefix) {
            if prefix.anchor > 0 {
                pairs.add(prefix.bytes[prefix.anchor - 1], prefix.bytes[prefix.anchor])
            } else {
                for byte in UInt8.min...UInt8.max where !ByteClass.isAlphanumeric(byte) {
                    pairs.add(byte, prefix.bytes[0])
                }
            }
        }
        mayPrecede = pairs
        classes = ByteClass.table(anchors: prefixes.map(\.anchorByte))
    }

    private static func entries<Function>(_ function: (Recogniser) -> Function?) -> [Entry<Function>] {
        RecogniserPlace.all.compactMap { place, recogniser in
            function(recogniser).map { Entry(place: place, recognise: $0) }
        }
    }

    private static func prefixEntries() -> [PrefixEntry] {
        var entries: [PrefixEntry] = []
        for case (let place, .prefixes(let all, let recognise)) in RecogniserPlace.all {
            for (index, prefix) in all.enumerated() {
                entries.append(PrefixEntry(prefix, index: index, place: place, recognise: recognise))
            }
        }
        return entries
    }

    func scan(_ text: Span<UInt8>) -> [Finding] {
        var overlap = Overlap()
        var groups = DigitGroups()
        var known = KnownLabels()
        let classes = self.classes
        var index = 0
        while index < text.count {
            let kind = classes[Int(text[index])]
            index =
                switch kind {
                case .plain, .continuation: index + 1
                case .letter, .letterAnchor: passWord(text, at: index, classes, &overlap)
                case .digit: visitWord(text, around: index, &groups, &known, &overlap)
                case .at: visit(at, text, at: index, &overlap)
                case .colon: visitColon(text, at: index, &overlap)
                case .anchor: visitPrefixes(text, anchoredAt: index, &overlap)
                }
        }
        return overlap.findings
    }

    /// Steps over the word of letters at `index`, which most times is in no list.
    @inline(__always)
    private func passWord(
        _ text: Span<UInt8>, at index: Int, _ classes: [ByteClass], _ overlap: inout Overlap
    ) -> Int {
        var hash = WordHash()
        var hasAnchor = false
        var end = index
        while end < text.count {
            let byte = text[end]
            // Small letters need no look at the table, for they are never anchors.
            if !ByteClass.isLower(byte) {
                let kind = classes[Int(byte)]
                guard kind >= .letter else { break }
                hasAnchor = hasAnchor || kind == .letterAnchor
            }
            hash.add(byte)
            end += 1
        }
        guard hasAnchor || text[index] < UInt8(ascii: "a") || text[index] >= 0x80 || words.mayHold(hash) else {
            return end
        }
        return visitLetters(text, index..<end, hash, hasAnchor: hasAnchor, &overlap)
    }

    // MARK: Triggers

    private func visit(
        _ entries: [Entry<Recogniser.AtOffset>], _ text: Span<UInt8>, at index: Int,
        _ overlap: inout Overlap
    ) -> Int {
        var next = index + 1
        for entry in entries {
            if let match = entry.recognise(text, index) { next = max(next, keep(match, entry.place, &overlap)) }
        }
        return next
    }

    /// Looks at a word of letters, and steps behind it.
    private func visitLetters(
        _ text: Span<UInt8>, _ word: Range<Int>, _ hash: WordHash, hasAnchor: Bool, _ overlap: inout Overlap
    ) -> Int {
        var next = word.upperBound
        if words.mayHold(hash) {
            for entry in words.entries(of: hash) {
                guard let match = entry.recognise(text, word) else { continue }
                let behind = keep(match, entry.place, &overlap)
                // What stands between the word and a value that it announces has to be looked at too.
                if match.range.lowerBound <= word.lowerBound { next = max(next, behind) }
            }
        }
        if Capital.stands(text, at: word.lowerBound) {
            for entry in capital {
                guard let match = entry.recognise(text, word) else { continue }
                next = max(next, keep(match, entry.place, &overlap))
            }
        }
        guard hasAnchor else { return next }
        var place = word.lowerBound
        while place < word.upperBound {
            place =
                classes[Int(text[place])] == .letterAnchor
                ? visitPrefixes(text, anchoredAt: place, &overlap) : place + 1
        }
        return max(next, place)
    }

    private func visitColon(_ text: Span<UInt8>, at index: Int, _ overlap: inout Overlap) -> Int {
        if index + 3 < text.count, text[index + 1] == UInt8(ascii: "/"), text[index + 2] == UInt8(ascii: "/") {
            return max(index + 3, visit(authority, text, at: index + 3, &overlap))
        }
        return Self.joinsHex(text, at: index) ? visit(colon, text, at: index, &overlap) : index + 1
    }

    /// Looks at the word that holds the digit at `index`, and steps behind it, so that each word is looked at once.
    private func visitWord(
        _ text: Span<UInt8>, around index: Int, _ groups: inout DigitGroups, _ known: inout KnownLabels,
        _ overlap: inout Overlap
    ) -> Int {
        var start = index
        while start > 0, ByteClass.isAlphanumeric(text[start - 1]) { start -= 1 }
        var end = index + 1
        var isMixed = start < index
        while end < text.count, ByteClass.isAlphanumeric(text[end]) {
            isMixed = isMixed || !ByteClass.isDigit(text[end])
            end += 1
        }
        var next = end
        if isMixed, end - start <= Self.mixedWordBytesMax {
            next = max(next, visitMixedWord(text, start..<end, &overlap))
        }
        if start == index {
            next = max(next, visitNumber(text, at: start, &groups, &known, &overlap))
        } else if start + 2 == index, index + 1 < end, ByteClass.isDigit(text[index + 1]) {
            next = max(next, visit(countryAndDigits, text, at: start, &overlap))
        }
        if end - start == 2 || end - start == 4 {
            for entry in hexGroup {
                if let match = entry.recognise(text, start..<end) {
                    next = max(next, keep(match, entry.place, &overlap))
                }
            }
        }
        if end - start >= Self.longWordBytesMin {
            for entry in longWord {
                if let match = entry.recognise(text, start..<end) {
                    next = max(next, keep(match, entry.place, &overlap))
                }
            }
        }
        return next
    }

    private func visitNumber(
        _ text: Span<UInt8>, at start: Int, _ groups: inout DigitGroups, _ known: inout KnownLabels,
        _ overlap: inout Overlap
    ) -> Int {
        var next = 0
        if groups.read(text, at: start) {
            for entry in digits {
                if let match = entry.recognise(text, groups) { next = max(next, keep(match, entry.place, &overlap)) }
            }
            for entry in contextual.numbers where entry.endings & groups.endings != 0 {
                if let match = entry.recognise(text, groups) { next = max(next, keep(match, entry.place, &overlap)) }
            }
        }
        if groups.digitCount >= Self.namedDigitsMin, groups.lead != .joined {
            next = max(next, visitNamed(text, groups, &known, &overlap))
        }
        return next
    }

    private func visitNamed(
        _ text: Span<UInt8>, _ groups: DigitGroups, _ known: inout KnownLabels, _ overlap: inout Overlap
    ) -> Int {
        known.look(text, around: groups)
        let labels = known.labels
        var next = 0
        guard labels.nearest != .none else { return next }
        for entry in contextual.named where entry.labels.intersects(labels.all) {
            if let match = entry.recognise(text, groups, labels) {
                next = max(next, keep(match, entry.place, &overlap))
            }
        }
        return next
    }

    private func visitMixedWord(_ text: Span<UInt8>, _ word: Range<Int>, _ overlap: inout Overlap) -> Int {
        var next = 0
        for entry in contextual.mixedWords where entry.bytes.contains(word.count) {
            if let match = entry.recognise(text, word) { next = max(next, keep(match, entry.place, &overlap)) }
        }
        guard word.count >= Self.namedWordBytesMin, CodeWord.mayBegin(text, at: word.lowerBound) else { return next }
        var labels = Context.shared.labels(text, before: word.lowerBound)
        if labels.nearest == .none { labels = Context.shared.labels(text, statedFrom: word.upperBound) }
        guard labels.nearest != .none else { return next }
        for entry in contextual.namedWords where entry.labels.intersects(labels.all) {
            if let match = entry.recognise(text, word, labels) { next = max(next, keep(match, entry.place, &overlap)) }
        }
        return next
    }

    private func visitPrefixes(_ text: Span<UInt8>, anchoredAt anchor: Int, _ overlap: inout Overlap) -> Int {
        guard mayPrecede.holds(anchor == 0 ? nil : text[anchor - 1], text[anchor]) else { return anchor + 1 }
        var next = anchor + 1
        var place = firstPrefix[Int(text[anchor])]
        while place < prefixes.count, prefixes[place].anchorByte == text[anchor] {
            let start = anchor - prefixes[place].prefix.anchor
            place += 1
            guard start >= 0, text[start] == prefixes[place - 1].firstByte,
                start == 0 || !ByteClass.isAlphanumeric(text[start - 1])
            else { continue }
            let entry = prefixes[place - 1]
            guard Bytes.equal(text, at: start, entry.prefix.bytes),
                let match = entry.recognise(text, start, entry.index)
            else { continue }
            next = max(next, keep(match, entry.place, &overlap))
        }
        return next
    }

    /// Notes a match that is sure enough; where it is certain, the pass goes on behind it.
    private func keep(_ match: Match, _ place: RecogniserPlace, _ overlap: inout Overlap) -> Int {
        guard match.confidencePPM >= confidencePPMMin else { return 0 }
        overlap.add(
            Finding(
                range: match.range, type: place.type, confidencePPM: match.confidencePPM, recogniser: place.index))
        return match.confidencePPM >= Self.certainPPM ? match.range.upperBound : 0
    }

    private static func joinsHex(_ text: Span<UInt8>, at index: Int) -> Bool {
        guard index + 1 < text.count else { return false }
        let after = text[index + 1]
        guard ByteClass.isHex(after) || after == UInt8(ascii: ":") else { return false }
        return index == 0 || text[index - 1] != UInt8(ascii: ":")
    }
}
