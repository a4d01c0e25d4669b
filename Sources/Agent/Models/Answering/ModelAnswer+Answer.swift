extension ModelAnswer {
    /// Whether it may be given in place of a person's: it rests on a passage, and neither the model nor the guard had a doubt.
    public var isFounded: Bool { !escalate && !citations.isEmpty && findings.isEmpty }

    /// What the caller gets.
    /// - Parameters:
    ///   - matches: what the model was shown, in that order.
    ///   - microseconds: how long it took.
    public func answer(citing matches: [Retrieved.Match], microseconds: UInt64) -> Answer {
        Answer(
            text: text, confidencePPM: confidencePPM,
            citations: citations.filter(matches.indices.contains).map { place in
                let match = matches[place]
                return Answer.Citation(
                    id: match.passage.id, title: match.passage.question, scorePPM: match.scorePPM)
            }, escalate: false, ticketID: nil, suggestedActions: actions.map { .init(kind: .ask, text: $0) },
            route: .model, steps: [.init(name: .model, outcome: .answered, microseconds: microseconds)],
            isCleared: false)
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
