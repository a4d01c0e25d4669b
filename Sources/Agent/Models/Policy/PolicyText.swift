internal import JSON

/// Reads policy files of this module, with errors that name file, line and column.
enum PolicyText {
    static func read<Value>(
        _ text: [UInt8], file: String, _ read: (JSONNode) throws(JSONShapeError) -> Value
    ) throws(AgentError) -> Value {
        guard text.count <= AgentLimits.policyBytesMax else {
            throw .policy(message: "\(file): longer than \(AgentLimits.policyBytesMax) bytes; shorten it")
        }
        let root: JSONNode
        do throws(JSONSyntaxError) {
            root = try JSONParser.parse(text, dialect: .json5)
        } catch {
            throw .policy(message: "\(file), \(error.description)")
        }
        do throws(JSONShapeError) { return try read(root) } catch {
            let place = TextPosition(of: error.offset, in: text)
            throw .policy(message: "\(file), line \(place.line), column \(place.column): \(error.description)")
        }
    }
}
