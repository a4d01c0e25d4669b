import Foundation
import Testing

@testable import Audit

/// `Tests/Interop/audit_reader.py` was written from the format page; where it and the verifier disagree, one of them misreads it.
@Suite struct `A second reader` {
    private func read(_ directory: String, key: String? = nil) throws -> String {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Interop/audit_reader.py")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path, directory] + [key].compactMap(\.self)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    /// Writes the sample log to a directory.
    private func sample() throws -> TemporaryLog {
        let files = try TemporaryLog()
        try FileManager.default.createDirectory(atPath: files.directory, withIntermediateDirectories: false)
        for name in TamperSample.names { try files.write(TamperSample.disk[name], to: name) }
        return files
    }

    @Test func `it agrees on a log that a gateway wrote`() async throws {
        let files = try TemporaryLog()
        let configuration = files.configuration.with { $0.segmentBytesMax = 4096 }
        let log = try AuditLog.open(configuration)
        for number in 0..<10 {
            _ = try await log.append(Samples.requestEnd(number, path: "/v1/\u{202E}é\n\u{7F}\"\\").encode())
        }
        log.rejectConnection(peer: Array("192.0.2.7:1".utf8), reason: "expired")
        log.close(requestsServed: 10)
        try AuditLog.open(configuration).close(requestsServed: 0)
        var options = VerifyOptions()
        options.isUnpinned = true
        let report = Verifier.verify(directory: files.directory, options: options)
        guard case .ok(let summary) = report.verdict else {
            Issue.record("\(report.text)")
            return
        }
        #expect(try read(files.directory) == "OK \(summary.records) \(summary.head)")
        #expect(try files.segments().count > 3)
    }

    @Test func `it agrees on the sample log with its torn tail`() throws {
        let files = try sample()
        #expect(try read(files.directory).hasPrefix("OK 12 "))
    }

    @Test func `it finds changed bytes at the same records`() throws {
        for (name, offset) in [(0, 100), (0, 700), (1, 30), (1, 1500), (2, 900)] {
            let files = try sample()
            var bytes = try files.bytes(of: TamperSample.names[name])
            bytes[offset] ^= 1
            try files.write(bytes, to: TamperSample.names[name])
            var options = VerifyOptions()
            options.isUnpinned = true
            guard case .tampered(let finding) = Verifier.verify(directory: files.directory, options: options).verdict
            else {
                Issue.record("unnoticed")
                return
            }
            #expect(try read(files.directory).hasPrefix("BAD \(finding.seq ?? 0) "))
        }
    }

    /// Writes a log of the tests, with its checkpoints, to a directory.
    private func write(_ disk: FaultyStorage) throws -> TemporaryLog {
        let files = try TemporaryLog()
        try FileManager.default.createDirectory(
            atPath: files.directory + "/checkpoints", withIntermediateDirectories: true)
        for name in disk.segments + ["checkpoint"] where !disk[name].isEmpty { try files.write(disk[name], to: name) }
        for name in disk.names(in: "checkpoints") {
            try files.write(disk["checkpoints/\(name)"], to: "checkpoints/\(name)")
        }
        return files
    }

    @Test func `it agrees on a signed log and on one whose key was rotated`() throws {
        let key = try SignedLog.key(0..<32).text
        #expect(try read(write(SignedLog.sample.written()).directory, key: key).hasSuffix(" 12"))
        var log = try SignedLog.sample
        log.segments[1].middles[2] = try SignedLog.rotation(from: 0..<32, to: 32..<64)
        log.seeds = [0..<32, 32..<64]
        log.sizes = [1, 6, 8, 12]
        for seed in log.seeds {
            let found = try read(write(log.written()).directory, key: SignedLog.key(seed).text)
            #expect(found.hasPrefix("OK 12 "), "\(found)")
        }
        let disk = try log.written()
        disk[SignedTamper.path(8)] = try SignedLog.note(size: 8, lines: SignedLog.lines(of: disk), seeds: [32..<64])
        #expect(try read(write(disk).directory, key: key).hasPrefix("BAD 8 "))
    }

    @Test(arguments: SignedTamper.relinked)
    func `it finds what was relinked at the same records`(tamper: SignedTamper) throws {
        var log = try SignedLog.sample
        let disk = try log.written()
        try tamper.change(&log, disk)
        let found = try read(write(disk).directory, key: SignedLog.key(0..<32).text)
        #expect(found.hasPrefix("BAD \(tamper.seq ?? 0) "), "\(found)")
    }

    @Test func `it reads the page's own example`() throws {
        let files = try TemporaryLog()
        try FileManager.default.createDirectory(atPath: files.directory, withIntermediateDirectories: false)
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/formats/audit-log.md")
        let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("{\"v\":1,")
        }
        let vectors = lines.suffix(3).map { Array($0.utf8) }
        #expect(vectors == `Format vectors`.lines)
        try files.write(vectors.flatMap { $0 + [0x0A] }, to: SegmentName(firstSeq: 0).text)
        let head = "c6b11dea72cc38af76e93adb0e2a53de07115814b588d74e51cbdb58e27f097d"
        #expect(try read(files.directory) == "OK 3 \(head)")
    }

    @Test func `every code of the verifier is explained on the page`() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "docs/formats/audit-log.md")
        let words = Set(
            try String(contentsOf: page, encoding: .utf8).components(
                separatedBy: CharacterSet.alphanumerics.union(["_"]).inverted))
        for code in TamperCode.allCases { #expect(words.contains(code.rawValue), "\(code.rawValue)") }
    }
}
