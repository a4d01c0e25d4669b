/// The one pass over a text: byte classes find triggers, recognisers look at what is around them.
struct Scanner: Sendable {
    /// Letters and digits in a row that make a word long enough for a key.
    static let longWordBytesMin = 16
    /// A match of at least this is not looked into again for something better.
    private static let certainPPM = 900_000

    private struct Prefix: Sendable {
        let bytes: [UInt8]
        /// Which of its recogniser's prefixes this is.
        let index: Int
        let type: DetectorType
        let recognise: @Sendable (Span<UInt8>, Int, Int) -> Match?
    }

    private let confidencePPMMin: Int
    private let classes = ByteClass.table
    private var digits: [(DetectorType, @Sendable (Span<UInt8>, DigitGroups) -> Match?)] = []
    private var at: [(DetectorType, @Sendable (Span<UInt8>, Int) -> Match?)] = []
    private var colon: [(DetectorType, @Sendable (Span<UInt8>, Int) -> Match?)] = []
    private var countryAndDigits: [(DetectorType, @Sendable (Span<UInt8>, Int) -> Match?)] = []
    private var longWord: [(DetectorType, @Sendable (Span<UInt8>, Range<Int>) -> Match?)] = []
    /// Sorted by the first byte.
    private var prefixes: [Prefix] = []
    /// For each first byte, where its prefixes start in `prefixes`.
    private var firstPrefix = InlineArray<256, Int>(repeating: 0)
    /// For each first byte, which second bytes (by their lower five bits) a prefix may have.
    private var secondBytes = InlineArray<256, UInt32>(repeating: 0)

    init(confidencePPMMin: Int) {
        self.confidencePPMMin = confidencePPMMin
        for (index, detector) in Catalogue.detectors.enumerated() {
            for recogniser in detector.recognisers { add(recogniser, for: DetectorType(index: UInt8(index))) }
        }
        prefixes.sort { $0.bytes[0] < $1.bytes[0] }
        for (place, prefix) in prefixes.enumerated().reversed() { firstPrefix[Int(prefix.bytes[0])] = place }
    }

    private mutating func add(_ recogniser: Recogniser, for type: DetectorType) {
        switch recogniser {
        case .digits(let recognise): digits.append((type, recognise))
        case .at(let recognise): at.append((type, recognise))
        case .colon(let recognise): colon.append((type, recognise))
        case .countryAndDigits(let recognise): countryAndDigits.append((type, recognise))
        case .longWord(let recognise): longWord.append((type, recognise))
        case .prefixes(let all, let recognise):
            for (index, bytes) in all.enumerated() {
                prefixes.append(Prefix(bytes: bytes, index: index, type: type, recognise: recognise))
                secondBytes[Int(bytes[0])] |= 1 << UInt32(bytes[1] & 31)
            }
        }
    }

    func scan(_ text: Span<UInt8>) -> [Finding] {
        var overlap = Overlap()
        var groups = DigitGroups()
        var index = 0
        while index < text.count {
            var kinds = classes[Int(text[index])]
            guard kinds & ByteClass.word.rawValue != 0 else {
                if kinds != 0 { index = visitSymbol(text, at: index, kinds, &overlap) } else { index += 1 }
                continue
            }
            let start = index
            index += 1
            while index < text.count {
                let kind = classes[Int(text[index])]
                guard kind & ByteClass.word.rawValue != 0 else { break }
                kinds |= kind
                index += 1
            }
            if kinds & ByteClass.digit.rawValue != 0 {
                index = max(index, visitDigits(text, start..<index, kinds, &groups, &overlap))
            }
            if mayBePrefix(text, at: start) {
                index = max(index, visitPrefix(text, at: start, &overlap))
            }
        }
        return overlap.findings
    }

    private func visitSymbol(_ text: Span<UInt8>, at index: Int, _ kind: UInt8, _ overlap: inout Overlap) -> Int {
        let recognisers: [(DetectorType, @Sendable (Span<UInt8>, Int) -> Match?)]
        if kind == ByteClass.at.rawValue {
            recognisers = at
        } else {
            guard Self.joinsHex(text, at: index) else { return index + 1 }
            recognisers = colon
        }
        var next = index + 1
        for (type, recognise) in recognisers {
            if let match = recognise(text, index) { next = max(next, keep(match, type, &overlap)) }
        }
        return next
    }

    private func visitDigits(
        _ text: Span<UInt8>, _ word: Range<Int>, _ kinds: UInt8, _ groups: inout DigitGroups, _ overlap: inout Overlap
    ) -> Int {
        var next = word.upperBound
        let start = word.lowerBound
        if ByteClass.isDigit(text[start]) {
            if groups.read(text, at: start) {
                for (type, recognise) in digits {
                    if let match = recognise(text, groups) { next = max(next, keep(match, type, &overlap)) }
                }
            }
        } else if word.count >= 4, ByteClass.isLetter(text[start + 1]), ByteClass.isDigit(text[start + 2]),
            ByteClass.isDigit(text[start + 3])
        {
            for (type, recognise) in countryAndDigits {
                if let match = recognise(text, start) { next = max(next, keep(match, type, &overlap)) }
            }
        }
        if word.count >= Self.longWordBytesMin, kinds & ByteClass.letter.rawValue != 0 {
            for (type, recognise) in longWord {
                if let match = recognise(text, word) { next = max(next, keep(match, type, &overlap)) }
            }
        }
        return next
    }

    @inline(__always)
    private func mayBePrefix(_ text: Span<UInt8>, at start: Int) -> Bool {
        let seconds = secondBytes[Int(text[start])]
        guard seconds != 0, start + 1 < text.count else { return false }
        return seconds >> UInt32(text[start + 1] & 31) & 1 != 0
    }

    private func visitPrefix(_ text: Span<UInt8>, at start: Int, _ overlap: inout Overlap) -> Int {
        var next = start
        for prefix in prefixes[firstPrefix[Int(text[start])]...] {
            guard prefix.bytes[0] == text[start] else { break }
            guard start + prefix.bytes.count <= text.count,
                Bytes.equal(text, start..<start + prefix.bytes.count, prefix.bytes)
            else { continue }
            guard let match = prefix.recognise(text, start, prefix.index) else { continue }
            next = max(next, keep(match, prefix.type, &overlap))
        }
        return next
    }

    /// Notes a match that is sure enough; where it is certain, the pass goes on behind it.
    private func keep(_ match: Match, _ type: DetectorType, _ overlap: inout Overlap) -> Int {
        guard match.confidencePPM >= confidencePPMMin else { return 0 }
        overlap.add(Finding(range: match.range, type: type, confidencePPM: match.confidencePPM))
        return match.confidencePPM >= Self.certainPPM ? match.range.upperBound : 0
    }

    private static func joinsHex(_ text: Span<UInt8>, at index: Int) -> Bool {
        guard index + 1 < text.count else { return false }
        let after = text[index + 1]
        guard ByteClass.isHex(after) || after == UInt8(ascii: ":") else { return false }
        return index == 0 || text[index - 1] != UInt8(ascii: ":")
    }
}
