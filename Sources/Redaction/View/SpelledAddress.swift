/// E-mail addresses with their at and dots spelled out: `jane (at) example [dot] com`, `jane AT example DOT com`.
///
/// "Meet me at ten" has no dot behind its at; where only small letters between spaces say so, the domain must end as
/// domains do.
enum SpelledAddress {
    /// RFC 5321 §4.5.3.1.1, in bytes.
    private static let localBytesMax = 64
    /// RFC 5321 §4.5.3.1.2, in bytes.
    private static let domainBytesMax = 255
    /// Labels of a domain before its last.
    private static let labelsMax = 8
    /// Parts of a spelled local part.
    private static let localPartsMax = 4

    /// Whether a word or bracket at `index` may stand for an at or a dot: the byte before the `t` of `dot`
    /// and its like, the first of `AT`, the `ob` of `arroba`.
    @inline(__always)
    static func maySpell(_ text: Span<UInt8>, atLetter index: Int) -> Bool {
        guard index + 1 < text.count else { return false }
        let (letter, next) = (text[index] | 0x20, text[index + 1] | 0x20)
        if next == UInt8(ascii: "b") {
            return letter == UInt8(ascii: "o") && SpelledMark.holdsNamedAt(text, around: index)
        }
        guard next == UInt8(ascii: "t") else { return false }
        if text[index] == UInt8(ascii: "A") {
            return index > 0 && text[index - 1] == UInt8(ascii: " ")
                && SpelledMark(spacedAt: text, at: index - 1) != nil
        }
        return SpelledMark.mayBeInDot(text, before: index) && SpelledMark.isInDot(text, at: index + 1)
    }

    /// Whether the byte at `index` may open a bracket around an at or a dot.
    static func maySpell(_ text: Span<UInt8>, atBracket index: Int) -> Bool {
        switch text[index] {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
            SpelledMark.mayFollow(text, bracketAt: index)
                && (SpelledMark(bracketedAt: text, at: index) != nil
                    || SpelledMark(bracketedDot: text, at: index) != nil)
        default: false
        }
    }

    /// The pass over the ats of `text`.
    static func pass(_ text: Span<UInt8>) -> EditedText {
        var edited = EditedText()
        var index = 0
        var floor = 0
        while index < text.count {
            if let mark = mark(text, at: index), let address = Address(text, around: mark, floor: floor) {
                address.fold(text, into: &edited)
                index = address.end
                floor = index
            } else {
                index += 1
            }
        }
        if edited.isEdited { edited.finish(text) }
        return edited
    }

    private static func mark(_ text: Span<UInt8>, at index: Int) -> SpelledMark? {
        switch text[index] {
        case UInt8(ascii: "@"): SpelledMark(range: index..<index + 1, kind: .sign)
        case UInt8(ascii: " "):
            SpelledMark.mayFollow(text, at: index)
                ? SpelledMark(bracketedAt: text, at: index) ?? SpelledMark(spacedAt: text, at: index) : nil
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): SpelledMark(bracketedAt: text, at: index)
        default: nil
        }
    }

    /// The marks of an address, from left to right.
    private struct Address {
        private var marks: [(range: Range<Int>, byte: UInt8)] = []
        private(set) var end: Int

        /// - Parameter floor: the end of the address before.
        init?(_ text: Span<UInt8>, around at: SpelledMark, floor: Int) {
            end = at.range.upperBound
            guard let localStart = Self.localStart(text, endingAt: at.range.lowerBound), localStart >= floor else {
                return nil
            }
            guard let domain = SpelledDomain(text, from: at.range.upperBound, bytesMax: domainBytesMax, labelsMax),
                domain.isTold(by: at, text, local: localStart..<at.range.lowerBound)
            else { return nil }
            if at.kind == .sign && domain.dots.isEmpty { return nil }
            if at.kind != .sign {
                readLocalDots(text, endingAt: localStart, floor: floor)
                marks.append((at.range, UInt8(ascii: "@")))
            }
            marks += domain.dots.map { ($0, UInt8(ascii: ".")) }
            end = domain.end
        }

        /// Dots spelled before the last part of the local part, as in `jane dot doe at`.
        private mutating func readLocalDots(_ text: Span<UInt8>, endingAt start: Int, floor: Int) {
            var start = start
            var found: [(range: Range<Int>, byte: UInt8)] = []
            while found.count < localPartsMax, let dot = SpelledMark.dot(text, endingAt: start),
                let before = Self.localStart(text, endingAt: dot.lowerBound), before >= floor
            {
                found.append((dot, UInt8(ascii: ".")))
                start = before
            }
            marks = found.reversed()
        }

        private static func localStart(_ text: Span<UInt8>, endingAt end: Int) -> Int? {
            var start = end
            while start > 0, end - start <= localBytesMax, SpelledMark.isLocal(text[start - 1]) { start -= 1 }
            return start < end && end - start <= localBytesMax ? start : nil
        }

        func fold(_ text: Span<UInt8>, into edited: inout EditedText) {
            for mark in marks {
                edited.fold(text, at: mark.range.lowerBound, Fold(mark.range.count, to: mark.byte))
            }
        }
    }
}
