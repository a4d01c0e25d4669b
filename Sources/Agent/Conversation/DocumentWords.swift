/// Tells whether a message wants a document of the customer's or of the conversation shown: "what does my document say?",
/// "show me document D-…". Who asks which documents the bank wants asks the knowledge base.
enum DocumentWords {
    static func wantDocument(_ message: Words) -> Bool {
        guard message.count <= 12, message.has(anyOf: ["document", "documents"]),
            !message.has(anyOf: ["need", "needed", "required", "why", "how", "where", "when"])
        else { return false }
        let rest = message.withoutCourtesy
        let isOwn = ["my", "the", "this", "that", "our"].contains { owner in
            message.has(phrase: [owner, "document"]) || message.has(phrase: [owner, "documents"])
        }
        // Words are cut at the hyphen of an id.
        let isNamed = message.has(phrase: ["document", "d"])
        if rest.begins(with: ["what", "does"]) || rest.begins(with: ["what", "do"]) {
            return (isOwn || isNamed) && message.list.last.map(["say", "contain"].contains) ?? false
        }
        if rest.begins(with: ["what", "is", "in"]) || rest.begins(with: ["whats", "in"]) { return isOwn || isNamed }
        let openings = [
            [], ["can", "you"], ["could", "you"], ["i", "want", "to"], ["let", "me"], ["id", "like", "to"],
        ]
        return (isOwn || isNamed)
            && openings.contains { opening in
                rest.begins(with: opening)
                    && rest.dropFirst(opening.count).begins(withAnyOf: [
                        "show", "read", "list", "open", "retrieve", "see",
                    ])
            }
    }

    /// The first id of a document in a text (see `DocumentID`); nil where there is none.
    static func identifier(in text: [UInt8]) -> [UInt8]? {
        var start = text.startIndex
        while let found = text[start...].firstIndex(of: UInt8(ascii: "D")) {
            let end = min(found + DocumentID.bytes, text.endIndex)
            let piece = Array(text[found..<end])
            if DocumentID.isWellFormed(piece) { return piece }
            start = found + 1
        }
        return nil
    }
}
