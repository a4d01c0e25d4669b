/// The output guard over an answer that comes in pieces: any split of it gives the same text and findings.
///
/// ```
///            blank behind it              not within a run of instructions, no next word needed
/// bytes ─► word ───────────► held words ──────────────────────────────────────────────────────► out
/// ```
/// It holds back a word until it ends, unless what is there of it are plain letters that nothing can come of; a small number until
/// the word behind it tells whether it is an amount; and words that stand in a row in the instructions, at most
/// `AgentLimits.promptRunWordsMax`. At that many it ends.
public struct OutputGuardStream {
    private let guards: OutputGuard
    private var run: InstructionRun
    private var gap: [UInt8] = []
    private var word: [UInt8] = []
    /// Bytes of `gap` and `word` that are out already.
    private var isGapOut = false
    private var wordBytesOut = 0
    private var isLong = false
    private var held: [Held] = []
    private var previous: [UInt8] = []
    private var hasEnded = false
    /// What was found so far.
    public private(set) var findings: OutputGuard.Findings = []

    private struct Held {
        var text: [UInt8]
        /// Figures that need proof if the next word says that they are amounts: where the text goes instead.
        var replacement: [UInt8]?
    }

    /// Words in a row of the instructions from which they are held.
    private static let runHeld = 4
    private static let secretMark = Array("[removed]".utf8)
    private static let figureMark = Array("[unconfirmed]".utf8)

    /// A stream behind `guards`.
    public init(_ guards: OutputGuard) {
        self.guards = guards
        run = InstructionRun(guards.instructions)
    }

    /// Takes the next piece.
    /// - Returns: what may be read now.
    public mutating func take(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in bytes where !hasEnded {
            if byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D {
                if !word.isEmpty || isLong { endWord(&out) }
                gap.append(byte)
                // Blanks without end are no answer.
                if gap.count > AgentLimits.guardedWordBytesMax { gap.removeLast() }
            } else if word.count < AgentLimits.guardedWordBytesMax {
                word.append(byte)
            } else {
                isLong = true
            }
        }
        if !hasEnded { releaseOpenWord(&out) }
        return out
    }

    /// The answer ends here.
    /// - Returns: what was held back and may be read.
    public mutating func finish() -> [UInt8] {
        var out: [UInt8] = []
        guard !hasEnded else { return out }
        if !word.isEmpty || isLong { endWord(&out) }
        guard !hasEnded else { return out }
        for one in held { out += one.text }
        held = []
        if !isGapOut { out += gap }
        hasEnded = true
        return out
    }

    // MARK: Words

    private mutating func endWord(_ out: inout [UInt8]) {
        defer {
            gap = []
            word = []
            (isGapOut, wordBytesOut, isLong) = (false, 0, false)
        }
        run.take(word)
        if run.length >= AgentLimits.promptRunWordsMax || word.starts(with: "-----BEGIN".utf8) {
            findings.insert(run.length >= AgentLimits.promptRunWordsMax ? .instructions : .secret)
            // The words before the run may be read; those of it are not.
            let before = held.count - min(held.count, max(run.length - 1, 0))
            for one in held[..<before] { out += one.text }
            held = []
            hasEnded = true
            return
        }
        settleSmallNumber()
        var unit = judged()
        let isOut = isGapOut ? gap.count : 0
        unit.text = Array((gap + unit.text).dropFirst(isOut + wordBytesOut))
        if let replacement = unit.replacement {
            unit.replacement = Array((gap + replacement).dropFirst(isOut + wordBytesOut))
        }
        previous = word
        held.append(unit)
        guard run.length < Self.runHeld else { return }
        let keeps = unit.replacement != nil ? 1 : 0
        for one in held.dropLast(keeps) { out += one.text }
        held.removeFirst(held.count - keeps)
    }

    /// The number in front of this word is an amount or a day if the word says so.
    private mutating func settleSmallNumber() {
        guard let last = held.indices.last, let replacement = held[last].replacement else { return }
        if FigureWords.makesAmount(word) {
            held[last].text = replacement
            findings.insert(.unfoundedFigure)
        }
        held[last].replacement = nil
    }

    /// The word as it may be read.
    private mutating func judged() -> Held {
        if isLong {
            findings.insert(.longWord)
            return Held(text: plainPrefix(word) + Self.secretMark)
        }
        if let start = SecretWord.start(in: word, known: guards.knownWords) {
            findings.insert(.secret)
            return Held(text: Array(word[..<start]) + Self.secretMark)
        }
        let unfounded = Figure.all(in: word).filter { !guards.figures.hold($0) }
        guard !unfounded.isEmpty else { return Held(text: word) }
        let isAnnounced = FigureWords.makesAmount(previous)
        let sure = unfounded.filter { isAnnounced || $0.isMarked || $0.hasFraction || $0.digits.count >= 4 }
        guard sure.isEmpty else {
            findings.insert(.unfoundedFigure)
            return Held(text: masked(sure))
        }
        return Held(text: word, replacement: masked(unfounded))
    }

    private func masked(_ figures: [Figure]) -> [UInt8] {
        var text: [UInt8] = []
        var index = 0
        for figure in figures {
            text += word[index..<figure.range.lowerBound] + Self.figureMark
            index = figure.range.upperBound
        }
        return text + word[index...]
    }

    // MARK: The word that has not ended

    /// Lets out what is there of a word where, whatever comes behind, `judged` leaves it as it is.
    private mutating func releaseOpenWord(_ out: inout [UInt8]) {
        guard held.isEmpty, run.length < Self.runHeld - 1, !word.isEmpty, !isLong else { return }
        let safe = plainPrefix(word).count
        guard safe > wordBytesOut else { return }
        if !isGapOut { out += gap }
        isGapOut = true
        out += word[wordBytesOut..<safe]
        wordBytesOut = safe
    }

    /// What a word begins with that is neither a figure nor a secret, whatever follows: letters, and signs between them.
    private func plainPrefix(_ word: [UInt8]) -> [UInt8] {
        var end = 0
        var runStart = 0
        while end < word.count {
            guard SecretWord.isLetter(word[end]) || Self.isPlainSign(word[end]) else {
                break
            }
            end += 1
            if !SecretWord.isLetter(word[end - 1]) { runStart = end }
        }
        // `-----BEGIN` starts with no plain sign. An empty run may become anything.
        let tail = word[runStart..<end]
        return Array(word[..<(tail.isEmpty || SecretWord.mayBegin(tail) ? runStart : end)])
    }

    private static func isPlainSign(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ":")
            || byte == UInt8(ascii: ";") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
            || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "\"")
    }
}

/// Words that make a number beside them an amount, a rate or a day.
enum FigureWords {
    private static let words: Set<[UInt8]> = Set(
        [
            "usd", "eur", "gbp", "pkr", "inr", "chf", "aed", "sar", "cad", "aud", "rs", "pound", "pounds", "dollar",
            "dollars",
            "euro", "euros", "pence", "cent", "cents", "rupee", "rupees", "percent", "per cent", "january", "february",
            "march",
            "april", "may", "june", "july", "august", "september", "october", "november", "december", "jan", "feb",
            "mar", "apr",
            "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
        ].map { Array($0.utf8) })

    static func makesAmount(_ word: [UInt8]) -> Bool {
        if word.first == UInt8(ascii: "%") { return true }
        let plain = InstructionWords.plain(word)
        return words.contains(plain) || plain.elementsEqual("£".utf8) || plain.elementsEqual("€".utf8)
    }
}
