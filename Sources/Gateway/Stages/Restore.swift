internal import Audit
internal import Auth
internal import Redaction

extension Pipeline {
    /// Second half of the stage `restore`: puts the caller's own personal data back into the answer, for one who may have it.
    func restore(
        _ guarded: GuardedDraft, _ vault: borrowing RequestVault, _ token: VerifiedToken, _ caller: Caller,
        _ connection: ConnectionContext, _ path: inout DecisionPath
    ) -> GuardedDraft {
        if guarded.isMasked { path.modify("pii_masked") } else { path.skip() }
        guard !vault.isEmpty, guarded.draft.isRestorable else { return guarded }
        guard mayRestore(token, caller, connection) else {
            if !guarded.isMasked { path.skip("pii_restore_missing") }
            return guarded
        }
        var whole = guarded
        switch guarded.draft {
        case .answer(var answer):
            let restored = vault.restore(answer.text)
            guard restored != answer.text else { return guarded }
            answer.text = restored
            whole.draft = .answer(answer)
        case .texts(var draft):
            var restored: [[UInt8]] = []
            for text in draft.texts { restored.append(vault.restore(text)) }
            guard restored != draft.texts else { return guarded }
            draft.texts = restored
            whole.draft = .texts(draft)
        case .found, .suggested, .reply: return guarded
        }
        path.modify(guarded.isMasked ? "pii_masked_and_restored" : "pii_restored")
        return whole
    }

    /// Whether the caller may have its own personal data back.
    func mayRestore(_ token: VerifiedToken, _ caller: Caller, _ connection: ConnectionContext) -> Bool {
        do throws(PolicyRefusal) {
            _ = try services.policy.decide(
                .piiRestore, token: token, certificate: caller.certificate, in: connection.circumstances)
            return true
        } catch {
            return false
        }
    }
}

extension Draft {
    /// Whether its texts may hold tokens of the vault at hand.
    fileprivate var isRestorable: Bool {
        switch self {
        case .answer: true
        case .texts(let draft): draft.isRestorable
        case .found, .suggested, .reply: false
        }
    }
}
