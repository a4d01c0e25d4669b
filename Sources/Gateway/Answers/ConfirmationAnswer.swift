internal import Agent
internal import Audit

extension Pipeline {
    /// Takes a yes or no to a change only where there are conversations in which one can wait: to the knowledge base it is no
    /// question.
    /// - Throws: `Refusal`: `409`.
    func admitConfirmation(_ isYes: Bool?) throws(Refusal) {
        guard isYes == nil || services.conversations != nil else {
            throw Refusal(AgentError.conflict(wanted: "no change waits for a yes or no: ask for one first"))
        }
    }
}
