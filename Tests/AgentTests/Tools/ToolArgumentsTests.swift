import JSON
import Testing

@testable import Agent

private let description = ToolDescription(
    .updateContactInfo, "Changes something.",
    parameters: [
        .init("field", "Which.", .choice(["email", "phone"])), .init("value", "To what.", .text(bytesRange: 1...8)),
        .init("count", "How often.", .integer(1...3), isRequired: false),
    ], hasEffect: true)

@Suite struct `Arguments of a tool's call` {
    private func read(_ json: String) throws(ToolError) -> ToolArguments {
        try ToolArguments(json: Array(json.utf8), for: description)
    }

    @Test func `are taken as the description asks for them, and written in its order`() throws {
        let arguments = try read(#"{"value": "a@b", "count": 3, "field": "email"}"#)
        #expect(arguments.text("field") == Array("email".utf8) && arguments.integer("count") == 3)
        #expect(text(arguments.json(for: description)) == #"{"field":"email","value":"a@b","count":3}"#)
        #expect(try read(#"{"field": "phone", "value": "12345678"}"#).integer("count") == nil)
    }

    @Test(arguments: [
        (#"{"field": "email"}"#, "value"), (#"{"field": "fax", "value": "1"}"#, "email, phone"),
        (#"{"field": "email", "value": ""}"#, "1 to 8 bytes"), (#"{"field": "email", "value": "123456789"}"#, "1 to 8"),
        (#"{"field": "email", "value": 1}"#, "a string"), (#"{"field": "email", "value": "a", "count": 0}"#, "1 to 3"),
        (#"{"field": "email", "value": "a", "count": 4}"#, "1 to 3"),
        (#"{"field": "email", "value": "a", "count": 1.5}"#, "integer"),
        (#"{"field": "email", "value": "a", "customer": "1002"}"#, "only field, value, count"),
        (#"{"field": "email", "value": "a\u0000b"}"#, "one line"),
        (#"{"field": "email", "field": "email"}"#, "arguments"),
        (#"{"field": {"a": {"b": 1}}}"#, "arguments"), ("[]", "an object"), ("", "arguments"),
        ("nonsense", "arguments"),
        (#"{"field": null, "value": "a"}"#, "a string"),
    ])
    func `are refused otherwise, with words that a model can act on`(json: String, words: String) {
        do throws(ToolError) {
            _ = try read(json)
            Issue.record("taken: \(json)")
        } catch {
            guard case .badCall(let detail) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(detail.contains(words), "\(detail)")
        }
    }

    @Test func `have a bound`() {
        let head = #"{"field": "email", "value": "a"}"#
        let fill = AgentLimits.toolArgumentsBytesMax - head.utf8.count
        #expect(throws: Never.self) { try read(head + String(repeating: " ", count: fill)) }
        #expect {
            try read(head + String(repeating: " ", count: fill + 1))
        } throws: { error in
            if case .tooLarge? = error as? ToolError { true } else { false }
        }
    }

    @Test func `are described to models as a JSON Schema`() throws {
        var json = JSONWriter()
        description.write(to: &json)
        let function = try #require(try JSONParser.parse(json.bytes)["function"])
        let parameters = try #require(function["parameters"])
        #expect(function["name"]?.text == "update_contact_info" && parameters["type"]?.text == "object")
        #expect(parameters["required"]?.elements?.compactMap(\.text) == ["field", "value"])
        #expect(parameters["properties"]?["value"]?["maxLength"]?.integer == 8)
        #expect(parameters["properties"]?["count"]?["maximum"]?.integer == 3)
        #expect(parameters["properties"]?["field"]?["enum"]?.elements?.count == 2)
    }
}
