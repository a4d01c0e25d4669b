import Foundation
import LinuxIO
import OpenSSL
import Synchronization
import Testing

@testable import Audit

@Suite struct `Starting on what is there` {
    /// A log that died after three requests, and its last segment's name.
    private func died(_ change: (inout AuditConfiguration) -> Void = { _ in }) async throws -> (MemoryLog, String) {
        let memory = try MemoryLog()
        let log = try memory.open(change)
        for number in 0..<3 { _ = try await log.append(Samples.requestEnd(number).encode()) }
        memory.disk.fail(.write, code: 5)
        _ = try? await log.append(Samples.requestEnd().encode())
        log.close(requestsServed: 0)
        memory.disk.crash { _ in 0 }
        return (memory, try #require(memory.disk.segments.last))
    }

    @Test func `a clock that was set back is on record, and the log goes on`() throws {
        let memory = try MemoryLog()
        let configuration = memory.files.configuration
        let key = memory.key
        for ahead in [Int64(86_400), 0, 0, 0] {
            var now = Moment.now
            now.wall = WallTime(microseconds: now.wall.microseconds + ahead * 1_000_000)
            let log = try AuditLog.open(
                configuration, on: memory.disk, state: memory.state, key: key, lock: nil, at: now)
            log.close(requestsServed: 0)
        }
        let last = try #require(memory.disk.segments.last)
        #expect(memory.disk[last].firstRange(of: Array("clock_skew_us".utf8)) != nil)
        #expect(memory.disk.verify().exitStatus == 0, "\(memory.disk.verify().text)")
    }

    @Test func `a torn tail stays where it is and is sealed by the next segment`() async throws {
        let (memory, name) = try await died()
        let whole = memory.disk[name]
        let torn = Array("{\"v\":1,\"seq\":5,\"time\":\"20".utf8)
        memory.disk[name] = whole + torn
        let log = try memory.open()
        #expect(
            log.recovery
                == AuditLog.RecoveryNote(segment: name, tornBytes: UInt64(torn.count), interruptedRequests: 0))
        log.close(requestsServed: 0)
        #expect(memory.disk[name] == whole + torn)
        let opening = try SegmentOpen(
            line: try #require(memory.disk.segments.last.map { FileTamper.lines(memory.disk[$0])[0] }))
        #expect(opening.reason == .recovery)
        #expect(
            opening.torn
                == TornTail(offset: UInt64(whole.count), bytes: UInt64(torn.count), sha256: SHA256Digest(of: torn)))
        let report = memory.disk.verify()
        #expect(report.exitStatus == 0)
        #expect(
            report.text.contains("WARNING torn tail sealed: segment=\(name) offset=\(whole.count) bytes=\(torn.count)"))
    }

    @Test func `a record torn just before its LF is sealed too`() async throws {
        let (memory, name) = try await died()
        memory.disk[name].removeLast()
        try memory.open().close(requestsServed: 0)
        #expect(memory.disk.verify().exitStatus == 0)
        #expect(memory.disk.verify().text.contains("WARNING torn tail sealed"))
    }

    @Test(arguments: [0, 1, 2, 3])
    func `a log that is broken before its tail is refused and left alone`(line: Int) async throws {
        let (memory, name) = try await died()
        var lines = FileTamper.lines(memory.disk[name])
        lines[line][60] ^= 1
        memory.disk[name] = lines.flatMap { $0 }
        let before = memory.disk[name]
        #expect { try memory.open() } throws: { ($0 as? AuditError)?.exitStatus == 65 }
        #expect(memory.disk[name] == before)
        #expect(memory.disk.segments == [name])
    }

    @Test func `more than a crash can tear is refused, and exactly that much is sealed`() async throws {
        let (memory, name) = try await died()
        let whole = memory.disk[name]
        let most = Recovery<FaultyStorage>.tornBytesMax
        memory.disk[name] = whole + [UInt8](repeating: 0, count: most + 1)
        #expect { try memory.open() } throws: { ($0 as? AuditError)?.exitStatus == 65 }
        memory.disk[name] = whole + [UInt8](repeating: 0, count: most)
        try memory.open().close(requestsServed: 0)
        #expect(memory.disk.verify().exitStatus == 0, "\(memory.disk.verify().text)")
    }

    @Test func `bytes after a clean stop are refused`() throws {
        let memory = try MemoryLog()
        try memory.open().close(requestsServed: 0)
        memory.disk[SegmentName(firstSeq: 0).text] += Array("{".utf8)
        #expect { try memory.open() } throws: { ($0 as? AuditError)?.exitStatus == 65 }
    }

    @Test(arguments: ["removed", "cut", "extended", "relinked", "renamed", "emptied"])
    func `an earlier segment that does not fit the next is refused`(change: String) throws {
        let memory = try MemoryLog()
        for _ in 0..<3 { try memory.open().close(requestsServed: 0) }
        let names = memory.disk.segments
        switch change {
        case "removed": try memory.disk.remove(names[1])
        case "cut": memory.disk[names[1]].removeLast(10)
        case "extended": memory.disk[names[1]] += [0x20]
        case "relinked": memory.disk[names[1]][memory.disk[names[1]].count - 10] ^= 1
        case "renamed": try memory.disk.rename(names[1], toNew: SegmentName(firstSeq: 5).text)
        default: memory.disk[names[1]] = []
        }
        #expect { try memory.open() } throws: { ($0 as? AuditError)?.exitStatus == 65 }
    }

    @Test func `a segment that opened with the clock behind is continued`() throws {
        let memory = try MemoryLog()
        let configuration = memory.files.configuration
        var now = Moment.now
        for _ in 0..<3 {
            try AuditLog.open(configuration, on: memory.disk, state: memory.state, key: memory.key, lock: nil, at: now)
                .close(requestsServed: 0)
            now.wall = WallTime(microseconds: now.wall.microseconds - 3_600_000_000)
        }
        #expect(text(memory.disk[memory.disk.segments[1]]).contains(#","clock_skew_us":"#))
        #expect(memory.disk.verify().exitStatus == 0)
    }

    @Test func `what a killed process left in the kernel's cache alone is on the disk before anything follows it`()
        async throws
    {
        let memory = try MemoryLog()
        let log = try memory.open { $0.durability = .relaxed }
        memory.disk.fail(.synchroniseData, code: FileError.inputOutputCode)
        let receipt = try await log.append(Samples.requestEnd().encode())
        log.close(requestsServed: 0)
        memory.disk.state.withLock { $0.faults = [:] }
        let next = try memory.open()
        #expect(next.head.seq > receipt.seq)
        next.close(requestsServed: 0)
        memory.disk.crash { _ in 0 }
        try memory.open().close(requestsServed: 0)
        #expect(memory.disk.verify().exitStatus == 0)
    }

    @Test func `a key whose maker died before its name was on the disk outlives a power cut with the log`() throws {
        let memory = try MemoryLog()
        memory.state.state.withLock { $0.durableNames = [:] }
        memory.state.fail(.rename, code: FileError.inputOutputCode)
        #expect { try memory.open() } throws: { ($0 as? AuditError)?.exitStatus == 74 }
        #expect(memory.disk.segments.count == 1, "the first record names the key")
        memory.disk.crash { _ in 0 }
        memory.state.crash { _ in 0 }
        try memory.open().close(requestsServed: 0)
        #expect(memory.disk.verify().exitStatus == 0)
    }

    @Test func `requests that began and were not decided are named`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open { $0.segmentBytesMax = 4096 }
        var begins: [Receipt] = []
        for number in 0..<12 {
            let end = Samples.requestEnd(number)
            let begin = RequestBegin(
                request: end.request, path: [], stream: false, policy: Samples.policy)
            begins.append(try await log.append(begin.encode()))
        }
        for number in 0..<10 {
            var end = Samples.requestEnd(number)
            end.beginSeq = begins[number].seq
            _ = try await log.append(end.encode())
        }
        memory.disk.fail(.write, code: 5)
        _ = try? await log.append(Samples.requestEnd().encode())
        log.close(requestsServed: 0)
        memory.disk.crash { _ in 0 }
        #expect(memory.disk.segments.count > 3)
        try memory.open().close(requestsServed: 0)
        let opening = try SegmentOpen(
            line: try #require(memory.disk.segments.last.map { FileTamper.lines(memory.disk[$0])[0] }))
        #expect(opening.interrupted.map(\.seq) == begins[10...].map(\.seq))
        #expect(opening.interrupted.map(\.identifier) == [10, 11].map { Samples.requestEnd($0).request.identifier })
    }

    @Test func `each end of a segment has its reason`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open { $0.segmentBytesMax = 4096 }
        for number in 0..<5 { _ = try await log.append(Samples.requestEnd(number).encode()) }
        log.rotate()
        _ = try await log.append(Samples.requestEnd(5).encode())
        log.close(requestsServed: 6)
        try memory.open().close(requestsServed: 0)
        let reasons = try memory.disk.segments.dropFirst().map {
            try SegmentOpen(line: FileTamper.lines(memory.disk[$0])[0]).reason
        }
        #expect(reasons == [.size, .operator, .start])
        #expect(memory.disk.verify().exitStatus == 0)
    }

    @Test func `the UTC day ends a segment`() throws {
        let memory = try MemoryLog()
        let key = VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)
        let evening = WallTime(microseconds: 86_400_000_000 * 20_000 - 1)
        let writer = try LogWriter(
            memory.disk, segmentBytesMax: 1 << 20, durability: .strict, continuing: ChainEnd(), index: 0,
            opening: LogRecords.genesis(origin: TamperSample.origin, key: key), at: evening)
        _ = try writer.append([.policyLoad(Samples.policy)], at: evening)
        _ = try writer.append([.policyLoad(Samples.policy)], at: WallTime(microseconds: evening.microseconds + 1))
        #expect(memory.disk.segments.count == 2)
        #expect(try SegmentOpen(line: FileTamper.lines(memory.disk[memory.disk.segments[1]])[0]).reason == .day)
    }

    @Test func `a clock that goes back repeats the last time and says by how much`() throws {
        let memory = try MemoryLog()
        let key = VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)
        let now = WallTime(microseconds: 1_795_161_600_000_000)
        let writer = try LogWriter(
            memory.disk, segmentBytesMax: 1 << 20, durability: .strict, continuing: ChainEnd(), index: 0,
            opening: LogRecords.genesis(origin: TamperSample.origin, key: key), at: now)
        _ = try writer.append([.policyLoad(Samples.policy)], at: WallTime(microseconds: now.microseconds - 250))
        let line = text(FileTamper.lines(memory.disk[memory.disk.segments[0]])[1])
        #expect(line.contains("\"time\":\"2026-11-20T08:00:00.000000Z\""))
        #expect(line.contains(",\"clock_skew_us\":250,\"prev\":"))
        #expect(memory.disk.verify().exitStatus == 0)
    }
}

@Suite struct `The place of a log` {
    @Test func `a log belongs to one process`() throws {
        let files = try TemporaryLog()
        let log = try AuditLog.open(files.configuration)
        #expect(throws: AuditError.busy(path: "\(files.directory)/LOCK")) { try AuditLog.open(files.configuration) }
        log.close(requestsServed: 0)
        try AuditLog.open(files.configuration).close(requestsServed: 0)
    }

    @Test func `modes are exact whatever the umask`() throws {
        let files = try TemporaryLog()
        try AuditLog.open(files.configuration).close(requestsServed: 0)
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(files.directory) == 0o750)
        #expect(try mode(files.stateDirectory) == 0o700)
        #expect(try mode("\(files.stateDirectory)/log.key") == 0o600)
        #expect(try mode("\(files.directory)/\(SegmentName(firstSeq: 0).text)") == 0o640)
    }

    @Test(arguments: ["log", "state", "state/log.key"])
    func `a place that others can write or read is refused`(place: String) throws {
        let files = try TemporaryLog()
        try AuditLog.open(files.configuration).close(requestsServed: 0)
        let mode = place.hasSuffix("key") ? 0o640 : 0o755
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: "\(files.root)/\(place)")
        #expect { try AuditLog.open(files.configuration) } throws: { ($0 as? AuditError)?.exitStatus == 78 }
    }

    @Test(arguments: ["", "https://bank.example/x", "bank example", "a+b", "é", String(repeating: "a", count: 256)])
    func `an origin that a note cannot carry is refused`(origin: String) throws {
        let files = try TemporaryLog()
        var configuration = files.configuration
        configuration.origin = origin
        #expect { try AuditLog.open(configuration) } throws: { ($0 as? AuditError)?.exitStatus == 78 }
    }

    @Test func `bounds outside their range are refused, at the range they are not`() throws {
        let files = try TemporaryLog()
        let changes: [((inout AuditConfiguration) -> Void, Bool)] = [
            ({ $0.segmentBytesMax = 4095 }, false), ({ $0.segmentBytesMax = 4096 }, true),
            ({ $0.segmentBytesMax = 1 << 30 }, true), ({ $0.segmentBytesMax = (1 << 30) + 1 }, false),
            ({ $0.queueRecordsMax = 0 }, false), ({ $0.queueRecordsMax = 1 }, true),
            ({ $0.queueBytesMax = 65_534 }, false), ({ $0.queueBytesMax = 65_535 }, true),
            ({ $0.spaceStopBytes = $0.spaceWarnBytes + 1 }, false), ({ $0.spaceStopBytes = $0.spaceWarnBytes }, true),
            ({ $0.stateDirectory = $0.directory }, false),
        ]
        for (index, (change, isRight)) in changes.enumerated() {
            var configuration = files.configuration
            change(&configuration)
            #expect(((try? configuration.validate()) != nil) == isRight, "change \(index)")
        }
    }

    @Test func `memory is no place for a log`() throws {
        let path = "/dev/shm/portcullis-audit-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let files = try TemporaryLog()
        var configuration = files.configuration
        configuration.directory = path + "/log"
        #expect {
            try AuditLog.open(configuration)
        } throws: {
            ($0 as? AuditError)?.exitStatus == 78 && "\($0)".contains("on tmpfs, wanted a local file system")
        }
    }

    @Test func `another origin, another key and a missing key are refused`() throws {
        let files = try TemporaryLog()
        try AuditLog.open(files.configuration).close(requestsServed: 0)
        var configuration = files.configuration
        configuration.origin = "bank.example/other"
        #expect { try AuditLog.open(configuration) } throws: { ($0 as? AuditError)?.exitStatus == 65 }
        let other = try TemporaryLog()
        try AuditLog.open(other.configuration).close(requestsServed: 0)
        let key = "\(files.stateDirectory)/log.key"
        try FileManager.default.removeItem(atPath: key)
        #expect { try AuditLog.open(files.configuration) } throws: { ($0 as? AuditError)?.exitStatus == 65 }
        try FileManager.default.copyItem(atPath: "\(other.stateDirectory)/log.key", toPath: key)
        #expect { try AuditLog.open(files.configuration) } throws: { ($0 as? AuditError)?.exitStatus == 65 }
        #expect(try files.segments().count == 1)
    }

    @Test func `a key whose log is gone does not start another`() throws {
        let files = try TemporaryLog()
        try AuditLog.open(files.configuration).close(requestsServed: 0)
        try FileManager.default.removeItem(atPath: files.directory)
        #expect { try AuditLog.open(files.configuration) } throws: { ($0 as? AuditError)?.exitStatus == 65 }
        #expect(try files.segments().isEmpty)
    }

    @Test func `a crash between the first record and the key's last name is mended`() throws {
        let files = try TemporaryLog()
        try AuditLog.open(files.configuration).close(requestsServed: 0)
        try FileManager.default.moveItem(
            atPath: "\(files.stateDirectory)/log.key", toPath: "\(files.stateDirectory)/log.key.new")
        try AuditLog.open(files.configuration).close(requestsServed: 0)
        #expect(FileManager.default.fileExists(atPath: "\(files.stateDirectory)/log.key"))
    }

    @Test func `the verifier reads a directory that a writer holds and changes nothing`() async throws {
        let files = try TemporaryLog()
        let log = try AuditLog.open(files.configuration)
        _ = try await log.append(Samples.requestEnd().encode())
        let handle = try #require(FileHandle(forWritingAtPath: "\(files.directory)/\(try files.segments()[0])"))
        try handle.seekToEnd()
        try handle.write(contentsOf: Array("{\"v\":1".utf8))
        var options = VerifyOptions()
        options.isUnpinned = true
        let before = try FileManager.default.contentsOfDirectory(atPath: files.directory).sorted()
        var seen: (UInt64, UInt64)?
        let report = Verifier.verify(directory: files.directory, options: options) { seen = ($0, $1) }
        #expect(report.exitStatus == 0, "\(report.text)")
        #expect(report.text.contains("a writer is at work"))
        #expect(seen == nil)
        log.close(requestsServed: 1)
        #expect(Verifier.verify(directory: files.directory, options: options).exitStatus == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: files.directory).sorted() == before)
        #expect(Verifier.verify(directory: files.root + "/nothing", options: options).exitStatus == 2)
    }
}
