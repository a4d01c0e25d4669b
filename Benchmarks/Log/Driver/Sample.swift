import Audit
import OpenSSL

/// The folders of a log that is measured: `audit` and `state` in one.
struct Place {
    let directory: String
    private let stateDirectory: String

    init(_ folder: String) {
        directory = folder + "/audit"
        stateDirectory = folder + "/state"
    }

    func configuration(
        durability: AuditConfiguration.Durability = .strict, checkpointRecords: Int = 1000
    ) -> AuditConfiguration {
        var configuration = AuditConfiguration(
            directory: directory, stateDirectory: stateDirectory, origin: "bank.example/portcullis/bench",
            gateway: GatewayIdentity(
                version: "bench", buildSHA256: SHA256Digest(of: []), configurationSHA256: SHA256Digest(of: []),
                policy: Sample.policy))
        configuration.durability = durability
        configuration.checkpointRecordsMax = checkpointRecords
        if checkpointRecords > 1000 { configuration.checkpointInterval = .seconds(3600) }
        configuration.queueFullWait = .seconds(10)
        return configuration
    }
}

/// Records as the gateway writes them.
enum Sample {
    static let policy = AuditPolicy(version: Array("t1".utf8), sha256: SHA256Digest(of: Array("policy".utf8)))

    /// A line of about 1.3 kB: a request that came to be answered without the assistant.
    static func requestEnd(_ number: Int) -> RequestEnd {
        let principal = AuditPrincipal(
            certificate: .init(
                subject: Array("CN=branch-17,O=Example Bank,C=PK".utf8),
                issuer: Array("CN=Example Bank Device CA,O=Example Bank,C=PK".utf8),
                serial: Array("4f00a1b2c3d4e5f60718".utf8),
                alternativeNames: [Array("spiffe://bank.example/branch/17".utf8)],
                sha256: policy.sha256),
            token: .init(
                issuer: Array("https://id.bank.example".utf8), subject: Array("emp-00042".utf8),
                identifier: Array("0190f1c2-7a31-7c55".utf8), keyIdentifier: Array("k1".utf8),
                roles: [Array("agent".utf8)], expires: 1_800_000_000))
        return RequestEnd(
            request: AuditRequest(
                identifier: Array("01JD00000000000000000\(number)".utf8),
                trace: Array("0af7651916cd43dd8448eb211c80319c".utf8), connection: UInt64(number),
                receivedMicroseconds: 1_795_161_600_000_000, method: Array("POST".utf8), path: Array("/v1/ask".utf8),
                proto: "HTTP/1.1", bodyBytes: 120, peer: Array("203.0.113.9:4431".utf8)),
            tls: AuditTLS(version: Array("TLSv1.3".utf8), cipher: Array("TLS_AES_256_GCM_SHA384".utf8)),
            principal: principal, path: AuditStage.allCases.prefix(4).map { AuditStep($0, .pass, microseconds: 12) },
            rateLimit: AuditRateLimit(
                key: Array("principal:ask".utf8), limit: 60, windowSeconds: 60, remaining: 59, resetMilliseconds: 1000),
            response: AuditResponse(status: 200, bodyBytes: 812, microseconds: 1204), policy: policy)
    }

    /// About 300 bytes: many of them make a long log quickly.
    static func short(_ number: Int) -> EncodedRecord {
        .adminAction(operator: nil, action: "bench", target: Array("record of producer \(number)".utf8))
    }
}
