internal import JSON

extension JSONObject {
    /// What a message says: `message` in words, or `confirm`, a yes or no to the change that waits for it.
    /// - Throws: where both are there, or neither.
    func said() throws(JSONShapeError) -> (message: [UInt8], confirmation: Bool?) {
        guard let confirmation = try optionalBool("confirm") else {
            return (try bytes("message", countRange: 1...Int.max), nil)
        }
        guard !members.contains(where: { $0.name.elementsEqual("message".utf8) }) else {
            throw error("confirm", found: "a message beside it", wanted: "message or confirm, not both")
        }
        return (Array((confirmation ? "yes" : "no").utf8), confirmation)
    }
}
