/// A tool's call that is about to change something.
public struct AuditToolCall: Sendable {
    /// The tool.
    public var name: [UInt8]
    /// The call's name, by which the change is told from a repetition.
    public var call: [UInt8]
    /// The arguments, redacted, as JSON; nil where they may not be recorded.
    public var arguments: [UInt8]?

    /// A call from its parts.
    public init(name: [UInt8], call: [UInt8], arguments: [UInt8]?) {
        self.name = name
        self.call = call
        self.arguments = arguments
    }

    func encode(to buffer: inout RecordBuffer) {
        buffer.object("tool") { buffer in
            buffer.text("name", name, path: "tool.name", bytesMax: 64)
            buffer.text("call", call, path: "tool.call", bytesMax: 64)
            buffer.text("args", arguments, path: "tool.args", bytesMax: AuditAgent.Tool.argumentsBytesMax)
        }
    }
}

extension EncodedRecord {
    /// A `tool.call` record: a tool is about to change something. What came of it is in the request's `request.end`.
    /// - Parameters:
    ///   - request: the request that has it called.
    ///   - principal: the caller.
    ///   - customer: whom the conversation knows.
    ///   - tool: what is called.
    ///   - seal: what makes personal members unreadable without their subject's key; nil for none.
    public static func toolCall(
        request: AuditRequest, principal: AuditPrincipal, customer: AuditCustomer?, tool: AuditToolCall,
        sealedBy seal: RecordSeal? = nil
    ) -> EncodedRecord {
        let seal = seal?.bound(to: request.identifier)
        return EncodedRecord(.toolCall, capacity: 1024) { buffer in
            request.encode(to: &buffer, sealedBy: seal)
            principal.encode(to: &buffer, sealedBy: seal)
            customer?.encode(to: &buffer)
            tool.encode(to: &buffer)
        }
    }
}
