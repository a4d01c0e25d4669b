internal import JSON

extension ToolArguments {
    /// Takes what a model or a planner wrote for the arguments of the tool that `description` is of.
    ///
    /// ```json
    /// {"account": "1001", "name": "Ada Lindqvist"}
    /// ```
    /// A member that the description does not have is refused, so that a model learns that it was not understood.
    /// - Throws: `ToolError`: `.tooLarge`; `.badCall` with the member, what was found and what is wanted.
    public init(json: [UInt8], for description: ToolDescription) throws(ToolError) {
        guard json.count <= AgentLimits.toolArgumentsBytesMax else {
            throw .tooLarge(detail: "arguments: at most \(AgentLimits.toolArgumentsBytesMax) bytes")
        }
        let root: JSONNode
        do throws(JSONSyntaxError) {
            root = try JSONParser.parse(json, depthMax: AgentLimits.toolArgumentsDepthMax)
        } catch {
            throw .badCall(detail: "arguments: \(error.description)")
        }
        do throws(JSONShapeError) {
            let object = try JSONObject(root, allowing: description.parameters.map { "\($0.name)" })
            var values: [String: Value] = [:]
            for parameter in description.parameters {
                let name = "\(parameter.name)"
                guard parameter.isRequired || object.optional(name) != nil else { continue }
                values[name] = try Self.value(name, parameter.kind, in: object)
            }
            self.init(values)
        } catch {
            throw .badCall(detail: "arguments\(error.description)")
        }
    }

    private static func value(
        _ name: String, _ kind: ToolDescription.Parameter.Kind, in object: JSONObject
    ) throws(JSONShapeError) -> Value {
        switch kind {
        case .text(let bytesRange):
            let text = try object.bytes(name, countRange: bytesRange)
            guard text.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
                throw object.error(name, found: "control characters", wanted: "a text in one line")
            }
            return .text(text)
        case .integer(let range): return .integer(try object.integer(name, in: range))
        case .choice(let choices):
            let text = try object.string(name)
            guard choices.contains(text) else {
                throw object.error(
                    name, found: "another word", wanted: "one of " + choices.joined(separator: ", "))
            }
            return .text(Array(text.utf8))
        }
    }

    /// The arguments as JSON, members in the order of the description: one text for equal arguments.
    public func json(for description: ToolDescription) -> [UInt8] {
        var json = JSONWriter(capacity: 128)
        json.object { json in
            for parameter in description.parameters {
                switch values["\(parameter.name)"] {
                case .text(let text): json.member(parameter.name, text)
                case .integer(let value): json.member(parameter.name, value)
                case nil: break
                }
            }
        }
        return json.bytes
    }
}
