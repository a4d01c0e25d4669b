import JSON
import Testing

@Suite struct ShapeTests {
    private func object(_ text: String, allowing names: [String]? = nil) throws -> JSONObject {
        try JSONObject(try parse(text).get(), allowing: names)
    }

    private func failure<Value>(_ body: () throws -> Value) -> JSONShapeError? {
        do {
            _ = try body()
            return nil
        } catch { return error as? JSONShapeError }
    }

    @Test func `members are taken by name and kind`() throws {
        let text = #"{"s":"é","i":-3,"b":true,"a":[1],"t":["x","y"],"o":{"k":0}}"#
        let members = try object(text, allowing: ["s", "i", "b", "a", "t", "o"])
        #expect(try members.string("s") == "é")
        #expect(try members.bytes("s") == [0xC3, 0xA9])
        #expect(try members.integer("i", in: -3...3) == -3)
        #expect(try members.optionalBool("b") == true)
        #expect(try members.array("a").count == 1)
        #expect(try members.strings("t") == ["x", "y"])
        #expect(try members.object("o", allowing: ["k"]).integer("k", in: 0...0) == 0)
    }

    @Test func `an absent optional member is nil`() throws {
        let members = try object("{}")
        #expect(try members.optionalString("x") == nil)
        #expect(try members.optionalBytes("x") == nil)
        #expect(try members.optionalInteger("x", in: 0...1) == nil)
        #expect(try members.optionalBool("x") == nil)
        #expect(try members.optionalArray("x") == nil)
        #expect(try members.optionalObject("x", allowing: nil) == nil)
    }

    @Test func `an absent required member is named`() throws {
        let error = failure { try object("{}").string("message") }
        #expect(error?.description == "/: found no member \"message\", wanted a member \"message\"")
    }

    @Test func `an unknown member is refused at its name`() throws {
        let error = failure { try object(#"{"a":1,"x/y~":2}"#, allowing: ["a"]) }
        #expect(error?.pointer == "/x~1y~0")
        #expect(error?.offset == 7)
        #expect(error?.wanted == "only a")
    }

    @Test(arguments: [
        ("null", "null"), ("true", "a boolean"), ("1", "an integer"), ("1.5", "a number"), ("\"\"", "a string"),
        ("[]", "an array"),
    ])
    func `a value of another kind is named by its kind and never by its content`(_ value: String, _ kind: String) throws
    {
        #expect(failure { try object(value) }?.found == kind)
        let members = try object("{\"m\":\(value)}")
        if kind != "a string" { #expect(failure { try members.string("m") }?.found == kind) }
        if kind != "an integer" { #expect(failure { try members.integer("m", in: 0...9) }?.found == kind) }
        if kind != "a boolean" { #expect(failure { try members.optionalBool("m") }?.found == kind) }
        if kind != "an array" { #expect(failure { try members.array("m") }?.found == kind) }
        #expect(failure { try members.optionalObject("m", allowing: nil) }?.found == kind)
        #expect(failure { try members.object("m", allowing: nil) }?.offset == 5)
    }

    @Test(arguments: [("", false), ("a", true), ("é", true), ("abc", true), ("abcd", false)])
    func `a string's length is counted in bytes, both bounds included`(_ value: String, _ isAccepted: Bool) throws {
        let members = try object("{\"m\":\"\(value)\"}")
        let error = failure { try members.string("m", countRange: 1...3) }
        #expect((error == nil) == isAccepted)
        if let error {
            #expect(error.found == "a string of \(value.utf8.count) bytes" && error.wanted == "1 to 3 bytes")
        }
    }

    @Test func `a string with no upper bound says what it lacks`() throws {
        let members = try object(#"{"m":""}"#)
        #expect(failure { try members.string("m", countRange: 1...Int.max) }?.wanted == "at least 1 bytes")
    }

    @Test(arguments: [("-1", false), ("0", true), ("9", true), ("10", false), ("9223372036854775807", false)])
    func `an integer's bounds are both included`(_ value: String, _ isAccepted: Bool) throws {
        let members = try object("{\"m\":\(value)}")
        let error = failure { try members.optionalInteger("m", in: 0...9) }
        #expect((error == nil) == isAccepted)
        if let error { #expect(error.found == value && error.wanted == "an integer from 0 to 9") }
    }

    @Test func `an error within a list names the element`() throws {
        let error = failure { try object(#"{"m":["a",1]}"#).strings("m") }
        #expect(error?.pointer == "/m/1" && error?.offset == 10)
    }

    @Test func `an error within an object names the way to it`() throws {
        let error = failure {
            try object(#"{"a":{"b/c":{}}}"#).object("a", allowing: nil).object("b/c", allowing: nil).string("d")
        }
        #expect(error?.pointer == "/a/b~1c")
    }

    @Test func `a caller's own error stands at the member`() throws {
        let error = try object(#"{"m":"x"}"#).error("m", found: "x", wanted: "y")
        #expect(error == JSONShapeError(pointer: "/m", offset: 5, found: "x", wanted: "y"))
    }
}
