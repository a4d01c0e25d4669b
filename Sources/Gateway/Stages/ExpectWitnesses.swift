internal import Audit

extension Pipeline {
    /// Stage `edge`, where `audit.witness.required` is true: while no quorum of witnesses vouches for the log, it could be cut
    /// off unnoticed, and then nothing is decided. The refusal itself is recorded: the log is well, and shows the gap.
    /// - Throws: `Refusal` while the quorum is late.
    func expectWitnesses() throws(Refusal) {
        guard services.witnesses?.forbidService == true else { return }
        var refusal = Refusal(problem: .auditUnavailable, reason: "witness_quorum", kind: .failure)
        refusal.detail = "the log's witnesses have not signed for too long"
        throw refusal
    }
}
