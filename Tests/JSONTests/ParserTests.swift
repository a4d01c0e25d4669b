import JSON
import Testing

@Suite struct ParserTests {
    @Test(arguments: [
        ("null", "null"), (" true\r\n", "true"), ("\tfalse", "false"), ("0", "0"), ("-0", "0"), ("12", "12"),
        ("-9223372036854775808", "-9223372036854775808"), ("9223372036854775807", "9223372036854775807"),
        ("9223372036854775808", "9.223372036854776e+18"), ("1.5", "1.5"), ("-0.5e-2", "-0.005"), ("1E+2", "100.0"),
        ("1e-400", "0.0"), ("\"\"", "\"\""), ("\"a\u{7F}é😀\"", "\"a\u{7F}é😀\""), ("[]", "[]"), ("[ ]", "[]"),
        ("[1,[2],\"3\"]", "[1,[2],\"3\"]"), ("{}", "{}"), ("{ \"a\" : 1 , \"b\" : { } }", "{a:1,b:{}}"),
        ("{\"\":0}", "{:0}"), ("{\"a\":1,\"A\":2}", "{a:1,A:2}"),
    ])
    func `text that RFC 8259 allows is read`(_ text: String, _ value: String) {
        #expect(parse(text).node.map(rewrite) == value)
    }

    @Test(arguments: [
        ("", JSONSyntaxError.Reason.unexpectedEnd, 0), ("  ", .unexpectedEnd, 2), ("nul", .badLiteral, 0),
        ("nulll", .badLiteral, 4), ("True", .unexpectedByte(0x54), 0), ("truex", .badLiteral, 4),
        ("01", .badNumber, 0), ("-", .badNumber, 0), ("+1", .unexpectedByte(0x2B), 0), (".5", .unexpectedByte(0x2E), 0),
        ("5.", .badNumber, 0), ("1e", .badNumber, 0), ("1e+", .badNumber, 0), ("1.2.3", .badNumber, 0),
        ("0x10", .badNumber, 0), ("1a", .badNumber, 0), ("1e400", .numberOutOfRange, 0),
        ("-1e400", .numberOutOfRange, 0),
        ("NaN", .unexpectedByte(0x4E), 0), ("Infinity", .unexpectedByte(0x49), 0), ("-Infinity", .badNumber, 0),
        ("1 2", .trailingBytes, 2), ("[]]", .trailingBytes, 2), ("[1,]", .unexpectedByte(0x5D), 3),
        ("[,1]", .unexpectedByte(0x2C), 1), ("[1 2]", .unexpectedByte(0x32), 3), ("[1", .unexpectedEnd, 2),
        ("{\"a\":1,}", .unexpectedByte(0x7D), 7), ("{\"a\"}", .unexpectedByte(0x7D), 4),
        ("{\"a\" 1}", .unexpectedByte(0x31), 5),
        ("{a:1}", .unexpectedByte(0x61), 1), ("{'a':1}", .unexpectedByte(0x27), 1), ("{1:2}", .unexpectedByte(0x31), 1),
        ("{\"a\":}", .unexpectedByte(0x7D), 5), ("{", .unexpectedEnd, 1), ("// x\n1", .unexpectedByte(0x2F), 0),
        ("'a'", .unexpectedByte(0x27), 0), ("\"a", .unexpectedEnd, 2), ("\"a\\", .unexpectedEnd, 3),
        ("\"\n\"", .controlCharacterInString, 1), ("\"a\u{0}\"", .controlCharacterInString, 2),
        ("\"\\x41\"", .badEscape, 1), ("\"\\'\"", .badEscape, 1), ("\"\\u12G4\"", .badEscape, 1),
        ("\"\\u12", .unexpectedEnd, 5),
        ("\u{FEFF}1", .byteOrderMark, 0), ("\u{A0}1", .unexpectedByte(0xC2), 0), ("\u{C}1", .unexpectedByte(0x0C), 0),
    ])
    func `text that RFC 8259 does not allow is refused at its first wrong byte`(
        _ text: String, _ reason: JSONSyntaxError.Reason, _ offset: Int
    ) {
        let error = parse(text).error
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test(arguments: [
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\u0000""#, "\u{0}"),
        (#""\ud834\udd1e""#, "\u{1D11E}"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\uD800\uDC00""#, "\u{10000}"),
        (#""é\u00e9é""#, "ééé"), (#""\uFFFF""#, "\u{FFFF}"),
    ])
    func `escapes are decoded`(_ text: String, _ value: String) {
        #expect(parse(text).node?.bytes == Array(value.utf8))
    }

    @Test(arguments: [
        #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\n""#, #""\ud800\ud800""#, #""\udbff\ue000""#,
        #""\ud800\u0041""#,
    ])
    func `an escaped surrogate without its other half is refused`(_ text: String) {
        #expect(parse(text).error?.reason == .loneSurrogate)
        #expect(parse(text).error?.offset == 1)
    }

    @Test func `a member name may not be repeated, in whatever spelling`() {
        #expect(parse(#"{"a":1,"a":2}"#).error?.reason == .repeatedName)
        #expect(parse(#"{"a":1,"a":2}"#).error?.offset == 7)
        #expect(parse(#"{"a":1,"\u0061":2}"#).error?.reason == .repeatedName)
        #expect(parse(#"{"a":{"a":1},"b":{"a":1}}"#).error == nil)
        // Composed and decomposed é are the same to Swift's String, but not the same name.
        #expect(parse("{\"\u{E9}\":1,\"e\u{301}\":2}").error == nil)
    }

    @Test(arguments: [2, 15, 16, 17, 18, 40])
    func `a repeated name is found in an object of any size`(_ count: Int) {
        let members = (0..<count - 1).map { "\"n\($0)\":0" }
        #expect(parse("{\(members.joined(separator: ","))}").error == nil)
        for repeated in [0, (count - 2) / 2, count - 2] {
            let text = "{\((members + ["\"n\(repeated)\":1"]).joined(separator: ","))}"
            #expect(parse(text).error?.reason == .repeatedName, "\(text)")
        }
    }

    @Test(arguments: ["[", "{\"a\":"])
    func `nesting is accepted to the bound and no further`(_ opening: String) {
        let closing = opening == "[" ? "]" : "}"
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth)).utf8)
        }
        for depthMax in [0, 1, 32] {
            #expect(parse(nested(depthMax), depthMax: depthMax).error == nil)
            let error = parse(nested(depthMax + 1), depthMax: depthMax).error
            #expect(error?.reason == .tooDeep(depthMax: depthMax))
            #expect(error?.offset == opening.utf8.count * depthMax)
        }
        #expect(JSONParser.depthMaxDefault == 32)
    }

    @Test func `a text of brackets alone is refused at the bound, however long`() {
        let error = parse([UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)).error
        #expect(error?.reason == .tooDeep(depthMax: 32))
        #expect(error?.offset == 32)
    }

    @Test func `nodes and names know their offsets`() throws {
        let node = try #require(parse(" {\"a\": [1, \"b\"], \"c\": -2}").node)
        let members = try #require(node.members)
        #expect(node.offset == 1)
        #expect(members.map(\.nameOffset) == [2, 17])
        #expect(members.map(\.node.offset) == [7, 22])
        #expect(node["a"]?.elements?.map(\.offset) == [8, 11])
    }

    @Test func `an error tells line, column in bytes and the mend`() {
        let error = parse("{\n  \"é\": 01\n}").error
        #expect(error?.line == 2 && error?.column == 9)
        #expect(error?.description == "line 2, column 9: not a number")
        #expect(parse("[\u{1}").error?.message == "unexpected byte 0x01")
        #expect(parse("[}").error?.message == "unexpected '}'")
        #expect(TextPosition(of: 99, in: Array("a\nb".utf8)) == TextPosition(of: 3, in: Array("a\nb".utf8)))
    }

    @Test func `any bytes are parsed or refused, in both dialects, without harm`() {
        var random = SeededRandom.fromEnvironment()
        let alphabet =
            Array("{}[]\",:'\\/*+-.0123456789eExXutrufalsn \n".utf8) + [0x00, 0x7F, 0xC3, 0xA9, 0xED, 0xA0, 0xFF]
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            for dialect in [JSONParser.Dialect.rfc8259, .json5] {
                if let error = parse(text, dialect).error {
                    #expect((0...text.count).contains(error.offset) && error.line >= 1 && error.column >= 1)
                }
            }
            if parse(text).error == nil { #expect(parse(text, .json5).error == nil, "JSON5 is a superset: \(text)") }
        }
    }
}
