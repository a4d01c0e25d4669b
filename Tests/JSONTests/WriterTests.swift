import JSON
import Testing

@Suite struct WriterTests {
    private func text(_ body: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        body(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test func `commas stand between members and elements and nowhere else`() {
        let written = text { json in
            json.object { json in
                json.member("a", 1)
                json.name("b")
                json.array { json in
                    json.array { _ in }
                    json.object { _ in }
                    json.null()
                    json.bool(false)
                    json.string("s")
                }
                json.name(text: Array("c\"".utf8))
                json.object { $0.member("d", "e") }
                json.member("f", true)
                json.member("g", literal: "h")
                json.name("i")
                json.raw("[1,2]")
                json.name("j")
                json.raw(Array("{}".utf8))
                json.member("k", Array("l".utf8))
            }
        }
        #expect(
            written
                == #"{"a":1,"b":[[],{},null,false,"s"],"c\"":{"d":"e"},"f":true,"g":"h","i":[1,2],"j":{},"k":"l"}"#)
    }

    @Test(arguments: [
        ("a\"b\\c/", #""a\"b\\c/""#), ("\n\r\t\u{8}\u{C}\u{0}\u{1F}\u{7F}", #""\n\r\t\u0008\u000c\u0000\u001f\u007f""#),
        ("é😀\u{2028}", "\"é😀\u{2028}\""),
    ])
    func `a string is escaped where it must be`(_ value: String, _ written: String) {
        #expect(text { $0.string(value) } == written)
    }

    @Test(arguments: [
        (0, "0"), (1, "0.000001"), (875_000, "0.875"), (1_000_000, "1"), (12_340_000, "12.34"), (-500_000, "-0.5"),
        (-1_000_001, "-1.000001"), (Int.min, "-9223372036854.775808"),
    ])
    func `millionths are written exactly and without trailing zeros`(_ value: Int, _ written: String) {
        #expect(text { $0.millionths(value) } == written)
    }

    @Test func `integers are written to their ends`() {
        let ends = text { json in
            json.array { json in
                json.integer(Int64.min)
                json.integer(Int64.max)
                json.integer(UInt64.max)
                json.integer(Int8.min)
                json.integer(UInt8(0))
            }
        }
        #expect(ends == "[-9223372036854775808,9223372036854775807,18446744073709551615,-128,0]")
    }

    @Test func `what is written is read back the same`() throws {
        var random = SeededRandom.fromEnvironment()
        for _ in 0..<2_000 {
            let scalars = (0..<Int.random(in: 0...20, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...(Bool.random(using: &random) ? 0x10FFFF : 0x90), using: &random))
            }
            let value = Array(String(String.UnicodeScalarView(scalars)).utf8)
            let number = Int.random(in: Int.min...Int.max, using: &random)
            var json = JSONWriter(capacity: 0)
            json.object { json in
                json.name(text: value)
                json.string(value)
                json.name(text: value + [0x61])
                json.integer(number)
            }
            let members = try #require(parse(json.bytes).node?.members)
            #expect(members.map(\.name) == [value, value + [0x61]])
            #expect(members[0].node.bytes == value)
            #expect(members[1].node.integer == Int64(number))
        }
    }
}
