import Foundation
import LinuxIO
import Seeds
import Testing

@testable import Audit

/// `Tests/Interop/audit_reader.py` was written from the format page; where it and the verifier disagree, one of them misreads it.
@Suite struct `A second reader` {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// What it says of each directory.
    private func read(_ directories: [String], isSigned: Bool = false) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        let script = Self.root.appending(path: "Tests/Interop/audit_reader.py").path
        process.arguments = ["python3", script] + (isSigned ? ["--signed"] : []) + directories
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// The verifier's answer in its words.
    private func words(_ report: VerifyReport) -> String {
        switch report.verdict {
        case .ok(let summary): "OK \(summary.records) \(summary.size ?? 0) \(summary.head)"
        case .tampered(let finding): "BAD \(finding.code) \(finding.seq.map(String.init) ?? "-")"
        case .unusable(let reason): "UNUSABLE \(reason)"
        }
    }

    /// Puts a log of the tests, with its checkpoints, into a directory.
    private func write(_ disk: FaultyStorage, to directory: String) throws {
        let files = FileManager.default
        try files.createDirectory(atPath: directory + "/checkpoints", withIntermediateDirectories: true)
        let notes = disk.names(in: "checkpoints").map { "checkpoints/\($0)" }
        for name in disk.names().filter({ $0 != "LOCK" }) + notes {
            let path = "\(directory)/\(name)"
            guard case .link = try disk.status(of: name).kind else {
                try Data(disk[name]).write(to: URL(filePath: path))
                continue
            }
            try files.createSymbolicLink(atPath: path, withDestinationPath: "elsewhere")
        }
    }

    /// Both read all of these logs, and have to say the same of each.
    private func compare(_ logs: [(name: String, disk: FaultyStorage)], isSigned: Bool = false) throws {
        let files = try TemporaryLog()
        for (number, log) in logs.enumerated() { try write(log.disk, to: "\(files.root)/\(number)") }
        let found = try read(logs.indices.map { "\(files.root)/\($0)" }, isSigned: isSigned)
        try #require(found.count == logs.count)
        for (log, answer) in zip(logs, found) {
            let report = isSigned ? try log.disk.verifyPinned() : log.disk.verify()
            #expect(answer == words(report), "\(log.name): \(report.text)")
        }
    }

    @Test func `agrees on a log that a gateway wrote, with its checkpoints`() async throws {
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
        #expect(report.text.contains(" uncovered=0 "), "\(report.text)")
        #expect(try read([files.directory], isSigned: true) == [words(report)])
        #expect(try files.segments().count > 3)
    }

    @Test func `agrees on every change of files`() throws {
        var logs = [("untouched", TamperSample.disk)]
        for tamper in FileTamper.lineEdits + FileTamper.fileEdits {
            let disk = TamperSample.disk.copy()
            tamper.change(disk)
            logs.append((tamper.testDescription, disk))
        }
        try compare(logs)
    }

    @Test func `agrees on every edit with hashes computed anew`() throws {
        try compare(
            RelinkedMiddle.all.map {
                ($0.testDescription, `Edits with every hash computed anew`().log(middle: $0.middle))
            })
    }

    @Test func `agrees on every change of a signed log that signatures are not needed for`() throws {
        var logs = [("untouched", try SignedLog.sample.written())]
        let signatures: [TamperCode] = [.checkpointSignature, .unknownKey]
        for tamper in SignedTamper.relinked + SignedTamper.notes where !signatures.contains(tamper.code) {
            var log = try SignedLog.sample
            let disk = try log.written()
            try tamper.change(&log, disk)
            logs.append((tamper.testDescription, disk))
        }
        try compare(logs, isSigned: true)
    }

    @Test func `agrees on flipped bits of records and checkpoints`() throws {
        let sample = try SignedLog.sample.written()
        var generator = SeededGenerator(seed: Seed.value)
        var logs: [(String, FaultyStorage)] = []
        for name in sample.segments + [SignedTamper.path(6)] {
            for _ in 0..<40 {
                let disk = sample.copy()
                // Of a checkpoint, what is signed: the lines before the empty one.
                let count = name.hasPrefix("seg-") ? sample[name].count : try SignedNote(sample[name]).text.count
                let bit = Int.random(in: 0..<(8 * count), using: &generator)
                disk[name][bit / 8] ^= 1 << UInt8(bit % 8)
                guard case .tampered(let finding) = try disk.verifyPinned().verdict,
                    finding.code != TamperCode.checkpointSignature.rawValue
                else { continue }
                logs.append(("bit \(bit) of \(name), seed \(Seed.value)", disk))
            }
        }
        #expect(logs.count > 100)
        try compare(logs, isSigned: true)
    }

    @Test func `reads the page's own example`() throws {
        let files = try TemporaryLog()
        try FileManager.default.createDirectory(atPath: files.directory, withIntermediateDirectories: false)
        let page = Self.root.appending(path: "docs/formats/audit-log.md")
        let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter {
            $0.hasPrefix("{\"v\":1")
        }
        let vectors = lines.suffix(3).map { Array($0.utf8) }
        #expect(vectors == `Format vectors`.lines)
        try files.write(vectors.flatMap { $0 + [0x0A] }, to: SegmentName(firstSeq: 0).text)
        let head = "c6b11dea72cc38af76e93adb0e2a53de07115814b588d74e51cbdb58e27f097d"
        #expect(try read([files.directory]) == ["OK 3 0 \(head)"])
    }

    @Test func `is short enough to be read`() throws {
        let script = Self.root.appending(path: "Tests/Interop/audit_reader.py")
        #expect(try String(contentsOf: script, encoding: .utf8).count { $0 == "\n" } <= 200)
    }

    @Test func `every code of the verifier is explained on the page, and has an edit that it is found by`() throws {
        let page = Self.root.appending(path: "docs/formats/audit-log.md")
        let words = Set(
            try String(contentsOf: page, encoding: .utf8).components(
                separatedBy: CharacterSet.alphanumerics.union(["_"]).inverted))
        for code in TamperCode.allCases { #expect(words.contains(code.rawValue), "\(code.rawValue)") }
        let tables = Set(
            (FileTamper.lineEdits + FileTamper.fileEdits).map(\.code) + RelinkedMiddle.all.map(\.code)
                + (SignedTamper.relinked + SignedTamper.notes + SignedTamper.byKeyHolder).map(\.code))
        // In tests of their own, by name.
        let others: Set<TamperCode> = [
            .timeFormat, .timeOrder, .genesis, .keyRotation, .cosignature, .witnessQuorum, .inclusion,
        ]
        let all = Set(TamperCode.allCases)
        #expect(tables.union(others) == all, "\(tables.union(others).symmetricDifference(all))")
        #expect(tables.isDisjoint(with: others), "\(tables.intersection(others))")
    }
}
