/// Makes an answer of what retrieval found.
struct Composer {
    /// The first is the answer, the others are offered.
    static let matchesLookedAt = 4
    /// A match is offered as a related question from this share of the best one's score on.
    private static let relatedShare = (numerator: 2, denominator: 3)

    let retrieved: Retrieved
    let confidenceMinPPM: Int

    /// Whether the best match may be given as the answer.
    var isSure: Bool { !retrieved.matches.isEmpty && retrieved.confidencePPM >= confidenceMinPPM }

    func outcome(isAsked: Bool) -> Answer.Step.Outcome {
        if !retrieved.hasWords { return .empty }
        if isAsked { return .asked }
        return isSure ? .answered : .unsure
    }

    func answer(isHandedOver: Bool, step: Answer.Step) -> Answer {
        let best = isSure ? retrieved.matches.first : nil
        return Answer(
            text: best?.passage.answer ?? (retrieved.hasWords ? Wording.unsure : Wording.noWords),
            confidencePPM: retrieved.confidencePPM, citations: best.map { [Self.citation($0)] } ?? [],
            escalate: isHandedOver, ticketID: nil, suggestedActions: suggestions(besides: best != nil ? 1 : 0),
            route: route(isHandedOver: isHandedOver), steps: [step],
            isCleared: retrieved.matches.allSatisfy(\.isCleared))
    }

    private func route(isHandedOver: Bool) -> Answer.Route {
        if !retrieved.hasWords { return .refused }
        if isHandedOver { return .escalated }
        return retrieved.isExact ? .faqExact : .faqHybrid
    }

    private static func citation(_ match: Retrieved.Match) -> Answer.Citation {
        Answer.Citation(id: match.passage.id, title: match.passage.question, scorePPM: match.scorePPM)
    }

    private func suggestions(besides answered: Int) -> [Answer.SuggestedAction] {
        guard retrieved.hasWords else { return [.init(kind: .rephrase, text: Wording.rephrase)] }
        guard let best = retrieved.matches.first else { return [] }
        let bar = best.scorePPM * Self.relatedShare.numerator / Self.relatedShare.denominator
        return retrieved.matches.dropFirst(answered).filter { $0.scorePPM >= bar }.map {
            .init(kind: .ask, text: $0.passage.question)
        }
    }
}

/// What the assistant says in its own words. It promises no time and claims no knowledge.
enum Wording {
    static let noWords = Array("I could not find a question in your message. Please put it in words.".utf8)
    static let rephrase = Array("Please put your question in words.".utf8)
    static let unsure = Array("I am not sure that I know the right answer to this.".utf8)

    static func handedOver(_ ticketID: [UInt8], meanwhile answer: [UInt8]?) -> [UInt8] {
        var text: [UInt8] = []
        if answer == nil { text += Wording.unsure + Array(" ".utf8) }
        text += Array("I have passed your message on to a person. Your ticket is ".utf8) + ticketID
        text.append(UInt8(ascii: "."))
        if let answer { text += Array(" Meanwhile, this may help: ".utf8) + answer }
        return text
    }
}
