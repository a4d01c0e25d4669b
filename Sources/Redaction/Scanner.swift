internal import Bytes

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

    // Not generic, because a closure that is kept generically is called through a copy of its arguments.
    private struct OffsetEntry: Sendable {
        let place: RecogniserPlace
        let recognise: Recogniser.AtOffset
    }

    private struct DigitsEntry: Sendable {
        let place: RecogniserPlace
        let recognise: Recogniser.OfDigits
    }

    private typealias WordEntry = WordTable.Entry

    private let confidencePPMMin: Int
    private let digits: [DigitsEntry]
    private let contextual = ContextualRecognisers()
    private let at: [OffsetEntry]
    private let colon: [OffsetEntry]
    private let countryAndDigits: [OffsetEntry]
    private let longWord: [WordEntry]
    private let hexGroup: [WordEntry]
    private let authority: [OffsetEntry]
    private let capital: [WordEntry]
    private let words: WordTable
    private let names: WordTable
    private let prefixes: PrefixTable
    private let classes: [ByteClass]

    init(confidencePPMMin: Int) {
        self.confidencePPMMin = confidencePPMMin
        digits = Self.entries {
            if case .digits(let recognise) = $1 { DigitsEntry(place: $0, recognise: recognise) } else { nil }
        }
        at = Self.entries {
            if case .at(let recognise) = $1 { OffsetEntry(place: $0, recognise: recognise) } else { nil }
        }
        colon = Self.entries {
            if case .colon(let recognise) = $1 { OffsetEntry(place: $0, recognise: recognise) } else { nil }
        }
        countryAndDigits = Self.entries {
            if case .countryAndDigits(let recognise) = $1 { OffsetEntry(place: $0, recognise: recognise) } else { nil }
        }
        longWord = Self.entries {
            if case .longWord(let recognise) = $1 { WordEntry(place: $0, recognise: recognise) } else { nil }
        }
        hexGroup = Self.entries {
            if case .hexGroup(let recognise) = $1 { WordEntry(place: $0, recognise: recognise) } else { nil }
        }
        authority = Self.entries {
            if case .authority(let recognise) = $1 { OffsetEntry(place: $0, recognise: recognise) } else { nil }
        }
        capital = Self.entries {
            if case .capital(let recognise) = $1 { WordEntry(place: $0, recognise: recognise) } else { nil }
        }
        words = .catalogue
        names = .names
        prefixes = PrefixTable()
        classes = ByteClass.table(anchors: prefixes.anchors)
    }

    private static func entries<Entry>(_ entry: (RecogniserPlace, Recogniser) -> Entry?) -> [Entry] {
        RecogniserPlace.all.compactMap { entry($0.place, $0.recogniser) }
    }

    /// What is found in `text`.
    func scan(_ text: Span<UInt8>) -> [Finding] {
        var signs = ScanSigns()
        return scan(text, &signs)
    }

    /// The same, with what was seen on the way.
    func scan(_ text: Span<UInt8>, _ signs: inout ScanSigns) -> [Finding] {
        var overlap = Overlap()
        var groups = DigitGroups()
        var known = KnownLabels()
        let classes = self.classes
        var index = 0
        while true {
            while index < text.count, classes[Int(text[index])] <= .continuation { index += 1 }
            guard index < text.count else { break }
            let before = index
            if classes[Int(text[index])] >= .letter {
                index = words.end(ofPlainWords: text, from: index)
                guard index == before else { continue }
                index = passWord(text, at: index, classes, &signs, &overlap)
            } else {
                index = visitTrigger(text, at: index, &groups, &known, &overlap)
            }
            signs.look(text, over: before..<index)
        }
        return overlap.findings
    }

    /// Steps over the word of letters at `index`, which most times is in no list.
    @inline(__always)
    private func passWord(
        _ text: Span<UInt8>, at index: Int, _ classes: [ByteClass], _ signs: inout ScanSigns,
        _ overlap: inout Overlap
    ) -> Int {
        var hash = WordHash()
        var end = index
        var capitals: UInt64 = 0
        while true {
            let bytes = text.paddedWord(at: end)
            let letters = LetterMarks.letters(bytes)
            let others = ~letters & LetterMarks.tops
            capitals |= letters & ((others & (0 &- others)) &- 1) & ~(bytes << 2)
            guard others != 0 else {
                // What follows decides whether these are the word's last eight bytes.
                end += 8
                guard end < text.count, ByteClass.isWordByte(text[end]) else {
                    hash.add(last: bytes, bytes: 8)
                    break
                }
                hash.add(eight: bytes)
                continue
            }
            let count = others.trailingZeroBitCount / 8
            end += count
            if end < text.count, text[end] >= 0x80 { return passMixedWord(text, at: index, classes, &signs, &overlap) }
            if count > 0 { hash.add(last: bytes, bytes: count) }
            break
        }
        guard capitals != 0 || words.mayHold(hash) else { return end }
        // Most times the first letter is the only capital.
        let hasAnchor =
            end - index <= 8 && capitals == 0x80
            ? classes[Int(text[index])] == .letterAnchor
            : capitals != 0 && hasAnchor(text, index..<end, classes)
        guard hasAnchor || ByteClass.isUpper(text[index]) || words.mayHold(hash) else { return end }
        return visitLetters(text, index..<end, hash, hasAnchor: hasAnchor, &signs, &overlap)
    }

    /// The same for a word with letters that are not ASCII's.
    private func passMixedWord(
        _ text: Span<UInt8>, at index: Int, _ classes: [ByteClass], _ signs: inout ScanSigns,
        _ overlap: inout Overlap
    ) -> Int {
        var end = index
        while end < text.count, ByteClass.isWordByte(text[end]) { end += 1 }
        let hash = WordHash(text, index..<end)
        let hasAnchor = hasAnchor(text, index..<end, classes)
        guard hasAnchor || !ByteClass.isLower(text[index]) || words.mayHold(hash) else { return end }
        return visitLetters(text, index..<end, hash, hasAnchor: hasAnchor, &signs, &overlap)
    }

    private func hasAnchor(_ text: Span<UInt8>, _ word: Range<Int>, _ classes: [ByteClass]) -> Bool {
        for index in word where classes[Int(text[index])] == .letterAnchor { return true }
        return false
    }

    // MARK: Triggers

    private func visitTrigger(
        _ text: Span<UInt8>, at index: Int, _ groups: inout DigitGroups, _ known: inout KnownLabels,
        _ overlap: inout Overlap
    ) -> Int {
        switch text[index] {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): visitWord(text, around: index, &groups, &known, &overlap)
        case UInt8(ascii: "@"): visit(at, text, at: index, &overlap)
        case UInt8(ascii: ":"): visitColon(text, at: index, &overlap)
        default: visitPrefixes(text, anchoredAt: index, &overlap)
        }
    }

    private func visit(
        _ entries: [OffsetEntry], _ text: Span<UInt8>, at index: Int,
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
        _ text: Span<UInt8>, _ word: Range<Int>, _ hash: WordHash, hasAnchor: Bool,
        _ signs: inout ScanSigns, _ overlap: inout Overlap
    ) -> Int {
        var next = word.upperBound
        signs.look(text, at: word)
        if words.mayHold(hash) {
            for place in words.places(of: hash) {
                let entry = words.entries[place]
                guard let match = entry.recognise(text, word) else { continue }
                let behind = keep(match, entry.place, &overlap)
                // What stands between the word and a value that it announces has to be looked at too.
                if match.range.lowerBound <= word.lowerBound { next = max(next, behind) }
            }
        }
        if Capital.stands(text, at: word.lowerBound) {
            for place in names.places(of: hash) {
                let entry = names.entries[place]
                guard let match = entry.recognise(text, word) else { continue }
                next = max(next, keep(match, entry.place, &overlap))
            }
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
        let isLong = groups.read(text, at: start)
        let mayBeNamed = groups.digitCount >= Self.namedDigitsMin && groups.lead != .joined
        if mayBeNamed { known.look(text, around: &groups) }
        if isLong {
            for entry in digits {
                if let match = entry.recognise(text, groups) { next = max(next, keep(match, entry.place, &overlap)) }
            }
            for entry in contextual.numbers where entry.endings & groups.endings != 0 {
                if let match = entry.recognise(text, groups) { next = max(next, keep(match, entry.place, &overlap)) }
            }
        }
        if mayBeNamed { next = max(next, visitNamed(text, groups, known.labels, &overlap)) }
        return next
    }

    private func visitNamed(
        _ text: Span<UInt8>, _ groups: DigitGroups, _ labels: Context.Labels, _ overlap: inout Overlap
    ) -> Int {
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
        var next = anchor + 1
        guard prefixes.mayStand(text, anchoredAt: anchor) else { return next }
        var place = prefixes.first(text[anchor])
        while let found = prefixes.find(text, anchoredAt: anchor, from: place) {
            place = found.place + 1
            let entry = prefixes.entries[found.place]
            guard let match = entry.recognise(text, found.start, entry.index) else { continue }
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
