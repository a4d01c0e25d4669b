/// How many bytes a pattern's matches have, by a reading of RE2's syntax
/// (github.com/google/re2/wiki/Syntax); what has no bound, or no place in a stream, is refused with the reason.
///
/// The reader is narrower than RE2: whatever it does not know it refuses. RE2 has compiled the pattern before, so that
/// only what RE2 takes comes here.
struct PatternBounds: Equatable {
    /// Bytes of the shortest match.
    let bytesMin: Int
    /// Bytes of the longest match, by a count that is never too small.
    let bytesMax: Int

    /// Groups within groups.
    static let depthMax = 16
    /// Counts of repetitions within repetitions, multiplied.
    static let repetitionsMax = 320

    /// Why a pattern is refused.
    struct Refusal: Error, Equatable {
        /// Offset in the pattern, in bytes.
        let offset: Int
        let found: String
        let wanted: String
    }

    /// Reads `pattern`, which is UTF-8.
    static func read(_ pattern: [UInt8]) throws(Refusal) -> PatternBounds {
        var reader = PatternReader(pattern)
        return try reader.readAll()
    }

    fileprivate static let nothing = PatternBounds(bytesMin: 0, bytesMax: 0)

    /// The longest count that is kept: more is past every bound, and a sum of two does not overflow.
    private static let ceiling = 1 << 40

    fileprivate func followed(by next: PatternBounds) -> PatternBounds {
        PatternBounds(
            bytesMin: min(bytesMin + next.bytesMin, Self.ceiling),
            bytesMax: min(bytesMax + next.bytesMax, Self.ceiling))
    }

    fileprivate func or(_ other: PatternBounds) -> PatternBounds {
        PatternBounds(bytesMin: min(bytesMin, other.bytesMin), bytesMax: max(bytesMax, other.bytesMax))
    }

    fileprivate func repeated(_ counts: ClosedRange<Int>) -> PatternBounds {
        PatternBounds(
            bytesMin: min(bytesMin * counts.lowerBound, Self.ceiling),
            bytesMax: min(bytesMax * counts.upperBound, Self.ceiling))
    }
}

/// The reader, by recursive descent: alternatives of sequences of repeated atoms.
private struct PatternReader {
    private struct Flags {
        var ignoresCase = false
    }

    /// What an atom or a group comes to.
    private struct Part {
        var bounds: PatternBounds
        /// The greatest product of nested repetitions within.
        var repetitions = 1
        /// Whether it sets flags and is nothing to repeat: RE2 would repeat what is before it.
        var isFlags = false
    }

    private let pattern: [UInt8]
    private var index = 0
    private var flags = Flags()
    private var depth = 0

    init(_ pattern: [UInt8]) { self.pattern = pattern }

    mutating func readAll() throws(PatternBounds.Refusal) -> PatternBounds {
        let part = try alternatives()
        guard index == pattern.count else { throw refusal("a ) that closes nothing", "\\) for the character") }
        return part.bounds
    }

    // MARK: Structure

    private mutating func alternatives() throws(PatternBounds.Refusal) -> Part {
        // A flag that is set within a group ends with it.
        let outer = flags
        var part = try sequence()
        while take("|") {
            let next = try sequence()
            part.bounds = part.bounds.or(next.bounds)
            part.repetitions = max(part.repetitions, next.repetitions)
        }
        flags = outer
        return part
    }

    private mutating func sequence() throws(PatternBounds.Refusal) -> Part {
        var whole = Part(bounds: .nothing)
        while let byte = peek(), byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            let start = index
            var part = try atom()
            let end = index
            if let counts = try repetition() {
                guard !part.isFlags else { throw refusal("a repetition of flags", "a group to repeat", at: end) }
                part.bounds = part.bounds.repeated(counts)
                part.repetitions *= max(1, counts.upperBound)
                guard part.repetitions <= PatternBounds.repetitionsMax else {
                    throw refusal(
                        "repetitions within repetitions that come to \(part.repetitions)",
                        "at most \(PatternBounds.repetitionsMax)", at: start)
                }
            }
            whole.bounds = whole.bounds.followed(by: part.bounds)
            whole.repetitions = max(whole.repetitions, part.repetitions)
        }
        return whole
    }

    /// The counts of the repetition at `index`, if there is one.
    private mutating func repetition() throws(PatternBounds.Refusal) -> ClosedRange<Int>? {
        let start = index
        let counts: ClosedRange<Int>
        if take("*") {
            throw refusal("*, which has no greatest length", "{0,64} or another range", at: start)
        } else if take("+") {
            throw refusal("+, which has no greatest length", "{1,64} or another range", at: start)
        } else if take("?") {
            counts = 0...1
        } else if take("{") {
            counts = try countedRange(from: start)
        } else {
            return nil
        }
        if let next = peek(), "*+?{".utf8.contains(next) {
            throw refusal(
                next == UInt8(ascii: "?") ? "a repetition of as few as will do" : "a repetition of a repetition",
                "one repetition, which always takes the longest match; a group to repeat it")
        }
        return counts
    }

    private mutating func countedRange(from start: Int) throws(PatternBounds.Refusal) -> ClosedRange<Int> {
        guard let least = number() else {
            throw refusal("a { that begins no repetition", "\\{ for the character", at: start)
        }
        var greatest = least
        if take(",") {
            guard let number = number() else {
                throw refusal(
                    "{\(least),}, which has no greatest length", "{\(least),64} or another range", at: start)
            }
            greatest = number
        }
        guard take("}"), least <= greatest else {
            throw refusal("a { that begins no repetition", "\\{ for the character", at: start)
        }
        return least...greatest
    }

    /// The decimal number of at most four digits at `index`; RE2 takes none above 1,000.
    private mutating func number() -> Int? {
        var value: Int?
        let start = index
        while let byte = peek(), ByteClass.isDigit(byte), index - start < 4 {
            value = (value ?? 0) * 10 + Int(byte - UInt8(ascii: "0"))
            index += 1
        }
        return value
    }

    // MARK: Atoms

    private mutating func atom() throws(PatternBounds.Refusal) -> Part {
        let start = index
        guard let byte = peek() else { return Part(bounds: .nothing) }
        switch byte {
        case UInt8(ascii: "("): return try group()
        case UInt8(ascii: "["): return Part(bounds: try characterClass())
        case UInt8(ascii: "\\"): return Part(bounds: try escape())
        case UInt8(ascii: "."):
            index += 1
            return Part(bounds: .anyCharacter)
        case UInt8(ascii: "^"), UInt8(ascii: "$"):
            throw refusal(Self.edge(byte), "\\b, or the words around the value in context")
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
            throw refusal("a repetition of nothing", "a \\ before it for the character")
        default:
            guard let scalar = scalar() else { throw refusal("bytes that are not UTF-8", "UTF-8", at: start) }
            return Part(bounds: literal(scalar))
        }
    }

    private mutating func group() throws(PatternBounds.Refusal) -> Part {
        let start = index
        index += 1
        depth += 1
        defer { depth -= 1 }
        guard depth <= PatternBounds.depthMax else {
            throw refusal("more than \(PatternBounds.depthMax) groups in groups", "fewer", at: start)
        }
        let outer = flags
        if take("?") {
            if take("P<") {
                while let byte = peek(), byte != UInt8(ascii: ">") { index += 1 }
                index += 1
            } else if try setFlags(from: start) {
                return Part(bounds: .nothing, isFlags: true)
            }
        }
        let part = try alternatives()
        guard take(")") else { throw refusal("a ( that is never closed", "a )", at: start) }
        flags = outer
        return part
    }

    /// Takes the flags behind `(?`.
    /// - Returns: whether the group ends with them, so that they hold for the rest of the group around.
    private mutating func setFlags(from start: Int) throws(PatternBounds.Refusal) -> Bool {
        var sets = true
        while let byte = peek() {
            index += 1
            switch byte {
            case UInt8(ascii: "i"): flags.ignoresCase = sets
            case UInt8(ascii: "s"): break
            case UInt8(ascii: "-"): sets = false
            case UInt8(ascii: ":"): return false
            case UInt8(ascii: ")"): return true
            default:
                throw refusal("a group that starts with other flags than i and s", "(?i: … ) or (?: … )", at: start)
            }
        }
        throw refusal("a ( that is never closed", "a )", at: start)
    }

    private mutating func escape() throws(PatternBounds.Refusal) -> PatternBounds {
        let start = index
        index += 1
        guard let byte = peek() else { throw refusal("a \\ at the end", "\\\\ for the character", at: start) }
        switch byte {
        case UInt8(ascii: "b"), UInt8(ascii: "B"):
            index += 1
            return .nothing
        case UInt8(ascii: "A"), UInt8(ascii: "z"):
            throw refusal(Self.edge(byte), "\\b, or the words around the value in context", at: start)
        default: return try escapedCharacters(from: start)
        }
    }

    /// What a `\` and the byte at `index` stand for, within a class or without.
    private mutating func escapedCharacters(from start: Int) throws(PatternBounds.Refusal) -> PatternBounds {
        guard let byte = peek() else { throw refusal("a \\ at the end", "\\\\ for the character", at: start) }
        index += 1
        switch byte {
        case UInt8(ascii: "d"), UInt8(ascii: "s"): return .oneByte
        // Under (?i) RE2 adds to `w` what folds to its letters.
        case UInt8(ascii: "w"): return flags.ignoresCase ? .anyCharacter : .oneByte
        case UInt8(ascii: "D"), UInt8(ascii: "S"), UInt8(ascii: "W"): return .anyCharacter
        case UInt8(ascii: "p"), UInt8(ascii: "P"):
            if take("{") {
                while let byte = peek(), byte != UInt8(ascii: "}") { index += 1 }
            }
            index += 1
            return .anyCharacter
        case UInt8(ascii: "x"):
            if take("{") {
                while let byte = peek(), byte != UInt8(ascii: "}") { index += 1 }
                index += 1
            } else {
                index += 2
            }
            return .anyCharacter
        case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "v"),
            UInt8(ascii: "a"):
            return .oneByte
        default:
            guard byte < 0x80, !ByteClass.isAlphanumeric(byte) else {
                throw refusal("an escape that is not known here", "the character itself, or \\x{…}", at: start)
            }
            return .oneByte
        }
    }

    private mutating func characterClass() throws(PatternBounds.Refusal) -> PatternBounds {
        let start = index
        index += 1
        var bounds = take("^") ? PatternBounds.anyCharacter : .oneByte
        var isFirst = true
        while let byte = peek() {
            if byte == UInt8(ascii: "]"), !isFirst {
                index += 1
                return bounds
            }
            isFirst = false
            if take("[:") {
                bounds = bounds.or(take("^") || flags.ignoresCase ? .anyCharacter : .oneByte)
                while let byte = peek(), byte != UInt8(ascii: "]") { index += 1 }
                index += 1
            } else if byte == UInt8(ascii: "\\") {
                let start = index
                index += 1
                bounds = bounds.or(try escapedCharacters(from: start))
            } else {
                guard let scalar = scalar() else { throw refusal("bytes that are not UTF-8", "UTF-8", at: start) }
                // The last of a range counts by itself: it is the greatest, and its first cannot be longer.
                bounds = bounds.or(literal(scalar).bytesMax > 1 ? .anyCharacter : .oneByte)
            }
        }
        throw refusal("a [ that is never closed", "a ]", at: start)
    }

    /// The bounds of one character; where case does not matter, those of every character that folds to it. U+212A folds
    /// to k and U+017F to s.
    private func literal(_ scalar: Unicode.Scalar) -> PatternBounds {
        guard flags.ignoresCase else {
            let count = UTF8.width(scalar)
            return PatternBounds(bytesMin: count, bytesMax: count)
        }
        return scalar.isASCII && !ByteClass.isLetter(UInt8(scalar.value)) ? .oneByte : .anyCharacter
    }

    // MARK: Bytes

    private func peek() -> UInt8? { index < pattern.count ? pattern[index] : nil }

    private mutating func take(_ text: StaticString) -> Bool {
        let wanted = Array("\(text)".utf8)
        guard pattern[min(index, pattern.count)...].starts(with: wanted) else { return false }
        index += wanted.count
        return true
    }

    private mutating func scalar() -> Unicode.Scalar? {
        guard let byte = peek() else { return nil }
        if byte < 0x80 {
            index += 1
            return Unicode.Scalar(byte)
        }
        guard let decoded = DecodedScalar(pattern.span, at: index), let scalar = Unicode.Scalar(decoded.value) else {
            return nil
        }
        index += decoded.bytes
        return scalar
    }

    private static func edge(_ byte: UInt8) -> String {
        let sign = ByteClass.isLetter(byte) ? "\\" + String(UnicodeScalar(byte)) : String(UnicodeScalar(byte))
        return "\(sign): a text that comes in pieces is cut anywhere, and what is its edge is not known"
    }

    private func refusal(_ found: String, _ wanted: String, at offset: Int? = nil) -> PatternBounds.Refusal {
        PatternBounds.Refusal(offset: min(offset ?? index, pattern.count), found: found, wanted: wanted)
    }
}

extension PatternBounds {
    fileprivate static let oneByte = PatternBounds(bytesMin: 1, bytesMax: 1)
    fileprivate static let anyCharacter = PatternBounds(bytesMin: 1, bytesMax: 4)
}
