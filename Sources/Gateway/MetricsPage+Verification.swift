internal import Auth

extension MetricsPage {
    func writeVerification(_ text: inout PrometheusText) {
        guard let desk = services.verification else { return }
        let counts = desk.statistics
        text.family(
            "portcullis_verification_sessions", "gauge",
            "Conversations whose customer is asked for proof or verified, or was and left no place yet.")
        text.sample("portcullis_verification_sessions", [], counts.sessions)
        text.family("portcullis_verification_challenges_total", "counter", "Customers asked for proof.")
        text.sample("portcullis_verification_challenges_total", [], counts.challenges)
        text.family(
            "portcullis_verification_answers_total", "counter",
            "Answers of customers; locked: those, and challenges, that were refused after too many wrong ones.")
        for (result, count) in [("right", counts.right), ("wrong", counts.wrong), ("locked", counts.locked)] {
            text.sample("portcullis_verification_answers_total", [("result", result)], count)
        }
    }
}
