import JSON
import Testing

@Suite struct JSON5Tests {
    @Test(arguments: [
        ("// a\n1 // b", "1"), ("/* a\n * b **/ 1 /**/", "1"), ("{a: 1, $b_2: 2,}", "{a:1,$b_2:2}"),
        ("[1, 2,]", "[1,2]"),
        ("{'a b': 'c\"d'}", "{a b:\"c\"d\"}"), (#"'\''"#, "\"'\""), (#"'a\u0041'"#, "\"aA\""), ("'a\\\nb'", "\"ab\""),
        ("0x1F", "31"), ("-0XfF", "-255"), ("+7", "7"), ("+1.5", "1.5"),
        ("-0x8000000000000000", "-9223372036854775808"),
        ("{\"a\": 1, 'b': 2, c: 3}", "{a:1,b:2,c:3}"), ("{true: true, null: null}", "{true:true,null:null}"),
        ("[/**/]", "[]"), ("{//\n}", "{}"),
    ])
    func `what people write in policy files is read`(_ text: String, _ value: String) {
        #expect(parse(text, .json5).node.map(rewrite) == value)
    }

    @Test(arguments: [
        ("/* a", JSONSyntaxError.Reason.unexpectedEnd, 4), ("/", .unexpectedByte(0x2F), 0),
        ("1 /", .unexpectedByte(0x2F), 2),
        ("/*/", .unexpectedEnd, 3), ("[,]", .unexpectedByte(0x2C), 1), ("[1,,]", .unexpectedByte(0x2C), 3),
        ("{,}", .unexpectedByte(0x2C), 1), ("{1a: 2}", .unexpectedByte(0x31), 1),
        ("{a-b: 2}", .unexpectedByte(0x2D), 2),
        ("{é: 2}", .unexpectedByte(0xC3), 1), ("0x", .badNumber, 0), ("0x1G", .badNumber, 0),
        ("0x8000000000000000", .numberOutOfRange, 0), ("+-5", .badNumber, 0), ("+", .badNumber, 0),
        ("--5", .badNumber, 0),
        ("NaN", .unexpectedByte(0x4E), 0), ("+Infinity", .badNumber, 0), ("'a\"", .unexpectedEnd, 3),
        ("'a\nb'", .controlCharacterInString, 2), (#"'\a'"#, .badEscape, 1), ("{a: 1, 'a': 2}", .repeatedName, 7),
        (".5", .unexpectedByte(0x2E), 0), ("5.", .badNumber, 0), ("{a: 1 b: 2}", .unexpectedByte(0x62), 6),
    ])
    func `what is not in the subset is refused at its first wrong byte`(
        _ text: String, _ reason: JSONSyntaxError.Reason, _ offset: Int
    ) {
        let error = parse(text, .json5).error
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test func `a comment that is not UTF-8 is refused`() {
        #expect(parse(Array("// \u{E9}".utf8) + [0x0A, 0x31], .json5).error == nil)
        let line = parse(Array("// ".utf8) + [0xFF, 0x0A, 0x31], .json5).error
        #expect(line?.reason == .invalidUTF8 && line?.offset == 3)
        let block = parse(Array("1/*".utf8) + [0xC3, 0x2A, 0x2F], .json5).error
        #expect(block?.reason == .invalidUTF8 && block?.offset == 3)
    }
}
