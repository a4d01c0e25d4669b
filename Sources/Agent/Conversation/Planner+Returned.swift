internal import JSON

// What came back from a call, and what is said of it.
extension Planner {
    /// What to do once a call came back. The standing is that of after it.
    mutating func returned(_ result: Result<ToolResult, ToolError>, _ standing: IdentityStanding) -> Move {
        guard let (tool, arguments, write) = called else {
            preconditionFailure("only a call that was asked for comes back")
        }
        called = nil
        switch (tool, result) {
        case (.verifyCustomerIdentity, .success(let result)): return asked(result, arguments, standing)
        case (.verifyCustomerIdentity, .failure(.badCall)):
            state.awaited = .identity(account: nil, name: nil, method: Self.method(in: arguments))
            return ask(again: "Please tell me your account number and your full name.", need: .identity)
        case (.validateSecurityQuestion, .success(let result)): return judged(result, standing)
        case (_, .success(let result)): return done(tool, result, write)
        case (_, .failure(let error)): return failed(error)
        }
    }

    private static func method(in arguments: ToolArguments) -> IdentityMethod {
        arguments.text("method").map { $0.elementsEqual("code".utf8) } ?? false ? .code : .question
    }

    private mutating func asked(
        _ result: ToolResult, _ arguments: ToolArguments, _ standing: IdentityStanding
    ) -> Move {
        guard standing.state == .challenged else {
            if let wish = state.wish { state.note(wish.intent.words, .failed) }
            forget()
            return say(result.sentence, need: nil)
        }
        let method = Self.method(in: arguments)
        state.awaited = .proof(method)
        state.prompts = 0
        return say(result.sentence, need: Self.need(method))
    }

    private mutating func judged(_ result: ToolResult, _ standing: IdentityStanding) -> Move {
        switch standing.state {
        case .verified:
            state.awaited = nil
            preface = result.sentence + Array(" ".utf8)
            guard state.wish != nil else { return .say(result.sentence, need: nil, isRefusal: false) }
            return pursue(standing)
        case .challenged:
            guard case .proof(let method) = state.awaited else { return say(result.sentence, need: nil) }
            return say(result.sentence, need: Self.need(method))
        case .unverified, .expired:
            if let wish = state.wish { state.note(wish.intent.words, .failed) }
            forget()
            return say(result.sentence, need: nil)
        }
    }

    private mutating func done(
        _ tool: AssistantTool, _ result: ToolResult, _ write: ConversationState.PendingWrite?
    ) -> Move {
        if let wish = state.wish, wish.intent != .summary { state.note(wish.intent.words, .done) }
        if tool == .transactionHistory { state.lastTransaction = Self.lastTransaction(in: result.json) }
        if let write { state.lastWrite = write }
        forget()
        return say(result.sentence, need: nil)
    }

    /// The id that the page after this one begins before; nil where there is none.
    private static func lastTransaction(in json: [UInt8]) -> [UInt8]? {
        guard let root = try? JSONParser.parse(json), case .bool(true)? = root["has_more"]?.value else { return nil }
        return root["transactions"]?.elements?.last?["id"]?.bytes
    }

    private mutating func failed(_ error: ToolError) -> Move {
        if let wish = state.wish { state.note(wish.intent.words, .failed) }
        forget()
        return switch error {
        case .denied, .notVerified, .notConfirmed:
            .say(
                preface
                    + Array(
                        "I am not allowed to do that here. If you ask for a person, somebody at the bank can help.".utf8
                    ),
                need: nil, isRefusal: true)
        case .notFound: say("I cannot find that in the bank's systems. Please ask for a person.", need: nil)
        case .badCall, .tooLarge: say("The bank's systems do not take that. Nothing was changed.", need: nil)
        // Only what goes to a model is withheld.
        case .unavailable, .withheld:
            say("The bank's systems do not answer at the moment. Please try again later.", need: nil)
        case .timedOut:
            say(
                "The bank's systems took too long. Please ask again: what was done already is not done twice.",
                need: nil)
        }
    }
}
