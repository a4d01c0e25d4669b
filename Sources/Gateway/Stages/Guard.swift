internal import Agent
internal import Audit
internal import Auth
internal import Redaction

/// A draft whose every text may go to the caller. Only `guardOutput` makes one.
struct GuardedDraft: Sendable {
    var draft: Draft
    /// Whether something was taken out of it.
    let isMasked: Bool

    fileprivate init(_ draft: Draft, isMasked: Bool) {
        self.draft = draft
        self.isMasked = isMasked
    }
}

extension Pipeline {
    /// First half of the stage `restore`: takes out of an answer what the caller did not send and may not see. Tokens stay, so
    /// that the second half's originals, which are this caller's own, are not masked again.
    ///
    /// What `POST /v1/redact` and `POST /v1/tickets` give back is the caller's own text. Passages were looked at when they were
    /// taken into memory (`KnowledgeInspection`): those in which nothing was found cost nothing here.
    func guardOutput(
        _ draft: Draft, _ vault: borrowing RequestVault, _ permit: Permit, _ path: inout DecisionPath
    ) -> GuardedDraft {
        switch draft {
        case .reply: return GuardedDraft(draft, isMasked: false)
        case .answer(let answer) where answer.answer.isCleared: return GuardedDraft(draft, isMasked: false)
        case .found(let found) where found.matches.allSatisfy(\.isCleared):
            return GuardedDraft(draft, isMasked: false)
        case .suggested(let suggested) where suggested.suggestions.allSatisfy(\.isCleared):
            return GuardedDraft(draft, isMasked: false)
        case .answer, .found, .suggested, .texts: return look(at: draft, vault, permit, &path)
        }
    }

    @inline(never)
    private func look(
        at draft: Draft, _ vault: borrowing RequestVault, _ permit: Permit, _ path: inout DecisionPath
    ) -> GuardedDraft {
        let redactor = services.redactors.redactor(for: permit, .output)
        var counts: [RedactedText.TypeCount] = []
        let guarded = draft.revised { text in
            let guarded = vault.guarded(text, by: redactor)
            counts += guarded.counts
            return guarded.bytes
        }
        guard !counts.isEmpty else { return GuardedDraft(draft, isMasked: false) }
        services.metrics.countRedactions(counts, .output)
        path.facts.note(counts, .output)
        return GuardedDraft(guarded, isMasked: true)
    }
}

extension Draft {
    /// The draft with each of its texts that came from elsewhere put through `revise`.
    fileprivate func revised(_ revise: ([UInt8]) -> [UInt8]) -> Draft {
        switch self {
        case .answer(let draft):
            let answer = draft.answer.revised(revise)
            return .answer(AnswerDraft(text: answer.text, answer: answer, sessionID: draft.sessionID))
        case .found(let found): return .found(found.revised(revise))
        case .suggested(let suggested): return .suggested(suggested.revised(revise))
        case .texts(var draft):
            draft.texts = draft.texts.map(revise)
            return .texts(draft)
        case .reply: return self
        }
    }
}

extension DecisionPath.Facts {
    /// Notes what was replaced, for the record, which has one count for each type.
    mutating func note(_ counts: [RedactedText.TypeCount], _ direction: RedactionScope.Direction) {
        var noted = redaction ?? AuditRedaction(input: [], output: [])
        for count in counts {
            let type = Array("\(count.type.auditLabel)".utf8)
            switch direction {
            case .input: noted.input.add(type, count.count)
            case .output: noted.output.add(type, count.count)
            }
        }
        redaction = noted
    }
}

extension [AuditRedaction.Count] {
    fileprivate mutating func add(_ type: [UInt8], _ count: Int) {
        if let index = firstIndex(where: { $0.type == type }) {
            self[index].count += UInt64(count)
        } else {
            append(AuditRedaction.Count(type: type, count: UInt64(count)))
        }
    }
}
