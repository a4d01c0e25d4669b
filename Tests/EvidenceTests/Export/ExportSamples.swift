import Audit
import Foundation
import JSON
import LinuxIO
import OpenSSL
import Testing

@testable import Evidence

/// A log in a directory of its own, written by the gateway's writer.
final class SampleLog: Sendable {
    let root: String
    let request = Array("01JD0000000000000000000007".utf8)

    init() throws {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let parent = package.appending(path: ".build/audit-tests")
        try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
        root = parent.appending(path: UUID().uuidString).path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: false)
    }

    deinit { try? FileManager.default.removeItem(atPath: root) }

    var directory: String { root + "/log" }
    var out: String { root + "/out" }

    var configuration: AuditConfiguration {
        let digest = SHA256Digest(of: Array("test".utf8))
        var configuration = AuditConfiguration(
            directory: directory, stateDirectory: root + "/state", origin: "bank.example/portcullis/test",
            gateway: GatewayIdentity(
                version: "1.0", buildSHA256: digest, configurationSHA256: digest,
                policy: AuditPolicy(version: Array("t1".utf8), sha256: digest)))
        configuration.checkpointInterval = .seconds(3600)
        return configuration
    }

    var disk: DirectoryStorage {
        get throws { try DirectoryStorage(path: directory) }
    }

    /// A request with a hostile path and subject.
    func end(_ identifier: [UInt8]) -> RequestEnd {
        let digest = SHA256Digest(of: Array("policy".utf8))
        let token = AuditPrincipal.Token(
            issuer: Array("https://id.bank.example".utf8),
            subject: Array("=emp<script>alert(1)</script>&\"'\u{202E}x".utf8),
            identifier: Array("jti-1".utf8), keyIdentifier: Array("k1".utf8), roles: [Array("agent".utf8)],
            expires: 1_800_000_000)
        return RequestEnd(
            request: AuditRequest(
                identifier: identifier, trace: Array("0af7651916cd43dd8448eb211c80319c".utf8), connection: 7,
                receivedMicroseconds: 1_795_161_600_000_000, method: Array("POST".utf8),
                path: Array("/v1/ask</pre><img src=x>".utf8), proto: "HTTP/1.1", bodyBytes: 120,
                peer: Array("[2001:db8::1]:4431".utf8)),
            tls: AuditTLS(version: Array("TLSv1.3".utf8), cipher: Array("TLS_AES_256_GCM_SHA384".utf8)),
            principal: AuditPrincipal(certificate: nil, token: token),
            path: [
                AuditStep(.identify, .pass, microseconds: 812),
                AuditStep(.authorise, .deny, reason: "role_missing", microseconds: 3),
            ],
            redaction: AuditRedaction(input: [.init(type: Array("email".utf8), count: 2)], output: []),
            response: AuditResponse(status: 403, bodyBytes: 98, microseconds: 1204),
            policy: AuditPolicy(version: Array("t1".utf8), sha256: digest))
    }

    /// Writes two requests, the second of which is `request`, and stops cleanly unless told otherwise.
    /// - Returns: the log where it was left open.
    @discardableResult
    func write(stops: Bool = true) async throws -> AuditLog? {
        let log = try AuditLog.open(configuration)
        _ = try await log.append(end(Array("01JD0000000000000000000001".utf8)).encode())
        _ = try await log.append(end(request).encode())
        guard stops else { return log }
        log.close(requestsServed: 2)
        return nil
    }

    func views() throws -> [RecordView] {
        var cursor = try RecordCursor(try disk)
        var views: [RecordView] = []
        while let record = try cursor.next() { views.append(try #require(RecordView(record))) }
        return views
    }

    /// A view of a line that no log holds.
    static func view(_ line: String) throws -> RecordView {
        try #require(RecordView(StoredRecord(seq: 7, segment: "seg", offset: 3, line: Array(line.utf8))))
    }
}
