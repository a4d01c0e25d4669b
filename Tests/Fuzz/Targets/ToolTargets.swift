internal import JSON

@testable internal import Agent

/// Arguments of tools' calls, as models write them: what is taken is within its bounds, and written again it is the same.
enum ToolArgumentsTarget {
    private static let descriptions = AccountTools.descriptions + IdentityTools.descriptions(withBank: true)

    /// The first byte chooses the tool.
    static func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        let description = descriptions[Int(first) % descriptions.count]
        guard let arguments = try? ToolArguments(json: Array(input.dropFirst()), for: description) else { return }
        let again = try? ToolArguments(json: arguments.json(for: description), for: description)
        precondition(again == arguments, "what was taken and written is the same")
        for parameter in description.parameters {
            switch (parameter.kind, arguments.values["\(parameter.name)"]) {
            case (.text(let range), .text(let text)?):
                precondition(range.contains(text.count) && UTF8Validation.firstInvalid(in: text) == nil)
            case (.integer(let range), .integer(let value)?): precondition(range.contains(value))
            case (.choice(let choices), .text(let text)?):
                precondition(choices.contains(String(decoding: text, as: UTF8.self)))
            case (_, nil): precondition(!parameter.isRequired, "what is required is there")
            default: preconditionFailure("a value has the kind that was asked for")
            }
        }
    }
}

/// Conversations by rules: each line is a message, and the bank, the proof and the policy are what the first byte says. It ends
/// after each message, and nothing is changed but what the message before asked about.
enum ConversationTarget {
    static func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        var state = ConversationState()
        var standing = IdentityStanding(state: .unverified, level: .none, customer: nil)
        for line in input.dropFirst().split(separator: 0x0A).prefix(32) {
            let awaited = state.awaited
            let last = state.lastWrite
            var planner = Planner(
                state,
                .init(
                    now: 1_000, requestID: [1], tools: Set(AssistantTool.allCases),
                    decide: { decision($0, standing.level, first) }, original: { $0 }, remembered: { $0 }))
            var move = planner.hear(Array(line), standing)
            var calls = 0
            while case .call(let tool, let arguments, _, let isConfirmed) = move {
                calls += 1
                precondition(calls <= AgentLimits.plannedCallsMax, "a message leads to few calls")
                if tool.needsConfirmation {
                    precondition(isConfirmed, "nothing is changed without a yes")
                    let asked: ToolArguments? =
                        if case .confirmation(let write)? = awaited { write.arguments } else { nil }
                    precondition(arguments == asked || arguments == last?.arguments, "to exactly this")
                }
                standing = after(tool, standing, first)
                let result = ToolResult(json: Array(#"{"has_more": true}"#.utf8), sentence: Array("Done.".utf8))
                move = planner.returned(first & 4 == 0 ? .success(result) : .failure(.unavailable), standing)
            }
            state = planner.state
        }
    }

    private static func decision(_ tool: AssistantTool, _ level: IdentityLevel, _ first: UInt8) -> ToolDecision {
        switch tool {
        case .queryAccountBalance, .transactionHistory, .checkAccountStatus, .updateCustomerRecord:
            level < .knowledge ? .needsCustomer(.knowledge) : .allowed
        case .updateContactInfo:
            first & 8 != 0 ? .denied : level < .possession ? .needsCustomer(.possession) : .allowed
        default: .allowed
        }
    }

    private static func after(
        _ tool: AssistantTool, _ standing: IdentityStanding, _ first: UInt8
    ) -> IdentityStanding {
        switch tool {
        case .verifyCustomerIdentity: IdentityStanding(state: .challenged, level: .none, customer: nil)
        case .validateSecurityQuestion where first & 1 == 0:
            IdentityStanding(
                state: .verified, level: first & 2 == 0 ? .knowledge : .possession,
                customer: VerifiedCustomer(reference: [], account: [], holder: []))
        default: standing
        }
    }
}
