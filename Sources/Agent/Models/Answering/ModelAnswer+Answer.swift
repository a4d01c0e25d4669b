extension ModelAnswer {
    /// Whether it may be given in place of a person's: it rests on a passage, and neither the model nor the guard had a doubt.
    public var isFounded: Bool { isFounded(on: []) }

    /// The same for an answer that may rest on what tools found, too.
    /// - Parameter calls: what the model had called. Where a person was called, that the model wants one is no doubt.
    public func isFounded(on calls: [ToolReport]) -> Bool {
        let done = calls.filter { $0.outcome == .done }
        let isHandedOver = done.contains { $0.name.elementsEqual(AssistantTool.escalateToHuman.rawValue.utf8) }
        return findings.isEmpty && (!escalate || isHandedOver) && (!citations.isEmpty || !done.isEmpty)
    }

    /// What the caller gets.
    /// - Parameters:
    ///   - matches: what the model was shown, in that order.
    ///   - calls: the tools that the model called for it.
    ///   - microseconds: how long it took.
    public func answer(
        citing matches: [Retrieved.Match], calls: [ToolReport] = [], microseconds: UInt64
    ) -> Answer {
        Answer(
            text: text, confidencePPM: confidencePPM,
            citations: citations.filter(matches.indices.contains).map { place in
                let match = matches[place]
                return Answer.Citation(
                    id: match.passage.id, title: match.passage.question, scorePPM: match.scorePPM)
            }, escalate: false, ticketID: nil, suggestedActions: actions.map { .init(kind: .ask, text: $0) },
            route: .model, steps: [.init(name: .model, outcome: .answered, microseconds: microseconds)],
            isCleared: false, calls: calls)
    }
}

extension Answer {
    /// The answer to a question that the screen refuses.
    public static func refusedByScreen(microseconds: UInt64) -> Answer {
        Answer(
            text: Array("I cannot help with this. Please put your question about our services in other words.".utf8),
            confidencePPM: 0, citations: [], escalate: false, ticketID: nil, suggestedActions: [], route: .refused,
            steps: [.init(name: .screen, outcome: .refused, microseconds: microseconds)], isCleared: true)
    }
}
