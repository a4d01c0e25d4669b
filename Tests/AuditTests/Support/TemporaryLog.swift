import Audit
import Foundation
import OpenSSL

/// A directory below `.build` for one test, removed when the test lets go of it. Not in `/tmp`, which may be a tmpfs.
final class TemporaryLog: Sendable {
    let root: String

    init(function: String = #function) throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let parent = package.appending(path: ".build/audit-tests")
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        root = parent.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    var directory: String { root + "/log" }
    var stateDirectory: String { root + "/state" }

    var configuration: AuditConfiguration {
        let digest = SHA256Digest(of: Array("test".utf8))
        var configuration = AuditConfiguration(
            directory: directory, stateDirectory: stateDirectory, origin: "bank.example/portcullis/test",
            gateway: GatewayIdentity(
                version: "1.0", buildSHA256: digest, configurationSHA256: digest,
                policy: AuditPolicy(version: Array("t1".utf8), sha256: digest)))
        configuration.segmentBytesMax = 1 << 20
        // None but those that a test asks for, however slow the machine is.
        configuration.checkpointInterval = .seconds(3600)
        return configuration
    }

    func segments() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasPrefix("seg-") }.sorted()
    }

    func bytes(of name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: "\(directory)/\(name)"))) }

    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: "\(directory)/\(name)"))
    }

    /// All lines of all segments, without LF.
    func lines() throws -> [String] {
        try segments().flatMap { name in
            String(decoding: try bytes(of: name), as: UTF8.self).split(separator: "\n").map(String.init)
        }
    }
}

enum Samples {
    static let policy = AuditPolicy(version: Array("t1".utf8), sha256: SHA256Digest(of: Array("policy".utf8)))

    /// A record of the usual size, about 1.3 kB.
    static func requestEnd(_ number: Int = 0, path: String = "/v1/ask") -> RequestEnd {
        let principal = AuditPrincipal(
            certificate: .init(
                subject: Array("CN=branch-17,O=Example Bank,C=PK".utf8),
                issuer: Array("CN=Example Bank Device CA,O=Example Bank,C=PK".utf8),
                serial: Array("4f00a1b2c3d4e5f60718".utf8),
                alternativeNames: [Array("spiffe://bank.example/branch/17".utf8)],
                sha256: SHA256Digest(of: Array("cert".utf8))),
            token: .init(
                issuer: Array("https://id.bank.example".utf8), subject: Array("emp-00042".utf8),
                identifier: Array("0190f1c2-7a31-7c55".utf8), keyIdentifier: Array("k1".utf8),
                roles: [Array("agent".utf8)], expires: 1_800_000_000))
        let steps: [AuditStep] = AuditStage.allCases.map { AuditStep($0, .pass, microseconds: 12) }
        return RequestEnd(
            request: AuditRequest(
                identifier: Array("01JD00000000000000000\(number)".utf8),
                trace: Array("0af7651916cd43dd8448eb211c80319c".utf8), connection: 7,
                receivedMicroseconds: 1_795_161_600_000_000, method: Array("POST".utf8), path: Array(path.utf8),
                proto: "HTTP/1.1", bodyBytes: 120, peer: Array("203.0.113.9:4431".utf8)),
            tls: AuditTLS(version: Array("TLSv1.3".utf8), cipher: Array("TLS_AES_256_GCM_SHA384".utf8)),
            principal: principal, path: steps,
            redaction: AuditRedaction(input: [.init(type: Array("email".utf8), count: 1)], output: []),
            rateLimit: AuditRateLimit(
                key: Array("principal:ask".utf8), limit: 60, windowSeconds: 60, remaining: 59, resetMilliseconds: 1000),
            agent: AuditAgent(
                route: Array("knowledge".utf8), confidence: 0.875, citations: [Array("faq-12".utf8)], escalated: false),
            response: AuditResponse(status: 200, bodyBytes: 812, microseconds: 1204), policy: policy)
    }
}
