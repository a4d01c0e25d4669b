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
        guard !vault.isEmpty, case .answer(var answer) = guarded.draft else { return guarded }
        guard mayRestore(token, caller, connection) else {
            if !guarded.isMasked { path.skip("pii_restore_missing") }
            return guarded
        }
        let restored = vault.restore(answer.text)
        guard restored != answer.text else { return guarded }
        path.modify(guarded.isMasked ? "pii_masked_and_restored" : "pii_restored")
        answer.text = restored
        var whole = guarded
        whole.draft = .answer(answer)
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
