internal import Bytes

/// A line that has been read, without its values: a line that differs from it in nothing but these needs no second look at
/// its names, its nesting and its punctuation.
///
/// ```
/// {"v":‹number›,"seq":‹number›,"time":"‹string›", …
/// ```
/// What keeps to a skeleton keeps to the profile: the names are the same, so that none is there twice, and each value is
/// checked by the same rules.
struct LineSkeleton {
    /// A value, and where in the line it is: what is inside a string's quotes, or a number's digits.
    struct Value {
        var start: Int
        var end: Int
        var isNumber: Bool
    }

    /// Bytes that have to stand before a value.
    private struct Piece {
        var start: Int
        var count: Int
        var isNumber: Bool
    }

    private var literals: [UInt8] = []
    private var pieces: [Piece] = []
    /// Where the bytes after the last value begin in `literals`, and how many they are.
    private var tail = 0
    private var tailCount = 0
    /// Which value is that of the record's own `clock_skew_us`.
    private let skew: Int?

    /// The most values of a line that is worth keeping.
    static let valuesMax = 512

    /// The skeleton of `line`, which has these values and keeps to the profile.
    init(_ line: Span<UInt8>, _ values: [Value], skew: Int?) {
        self.skew = skew
        var place = 0
        for value in values {
            pieces.append(Piece(start: literals.count, count: value.start - place, isNumber: value.isNumber))
            RawBytes.append(line.extracting(place..<value.start), to: &literals)
            place = value.end
        }
        tail = literals.count
        tailCount = line.count - place
        RawBytes.append(line.extracting(place..<line.count), to: &literals)
        // A comparison of eight bytes at a time looks beyond the last literal.
        literals += [UInt8](repeating: 0, count: 8)
    }

    /// Whether `line` keeps to it; `clockSkew` is then where that member's value is.
    func fits(_ line: Span<UInt8>, clockSkew: inout ClosedRange<Int>?) -> Bool {
        clockSkew = nil
        var index = 0
        let literals = literals.span
        for number in pieces.indices {
            let piece = pieces[number]
            guard line.continues(at: index, like: literals, at: piece.start, count: piece.count) else { return false }
            index += piece.count
            let start = index
            guard piece.isNumber ? Self.skipNumber(line, &index) : Self.skipText(line, &index) else { return false }
            if number == skew { clockSkew = start...(index - 1) }
        }
        return line.count - index == tailCount
            && line.continues(at: index, like: literals, at: tail, count: tailCount)
    }
}

extension LineSkeleton {
    /// Skips a number.
    private static func skipNumber(_ line: Span<UInt8>, _ index: inout Int) -> Bool {
        let start = index
        while index < line.count, line[index] &- UInt8(ascii: "0") < 10 { index += 1 }
        let count = index - start
        if count > 0, count < 16, line[start] != UInt8(ascii: "0") || count == 1 { return true }
        index = start
        guard start < line.count else { return false }
        do throws(LineFault) { try ProfileScanner.number(line, &index) } catch { return false }
        return true
    }

    /// Skips the inside of a string, up to its closing quote.
    private static func skipText(_ line: Span<UInt8>, _ index: inout Int) -> Bool {
        index = line.plainRunEnd(from: index)
        if index < line.count, line[index] == UInt8(ascii: "\"") { return true }
        do throws(LineFault) { try ProfileScanner.text(line, &index) } catch { return false }
        return true
    }
}
