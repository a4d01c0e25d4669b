internal import JSON

extension ConversationState {
    /// What was asked and done in the conversation and what is open, by its journal.
    var summary: ToolResult {
        var json = JSONWriter()
        json.object { json in
            json.name("events")
            json.array { json in
                for entry in journal {
                    json.object { json in
                        json.member("what", entry.what)
                        json.member("outcome", entry.outcome.rawValue)
                    }
                }
            }
            if let open { json.member("open", open) }
        }
        guard !journal.isEmpty || open != nil else {
            return ToolResult(
                json: json.bytes, sentence: Array("Nothing has been asked or done in this conversation yet.".utf8))
        }
        var sentence = "In this conversation:"
        for entry in journal { sentence += "\n- \(entry.what): \(entry.outcome.words)" }
        if let open { sentence += "\nOpen: \(open)." }
        return ToolResult(json: json.bytes, sentence: Array(sentence.utf8))
    }

    /// What the conversation waits for, in words; nil for nothing.
    private var open: String? {
        switch awaited {
        case .identity: "your account number and name"
        case .proof: "proof of who you are"
        case .value(let field): "your new \(field.words)"
        case .confirmation: "your yes or no to a change"
        case nil: nil
        }
    }
}

extension ConversationState.Entry.Outcome {
    fileprivate var words: String {
        switch self {
        case .asked: "asked for"
        case .done: "done"
        case .failed: "not done"
        case .declined: "not confirmed, so not done"
        case .handedOver: "handed to a person"
        }
    }
}
