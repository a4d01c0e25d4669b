internal import Curl
internal import JSON

extension Configuration {
    /// Conversations that are kept. There are none while the key is not there.
    public struct Sessions: Sendable {
        /// What the keys of their content are wrapped under.
        var key = "certs/content.key"
        var retentionDays = 30
    }

    /// Who is told of new tickets; nobody while `url` is empty.
    public struct Webhook: Sendable {
        var url = ""
        /// The file of the secret that deliveries are signed with.
        var secret = ""
        var receiverCA = ""
        var timeoutMilliseconds = 5000

        /// The port that deliveries go to; nil where there are none.
        var port: UInt16? { HTTPEndpoint(url, allowsQuery: true)?.port }
    }

    mutating func readSessions(_ root: JSONObject) throws(JSONShapeError) {
        if let object = try root.optionalObject("sessions", allowing: ["key", "retention_days"]) {
            if let file = try object.optionalString("key", countRange: 0...4096) { sessions.key = file }
            try object.set("retention_days", &sessions.retentionDays, in: 1...3660)
        }
        guard let object = try root.optionalObject("webhook", allowing: ["url", "secret", "receiver_ca", "timeout_ms"])
        else {
            return
        }
        if let url = try object.optionalString("url", countRange: 0...HTTPEndpoint.bytesMax) { webhook.url = url }
        guard webhook.url.isEmpty || HTTPEndpoint(webhook.url, allowsQuery: true) != nil else {
            throw object.error(
                "url", found: "\"\(webhook.url)\"",
                wanted: "https://HOST[:PORT][/PATH], http:// with a numeric loopback address, or \"\" for none")
        }
        if let file = try object.optionalString("secret", countRange: 0...4096) { webhook.secret = file }
        guard webhook.url.isEmpty || !webhook.secret.isEmpty else {
            throw object.error(
                "secret", found: "none", wanted: "a file with the secret that deliveries are signed with")
        }
        if let file = try object.optionalString("receiver_ca", countRange: 0...4096) { webhook.receiverCA = file }
        try object.set("timeout_ms", &webhook.timeoutMilliseconds, in: 100...60_000)
    }
}
