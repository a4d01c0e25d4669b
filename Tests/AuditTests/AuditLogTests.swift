import Foundation
import Testing

@testable import Audit

@Suite struct `The log as a gateway uses it` {
    @Test func `a log opens, records, closes, and continues in a new segment`() async throws {
        let files = try TemporaryLog()
        var log = try AuditLog.open(files.configuration)
        #expect(log.head.seq == 1)
        let receipt = try await log.append(Samples.requestEnd().encode())
        #expect(receipt.seq == 2)
        #expect(log.head.seq == 2 && log.head.hash == receipt.hash)
        log.close(requestsServed: 1)
        log = try AuditLog.open(files.configuration)
        #expect(log.head.seq == 5)
        log.close(requestsServed: 0)
        #expect(
            try files.segments() == ["seg-00000000000000000000.jsonl", "seg-00000000000000000004.jsonl"])
        let types = try files.lines().map { $0.components(separatedBy: "\"")[11] }
        #expect(
            types == [
                "log.genesis", "gateway.start", "request.end", "gateway.stop", "segment.open", "gateway.start",
                "gateway.stop",
            ])
    }
}
