/// Has a model answer a question from passages and from what was said before.
///
/// ```
/// question, passages ─► fences ─► prompt ─► model ─► form ─► citations ─► guard ─► answer
/// ```
public struct ModelAnswerer: Sendable {
    private let prompts: PromptSet
    private let answerTokensMax: Int
    private let contextTokens: Int

    /// An answerer.
    /// - Parameters:
    ///   - answerTokensMax: tokens that an answer may have.
    ///   - contextTokens: tokens that the smallest of the models sees at once.
    public init(prompts: PromptSet, answerTokensMax: Int = 800, contextTokens: Int) {
        self.prompts = prompts
        self.answerTokensMax = min(answerTokensMax, contextTokens / 2)
        self.contextTokens = contextTokens
    }

    /// Answers.
    /// - Parameters:
    ///   - question: what is asked, with its history; the screen has let it through.
    ///   - passages: what retrieval found, best first; at most `AgentLimits.passagesShownMax` are shown.
    ///   - history: messages behind the question's own history, such as results of tools. Their texts are sources of figures.
    ///   - model: who is asked.
    ///   - deltas: gets the answer's text piece by piece as it may be read; false breaks it off.
    /// - Throws: `ModelError`
    public func answer(
        _ question: Question, passages: [Passage], history: [ChatMessage] = [], model: any ChatModel,
        deltas: ((ArraySlice<UInt8>) async -> Bool)? = nil
    ) async throws(ModelError) -> ModelAnswer {
        let shown = Array(passages.prefix(AgentLimits.passagesShownMax))
        let request = request(question, shown, history)
        let guards = guards(shown, request.messages)
        var reading = AnswerReading(guards, passageCount: shown.count)
        guard let deltas else {
            let completion = try await model.complete(request, deltas: nil)
            return try reading.finish(completion).answer
        }
        var isOpen = true
        let completion = try await model.complete(request) { piece in
            let text = reading.take(piece)
            if !text.isEmpty { isOpen = await deltas(text[...]) }
            return isOpen
        }
        let (answer, rest) = try reading.finish(completion)
        if !rest.isEmpty, isOpen, !(await deltas(rest[...])) { throw .brokenOff }
        return answer
    }

    /// The conversation in which a model calls the tools that it needs, before it answers: the same prompts.
    public func messages(for question: Question, passages: [Passage]) -> [ChatMessage] {
        request(question, Array(passages.prefix(AgentLimits.passagesShownMax)), []).messages
    }

    /// Reads what a model said at the end of its calls as its answer, so that it need not be asked for it again.
    /// - Parameters:
    ///   - passages: what it was shown.
    ///   - messages: all that it was told: `messages(for:passages:)`, its calls and their results.
    /// - Returns: nil where it has not the form of an answer: it has to be asked for one.
    public func answer(reading said: ChatCompletion, passages: [Passage], messages: [ChatMessage]) -> ModelAnswer? {
        let shown = Array(passages.prefix(AgentLimits.passagesShownMax))
        do throws(StructuredAnswer.Fault) { _ = try StructuredAnswer(reading: said.text) } catch { return nil }
        var reading = AnswerReading(guards(shown, messages), passageCount: shown.count)
        do throws(ModelError) { return try reading.finish(said).answer } catch { return nil }
    }

    private func guards(_ passages: [Passage], _ messages: [ChatMessage]) -> OutputGuard {
        OutputGuard(
            instructions: prompts.filled(.system),
            sources: passages.flatMap { [$0.question, $0.answer] } + messages.dropFirst().map(\.text))
    }

    /// The request to the model: the oldest of what was said is left out first, then the last passages.
    func request(_ question: Question, _ passages: [Passage], _ history: [ChatMessage]) -> ChatRequest {
        let fence = DataFence()
        let system = ChatMessage(.system, prompts.filled(.system))
        let asked = DataFence.neutral(question.text.bytes, bytesMax: AgentLimits.textBytesMax)
        var shown = passages
        var before = question.history
        while true {
            let text = prompts.filled(
                .answer, ["passages": Self.fenced(shown, by: fence), "question": asked])
            let request = ChatRequest(
                messages: [system] + before + [ChatMessage(.user, text)] + history, form: .structuredAnswer,
                answerTokensMax: answerTokensMax, principal: question.principal, roles: question.roles)
            // A tenth for what the estimate is wrong by.
            if TokenEstimate.tokens(request) + answerTokensMax <= contextTokens * 9 / 10 { return request }
            if !before.isEmpty {
                before.removeFirst()
            } else if !shown.isEmpty {
                shown.removeLast()
            } else {
                return request
            }
        }
    }

    private static func fenced(_ passages: [Passage], by fence: DataFence) -> [UInt8] {
        guard !passages.isEmpty else { return Array("(There are none.)".utf8) }
        var text: [UInt8] = []
        for (index, passage) in passages.enumerated() {
            if index > 0 { text.append(0x0A) }
            text += fence.fenced(passage.question + [0x0A] + passage.answer, label: "[\(index + 1)]")
        }
        return text
    }
}

/// What a model answered, as it may go on to the gateway's own guard.
public struct ModelAnswer: Sendable {
    /// The text, without marks of citations. UTF-8.
    public var text: [UInt8]
    /// The passages that it names, by their place in what it was given.
    public var citations: [Int]
    /// How sure it is, 0 to 1,000,000: the model's own word, which is not calibrated; 0 where the guard took something out.
    public var confidencePPM: Int
    /// Whether a person has to look at it: the model says so, or the guard took something out.
    public var escalate: Bool
    /// What the customer may ask next.
    public var actions: [[UInt8]]
    /// What the guard found.
    public var findings: OutputGuard.Findings
    /// What it took, and the model that answered.
    public var usage: TokenUsage, model: [UInt8]
}

/// An answer on its way from the model to whoever reads it.
private struct AnswerReading {
    private let guards: OutputGuard
    private var answerText = AnswerTextStream()
    private var marks: CitationMarks
    private var stream: OutputGuardStream
    /// The text that was handed out.
    private var out: [UInt8] = []

    init(_ guards: OutputGuard, passageCount: Int) {
        self.guards = guards
        marks = CitationMarks(passageCount: passageCount)
        stream = OutputGuardStream(guards)
    }

    /// Takes a piece of the object that the model writes.
    /// - Returns: what of the answer may be read now.
    mutating func take(_ piece: ArraySlice<UInt8>) -> [UInt8] {
        let text = stream.take(marks.take(answerText.take(piece)[...])[...])
        out += text
        return text
    }

    /// - Returns: the answer, and what of it has not been handed out.
    /// - Throws: `.badAnswer`
    mutating func finish(_ completion: ChatCompletion) throws(ModelError) -> (answer: ModelAnswer, rest: [UInt8]) {
        var structured: StructuredAnswer
        do throws(StructuredAnswer.Fault) { structured = try StructuredAnswer(reading: completion.text) } catch {
            guard let answer = lenient(completion) else {
                throw .badAnswer(reason: .init("the answer has not the form that was asked for"))
            }
            structured = answer
        }
        var rest: [UInt8] = []
        if !answerText.hasBegun { rest = stream.take(marks.take(structured.answer[...])[...]) }
        rest += stream.take(marks.finish()[...]) + stream.finish()
        out += rest
        let findings = stream.findings
        if findings.contains(.instructions) || out.allSatisfy({ $0 <= 0x20 }) {
            let said = ModelWording.withheld
            rest += (out.isEmpty ? [] : [0x0A]) + said
            out = out.isEmpty ? said : out + [0x0A] + said
        }
        var actions: [[UInt8]] = []
        for action in structured.actions {
            let (text, found) = guards.guarded(action)
            // What an action names is not worth a mark in it.
            if found.isEmpty { actions.append(text) }
        }
        return (
            ModelAnswer(
                text: out, citations: marks.cited, confidencePPM: findings.isEmpty ? structured.confidencePPM : 0,
                escalate: structured.escalate || !findings.isEmpty || completion.finishReason != .stop,
                actions: actions, findings: findings, usage: completion.usage, model: completion.model),
            rest
        )
    }

    /// A stream cannot be asked for again: where its text was handed out, what is missing behind it is taken as a model that is
    /// not sure. Where nothing was handed out and the model wrote plain words, they are the answer of one that is not sure.
    private func lenient(_ completion: ChatCompletion) -> StructuredAnswer? {
        if answerText.hasBegun { return StructuredAnswer(answer: out, confidencePPM: 0, escalate: true, actions: []) }
        let text = Array(completion.text[StructuredAnswer.afterThoughts(completion.text)...])
        guard !text.allSatisfy({ $0 <= 0x20 }), !text.contains(UInt8(ascii: "{")),
            text.count <= AgentLimits.structuredAnswerBytesMax
        else { return nil }
        return StructuredAnswer(answer: text, confidencePPM: 0, escalate: true, actions: [])
    }
}

/// What the assistant says in its own words where a model's are withheld.
enum ModelWording {
    static let withheld = Array("I cannot say more about this. A person will look at your question.".utf8)
}
