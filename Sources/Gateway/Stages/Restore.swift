internal import Audit
internal import Auth
internal import Redaction

extension Pipeline {
    /// Stage `restore`: puts personal data back into the answer, for a caller who may have it.
    func restore(
        _ draft: Draft, _ vault: borrowing Vault, _ token: VerifiedToken, _ caller: Caller,
        _ path: inout DecisionPath
    ) -> Draft {
        guard vault.count > 0, case .answer(var answer) = draft else {
            path.skip()
            return draft
        }
        do throws(PolicyRefusal) {
            _ = try services.policy.decide(.piiRestore, token: token, certificate: caller.certificate)
        } catch {
            path.skip("pii_restore_missing")
            return draft
        }
        let restored = vault.restore(answer.text)
        if restored == answer.text {
            path.skip()
        } else {
            path.modify("pii_restored")
            answer.text = restored
        }
        return .answer(answer)
    }
}
