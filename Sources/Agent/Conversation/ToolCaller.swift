internal import Threading

/// Carries out calls for one message: checks them, asks policy, announces what changes something, and reports each.
struct ToolCaller: Sendable {
    let box: ToolBox
    let host: any ConversationHost
    let question: Question

    /// A call and what came of it.
    struct Done: Sendable {
        let result: Result<ToolResult, ToolError>
        let report: ToolReport
    }

    /// Carries out a call whose arguments were checked.
    /// - Parameter isConfirmed: whether the customer said yes to exactly this.
    func call(
        _ description: ToolDescription, _ arguments: ToolArguments, callID: [UInt8], isConfirmed: Bool
    ) async -> Done {
        let start = MonotonicInstant.now
        let written = description.tool.recordsArguments ? recorded(arguments, description) : nil
        let result: Result<ToolResult, ToolError>
        do throws(ToolError) {
            result = .success(try await run(description, arguments, written, callID, isConfirmed))
        } catch {
            result = .failure(error)
        }
        return Done(
            result: result,
            report: report(Array(description.tool.rawValue.utf8), result, since: start, arguments: written))
    }

    /// Reports a call that cannot be carried out, such as one of a tool that there is not.
    func refuse(_ name: [UInt8], _ error: ToolError, since start: MonotonicInstant) -> Done {
        // A model can call a tool anything, personal data too.
        let known = AssistantTool(rawValue: String(decoding: name.prefix(64), as: UTF8.self)) != nil
        return Done(
            result: .failure(error),
            report: report(known ? name : Array("unknown".utf8), .failure(error), since: start, arguments: nil))
    }

    private func run(
        _ description: ToolDescription, _ arguments: ToolArguments, _ written: [UInt8]?, _ callID: [UInt8],
        _ isConfirmed: Bool
    ) async throws(ToolError) -> ToolResult {
        let tool = description.tool
        switch host.decide(tool) {
        case .allowed: break
        case .needsCustomer: throw .notVerified
        case .denied: throw .denied
        }
        guard !tool.needsConfirmation || isConfirmed else { throw .notConfirmed }
        if description.hasEffect {
            try await host.announce(ToolEffect(tool: tool, callID: callID, arguments: written))
        }
        let context = ToolContext(
            principal: question.principal, sessionID: question.sessionID, requestID: question.requestID, callID: callID,
            customer: host.standing.customer, original: { [host] in host.original($0) },
            clean: { [host] in host.clean($0) })
        return try await box.run(tool, arguments, in: context)
    }

    private func recorded(_ arguments: ToolArguments, _ description: ToolDescription) -> [UInt8] {
        let json = host.redacted(arguments.json(for: description))
        // Cut, it would be no JSON; that it was longer says enough.
        return json.count <= AgentLimits.recordedArgumentsBytesMax ? json : Array("{}".utf8)
    }

    private func report(
        _ name: [UInt8], _ result: Result<ToolResult, ToolError>, since start: MonotonicInstant, arguments: [UInt8]?
    ) -> ToolReport {
        let microseconds = MonotonicInstant.now.microseconds(since: start)
        switch result {
        case .success(let result):
            return ToolReport(
                name: name, outcome: .done, microseconds: microseconds, arguments: arguments,
                resultDigest: host.digest(of: result.json))
        case .failure(let error):
            return ToolReport(
                name: name, outcome: error.outcome, reason: error.reason, microseconds: microseconds,
                arguments: arguments)
        }
    }
}
