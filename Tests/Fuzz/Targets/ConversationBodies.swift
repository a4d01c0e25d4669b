internal import Agent
internal import JSON

@testable internal import Gateway

/// What the bodies about conversations and tickets come to, for `RequestBodyTarget`.
enum ConversationBodies {
    static func check(_ content: ConversationContent) {
        switch content {
        case .begin(let members):
            precondition(members.count <= AgentLimits.sessionMetadataMembersMax, "metadata is bounded")
            for member in members {
                precondition(
                    (1...AgentLimits.sessionMetadataNameBytesMax).contains(member.name.count), "a name is bounded")
                precondition(member.text.count <= AgentLimits.sessionMetadataTextBytesMax, "a text is bounded")
            }
        case .message(let message):
            precondition(
                !message.text.isEmpty && (message.customerID?.count ?? 1) <= 64 && message.attachments.isEmpty,
                "a message says something")
        case .escalate(_, let message, let category):
            precondition(message?.isEmpty != true && (category?.count ?? 1) <= 64, "an escalation is within bounds")
        case .edit(_, let edit):
            precondition(
                edit.state != nil || edit.priority != nil || edit.category != nil || edit.assignee != nil,
                "something is changed")
        case .note(_, let text): precondition(!text.isEmpty, "a note says something")
        case .read, .delete, .messages, .summarise, .tickets, .sessions, .transcript, .usage:
            preconditionFailure("JSON is decoded to other contents")
        }
    }

    static func members(_ content: ConversationContent) -> [String: RequestBodyTarget.Member] {
        switch content {
        case .begin(let members):
            let pairs = members.map {
                (String(decoding: $0.name, as: UTF8.self), RequestBodyTarget.Member.text($0.text))
            }
            return members.isEmpty ? [:] : ["metadata": .object(Dictionary(uniqueKeysWithValues: pairs))]
        case .message(let message):
            return [
                "message": message.confirmation == nil ? .text(message.text) : nil,
                "confirm": message.confirmation.map { .flag($0) }, "customer_id": message.customerID.map { .text($0) },
            ]
            .compactMapValues { $0 }
        case .escalate(_, let message, let category):
            return ["message": message.map { .text($0) }, "category": category.map { .text($0) }].compactMapValues {
                $0
            }
        case .edit(_, let edit):
            return [
                "state": edit.state.map { .text(Array($0.rawValue.utf8)) },
                "priority": edit.priority.map { .text(Array($0.rawValue.utf8)) },
                "category": edit.category.map { .text($0) }, "assignee": edit.assignee.map { .text($0) },
            ].compactMapValues { $0 }
        case .note(_, let text): return ["text": .text(text)]
        case .read, .delete, .messages, .summarise, .tickets, .sessions, .transcript, .usage: return [:]
        }
    }
}
