import Synchronization

@testable import Agent

/// Makes vectors of which words a text holds, so that a test knows what is near what, and says what it was asked for.
final class WordEmbedder: SentenceEmbedder {
    let identity: [UInt8]
    let dimensions = 16
    /// Words that mean the same, by the dimension that they share.
    private let meanings: [[String]]

    private struct State {
        var passages: [String] = []
        var questions: [String] = []
        var failure: AgentError?
    }

    private let state = Mutex(State())

    init(_ meanings: [[String]], identity: UInt8 = 1) {
        self.meanings = meanings
        self.identity = [UInt8](repeating: identity, count: 32)
    }

    var passages: [String] { state.withLock { $0.passages } }
    var questions: [String] { state.withLock { $0.questions } }

    func fail(with failure: AgentError?) { state.withLock { $0.failure = failure } }

    func vector(ofQuestion question: CleanText) async throws(AgentError) -> [Float] {
        try check { $0.questions.append(text(question.bytes)) }
        return vector(text(question.bytes))
    }

    func vectors(ofPassages passages: [[UInt8]]) async throws(AgentError) -> [[Float]] {
        try check { $0.passages += passages.map(text) }
        return passages.map { vector(text($0)) }
    }

    private func check(_ note: (inout State) -> Void) throws(AgentError) {
        let failure = state.withLock { state in
            if state.failure == nil { note(&state) }
            return state.failure
        }
        if let failure { throw failure }
    }

    private func vector(_ text: String) -> [Float] {
        var vector = [Float](repeating: 0, count: dimensions)
        vector[dimensions - 1] = 0.1
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
            for (place, words) in meanings.enumerated() where words.contains(String(word)) { vector[place] += 1 }
        }
        return VectorRows.unit(vector)
    }
}

/// A knowledge file of rows `id,question,answer,category,variants`.
func table(_ rows: String...) -> [UInt8] {
    Array((["id,question,answer,category,variants"] + rows).joined(separator: "\n").utf8)
}
