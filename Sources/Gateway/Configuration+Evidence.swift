internal import Audit
internal import Evidence
internal import JSON

extension Configuration {
    /// Where finished segments and checkpoints are brought by `portcullis audit ship`.
    public struct Shipping: Sendable {
        var target = "off"
        var directory = ""
        var command: [String] = []
        var endpoint = ""
        var region = "us-east-1"
        var bucket = ""
        var prefix = ""
        var clientCA = ""
        var credentials = ""
        var lock = "off"
        var retainDays = 400
        var timeoutSeconds = 300
        var intervalSeconds = 10
        var lagWarnSeconds = 3600
    }

    /// Who cosigns the log's checkpoints.
    public struct Witnessing: Sendable {
        /// A C2SP tlog-policy, found as the other policies are; empty: nobody.
        var policy = ""
        /// PEM file with the CAs of the witnesses' servers; empty: the system's.
        var clientCA = ""
        var lagSecondsMax = 300
        var isRequired = false
    }

    /// The members of `audit` that are about sealing, retention, shipping and witnesses.
    static let evidenceMembers = ["key_encryption_key", "seal", "retention_min_days", "ship", "witness"]

    mutating func readEvidence(_ object: JSONObject) throws(JSONShapeError) {
        if let file = try object.optionalString("key_encryption_key", countRange: 0...4096) {
            audit.keyEncryptionKey = file
        }
        if object.optional("seal") != nil {
            audit.seal = try object.strings("seal")
            if let unknown = audit.seal.first(where: { SealedMembers(named: $0) == nil }) {
                throw object.error(
                    "seal", found: "\"\(unknown)\"", wanted: "some of " + SealedMembers.names.joined(separator: ", "))
            }
        }
        if let days = try object.optionalInteger("retention_min_days", in: 1...36_500) {
            audit.retentionMinDays = days
        }
        try readShipping(object)
        try readWitnesses(object)
    }

    private mutating func readWitnesses(_ audit: JSONObject) throws(JSONShapeError) {
        guard
            let object = try audit.optionalObject("witness", allowing: ["policy", "ca", "max_lag_s", "required"])
        else { return }
        var witness = Witnessing()
        if let file = try object.optionalString("policy", countRange: 0...4096) { witness.policy = file }
        if let file = try object.optionalString("ca", countRange: 0...4096) { witness.clientCA = file }
        if let seconds = try object.optionalInteger("max_lag_s", in: WitnessConfiguration.lagSeconds) {
            witness.lagSecondsMax = seconds
        }
        if let isRequired = try object.optionalBool("required") { witness.isRequired = isRequired }
        guard !witness.isRequired || !witness.policy.isEmpty else {
            throw object.error("required", found: "true, and nobody to ask", wanted: "a member \"policy\" beside it")
        }
        self.audit.witness = witness
    }

    private mutating func readShipping(_ audit: JSONObject) throws(JSONShapeError) {
        guard
            let object = try audit.optionalObject(
                "ship",
                allowing: [
                    "target", "directory", "command", "endpoint", "region", "bucket", "prefix", "ca", "credentials",
                    "lock", "retain_days", "timeout_s", "interval_s", "lag_warn_s",
                ])
        else { return }
        var ship = Shipping()
        try Self.choose("target", &ship.target, of: ["off", "directory", "command", "s3"], in: object)
        try Self.choose("lock", &ship.lock, of: ["off", "governance", "compliance"], in: object)
        for (name, path) in [
            ("directory", \Shipping.directory), ("endpoint", \.endpoint), ("region", \.region), ("bucket", \.bucket),
            ("prefix", \.prefix), ("ca", \.clientCA), ("credentials", \.credentials),
        ] {
            if let text = try object.optionalString(name, countRange: 0...4096) { ship[keyPath: path] = text }
        }
        if object.optional("command") != nil { ship.command = try object.strings("command") }
        for (name, path, range) in [
            ("retain_days", \Shipping.retainDays, 1...36_500), ("timeout_s", \.timeoutSeconds, 1...3600),
            ("interval_s", \.intervalSeconds, 1...3600), ("lag_warn_s", \.lagWarnSeconds, 1...2_592_000),
        ] {
            if let number = try object.optionalInteger(name, in: range) { ship[keyPath: path] = number }
        }
        let needed: (String, Bool) =
            switch ship.target {
            case "directory": ("directory", !ship.directory.isEmpty)
            case "command": ("command", ship.command.first?.hasPrefix("/") == true)
            case "s3": ("bucket", !ship.bucket.isEmpty && !ship.endpoint.isEmpty)
            default: ("target", true)
            }
        guard needed.1 else {
            throw object.error(
                needed.0, found: "nothing to use",
                wanted:
                    "what the target \"\(ship.target)\" needs: directory; or command, a program by absolute path and its "
                    + "words; or endpoint and bucket")
        }
        self.audit.ship = ship
    }

    private static func choose(
        _ name: String, _ value: inout String, of choices: [String], in object: JSONObject
    ) throws(JSONShapeError) {
        guard let text = try object.optionalString(name) else { return }
        guard choices.contains(text) else {
            throw object.error(name, found: "\"\(text)\"", wanted: "one of " + choices.joined(separator: ", "))
        }
        value = text
    }
}
