internal import Audit
internal import Evidence
internal import Threading

extension MetricsPage {
    /// What the log's witnesses do; nothing where there are none.
    func writeWitnesses(_ text: inout PrometheusText) {
        guard let statistics = services.witnesses?.statistics else { return }
        text.family("portcullis_witness_attempts_total", "counter", "Requests to witnesses, by witness and result.")
        for witness in statistics.witnesses {
            for result in WitnessStatistics.Result.allCases {
                text.sample(
                    "portcullis_witness_attempts_total", [("witness", witness.name), ("result", result.rawValue)],
                    witness.attempts(result))
            }
        }
        text.family("portcullis_witness_cosigned_records", "gauge", "Records that each witness has cosigned.")
        for witness in statistics.witnesses {
            text.sample("portcullis_witness_cosigned_records", [("witness", witness.name)], witness.cosignedSize)
        }
        let signed = statistics.witnesses.filter { $0.cosignedSeconds > 0 }
        if !signed.isEmpty {
            text.family(
                "portcullis_witness_cosignature_age_seconds", "gauge",
                "Time since each witness's newest cosignature, by the witness's clock.")
            let now = UInt64(max(0, WallClock.seconds))
            for witness in signed {
                text.sample(
                    "portcullis_witness_cosignature_age_seconds", [("witness", witness.name)],
                    now - min(now, witness.cosignedSeconds))
            }
        }
        text.family("portcullis_witness_quorum_records", "gauge", "Records that a quorum of witnesses has cosigned.")
        text.sample("portcullis_witness_quorum_records", [], statistics.coveredSize)
        text.family(
            "portcullis_witness_quorum_lag_seconds", "gauge",
            "Age of the oldest checkpoint that no quorum has cosigned; 0 where there is none.")
        text.sample("portcullis_witness_quorum_lag_seconds", [], statistics.lagMilliseconds, perWhole: 1000)
        text.family("portcullis_witness_quorum_met", "gauge", "Whether that age is within audit.witness.max_lag_s.")
        text.sample("portcullis_witness_quorum_met", [], statistics.isQuorumMet ? 1 : 0)
    }
}
