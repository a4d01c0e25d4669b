internal import Auth

extension MetricsPage {
    /// The keys of external issuers; nothing where there are none.
    func writeIssuers(_ text: inout PrometheusText) {
        guard let issuers = services.issuers?.statistics() else { return }
        text.family("portcullis_issuer_keys", "gauge", "Keys that tokens of each external issuer are verified with.")
        for issuer in issuers {
            text.sample("portcullis_issuer_keys", [("issuer", issuer.issuer)], UInt64(issuer.keys))
        }
        text.family("portcullis_issuer_fetches_total", "counter", "Fetches of an issuer's keys, by result.")
        for issuer in issuers {
            text.sample(
                "portcullis_issuer_fetches_total", [("issuer", issuer.issuer), ("result", "ok")], issuer.succeeded)
            text.sample(
                "portcullis_issuer_fetches_total", [("issuer", issuer.issuer), ("result", "failed")], issuer.failed)
        }
        text.family(
            "portcullis_issuer_unknown_keys_total", "counter",
            "Requests with an unknown key that were refused without a fetch, for one was made just before.")
        for issuer in issuers {
            text.sample("portcullis_issuer_unknown_keys_total", [("issuer", issuer.issuer)], issuer.refused)
        }
        let fetched = issuers.compactMap { issuer in issuer.ageSeconds.map { (issuer.issuer, $0) } }
        guard !fetched.isEmpty else { return }
        text.family("portcullis_issuer_keys_age_seconds", "gauge", "Time since an issuer's keys were last fetched.")
        for (issuer, age) in fetched {
            text.sample("portcullis_issuer_keys_age_seconds", [("issuer", issuer)], age)
        }
    }
}
