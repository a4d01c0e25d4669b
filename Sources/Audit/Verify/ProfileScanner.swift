internal import Bytes

/// Checks that a line is JSON in the one encoding that the format allows (`docs/formats/audit-log.md` §4).
///
/// Only bytes are compared. Since every string has one encoding, two names are the same exactly when their bytes are.
/// What is no UTF-8, or a control byte, is wrong to it too; `LineChecker` has said so before.
struct ProfileScanner {
    /// A member name of an open object.
    private struct Name {
        var start: Int
        var end: Int
        /// Its last eight bytes, or as many as it has: where these differ no second look is needed.
        var mark: UInt64
    }

    /// The most levels a value may be below the record object.
    static let depthMax = 8

    private var names: [Name] = []
    /// Value of the record's own member `clock_skew_us`; nil where it has none.
    private(set) var clockSkew: ClosedRange<Int>?
    /// The values of the line, for a skeleton of it, and which of them is that member's.
    private var values: [LineSkeleton.Value] = []
    private var skewValue: Int?
    /// What lines have looked like; those that fitted last come first.
    private var skeletons: [LineSkeleton] = []

    /// The most skeletons that are kept: records come in a few shapes.
    private static let skeletonsMax = 16

    /// Whether the whole of `line` is right.
    mutating func accepts(_ line: Span<UInt8>) -> Bool {
        for place in skeletons.indices where skeletons[place].fits(line, clockSkew: &clockSkew) {
            if place > 0 { skeletons.swapAt(place, place - 1) }
            return true
        }
        do throws(LineFault) { try check(line) } catch { return false }
        learn(line)
        return true
    }

    private mutating func learn(_ line: Span<UInt8>) {
        let hasSkew = skewValue.map { values[$0].isNumber } ?? false
        guard values.count <= LineSkeleton.valuesMax, hasSkew || clockSkew == nil else { return }
        if skeletons.count == Self.skeletonsMax { skeletons.removeLast() }
        skeletons.insert(LineSkeleton(line, values, skew: skewValue), at: 0)
    }

    /// Checks the whole of `line`.
    mutating func check(_ line: Span<UInt8>) throws(LineFault) {
        names.removeAll(keepingCapacity: true)
        values.removeAll(keepingCapacity: true)
        (clockSkew, skewValue) = (nil, nil)
        guard line.count > 0, line[0] == UInt8(ascii: "{") else { throw LineFault(.jsonSyntax, "no object") }
        var index = 0
        try object(line, &index, level: 0)
        guard index == line.count else { throw LineFault(.jsonSyntax, at: index, "bytes after the record object") }
    }

    /// - Parameter level: how many containers the value is inside of.
    private mutating func value(_ line: Span<UInt8>, _ index: inout Int, level: Int) throws(LineFault) {
        guard level <= Self.depthMax else {
            throw LineFault(.jsonDepth, at: index, "a value more than \(Self.depthMax) levels below the record")
        }
        switch Self.byte(line, index) {
        case UInt8(ascii: "{"): try object(line, &index, level: level)
        case UInt8(ascii: "["): try array(line, &index, level: level)
        case UInt8(ascii: "\""):
            let start = index
            try Self.string(line, &index)
            values.append(LineSkeleton.Value(start: start + 1, end: index - 1, isNumber: false))
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let start = index
            try Self.number(line, &index)
            values.append(LineSkeleton.Value(start: start, end: index, isNumber: true))
        case UInt8(ascii: "t"): try Self.literal(Self.trueBytes, line, &index)
        case UInt8(ascii: "f"): try Self.literal(Self.falseBytes, line, &index)
        case UInt8(ascii: "n"): try Self.literal(Self.nullBytes, line, &index)
        default: throw Self.unexpected(line, index, wanted: "a value")
        }
    }

    private mutating func object(_ line: Span<UInt8>, _ index: inout Int, level: Int) throws(LineFault) {
        let base = names.count
        index += 1
        if Self.byte(line, index) == UInt8(ascii: "}") {
            index += 1
            return
        }
        while true {
            guard Self.byte(line, index) == UInt8(ascii: "\"") else {
                throw Self.unexpected(line, index, wanted: "a member name")
            }
            let start = index
            try Self.string(line, &index)
            names.append(Name(start: start, end: index, mark: Self.mark(line, start, index)))
            let isSkew = level == 0 && Self.bytes(line, start, Self.clockSkewName)
            try Self.expect(UInt8(ascii: ":"), line, &index)
            let valueStart = index
            try value(line, &index, level: level + 1)
            if isSkew {
                clockSkew = valueStart...(index - 1)
                skewValue = values.last?.start == valueStart ? values.count - 1 : nil
            }
            if Self.byte(line, index) == UInt8(ascii: "}") { break }
            try Self.expect(UInt8(ascii: ","), line, &index)
        }
        index += 1
        if let repeated = repeatedName(line, since: base) {
            throw LineFault(.jsonDuplicateKey, at: repeated, "a member name twice in one object")
        }
        names.removeLast(names.count - base)
    }

    private mutating func array(_ line: Span<UInt8>, _ index: inout Int, level: Int) throws(LineFault) {
        index += 1
        if Self.byte(line, index) == UInt8(ascii: "]") {
            index += 1
            return
        }
        while true {
            try value(line, &index, level: level + 1)
            if Self.byte(line, index) == UInt8(ascii: "]") { break }
            try Self.expect(UInt8(ascii: ","), line, &index)
        }
        index += 1
    }

    private static func string(_ line: Span<UInt8>, _ index: inout Int) throws(LineFault) {
        index += 1
        try Self.text(line, &index)
        index += 1
    }

    /// The inside of a string, up to its closing quote.
    static func text(_ line: Span<UInt8>, _ index: inout Int) throws(LineFault) {
        while index < line.count {
            index = line.plainRunEnd(from: index)
            guard index < line.count else { break }
            let byte = line[index]
            if byte == UInt8(ascii: "\"") {
                return
            } else if byte == UInt8(ascii: "\\") {
                try Self.escape(line, &index)
            } else {
                let (count, isWellFormed) = TextProfile.sequence(in: line, at: index)
                guard isWellFormed else { throw LineFault(.notUTF8, at: index, "not UTF-8") }
                guard TextProfile.escapedScalar(line, at: index, count: count) == nil else {
                    throw LineFault(.jsonEscape, at: index, "a character that must be escaped")
                }
                index += count
            }
        }
        throw LineFault(.jsonSyntax, at: index, "a string without end")
    }

    private static func escape(_ line: Span<UInt8>, _ index: inout Int) throws(LineFault) {
        switch Self.byte(line, index + 1) {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "n"),
            UInt8(ascii: "f"), UInt8(ascii: "r"):
            index += 2
        case UInt8(ascii: "u"):
            var scalar: UInt16 = 0
            for offset in 2..<6 {
                let digit: UInt8
                switch Self.byte(line, index + offset) {
                case let byte where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
                    digit = byte - UInt8(ascii: "0")
                case let byte where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte):
                    digit = byte - UInt8(ascii: "a") + 10
                default: throw LineFault(.jsonEscape, at: index, "\\u without four lowercase hex digits")
                }
                scalar = scalar << 4 | UInt16(digit)
            }
            guard TextProfile.mustEscape(scalar) else {
                throw LineFault(.jsonEscape, at: index, "an escape for a character that is written otherwise")
            }
            index += 6
        default: throw LineFault(.jsonEscape, at: index, "an escape that the format does not have")
        }
    }

    static func number(_ line: Span<UInt8>, _ index: inout Int) throws(LineFault) {
        let start = index
        let isNegative = line[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        let first = index
        var value: UInt64 = 0
        while index < line.count, line[index] &- UInt8(ascii: "0") < 10 {
            value = value * 10 + UInt64(line[index] - UInt8(ascii: "0"))
            index += 1
            guard index - first <= 16 else { throw LineFault(.jsonNumber, at: start, "beyond 2^53-1") }
        }
        guard index > first else { throw LineFault(.jsonNumber, at: start, "no digits") }
        if line[first] == UInt8(ascii: "0") {
            guard index == first + 1, !isNegative else {
                throw LineFault(.jsonNumber, at: start, "a needless zero or -0")
            }
        }
        guard value <= Chain.integerMax else { throw LineFault(.jsonNumber, at: start, "beyond 2^53-1") }
        switch Self.byte(line, index) {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
            throw LineFault(.jsonNumber, at: start, "a fraction or an exponent")
        default: return
        }
    }

    private static func literal(_ bytes: [UInt8], _ line: Span<UInt8>, _ index: inout Int) throws(LineFault) {
        guard Self.bytes(line, index, bytes) else { throw Self.unexpected(line, index, wanted: "a value") }
        index += bytes.count
    }

    private static func expect(_ byte: UInt8, _ line: Span<UInt8>, _ index: inout Int) throws(LineFault) {
        guard Self.byte(line, index) == byte else {
            throw Self.unexpected(line, index, wanted: "`\(Character(UnicodeScalar(byte)))`")
        }
        index += 1
    }

    private static func unexpected(_ line: Span<UInt8>, _ index: Int, wanted: String) -> LineFault {
        if Self.byte(line, index) == UInt8(ascii: " ") { return LineFault(.jsonWhitespace, at: index, "a blank") }
        return LineFault(.jsonSyntax, at: index, "wanted \(wanted)")
    }

    /// Offset of a name that an earlier one of the same object equals. Small objects are compared pair by pair; large ones
    /// by a set, so that a hostile line of thousands of names costs no more than its length asks for.
    private func repeatedName(_ line: Span<UInt8>, since base: Int) -> Int? {
        if names.count - base <= 16 {
            for later in (base + 1)..<max(base + 1, names.count) {
                for earlier in base..<later where isSame(line, names[earlier], names[later]) {
                    return names[later].start
                }
            }
            return nil
        }
        var seen: Set<[UInt8]> = []
        for name in names[base...] {
            var bytes: [UInt8] = []
            for index in name.start..<name.end { bytes.append(line[index]) }
            if !seen.insert(bytes).inserted { return name.start }
        }
        return nil
    }

    private static func mark(_ line: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        guard end < 8 else { return line.word(at: end - 8) >> UInt64(8 * max(0, 8 - (end - start))) }
        var mark: UInt64 = 0
        for index in (start..<end).reversed() { mark = mark << 8 | UInt64(line[index]) }
        return mark
    }

    private func isSame(_ line: Span<UInt8>, _ left: Name, _ right: Name) -> Bool {
        guard left.mark == right.mark, left.end - left.start == right.end - right.start else { return false }
        for offset in 0..<(left.end - left.start) where line[left.start + offset] != line[right.start + offset] {
            return false
        }
        return true
    }

    private static func byte(_ line: Span<UInt8>, _ index: Int) -> UInt8 { index < line.count ? line[index] : 0 }

    private static func bytes(_ line: Span<UInt8>, _ start: Int, _ wanted: [UInt8]) -> Bool {
        line.matches(wanted, at: start)
    }

    private static let trueBytes = Array("true".utf8)
    private static let falseBytes = Array("false".utf8)
    private static let nullBytes = Array("null".utf8)
    private static let clockSkewName = Array("\"clock_skew_us\"".utf8)
}

extension Span<UInt8> {
    /// Whether `wanted` stands at `start`.
    func matches(_ wanted: [UInt8], at start: Int) -> Bool {
        guard start >= 0, start + wanted.count <= count else { return false }
        return equals(at: start, wanted.span, at: 0, count: wanted.count)
    }
}
