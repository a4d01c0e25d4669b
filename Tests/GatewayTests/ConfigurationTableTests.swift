import Agent
import Foundation
import Testing

@testable import Gateway

@Suite struct `Each setting` {
    private static let issuer = "{issuer: 'i', audience: 'a', keys: [{file: 'k', algorithm: 'ES256'}]}"

    private func parse(_ text: String) throws -> Configuration {
        try Configuration.parse(Array(text.utf8), file: "gateway.json5")
    }

    /// A document with one member in one section beside what must be there.
    private func parse(_ section: String, _ member: String, _ value: String) throws -> Configuration {
        let signing = section == "signing" ? "issuer: 'i', audience: 'a', key: 'k', " : ""
        if section == "tokens" { return try parse("{tokens: {issuers: [\(Self.issuer)], \(member): \(value)}}") }
        return try parse("{tokens: {issuers: [\(Self.issuer)]}, \(section): {\(signing)\(member): \(value)}}")
    }

    private func failure(_ text: String) -> String {
        do {
            _ = try parse(text)
            return "accepted"
        } catch { return "\(error)" }
    }

    struct Number: Sendable, CustomTestStringConvertible {
        let section: String, member: String
        let range: ClosedRange<Int>
        let read: @Sendable (Configuration) -> Int?
        var testDescription: String { "\(section).\(member)" }
    }

    private static let patience = 10...3_600_000
    static let numbers: [Number] = [
        Number(section: "listener", member: "port", range: 0...65_535) { $0.listener.port },
        Number(section: "listener", member: "chain_depth_max", range: 0...8) { $0.listener.chainDepthMax },
        Number(section: "listener", member: "sessions_max", range: 1...1_000_000) { $0.listener.sessionsMax },
        Number(section: "listener", member: "session_s", range: 1...86_400) { $0.listener.sessionSeconds },
        Number(section: "metrics", member: "port", range: 0...65_535) { $0.metrics.port },
        Number(section: "limits", member: "loops", range: 0...256) { $0.bounds.loops },
        Number(section: "limits", member: "connections_max", range: 1...1_000_000) { $0.bounds.connectionsMax },
        Number(section: "limits", member: "connections_per_address_max", range: 1...1_000_000) {
            $0.bounds.connectionsPerAddressMax
        },
        Number(section: "limits", member: "handshakes_in_flight_max", range: 1...1_000_000) {
            $0.bounds.handshakesInFlightMax
        },
        Number(section: "limits", member: "handshakes_per_address_max", range: 1...1_000_000) {
            $0.bounds.handshakesPerAddressMax
        },
        Number(section: "limits", member: "queue_delay_ms", range: patience) { $0.bounds.queueDelayMilliseconds },
        Number(section: "limits", member: "rate_grace_ms", range: patience) { $0.bounds.rateGraceMilliseconds },
        Number(section: "limits", member: "min_body_bytes_per_s", range: 1...1_000_000) {
            $0.bounds.bodyBytesPerSecondMin
        },
        Number(section: "limits", member: "min_read_bytes_per_s", range: 1...1_000_000) {
            $0.bounds.readBytesPerSecondMin
        },
        Number(section: "limits", member: "requests_in_flight_max", range: 1...1_000_000) {
            $0.bounds.requestsInFlightMax
        },
        Number(section: "limits", member: "request_line_bytes_max", range: 256...65_536) {
            $0.bounds.requestLineBytesMax
        },
        Number(section: "limits", member: "header_bytes_max", range: 1024...1_048_576) { $0.bounds.headerBytesMax },
        Number(section: "limits", member: "header_count_max", range: 8...1000) { $0.bounds.headerCountMax },
        Number(section: "limits", member: "body_bytes_max", range: 1024...16_777_216) { $0.bounds.bodyBytesMax },
        Number(section: "limits", member: "message_bytes_max", range: 1...AgentLimits.textBytesMax) {
            $0.bounds.messageBytesMax
        },
        Number(section: "limits", member: "knowledge_bytes_max", range: 1024...16_777_216) {
            $0.bounds.knowledgeBytesMax
        },
        Number(section: "limits", member: "handshake_ms", range: patience) { $0.bounds.handshakeMilliseconds },
        Number(section: "limits", member: "header_ms", range: patience) { $0.bounds.headerMilliseconds },
        Number(section: "limits", member: "body_ms", range: patience) { $0.bounds.bodyMilliseconds },
        Number(section: "limits", member: "idle_ms", range: patience) { $0.bounds.idleMilliseconds },
        Number(section: "limits", member: "write_ms", range: patience) { $0.bounds.writeMilliseconds },
        Number(section: "limits", member: "drain_ms", range: patience) { $0.bounds.drainMilliseconds },
        Number(section: "tracing", member: "queue_max", range: 1...1_000_000) { $0.tracing.queueMax },
        Number(section: "tracing", member: "interval_ms", range: 10...60_000) { $0.tracing.intervalMilliseconds },
        Number(section: "tracing", member: "timeout_ms", range: 10...60_000) { $0.tracing.timeoutMilliseconds },
        Number(section: "tokens", member: "clock_skew_s", range: 0...300) { $0.tokens.clockSkewSeconds },
        Number(section: "tokens", member: "life_max_s", range: 1...31_536_000) { $0.tokens.lifeMaxSeconds },
        Number(section: "tokens", member: "cache_max", range: 0...1_000_000) { $0.tokens.cacheMax },
        Number(section: "signing", member: "ttl_s", range: 1...86_400) { $0.signing?.ttlSeconds },
        Number(section: "signing", member: "ttl_max_s", range: 1...31_536_000) { $0.signing?.ttlMaxSeconds },
        Number(section: "redaction", member: "sessions_max", range: 1...1_000_000) {
            $0.redaction.sessionsMax
        },
        Number(section: "redaction", member: "session_bytes_max", range: 1_048_576...17_179_869_184) {
            $0.redaction.sessionBytesMax
        },
        Number(section: "redaction", member: "session_idle_s", range: 1...86_400) {
            $0.redaction.sessionIdleSeconds
        },
        Number(section: "verification", member: "challenge_s", range: 1...3600) { $0.verification.challengeSeconds },
        Number(section: "verification", member: "answers_max", range: 1...10) { $0.verification.answersMax },
        Number(section: "verification", member: "verified_s", range: 1...86_400) { $0.verification.verifiedSeconds },
        Number(section: "verification", member: "sessions_max", range: 1...100_000) {
            $0.verification.sessionsMax
        },
        Number(section: "verification", member: "customer_guesses_max", range: 1...100) {
            $0.verification.customerGuessesMax
        },
        Number(section: "verification", member: "caller_guesses_max", range: 1...100) {
            $0.verification.callerGuessesMax
        },
        Number(section: "verification", member: "memory_s", range: 1...31_536_000) { $0.verification.memorySeconds },
        // Up to the longest lock, and from the first lock on, as they are shipped.
        Number(section: "verification", member: "lock_s", range: 1...86_400) { $0.verification.lockSeconds },
        Number(section: "verification", member: "lock_max_s", range: 900...31_536_000) {
            $0.verification.lockSecondsMax
        },
        Number(section: "documents", member: "bytes_max", range: 1024...67_108_864) { $0.documents.bytesMax },
        // From the largest document up to all of them, as they are shipped.
        Number(section: "documents", member: "owner_bytes_max", range: 10_485_760...10_737_418_240) {
            $0.documents.ownerBytesMax
        },
        Number(section: "documents", member: "total_bytes_max", range: 104_857_600...1_099_511_627_776) {
            $0.documents.totalBytesMax
        },
        Number(section: "documents", member: "clamd_timeout_ms", range: 100...300_000) {
            $0.documents.scannerTimeoutMilliseconds
        },
        Number(section: "audit", member: "segment_bytes", range: 65_536...1_073_741_824) { $0.audit.segmentBytesMax },
        Number(section: "audit", member: "space_warn_bytes", range: 0...Int.max) { $0.audit.spaceWarnBytes },
        Number(section: "audit", member: "space_stop_bytes", range: 0...Int.max) { $0.audit.spaceStopBytes },
    ]

    @Test(arguments: numbers)
    func `a number is taken at its bounds and refused past them`(number: Number) throws {
        for bound in [number.range.lowerBound, number.range.upperBound] {
            #expect(number.read(try parse(number.section, number.member, "\(bound)")) == bound)
        }
        var outside = ["\(number.range.lowerBound - 1)", "1.5", "'1'", "null", "true", "[1]"]
        if number.range.upperBound < Int.max { outside.append("\(number.range.upperBound + 1)") }
        for value in outside {
            #expect(throws: ConfigurationError.self, "\(value)") { try parse(number.section, number.member, value) }
        }
    }

    @Test(arguments: [
        ("clamd", "'127.0.0.1:3310'", true), ("clamd", "'[::1]:3310'", true), ("clamd", "''", true),
        ("clamd", "'192.0.2.1:3310'", false), ("clamd", "'localhost:3310'", false), ("clamd", "'127.0.0.1'", false),
        ("clamd", "'127.0.0.1:0'", false), ("types", "['pdf', 'html']", true), ("types", "[]", true),
        ("types", "['exe']", false), ("types", "'pdf'", false),
    ])
    func `a scanner is on this machine, and kinds of documents are known`(member: String, value: String, isTaken: Bool)
    {
        let settings = try? parse("documents", member, value)
        #expect((settings != nil) == isTaken, "\(value)")
    }

    struct Text: Sendable, CustomTestStringConvertible {
        let section: String, member: String
        let read: @Sendable (Configuration) -> String?
        var testDescription: String { "\(section).\(member)" }
    }

    static let texts: [Text] = [
        Text(section: "listener", member: "address") { $0.listener.address },
        Text(section: "listener", member: "certificate") { $0.listener.certificate },
        Text(section: "listener", member: "key") { $0.listener.key },
        Text(section: "listener", member: "client_ca") { $0.listener.clientCA },
        Text(section: "metrics", member: "address") { $0.metrics.address },
        Text(section: "tracing", member: "service_name") { $0.tracing.serviceName },
        Text(section: "policies", member: "rbac") { $0.policies.rbac },
        Text(section: "policies", member: "ratelimits") { $0.policies.rateLimits },
        Text(section: "policies", member: "redaction") { $0.policies.redaction },
        Text(section: "policies", member: "escalation") { $0.policies.escalation },
        Text(section: "policies", member: "models") { $0.policies.models },
        Text(section: "policies", member: "screen") { $0.policies.screen },
        Text(section: "policies", member: "banking") { $0.policies.banking },
        Text(section: "policies", member: "prompts") { $0.policies.prompts },
        Text(section: "audit", member: "directory") { $0.audit.directory },
        Text(section: "audit", member: "state_directory") { $0.audit.stateDirectory },
        Text(section: "audit", member: "origin") { $0.audit.origin },
        Text(section: "state", member: "knowledge") { $0.state.knowledge },
        Text(section: "state", member: "tickets") { $0.state.tickets },
        Text(section: "state", member: "revocations") { $0.state.revocations },
        Text(section: "state", member: "customers") { $0.state.customers },
        Text(section: "state", member: "spending") { $0.state.spending },
        Text(section: "verification", member: "key") { $0.verification.key },
        Text(section: "documents", member: "directory") { $0.documents.directory },
    ]

    @Test(arguments: texts)
    func `a text is taken and anything else refused`(text: Text) throws {
        let longest = String(repeating: "x", count: 4096)
        for value in ["x", longest] {
            #expect(text.read(try parse(text.section, text.member, "'\(value)'")) == value)
        }
        for value in ["''", "'\(longest)x'", "1", "null", "['x']"] {
            #expect(throws: ConfigurationError.self) { try parse(text.section, text.member, value) }
        }
    }

    @Test(arguments: [
        ("listener", "client_certificate", ["required", "optional", "off"]),
        ("audit", "durability", ["strict", "relaxed"]), ("tokens", "signatures", ["libjwt", "openssl"]),
        ("process", "sandbox", ["on", "off"]),
        ("log", "level", ["error", "warning", "info", "debug"]),
    ])
    func `a choice is one of its words`(section: String, member: String, words: [String]) throws {
        for word in words { #expect("\(try parse(section, member, "'\(word)'"))".contains("\"\(word)\"")) }
        for value in ["'Required'", "'none'", "''", "true", "1"] {
            #expect(throws: ConfigurationError.self) { try parse(section, member, value) }
        }
    }

    @Test func `a ratio of traces is between none and all`() throws {
        for (value, ratio) in [("0", 0.0), ("1", 1.0), ("0.25", 0.25), ("1.0", 1.0)] {
            #expect(try parse("tracing", "sample_ratio", value).tracing.sampleRatio == ratio)
        }
        for value in ["-1", "2", "1.000001", "-0.1", "'1'", "null", "true"] {
            #expect(throws: ConfigurationError.self, "\(value)") { try parse("tracing", "sample_ratio", value) }
        }
    }

    @Test func `traces go over TLS, or nowhere but here`() throws {
        #expect(try parse("tracing", "endpoint", "''").tracing.endpoint.isEmpty)
        let allowed = [
            "https://collector.bank.example", "https://collector:4318/otlp", "https://[2001:db8::1]:4318",
            "http://127.0.0.1:4318", "http://127.9.9.9", "http://[::1]:4318/",
        ]
        for endpoint in allowed {
            #expect(try parse("tracing", "endpoint", "'\(endpoint)'").tracing.endpoint == endpoint)
        }
        let refused = [
            "http://collector", "http://localhost:4318", "http://10.0.0.1:4318", "http://127.0.0.1.evil.example",
            "http://127.0.0.1@evil.example", "https://", "https://:4318", "https://a:0", "https://a:65536",
            "https://a:b",
            "ftp://127.0.0.1", "collector:4318", "https://a?b", "https://a#b", "https://a b", "HTTPS://a",
            "http://[::2]",
            "http://[::1", "http://127.0.0.256", "http://127.1",
        ]
        for endpoint in refused {
            #expect(throws: ConfigurationError.self, "\(endpoint)") {
                try parse("tracing", "endpoint", "'\(endpoint)'")
            }
        }
        for member in ["certificate", "key"] {
            #expect(throws: ConfigurationError.self) { try parse("tracing", member, "'file'") }
        }
        #expect(try parse("tracing", "certificate", "'c', key: 'k'").tracing.key == "k")
    }

    @Test func `lines of requests and connections are on or off`() throws {
        for value in [true, false] {
            #expect(try parse("log", "requests", "\(value)").log.requests == value)
            #expect(try parse("log", "connections", "\(value)").log.connections == value)
        }
        for value in ["1", "'on'", "null"] {
            #expect(throws: ConfigurationError.self) { try parse("log", "requests", value) }
        }
    }

    @Test(arguments: [
        ("{}", "gateway.json5:1: /: found no member \"tokens\", wanted a member \"tokens\""),
        ("{tokens: {}}", "member \"issuers\""),
        (
            "{\ntokens: {issuers: []}}",
            "gateway.json5:2: /tokens/issuers: found an empty array, wanted at least one issuer"
        ),
        (
            "{tokens: {issuers: [{issuer: 'i', audience: 'a', keys: []}]}}",
            "/tokens/issuers/0/keys: found an empty array"
        ),
        (
            "{tokens: {issuers: [{issuer: 'i', audience: 'a'}]}}",
            "/tokens/issuers/0/keys: found no keys, wanted one of keys (files), key_set"
        ),
        ("{tokens: {issuers: [{issuer: 'i', keys: []}]}}", "member \"audience\""),
        ("{tokens: {issuers: [{issuer: 'i', audience: 'a', keys: [{file: 'k'}]}]}}", "/tokens/issuers/0/keys/0"),
        (
            "{tokens: {issuers: [{issuer: 'i', audience: 'a', keys: [{file: 'k', algorithm: 'ES256', use: 1}]}]}}",
            "/tokens/issuers/0/keys/0/use"
        ),
        ("{\n\ntoken: {}}", "gateway.json5:3: /token"),
        ("{tokens: [], }", "/tokens: found an array, wanted an object"),
        ("[]", "found an array, wanted an object"),
        ("{tokens: {issuers: [}}", "gateway.json5:1: column"),
        ("{tokens: 1, tokens: 2}", "gateway.json5:1: column 13"),
        ("", "gateway.json5:1"),
    ])
    func `what is wrong is named with its line`(text: String, part: String) {
        let failure = failure(text)
        #expect(failure.contains(part), "\(failure)")
    }

    @Test(arguments: [
        "listener", "metrics", "process", "log", "tracing", "limits", "tokens", "signing", "policies", "audit", "state",
    ])
    func `a member that is not known stops the start, in every section`(section: String) {
        #expect(throws: ConfigurationError.self) { try parse(section, "surplus", "1") }
        let text = "{tokens: {issuers: [\(Self.issuer)]}, \(section): 'text'}"
        #expect(failure(text) != "accepted")
    }

    @Test func `a group stands beside a user`() throws {
        let both = try parse("process", "user", "'u', group: 'g'").process
        #expect(both.user == "u" && both.group == "g")
        #expect(throws: ConfigurationError.self) { try parse("process", "group", "'g'") }
        let longest = String(repeating: "u", count: 256)
        #expect(try parse("process", "user", "'\(longest)'").process.user == longest)
        for value in ["'\(longest)u'", "1000", "null"] {
            #expect(throws: ConfigurationError.self) { try parse("process", "user", value) }
        }
    }

    @Test func `witnesses are named by a policy, and required only where there is one`() throws {
        func witness(_ members: String) throws -> Configuration.Witnessing {
            try parse("audit", "witness", "{\(members)}").audit.witness
        }
        #expect(try witness("").policy.isEmpty)
        let all = try witness("policy: 'w', ca: 'c', max_lag_s: 10, required: true")
        #expect(all.policy == "w" && all.clientCA == "c" && all.lagSecondsMax == 10 && all.isRequired)
        #expect(try witness("policy: 'w'").lagSecondsMax == 300)
        #expect(try witness("max_lag_s: 86400").lagSecondsMax == 86_400)
        for bad in [
            "required: true", "max_lag_s: 9", "max_lag_s: 86401", "policy: 1", "quorum: 2", "ca: null",
            "required: 'yes', policy: 'w'",
        ] {
            #expect(throws: ConfigurationError.self, "\(bad)") { try witness(bad) }
        }
    }

    @Test func `a PKCS #11 module has 16 paths at most`() throws {
        func paths(_ texts: [String]) throws -> [String]? {
            let list = texts.map { "'\($0)'" }.joined(separator: ", ")
            return try parse("signing", "pkcs11_paths", "[\(list)]").signing?.pkcs11Paths
        }
        let most = (1...16).map { "/var/lib/hsm-\($0)" }
        #expect(try paths(most) == most)
        #expect(throws: ConfigurationError.self) { try paths(most + ["/one/more"]) }
        let longest = "/" + String(repeating: "p", count: 4095)
        #expect(try paths([longest]) == [longest])
        #expect(throws: ConfigurationError.self) { try paths([longest + "p"]) }
        #expect(throws: ConfigurationError.self) { try paths([""]) }
        #expect(try parse("signing", "ttl_max_s", "60").signing?.pkcs11Paths == [])
    }

    @Test func `a lifetime of tokens is within the longest`() throws {
        func signing(_ members: String) throws -> Configuration.Signing? {
            try parse("signing", "ttl_max_s", members).signing
        }
        #expect(try signing("600, ttl_s: 600")?.ttlSeconds == 600)
        #expect(throws: ConfigurationError.self) { try signing("600, ttl_s: 601") }
        #expect(try signing("600")?.ttlSeconds == 600)
        #expect(try signing("7200")?.ttlSeconds == 1800)
        #expect(try parse("{tokens: {issuers: [\(Self.issuer)]}}").signing == nil)
    }
}

/// The files of this repository.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: root.appending(path: path))) }
}
