internal import JSON

/// An answer in the form that a model is asked for.
///
/// ```json
/// {"answer": "You can order one in the app. [1]", "confidence": 0.9, "escalate": false, "actions": ["Order a card"]}
/// ```
public struct StructuredAnswer: Hashable, Sendable {
    /// What is said: 1 to `AgentLimits.structuredAnswerBytesMax` bytes of UTF-8.
    public var answer: [UInt8]
    /// How sure the model says it is, 0 to 1,000,000.
    public var confidencePPM: Int
    /// Whether it wants a person to look at it.
    public var escalate: Bool
    /// What the customer may ask next, at most `AgentLimits.structuredActionsMax`.
    public var actions: [[UInt8]]

    /// An answer from its parts.
    public init(answer: [UInt8], confidencePPM: Int, escalate: Bool, actions: [[UInt8]]) {
        self.answer = answer
        self.confidencePPM = confidencePPM
        self.escalate = escalate
        self.actions = actions
    }

    /// Why a text is no such answer. The words are for the model, which is told to mend it: they name the member and what is
    /// wanted, and repeat nothing that it wrote.
    public struct Fault: Error, Hashable, Sendable {
        /// One sentence.
        public let message: String
    }

    /// Reads what a model wrote: the object alone, in a fence of Markdown, behind its thoughts (`<think>`) or among other words.
    /// - Throws: `Fault`
    public init(reading text: [UInt8]) throws(Fault) {
        guard let range = Self.object(in: text) else {
            throw Fault(message: "no JSON object was found: write one object and nothing else")
        }
        let root: JSONNode
        do throws(JSONSyntaxError) {
            root = try JSONParser.parse(Array(text[range]), depthMax: AgentLimits.modelJSONDepthMax)
        } catch {
            throw Fault(message: "the text is no JSON at \(error.description)")
        }
        do throws(JSONShapeError) { self = try Self.read(root) } catch { throw Fault(message: error.description) }
    }

    private static func read(_ root: JSONNode) throws(JSONShapeError) -> StructuredAnswer {
        let object = try JSONObject(root, allowing: ["answer", "confidence", "escalate", "actions"])
        let answer = try object.bytes("answer", countRange: 1...AgentLimits.structuredAnswerBytesMax)
        let confidence: Double
        switch try object.required("confidence").value {
        case .double(let value): confidence = value
        case .integer(let value): confidence = Double(value)
        default: confidence = .nan
        }
        guard (0...1).contains(confidence) else {
            throw object.error("confidence", found: "no such number", wanted: "a number from 0 to 1")
        }
        _ = try object.required("escalate")
        let escalate = try object.optionalBool("escalate") ?? true
        var actions: [[UInt8]] = []
        for (index, node) in (try object.array("actions")).enumerated() {
            guard let action = node.bytes, (1...AgentLimits.structuredActionBytesMax).contains(action.count),
                index < AgentLimits.structuredActionsMax
            else {
                throw object.error(
                    "actions", found: "something else",
                    wanted: "at most \(AgentLimits.structuredActionsMax) strings of 1 to "
                        + "\(AgentLimits.structuredActionBytesMax) bytes")
            }
            actions.append(action)
        }
        return StructuredAnswer(
            answer: answer, confidencePPM: Int((confidence * 1_000_000).rounded()), escalate: escalate,
            actions: actions)
    }

    /// Where the first object stands that is whole: strings are skipped, so that a bracket in one counts for nothing.
    private static func object(in text: [UInt8]) -> Range<Int>? {
        guard let first = text[afterThoughts(text)...].firstIndex(of: UInt8(ascii: "{")),
            let end = end(of: text, from: first)
        else { return nil }
        return first..<end
    }

    private static func end(of text: [UInt8], from first: Int) -> Int? {
        var depth = 0
        var isInString = false
        var index = first
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\\") where isInString: index += 1
            case UInt8(ascii: "\""): isInString.toggle()
            case UInt8(ascii: "{") where !isInString: depth += 1
            case UInt8(ascii: "}") where !isInString:
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Models that think aloud do so in front of the answer; what they think is nobody's business, and may hold brackets.
    static func afterThoughts(_ text: [UInt8]) -> Int {
        guard let end = text.firstRange(of: Array("</think>".utf8)) else { return 0 }
        return end.upperBound
    }

    /// The object, as `init(reading:)` takes it.
    public var json: [UInt8] {
        var json = JSONWriter(capacity: 128 + answer.count)
        json.object { json in
            json.member("answer", answer)
            json.name("confidence")
            json.millionths(confidencePPM)
            json.member("escalate", escalate)
            json.name("actions")
            json.array { json in for action in actions { json.string(action) } }
        }
        return json.bytes
    }

    /// The form as JSON Schema, within what servers that hold a model to one understand: no lengths, all members required.
    static func writeSchema(to json: inout JSONWriter) {
        json.raw(
            """
            {"type":"object","properties":{"answer":{"type":"string"},"confidence":{"type":"number"},\
            "escalate":{"type":"boolean"},"actions":{"type":"array","items":{"type":"string"}}},\
            "required":["answer","confidence","escalate","actions"],"additionalProperties":false}
            """)
    }
}
