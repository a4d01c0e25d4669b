internal import JSON

extension Configuration {
    /// What redaction needs besides its policy.
    public struct RedactionSettings: Sendable {
        /// The key of `hash`; empty where there is none.
        var hashKey = ""
        /// The key that the sessions' vaults are sealed with on the disk; empty where they are in memory alone.
        var sessionKey = ""
        var sessionsMax = 10_000
        var sessionBytesMax = 67_108_864
        var sessionIdleSeconds = 1800

        /// What the sessions' vaults may take up.
        var sessionBounds: SessionTable.Bounds {
            SessionTable.Bounds(
                sessionsMax: sessionsMax, bytesMax: sessionBytesMax, idleMax: .seconds(sessionIdleSeconds))
        }
    }

    private static let redactionMembers = [
        "hash_key", "session_key", "sessions_max", "session_bytes_max", "session_idle_s",
    ]
    /// 16 GiB.
    private static let sessionBytesMost = 17_179_869_184

    mutating func readRedaction(_ root: JSONObject) throws(JSONShapeError) {
        guard let object = try root.optionalObject("redaction", allowing: Self.redactionMembers) else { return }
        if let file = try object.optionalString("hash_key", countRange: 0...4096) { redaction.hashKey = file }
        if let file = try object.optionalString("session_key", countRange: 0...4096) { redaction.sessionKey = file }
        if let count = try object.optionalInteger("sessions_max", in: 1...1_000_000) {
            redaction.sessionsMax = count
        }
        if let bytes = try object.optionalInteger("session_bytes_max", in: 1_048_576...Self.sessionBytesMost) {
            redaction.sessionBytesMax = bytes
        }
        if let seconds = try object.optionalInteger("session_idle_s", in: 1...86_400) {
            redaction.sessionIdleSeconds = seconds
        }
    }
}
