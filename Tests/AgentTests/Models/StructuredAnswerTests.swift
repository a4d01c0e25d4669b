import Testing

@testable import Agent

@Suite struct `A structured answer` {
    private static let object =
        #"{"answer":"Yes {sure} \"now\".","confidence":0.75,"escalate":false,"actions":["Why?"]}"#

    @Test(arguments: [
        object, "\n \(object)\n", "```json\n\(object)\n```", "Here it is:\n```\n\(object)\n```\nGoodbye }",
        "<think>maybe {\"answer\": 1} or not</think>\n\(object)", "\(object) {\"answer\": 2}",
    ])
    func `is found alone, in a fence, behind thoughts and among words`(written: String) throws {
        let read = try StructuredAnswer(reading: Array(written.utf8))
        #expect(text(read.answer) == "Yes {sure} \"now\"." && read.confidencePPM == 750_000)
        #expect(!read.escalate && read.actions.map(text) == ["Why?"])
        #expect(try StructuredAnswer(reading: read.json) == read)
    }

    @Test(arguments: [
        ("no object at all", "no JSON object"), ("{\"answer\": \"x\"", "no JSON object"),
        (#"{"answer":"x","confidence":0.5,"escalate":false}"#, "actions"),
        (#"{"answer":"x","confidence":2,"escalate":false,"actions":[]}"#, "/confidence"),
        (#"{"answer":"","confidence":1,"escalate":false,"actions":[]}"#, "/answer"),
        (#"{"answer":"x","confidence":1,"escalate":"no","actions":[]}"#, "/escalate"),
        (#"{"answer":"x","confidence":1,"escalate":true,"actions":[""]}"#, "/actions"),
        (#"{"answer":"x","confidence":1,"escalate":true,"actions":[],"secret":"hunter2"}"#, "/secret"),
        ("{answer: 1}", "no JSON at"),
    ])
    func `of another form is told what is wrong`(written: String, wanted: String) {
        let fault = #expect(throws: StructuredAnswer.Fault.self) { try StructuredAnswer(reading: Array(written.utf8)) }
        #expect(fault?.message.contains(wanted) == true && fault?.message.contains("hunter2") == false)
    }

    @Test func `is as long as it may be, and no longer`() throws {
        func object(answer: Int = 1, actions: Int = 1, action: Int = 1) -> [UInt8] {
            let list = Array(repeating: "\"\(String(repeating: "y", count: action))\"", count: actions).joined(
                separator: ",")
            return Array(
                "{\"answer\":\"\(String(repeating: "x", count: answer))\",\"confidence\":1,\"escalate\":false,\"actions\":[\(list)]}"
                    .utf8)
        }
        #expect(
            try StructuredAnswer(reading: object(answer: AgentLimits.structuredAnswerBytesMax)).confidencePPM
                == 1_000_000)
        #expect(throws: StructuredAnswer.Fault.self) {
            try StructuredAnswer(reading: object(answer: AgentLimits.structuredAnswerBytesMax + 1))
        }
        #expect(
            try StructuredAnswer(reading: object(actions: 4, action: AgentLimits.structuredActionBytesMax)).actions
                .count == 4)
        #expect(throws: StructuredAnswer.Fault.self) { try StructuredAnswer(reading: object(actions: 5)) }
        #expect(throws: StructuredAnswer.Fault.self) {
            try StructuredAnswer(reading: object(action: AgentLimits.structuredActionBytesMax + 1))
        }
    }
}

@Suite struct `The answer in an object that is being written` {
    private func text(of object: String, cutAt cuts: [Int]) -> (String, Bool) {
        var stream = AnswerTextStream()
        var out: [UInt8] = []
        let bytes = Array(object.utf8)
        var start = 0
        for end in cuts + [bytes.count] where end >= start {
            out += stream.take(bytes[start..<end])
            start = end
        }
        return (String(decoding: out, as: UTF8.self), stream.hasBegun)
    }

    @Test(arguments: [
        (
            #"{"answer":"Hi \"you\" \\ \n \u00e9 \ud83d\ude00 \ud83d!","confidence":1}"#,
            "Hi \"you\" \\ \n é 😀 \u{FFFD}!"
        ),
        (#"{"actions":["answer",{"answer":"no"}],"x":"\"","answer" : "yes"}"#, "yes"),
        (#"<think>{"answer":"no"}</think> ```json {"escalate":false,"answer":"yes é"}"#, "yes é"),
        (#"{"confidence":0.5,"escalate":true}"#, ""), ("plain words", ""),
    ])
    func `is the same however it is cut`(object: String, wanted: String) {
        #expect(text(of: object, cutAt: []).0 == wanted)
        for cut in 0...object.utf8.count { #expect(text(of: object, cutAt: [cut]).0 == wanted) }
        #expect(text(of: object, cutAt: Array(0...object.utf8.count)).0 == wanted)
    }
}

@Suite struct `Marks of citations` {
    @Test(arguments: [
        ("Yes [1]. No [2][1], x [3]", "Yes. No, x", [0, 1]), ("a [12] b [x] c[ 1]", "a b [x] c[ 1]", []),
        ("[EMAIL_1] and [1]", "[EMAIL_1] and", [0]), ("cut [1", "cut [1", []), ("a  [2] [123]", "a  [123]", [1]),
    ])
    func `are taken out however the text is cut`(written: String, wanted: String, cited: [Int]) {
        let bytes = Array(written.utf8)
        for cut in 0...bytes.count {
            var marks = CitationMarks(passageCount: 2)
            var out = marks.take(bytes[..<cut]) + marks.take(bytes[cut...])
            out += marks.finish()
            #expect(text(out) == wanted && marks.cited == cited)
        }
    }
}
