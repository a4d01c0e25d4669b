internal import JSON

/// `banking_knowledge_base`, `escalate_to_human` and `generate_summary`.
public struct SupportTools: ToolProvider {
    private let knowledge: KnowledgeBase
    private let tickets: TicketStore
    private let memory: any ConversationMemory

    /// Tools over the knowledge base, the tickets and what conversations remember.
    public init(knowledge: KnowledgeBase, tickets: TicketStore, memory: any ConversationMemory) {
        self.knowledge = knowledge
        self.tickets = tickets
        self.memory = memory
    }

    /// What models are told of the tools.
    public var descriptions: [ToolDescription] {
        [
            ToolDescription(
                .bankingKnowledgeBase, "Searches the bank's own answers to questions about its products and services.",
                parameters: [
                    .init("query", "What to look for, in words.", .text(bytesRange: 1...512)),
                    .init("limit", "How many passages.", .integer(1...5), isRequired: false),
                ], hasEffect: false),
            ToolDescription(
                .escalateToHuman, "Hands the conversation to a person, for whom a ticket is opened.",
                parameters: [
                    .init("summary", "What the person must know, in one or two sentences.", .text(bytesRange: 1...2048))
                ], hasEffect: true),
            ToolDescription(
                .generateSummary, "Sums up what was asked and done in this conversation, and what is open.",
                parameters: [], hasEffect: false),
        ]
    }

    /// Carries out one call, over the knowledge base, the tickets and the memory.
    /// - Throws: `ToolError`
    public func run(
        _ tool: AssistantTool, _ arguments: ToolArguments, in context: ToolContext
    ) async throws(ToolError) -> ToolResult {
        switch tool {
        case .bankingKnowledgeBase: return try await search(arguments, context)
        case .escalateToHuman: return try await handOver(arguments, context)
        case .generateSummary:
            guard let key = ConversationName(context) else { throw .notFound }
            return await memory.state(of: key).summary
        default: throw .badCall(detail: "there is no such tool")
        }
    }

    private func search(_ arguments: ToolArguments, _ context: ToolContext) async throws(ToolError) -> ToolResult {
        guard let query = arguments.text("query") else { throw .badCall(detail: "query: wanted") }
        guard let clean = context.clean else { throw .unavailable }
        let retrieved: Retrieved
        do throws(AgentError) {
            retrieved = try await knowledge.search(clean(query), limit: arguments.integer("limit") ?? 3)
        } catch {
            throw .unavailable
        }
        var json = JSONWriter(capacity: 2048)
        json.object { json in
            json.name("confidence")
            json.millionths(retrieved.confidencePPM)
            json.name("passages")
            json.array { json in
                for match in retrieved.matches {
                    json.object { json in
                        json.member("id", match.passage.id)
                        json.member("question", match.passage.question)
                        json.member("answer", Array(match.passage.answer.prefix(Self.passageBytesMax)))
                    }
                }
            }
        }
        let sentence = retrieved.matches.first?.passage.answer ?? Array("I found nothing about that.".utf8)
        return ToolResult(json: json.bytes, sentence: sentence)
    }

    /// Of a passage, in a result that has a bound.
    private static let passageBytesMax = 2_048

    private func handOver(_ arguments: ToolArguments, _ context: ToolContext) async throws(ToolError) -> ToolResult {
        guard let summary = arguments.text("summary") else { throw .badCall(detail: "summary: wanted") }
        guard let clean = context.clean else { throw .unavailable }
        let draft = TicketDraft(
            category: .general, message: clean(summary), owner: context.principal,
            requestID: context.requestID)
        let ticket: Ticket
        do throws(AgentError) { ticket = try await tickets.create(draft) } catch { throw .unavailable }
        var json = JSONWriter()
        json.object { $0.member("ticket_id", ticket.id) }
        return ToolResult(json: json.bytes, sentence: Wording.handedOver(ticket.id, meanwhile: nil))
    }
}
