/// A strict parser for JSON (RFC 8259) and, for files that people edit, JSON5 (spec.json5.org, version 1.0.0).
///
/// What RFC 8259 leaves open is decided for safety: member names must be unique (§4), the depth is bounded (§9), strings
/// must be valid UTF-8 without lone surrogates (§8.2), and a byte order mark is refused (§8.1). JSON5 adds comments,
/// trailing commas, single-quoted strings, unquoted names, hexadecimal integers and a leading `+`; `NaN` and `Infinity`
/// stay refused, since no policy has a use for them.
public struct JSONParser {
    /// Which grammar to read.
    public enum Dialect: Sendable { case rfc8259, json5 }

    /// Levels of nesting accepted unless said otherwise.
    public static let depthMaxDefault = 32

    private let text: [UInt8]
    private let dialect: Dialect
    private let depthMax: Int
    private var position = 0

    private init(text: [UInt8], dialect: Dialect, depthMax: Int) {
        self.text = text
        self.dialect = dialect
        self.depthMax = depthMax
    }

    /// Reads one value that fills `text` but for white space around it.
    /// - Parameter depthMax: arrays and objects within each other; 0 allows scalars only.
    /// - Throws: `JSONSyntaxError` at the first wrong byte.
    /// - Complexity: linear in the text, except that names are compared pairwise within an object of at most
    ///   16 members and by a set above that.
    public static func parse(
        _ text: [UInt8], dialect: Dialect = .rfc8259, depthMax: Int = depthMaxDefault
    ) throws(JSONSyntaxError) -> JSONNode {
        var parser = JSONParser(text: text, dialect: dialect, depthMax: depthMax)
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { throw parser.failure(.byteOrderMark, at: 0) }
        try parser.skipSpace()
        let node = try parser.parseValue(depth: 0)
        try parser.skipSpace()
        guard parser.position == text.count else { throw parser.failure(.trailingBytes, at: parser.position) }
        return node
    }

    private func failure(_ reason: JSONSyntaxError.Reason, at offset: Int) -> JSONSyntaxError {
        let place = TextPosition(of: offset, in: text)
        return JSONSyntaxError(offset: offset, line: place.line, column: place.column, reason: reason)
    }

    private func unexpected() -> JSONSyntaxError {
        position < text.count
            ? failure(.unexpectedByte(text[position]), at: position) : failure(.unexpectedEnd, at: text.count)
    }

    private var current: UInt8? { position < text.count ? text[position] : nil }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < text.count, text[position] == byte else { return false }
        position += 1
        return true
    }

    // MARK: White space

    private mutating func skipSpace() throws(JSONSyntaxError) {
        while let byte = current {
            switch byte {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            case UInt8(ascii: "/") where dialect == .json5: try skipComment()
            default: return
            }
        }
    }

    private mutating func skipComment() throws(JSONSyntaxError) {
        let start = position
        position += 1
        if take(UInt8(ascii: "/")) {
            while let byte = current, byte != 0x0A { try skipCharacter() }
            return
        }
        guard take(UInt8(ascii: "*")) else { throw failure(.unexpectedByte(UInt8(ascii: "/")), at: start) }
        while position + 1 < text.count {
            if text[position] == UInt8(ascii: "*") && text[position + 1] == UInt8(ascii: "/") {
                position += 2
                return
            }
            try skipCharacter()
        }
        throw failure(.unexpectedEnd, at: text.count)
    }

    private mutating func skipCharacter() throws(JSONSyntaxError) {
        guard let length = UTF8Validation.sequenceLength(in: text, at: position) else {
            throw failure(.invalidUTF8, at: position)
        }
        position += length
    }

    // MARK: Values

    private mutating func parseValue(depth: Int) throws(JSONSyntaxError) -> JSONNode {
        let start = position
        guard let byte = current else { throw unexpected() }
        switch byte {
        case UInt8(ascii: "{"): return JSONNode(try parseObject(depth: depth), offset: start)
        case UInt8(ascii: "["): return JSONNode(try parseArray(depth: depth), offset: start)
        case UInt8(ascii: "\""): return JSONNode(.string(try parseString(quote: byte)), offset: start)
        case UInt8(ascii: "'") where dialect == .json5:
            return JSONNode(.string(try parseString(quote: byte)), offset: start)
        case UInt8(ascii: "t"): return JSONNode(try literal("true", .bool(true)), offset: start)
        case UInt8(ascii: "f"): return JSONNode(try literal("false", .bool(false)), offset: start)
        case UInt8(ascii: "n"): return JSONNode(try literal("null", .null), offset: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return JSONNode(try parseNumber(), offset: start)
        case UInt8(ascii: "+") where dialect == .json5: return JSONNode(try parseNumber(), offset: start)
        default: throw unexpected()
        }
    }

    private mutating func literal(
        _ word: StaticString, _ value: JSONNode.Value
    ) throws(JSONSyntaxError) -> JSONNode.Value {
        let end = position + word.utf8CodeUnitCount
        guard end <= text.count, Array(text[position..<end]).isEqual(to: word) else {
            throw failure(.badLiteral, at: position)
        }
        position = end
        if let byte = current, Self.isNameByte(byte) { throw failure(.badLiteral, at: position) }
        return value
    }

    private mutating func enter(_ depth: Int) throws(JSONSyntaxError) {
        guard depth < depthMax else { throw failure(.tooDeep(depthMax: depthMax), at: position) }
        position += 1
        try skipSpace()
    }

    private mutating func parseArray(depth: Int) throws(JSONSyntaxError) -> JSONNode.Value {
        try enter(depth)
        var elements: [JSONNode] = []
        if take(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try parseValue(depth: depth + 1))
            try skipSpace()
            if take(UInt8(ascii: "]")) { return .array(elements) }
            guard take(UInt8(ascii: ",")) else { throw unexpected() }
            try skipSpace()
            if dialect == .json5 && take(UInt8(ascii: "]")) { return .array(elements) }
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONSyntaxError) -> JSONNode.Value {
        try enter(depth)
        var members: [JSONMember] = []
        var names: Set<[UInt8]> = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        members.reserveCapacity(8)
        while true {
            let nameOffset = position
            let name = try parseName()
            guard Self.isNew(name, among: members, names: &names) else { throw failure(.repeatedName, at: nameOffset) }
            try skipSpace()
            guard take(UInt8(ascii: ":")) else { throw unexpected() }
            try skipSpace()
            let node = try parseValue(depth: depth + 1)
            members.append(JSONMember(name: name, nameOffset: nameOffset, node: node))
            try skipSpace()
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { throw unexpected() }
            try skipSpace()
            if dialect == .json5 && take(UInt8(ascii: "}")) { return .object(members) }
        }
    }

    /// Small objects, which are nearly all, are compared pairwise: no hashing, no allocation.
    private static func isNew(_ name: [UInt8], among members: [JSONMember], names: inout Set<[UInt8]>) -> Bool {
        guard members.count >= 16 else { return !members.contains { $0.name == name } }
        if names.isEmpty { names = Set(members.map(\.name)) }
        return names.insert(name).inserted
    }

    private mutating func parseName() throws(JSONSyntaxError) -> [UInt8] {
        guard let byte = current else { throw unexpected() }
        if byte == UInt8(ascii: "\"") { return try parseString(quote: byte) }
        guard dialect == .json5 else { throw unexpected() }
        if byte == UInt8(ascii: "'") { return try parseString(quote: byte) }
        guard Self.isNameByte(byte), !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { throw unexpected() }
        let start = position
        while let next = current, Self.isNameByte(next) { position += 1 }
        return Array(text[start..<position])
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"):
            true
        default: false
        }
    }

    // MARK: Strings

    private mutating func parseString(quote: UInt8) throws(JSONSyntaxError) -> [UInt8] {
        position += 1
        let start = position
        while let byte = current, byte != quote, byte != UInt8(ascii: "\\"), byte >= 0x20, byte < 0x80 { position += 1 }
        var decoded = Array(text[start..<position])
        if take(quote) { return decoded }
        while let byte = current {
            switch byte {
            case quote:
                position += 1
                return decoded
            case UInt8(ascii: "\\"): try parseEscape(into: &decoded)
            case 0..<0x20: throw failure(.controlCharacterInString, at: position)
            case 0x20..<0x80:
                decoded.append(byte)
                position += 1
            default:
                guard let length = UTF8Validation.sequenceLength(in: text, at: position) else {
                    throw failure(.invalidUTF8, at: position)
                }
                decoded.append(contentsOf: text[position..<position + length])
                position += length
            }
        }
        throw unexpected()
    }

    private mutating func parseEscape(into decoded: inout [UInt8]) throws(JSONSyntaxError) {
        let start = position
        position += 1
        guard let kind = current else { throw unexpected() }
        position += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(kind)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "u"): try parseUnicodeEscape(from: start, into: &decoded)
        case UInt8(ascii: "'") where dialect == .json5: decoded.append(kind)
        case 0x0A where dialect == .json5: break
        default: throw failure(.badEscape, at: start)
        }
    }

    private mutating func parseUnicodeEscape(
        from start: Int, into decoded: inout [UInt8]
    ) throws(JSONSyntaxError) {
        let unit = try parseHex4(from: start)
        var scalarValue = UInt32(unit)
        if (0xD800..<0xDC00).contains(unit) {
            guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else { throw failure(.loneSurrogate, at: start) }
            let low = try parseHex4(from: start)
            guard (0xDC00..<0xE000).contains(low) else { throw failure(.loneSurrogate, at: start) }
            scalarValue = 0x10000 + (UInt32(unit) - 0xD800) << 10 + (UInt32(low) - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(scalarValue) else { throw failure(.loneSurrogate, at: start) }
        decoded.append(contentsOf: Unicode.UTF8.encode(scalar) ?? Unicode.UTF8.encodedReplacementCharacter)
    }

    private mutating func parseHex4(from start: Int) throws(JSONSyntaxError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current else { throw unexpected() }
            guard let digit = Self.hexDigit(byte) else { throw failure(.badEscape, at: start) }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    // MARK: Numbers

    private mutating func parseNumber() throws(JSONSyntaxError) -> JSONNode.Value {
        let start = position
        let negative = take(UInt8(ascii: "-"))
        if !negative { _ = take(UInt8(ascii: "+")) }
        if dialect == .json5, current == UInt8(ascii: "0"), position + 1 < text.count,
            text[position + 1] | 0x20 == UInt8(ascii: "x")
        {
            return try parseHexNumber(start: start, negative: negative)
        }
        let firstDigit = position
        var digits = skipDigits()
        guard digits > 0, digits == 1 || text[firstDigit] != UInt8(ascii: "0") else {
            throw failure(.badNumber, at: start)
        }
        var isInteger = true
        if take(UInt8(ascii: ".")) {
            isInteger = false
            digits = skipDigits()
            guard digits > 0 else { throw failure(.badNumber, at: start) }
        }
        if let byte = current, byte | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            position += 1
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            guard skipDigits() > 0 else { throw failure(.badNumber, at: start) }
        }
        if let byte = current, Self.isNameByte(byte) || byte == UInt8(ascii: ".") {
            throw failure(.badNumber, at: start)
        }
        return try number(from: start, isInteger: isInteger)
    }

    private func number(from start: Int, isInteger: Bool) throws(JSONSyntaxError) -> JSONNode.Value {
        if isInteger, let integer = plainInteger(from: start) { return .integer(integer) }
        let token = String(decoding: text[start..<position], as: UTF8.self)
        if isInteger, let integer = Int64(token) { return .integer(integer) }
        guard let double = Double(token), double.isFinite else { throw failure(.numberOutOfRange, at: start) }
        return .double(double)
    }

    /// The value of digits alone, so few that they cannot overflow; nil for anything else.
    private func plainInteger(from start: Int) -> Int64? {
        guard position - start <= 18 else { return nil }
        var value: Int64 = 0
        for byte in text[start..<position] {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int64(digit)
        }
        return value
    }

    private mutating func parseHexNumber(start: Int, negative: Bool) throws(JSONSyntaxError) -> JSONNode.Value {
        position += 2
        let first = position
        while let byte = current, Self.hexDigit(byte) != nil { position += 1 }
        let token = (negative ? "-" : "") + String(decoding: text[first..<position], as: UTF8.self)
        guard position > first else { throw failure(.badNumber, at: start) }
        guard let integer = Int64(token, radix: 16) else { throw failure(.numberOutOfRange, at: start) }
        if let byte = current, Self.isNameByte(byte) { throw failure(.badNumber, at: start) }
        return .integer(integer)
    }

    private mutating func skipDigits() -> Int {
        let start = position
        while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { position += 1 }
        return position - start
    }
}
