internal import Agent
internal import JSON
internal import Telemetry

extension Configuration {
    mutating func read(_ root: JSONNode) throws(JSONShapeError) {
        let object = try JSONObject(
            root,
            allowing: [
                "listener", "metrics", "process", "log", "tracing", "limits", "tokens", "signing", "policies",
                "redaction", "verification", "embedding", "documents", "sessions", "webhook", "audit", "state",
            ])
        try readListener(object)
        try readMetrics(object)
        try readProcess(object)
        if let lines = try object.optionalObject("log", allowing: ["level", "requests", "connections"]) {
            try lines.set("level", &log.level, of: LogLevel.allCases.map(\.rawValue))
            try lines.set("requests", &log.requests)
            try lines.set("connections", &log.connections)
        }
        try readTracing(object)
        try readBounds(object)
        try readTokens(object)
        try readSigning(object)
        try readPolicies(object)
        try readRedaction(object)
        try readVerification(object)
        try readDocuments(object)
        try readEmbedding(object)
        try readSessions(object)
        try readAudit(object)
        if let files = try object.optionalObject("state", allowing: Self.stateMembers) {
            try files.set("knowledge", &state.knowledge)
            try files.set("tickets", &state.tickets)
            try files.set("revocations", &state.revocations)
            try files.set("customers", &state.customers)
            try files.set("sessions", &state.sessions)
            try files.set("content_keys", &state.contentKeys)
            try files.set("work", &state.work)
            try files.set("bank", &state.bank)
            try files.set("spending", &state.spending)
        }
    }

    private static let stateMembers = [
        "knowledge", "tickets", "revocations", "customers", "sessions", "content_keys", "work", "bank", "spending",
    ]

    private mutating func readListener(_ root: JSONObject) throws(JSONShapeError) {
        guard
            let object = try root.optionalObject(
                "listener",
                allowing: [
                    "address", "port", "client_certificate", "chain_depth_max", "certificate", "key", "client_ca",
                    "sessions_max", "session_s",
                ])
        else { return }
        try object.set("address", &listener.address)
        try object.set("port", &listener.port, in: 0...65_535)
        try object.set("client_certificate", &listener.clientCertificate, of: ["required", "optional", "off"])
        try object.set("chain_depth_max", &listener.chainDepthMax, in: 0...8)
        try object.set("certificate", &listener.certificate)
        try object.set("key", &listener.key)
        try object.set("client_ca", &listener.clientCA)
        try object.set("sessions_max", &listener.sessionsMax, in: 1...1_000_000)
        try object.set("session_s", &listener.sessionSeconds, in: 1...86_400)
    }

    private mutating func readMetrics(_ root: JSONObject) throws(JSONShapeError) {
        guard let object = try root.optionalObject("metrics", allowing: ["address", "port"]) else { return }
        try object.set("address", &metrics.address)
        try object.set("port", &metrics.port, in: 0...65_535)
    }

    private mutating func readProcess(_ root: JSONObject) throws(JSONShapeError) {
        guard let object = try root.optionalObject("process", allowing: ["user", "group", "sandbox"]) else { return }
        if let user = try object.optionalString("user", countRange: 0...256) { process.user = user }
        if let group = try object.optionalString("group", countRange: 0...256) { process.group = group }
        if process.user.isEmpty && !process.group.isEmpty {
            throw object.error("group", found: "a group without a user", wanted: "a member \"user\" beside it")
        }
        try object.set("sandbox", &process.sandbox, of: ["on", "off"])
    }

    private mutating func readTracing(_ root: JSONObject) throws(JSONShapeError) {
        guard
            let object = try root.optionalObject(
                "tracing",
                allowing: [
                    "endpoint", "sample_ratio", "service_name", "ca", "certificate", "key", "queue_max", "interval_ms",
                    "timeout_ms",
                ])
        else { return }
        if let endpoint = try object.optionalString("endpoint", countRange: 0...2048) { tracing.endpoint = endpoint }
        guard tracing.endpoint.isEmpty || TracerConfiguration.isAllowed(tracing.endpoint) else {
            throw object.error(
                "endpoint", found: "\"\(tracing.endpoint)\"",
                wanted: "https://HOST[:PORT][/PATH], http:// with a numeric loopback address, or \"\" for none")
        }
        if let node = object.optional("sample_ratio") {
            switch node.value {
            case .integer(let ratio) where (0...1).contains(ratio): tracing.sampleRatio = Double(ratio)
            case .double(let ratio) where (0...1).contains(ratio): tracing.sampleRatio = ratio
            default: throw object.error("sample_ratio", found: node.kindName, wanted: "a number from 0 to 1")
            }
        }
        try object.set("service_name", &tracing.serviceName)
        for (name, file) in [("ca", \Tracing.clientCA), ("certificate", \.certificate), ("key", \.key)] {
            if let path = try object.optionalString(name, countRange: 0...4096) { tracing[keyPath: file] = path }
        }
        guard tracing.certificate.isEmpty == tracing.key.isEmpty else {
            throw object.error("key", found: "one of certificate and key", wanted: "both or none")
        }
        try object.set("queue_max", &tracing.queueMax, in: 1...1_000_000)
        try object.set("interval_ms", &tracing.intervalMilliseconds, in: 10...60_000)
        try object.set("timeout_ms", &tracing.timeoutMilliseconds, in: 10...60_000)
    }

    private mutating func readBounds(_ root: JSONObject) throws(JSONShapeError) {
        guard
            let object = try root.optionalObject(
                "limits",
                allowing: [
                    "loops", "connections_max", "connections_per_address_max", "handshakes_in_flight_max",
                    "handshakes_per_address_max", "requests_in_flight_max", "request_line_bytes_max",
                    "header_bytes_max", "header_count_max", "body_bytes_max", "message_bytes_max",
                    "knowledge_bytes_max", "handshake_ms", "header_ms", "body_ms", "idle_ms", "write_ms",
                    "queue_delay_ms", "rate_grace_ms", "min_body_bytes_per_s", "min_read_bytes_per_s", "drain_ms",
                ])
        else { return }
        try object.set("loops", &bounds.loops, in: 0...256)
        try object.set("connections_max", &bounds.connectionsMax, in: 1...1_000_000)
        try object.set("connections_per_address_max", &bounds.connectionsPerAddressMax, in: 1...1_000_000)
        try object.set("handshakes_in_flight_max", &bounds.handshakesInFlightMax, in: 1...1_000_000)
        try object.set("handshakes_per_address_max", &bounds.handshakesPerAddressMax, in: 1...1_000_000)
        try object.set("requests_in_flight_max", &bounds.requestsInFlightMax, in: 1...1_000_000)
        try object.set("request_line_bytes_max", &bounds.requestLineBytesMax, in: 256...65_536)
        try object.set("header_bytes_max", &bounds.headerBytesMax, in: 1024...1_048_576)
        try object.set("header_count_max", &bounds.headerCountMax, in: 8...1000)
        try object.set("body_bytes_max", &bounds.bodyBytesMax, in: 1024...16_777_216)
        try object.set("message_bytes_max", &bounds.messageBytesMax, in: 1...AgentLimits.textBytesMax)
        try object.set("knowledge_bytes_max", &bounds.knowledgeBytesMax, in: 1024...16_777_216)
        let milliseconds = 10...3_600_000
        try object.set("handshake_ms", &bounds.handshakeMilliseconds, in: milliseconds)
        try object.set("header_ms", &bounds.headerMilliseconds, in: milliseconds)
        try object.set("body_ms", &bounds.bodyMilliseconds, in: milliseconds)
        try object.set("idle_ms", &bounds.idleMilliseconds, in: milliseconds)
        try object.set("write_ms", &bounds.writeMilliseconds, in: milliseconds)
        try object.set("queue_delay_ms", &bounds.queueDelayMilliseconds, in: milliseconds)
        try object.set("rate_grace_ms", &bounds.rateGraceMilliseconds, in: milliseconds)
        try object.set("min_body_bytes_per_s", &bounds.bodyBytesPerSecondMin, in: 1...1_000_000)
        try object.set("min_read_bytes_per_s", &bounds.readBytesPerSecondMin, in: 1...1_000_000)
        try object.set("drain_ms", &bounds.drainMilliseconds, in: milliseconds)
    }

    private mutating func readTokens(_ root: JSONObject) throws(JSONShapeError) {
        let object = try root.object(
            "tokens", allowing: ["clock_skew_s", "life_max_s", "cache_max", "signatures", "issuers", "approvers"])
        try object.set("clock_skew_s", &tokens.clockSkewSeconds, in: 0...300)
        try object.set("life_max_s", &tokens.lifeMaxSeconds, in: 1...31_536_000)
        try object.set("cache_max", &tokens.cacheMax, in: 0...1_000_000)
        try object.set("signatures", &tokens.signatures, of: ["libjwt", "openssl"])
        for (index, node) in try object.array("issuers").enumerated() {
            tokens.issuers.append(try Issuer(node, at: "/tokens/issuers/\(index)"))
        }
        for (index, node) in (object.optional("approvers") == nil ? [] : try object.array("approvers")).enumerated() {
            let approver = try JSONObject(node, at: "/tokens/approvers/\(index)", allowing: ["name", "file"])
            tokens.approvers.append(
                Approver(
                    name: try approver.string("name", countRange: 1...64),
                    file: try approver.string("file", countRange: 1...4096)))
        }
        if tokens.issuers.isEmpty {
            throw object.error("issuers", found: "an empty array", wanted: "at least one issuer")
        }
    }

    private mutating func readSigning(_ root: JSONObject) throws(JSONShapeError) {
        guard
            let object = try root.optionalObject(
                "signing", allowing: ["issuer", "audience", "key", "keys", "ttl_s", "ttl_max_s", "pkcs11_paths"])
        else { return }
        let key: Signing.Key
        switch (
            try object.optionalString("key", countRange: 1...4096),
            try object.optionalString("keys", countRange: 1...4096)
        ) {
        case (let file?, nil): key = .file(file)
        case (nil, let folder?): key = .folder(folder)
        case (let file, _):
            throw object.error(
                "keys", found: file == nil ? "neither key nor keys" : "key and keys",
                wanted: "keys (a folder that portcullis token keys keeps) or key (a file)")
        }
        let ttlMax = try object.optionalInteger("ttl_max_s", in: 1...31_536_000) ?? 86_400
        signing = Signing(
            issuer: try object.string("issuer", countRange: 1...256),
            audience: try object.string("audience", countRange: 1...256),
            key: key,
            ttlSeconds: try object.optionalInteger("ttl_s", in: 1...ttlMax) ?? min(1800, ttlMax), ttlMaxSeconds: ttlMax,
            pkcs11Paths: try pkcs11Paths(object))
    }

    private func pkcs11Paths(_ object: JSONObject) throws(JSONShapeError) -> [String] {
        guard object.optional("pkcs11_paths") != nil else { return [] }
        let paths = try object.strings("pkcs11_paths")
        guard paths.count <= Signing.pkcs11PathsMax, paths.allSatisfy({ (1...4096).contains($0.utf8.count) }) else {
            throw object.error(
                "pkcs11_paths", found: "\(paths.count) paths",
                wanted: "at most \(Signing.pkcs11PathsMax), each of 1 to 4096 bytes")
        }
        return paths
    }

    private mutating func readPolicies(_ root: JSONObject) throws(JSONShapeError) {
        guard
            let object = try root.optionalObject(
                "policies",
                allowing: [
                    "rbac", "ratelimits", "redaction", "escalation", "scope", "models", "screen", "banking", "prompts",
                ])
        else { return }
        try object.set("rbac", &policies.rbac)
        try object.set("ratelimits", &policies.rateLimits)
        try object.set("redaction", &policies.redaction)
        try object.set("escalation", &policies.escalation)
        try object.set("scope", &policies.scope)
        try object.set("models", &policies.models)
        try object.set("screen", &policies.screen)
        try object.set("banking", &policies.banking)
        try object.set("prompts", &policies.prompts)
    }

    private mutating func readAudit(_ root: JSONObject) throws(JSONShapeError) {
        guard
            let object = try root.optionalObject(
                "audit",
                allowing: [
                    "directory", "state_directory", "origin", "durability", "segment_bytes", "checkpoint_s",
                    "checkpoint_records",
                    "space_warn_bytes", "space_stop_bytes",
                ] + Self.evidenceMembers)
        else { return }
        try object.set("directory", &audit.directory)
        try object.set("state_directory", &audit.stateDirectory)
        try object.set("origin", &audit.origin)
        try object.set("durability", &audit.durability, of: ["strict", "relaxed"])
        try object.set("segment_bytes", &audit.segmentBytesMax, in: 65_536...1_073_741_824)
        try object.set("checkpoint_s", &audit.checkpointSeconds, in: 1...3600)
        try object.set("checkpoint_records", &audit.checkpointRecordsMax, in: 1...1_000_000)
        try object.set("space_warn_bytes", &audit.spaceWarnBytes, in: 0...Int.max)
        try object.set("space_stop_bytes", &audit.spaceStopBytes, in: 0...Int.max)
        try readEvidence(object)
    }
}

extension JSONObject {
    /// Takes the member over `value`, if it is there.
    func set(_ name: String, _ value: inout String) throws(JSONShapeError) {
        if let text = try optionalString(name, countRange: 1...4096) { value = text }
    }

    fileprivate func set(
        _ name: String, _ value: inout String, of choices: [String]
    ) throws(JSONShapeError) {
        guard let text = try optionalString(name) else { return }
        guard choices.contains(text) else {
            throw error(name, found: "\"\(text)\"", wanted: "one of " + choices.joined(separator: ", "))
        }
        value = text
    }

    fileprivate func set(_ name: String, _ value: inout Bool) throws(JSONShapeError) {
        if let bool = try optionalBool(name) { value = bool }
    }

    /// Takes the member over `value`, if it is there and in `range`.
    func set(
        _ name: String, _ value: inout Int, in range: ClosedRange<Int>
    ) throws(JSONShapeError) {
        if let integer = try optionalInteger(name, in: range) { value = integer }
    }
}
