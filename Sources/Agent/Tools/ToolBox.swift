/// The tools that can be called in one conversation, whoever carries them out.
public struct ToolBox: Sendable {
    private struct Entry: Sendable {
        let description: ToolDescription
        let provider: any ToolProvider
    }

    private var entries: [AssistantTool: Entry] = [:]

    /// The tools of `providers`; where two have the same, the first's.
    public init(_ providers: [any ToolProvider]) {
        for provider in providers {
            for description in provider.descriptions where entries[description.tool] == nil {
                entries[description.tool] = Entry(description: description, provider: provider)
            }
        }
    }

    /// All of them, in the order of `AssistantTool`.
    public var descriptions: [ToolDescription] { AssistantTool.allCases.compactMap { entries[$0]?.description } }

    /// What is told of a tool; nil where nobody carries it out.
    public func description(of tool: AssistantTool) -> ToolDescription? { entries[tool]?.description }

    /// The tool that a model calls by `name`, which may be anything.
    /// - Throws: `ToolError.badCall`, with the names that there are.
    public func description(named name: [UInt8]) throws(ToolError) -> ToolDescription {
        guard let tool = AssistantTool(rawValue: String(decoding: name.prefix(64), as: UTF8.self)),
            let description = description(of: tool)
        else {
            let names = descriptions.map(\.tool.rawValue).joined(separator: ", ")
            throw .badCall(detail: "there is no such tool; there are: \(names)")
        }
        return description
    }

    /// Has a tool called, whose arguments were checked and which policy allows.
    /// - Throws: `ToolError`; `.unavailable` too where a result is over its bound.
    public func run(
        _ tool: AssistantTool, _ arguments: ToolArguments, in context: ToolContext
    ) async throws(ToolError) -> ToolResult {
        guard let entry = entries[tool] else { throw .badCall(detail: "there is no such tool") }
        let result = try await entry.provider.run(tool, arguments, in: context)
        guard result.json.count <= AgentLimits.toolResultBytesMax else {
            throw .tooLarge(detail: "the result has more than \(AgentLimits.toolResultBytesMax) bytes: ask for less")
        }
        return result
    }
}
