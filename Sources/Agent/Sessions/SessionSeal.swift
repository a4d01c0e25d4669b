/// Seals and opens the texts of one conversation with its own key. Each is bound to its place, so that none can stand for
/// another.
struct SessionSeal: Sendable {
    let key: ContentKey
    let id: SessionID

    func seal(_ text: [UInt8], as place: Place) throws(AgentError) -> [UInt8] {
        do throws(ContentError) { return try key.seal(text, context: place.context(in: id)) } catch {
            throw AgentError(content: error)
        }
    }

    func open(_ sealed: [UInt8], as place: Place) throws(AgentError) -> [UInt8] {
        do throws(ContentError) { return try key.open(sealed, context: place.context(in: id)) } catch {
            throw AgentError(content: error)
        }
    }

    func open(_ row: SessionTable.Sealed) throws(AgentError) -> SessionMessage {
        var message = row.message
        message.text = try open(row.content, as: .message(message.position, message.role))
        return message
    }

    /// Where a text stands.
    enum Place {
        case metadata, summary
        case message(Int, ChatMessage.Role)

        fileprivate func context(in id: SessionID) -> [UInt8] {
            let place =
                switch self {
                case .metadata: "metadata"
                case .summary: "summary"
                case .message(let position, let role): "message \(position) \(role.rawValue)"
                }
            return Array("session.v1 ".utf8) + id.bytes + Array(" \(place)".utf8)
        }
    }
}

extension AgentError {
    /// What became of a conversation's content.
    init(content error: ContentError) {
        switch error {
        case .busy: self = .busy
        case .storageFull: self = .storageFull
        case .tooLarge(let bytesMax): self = .textTooLong(bytesMax: bytesMax)
        case .storage(let reason): self = .storage(reason: reason)
        case .shredded: self = .conflict(wanted: "the conversation was erased: begin another")
        case .damaged: self = .storage(reason: "a sealed text of a conversation was changed or cut short")
        }
    }
}
