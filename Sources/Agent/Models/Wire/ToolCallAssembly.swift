internal import JSON

/// Puts calls of tools together, which a stream brings in pieces: the first has id and name, each has more of the arguments.
struct ToolCallAssembly: Hashable {
    private var calls: [ToolCall] = []
    /// The server's number of each call; nil where it gives none.
    private var numbers: [Int64?] = []

    var isEmpty: Bool { calls.isEmpty }

    /// Takes the array `tool_calls` of a message or piece.
    mutating func take(_ node: JSONNode) throws(WireFault) {
        guard let elements = node.elements else { throw .malformed("tool_calls is no array") }
        for element in elements { try take(piece: element) }
    }

    private mutating func take(piece: JSONNode) throws(WireFault) {
        guard piece.members != nil else { throw .malformed("a tool call is no object") }
        let id = try CompletionJSON.text(piece, "id") ?? []
        let function = piece["function"] ?? JSONNode(.object([]))
        let name = try CompletionJSON.text(function, "name") ?? []
        let arguments = try CompletionJSON.text(function, "arguments") ?? []
        let place = try place(of: piece["index"]?.integer, id: id, begins: !name.isEmpty)
        if calls[place].id.isEmpty { calls[place].id = id }
        calls[place].name += name
        calls[place].arguments += arguments
        guard calls[place].id.count <= AgentLimits.modelToolCallIDBytesMax,
            calls[place].name.count <= AgentLimits.modelToolNameBytesMax,
            calls[place].arguments.count <= AgentLimits.modelToolArgumentsBytesMax
        else { throw .tooLong("a tool call is too long") }
    }

    /// Where the call is that a piece belongs to. A server's number counts, unless another id says that it gives all the same;
    /// without a number, an id or name begins a call.
    private mutating func place(of number: Int64?, id: [UInt8], begins: Bool) throws(WireFault) -> Int {
        let known =
            if let number { numbers.lastIndex(of: number) } else { id.isEmpty && !begins ? calls.indices.last : nil }
        if let known, id.isEmpty || calls[known].id.isEmpty || calls[known].id == id { return known }
        if let same = calls.indices.last(where: { !id.isEmpty && calls[$0].id == id }) { return same }
        guard calls.count < AgentLimits.modelToolCallsMax else { throw .tooLong("too many tool calls") }
        calls.append(ToolCall(id: [], name: [], arguments: []))
        numbers.append(number)
        return calls.count - 1
    }

    /// The calls. One without a name is none; one without an id gets one, since its answer has to name it.
    func finished() throws(WireFault) -> [ToolCall] {
        var finished = calls
        for index in finished.indices {
            guard !finished[index].name.isEmpty else { throw .malformed("a tool call has no name") }
            if finished[index].id.isEmpty { finished[index].id = Array("call_\(index)".utf8) }
            if finished[index].arguments.isEmpty { finished[index].arguments = Array("{}".utf8) }
        }
        return finished
    }
}
