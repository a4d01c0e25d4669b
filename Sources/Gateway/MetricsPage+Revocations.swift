internal import Auth
internal import Threading

extension MetricsPage {
    func writeRevocations(_ text: inout PrometheusText) {
        let list = services.revocations.list
        let revocations = list.statistics
        text.family("portcullis_token_revocations", "gauge", "Revocations of tokens in force.")
        text.sample("portcullis_token_revocations", [], revocations.revocations)
        text.family("portcullis_token_revocations_bytes", "gauge", "Memory of their table.")
        text.sample("portcullis_token_revocations_bytes", [], revocations.bytes)
        text.family(
            "portcullis_token_revocations_stale", "gauge",
            "1 while their database could not be read for so long that every token is refused.")
        text.sample("portcullis_token_revocations_stale", [], list.isStale(now: WallClock.seconds) ? 1 : 0)
        text.family("portcullis_token_revoked_uses_total", "counter", "Tokens refused because they were revoked.")
        text.sample("portcullis_token_revoked_uses_total", [], revocations.refusals)
    }
}
