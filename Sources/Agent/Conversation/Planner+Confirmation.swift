extension Planner {
    /// What to do with an explicit yes or no to the change that waits for one. It is taken for nothing else: never for the
    /// answer to a question, nor for a value.
    mutating func hear(confirmation isYes: Bool) -> Move {
        if case .confirmation(let write) = state.awaited, let move = settle(write, isYes: isYes) { return move }
        // The answer to the first yes may have been lost on its way.
        if isYes, state.awaited == nil, let write = state.lastWrite, around.now < write.ends {
            return repeated(write)
        }
        return say("No change waits for a yes or no.", need: awaitedNeed)
    }

    /// What the next message has to bring.
    private var awaitedNeed: Answer.Need? {
        switch state.awaited {
        case .identity: .identity
        case .proof(let method): Self.need(method)
        case .value: .value
        case .confirmation: .confirmation
        case nil: nil
        }
    }
}
