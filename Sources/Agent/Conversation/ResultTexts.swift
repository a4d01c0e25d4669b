internal import JSON

/// The texts in a tool's result as a model will read them, for the screen.
enum ResultTexts {
    /// The strings and names of a JSON text, their escapes undone, joined by line ends; and the text itself, which is all
    /// there is where it is no JSON. Escapes hide words: in `ignore\nall` no screen finds `all`.
    static func of(_ json: [UInt8]) -> [[UInt8]] {
        var texts: [UInt8] = []
        do throws(JSONSyntaxError) {
            collect(try JSONParser.parse(json, depthMax: AgentLimits.modelJSONDepthMax), &texts)
        } catch {
            return [json]
        }
        return texts.isEmpty ? [json] : [json, texts]
    }

    private static func collect(_ node: JSONNode, _ texts: inout [UInt8]) {
        switch node.value {
        case .string(let text): texts += text + [0x0A]
        case .array(let nodes): for node in nodes { collect(node, &texts) }
        case .object(let members):
            for member in members {
                texts += member.name + [0x0A]
                collect(member.node, &texts)
            }
        default: break
        }
    }
}
