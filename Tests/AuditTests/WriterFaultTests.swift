import Foundation
import Glibc
import LinuxIO
import OpenSSL
import Seeds
import Synchronization
import Testing
import Threading

@testable import Audit

@Suite struct `A disk that fails` {
    struct Fault: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let operation: FaultyStorage.Operation
        let code: Int32
    }

    static let faults = [
        Fault(testDescription: "a short write", operation: .write, code: 0),
        Fault(testDescription: "ENOSPC on write", operation: .write, code: FileError.outOfSpaceCode),
        Fault(testDescription: "EIO on write", operation: .write, code: FileError.inputOutputCode),
        Fault(testDescription: "EIO on fdatasync", operation: .synchroniseData, code: FileError.inputOutputCode),
        Fault(testDescription: "EIO on fstat", operation: .status, code: FileError.inputOutputCode),
        Fault(testDescription: "EIO on fstatvfs", operation: .freeBytes, code: FileError.inputOutputCode),
        // As after a remount for reading only.
        Fault(testDescription: "EROFS on write", operation: .write, code: EROFS),
        Fault(testDescription: "EROFS on fdatasync", operation: .synchroniseData, code: EROFS),
    ]

    @Test(arguments: faults)
    func `an error while serving fails the log for good, and the next start continues it`(fault: Fault) async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        let receipt = try await log.append(Samples.requestEnd().encode())
        memory.disk.fail(fault.operation, code: fault.code)
        await #expect(throws: AuditError.unavailable) { try await log.append(Samples.requestEnd().encode()) }
        // Who is refused can ask why.
        guard case .failed = log.state else {
            Issue.record("the state is \(log.state)")
            return
        }
        await #expect(throws: AuditError.unavailable) { try await log.append(Samples.requestEnd().encode()) }
        log.close(requestsServed: 0)
        guard case .failed(let error) = log.state else {
            Issue.record("the state is \(log.state)")
            return
        }
        #expect(error.exitStatus == 74)
        memory.disk.crash { _ in 0 }
        let again = try memory.open()
        #expect(again.head.seq > receipt.seq)
        again.close(requestsServed: 0)
        #expect(memory.disk.verify().exitStatus == 0, "\(memory.disk.verify().text)")
    }

    @Test(arguments: faults.prefix(4))
    func `an error while opening a segment is an error of open`(fault: Fault) throws {
        let memory = try MemoryLog()
        memory.disk.fail(fault.operation, code: fault.code)
        #expect { try memory.open() } throws: { ($0 as? AuditError)?.exitStatus == 74 }
    }

    @Test(arguments: [FaultyStorage.Operation.rename, .synchroniseNames, .write, .synchroniseData])
    func `a start that fails at any step leaves a log that the next start opens`(operation: FaultyStorage.Operation)
        throws
    {
        for step in 0..<3 {
            let memory = try MemoryLog()
            memory.disk.fail(operation, after: step, code: FileError.inputOutputCode)
            _ = try? memory.open()
            memory.disk.crash { $0 }
            let log = try memory.open()
            log.close(requestsServed: 0)
            #expect(memory.disk.verify().exitStatus == 0, "\(memory.disk.verify().text)")
        }
    }

    @Test func `a reservation that the disk has no room for takes none`() async throws {
        let memory = try MemoryLog()
        memory.disk.fail(.reserve, code: FileError.outOfSpaceCode)
        let log = try memory.open()
        _ = try await log.append(Samples.requestEnd().encode())
        let contents = try #require(memory.disk.state.withLock { $0.names[SegmentName(firstSeq: 0).text] })
        let (reserved, size) = contents.values.withLock { ($0.reservedBytes, UInt64($0.bytes.count)) }
        #expect(reserved < size)
        log.close(requestsServed: 1)
    }

    enum Interference: CaseIterable { case removed, replaced, truncated, extended }

    @Test(arguments: Interference.allCases)
    func `a log file that someone else touched ends service`(interference: Interference) async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        let name = SegmentName(firstSeq: 0).text
        switch interference {
        case .removed: try memory.disk.remove(name)
        case .replaced:
            let bytes = memory.disk[name]
            try memory.disk.remove(name)
            memory.disk[name] = bytes
        case .truncated, .extended:
            let contents = try #require(memory.disk.state.withLock { $0.names[name] })
            contents.values.withLock { values in
                if interference == .truncated { values.bytes.removeLast() } else { values.bytes.append(0x20) }
            }
        }
        await #expect(throws: AuditError.self) { try await log.append(Samples.requestEnd().encode()) }
        log.close(requestsServed: 0)
        guard case .failed(.interference) = log.state else {
            Issue.record("the state is \(log.state)")
            return
        }
    }

    @Test func `a replaced file is noticed within a second although nothing is written`() throws {
        let memory = try MemoryLog()
        let now = Moment(monotonic: MonotonicInstant(nanoseconds: 1_000_000_000), wall: WallTime(microseconds: 0))
        let loop = try WriterLoop<FaultyStorage>.make(memory, at: now)
        #expect(loop.step(at: now) == .sleep(.seconds(1)))
        let name = SegmentName(firstSeq: 0).text
        let bytes = memory.disk[name]
        try memory.disk.remove(name)
        memory.disk[name] = bytes
        let later = Moment(monotonic: now.monotonic + .milliseconds(999), wall: now.wall)
        #expect(loop.step(at: later) == .sleep(.milliseconds(1)))
        #expect(loop.step(at: Moment(monotonic: now.monotonic + .seconds(1), wall: now.wall)) == .finished)
    }

    @Test(.timeLimit(.minutes(1)))
    func `whoever waits is answered where a segment asked for cannot be opened`() async throws {
        let memory = try MemoryLog()
        let queue = try #require(RecordQueue(recordsMax: 16, bytesMax: 1 << 20))
        let now = Moment(monotonic: MonotonicInstant(nanoseconds: 1), wall: WallTime(microseconds: 0))
        memory.disk.state.withLock { $0.freeBytes = 1 << 40 }
        let loop = try WriterLoop<FaultyStorage>.make(memory, queue: queue, at: now)
        memory.disk.fail(.rename, code: FileError.inputOutputCode)
        let record = EncodedRecord.policyLoad(Samples.policy)
        let answer = await suspend { (waiter: Resumption<Result<Receipt, AuditError>>) in
            if case .accepted = queue.push(RecordQueue.Entry(record: record, waiter: waiter)) { queue.rotate() }
            #expect(loop.step(at: now) == .finished)
        }
        #expect(throws: AuditError.unavailable) { try answer.get() }
    }

    @Test(arguments: ["a stop", "a crash", "a failure"])
    func `the log's lock outlives the thread that publishes`(end: String) throws {
        let memory = try MemoryLog()
        let queue = try #require(RecordQueue(recordsMax: 16, bytesMax: 1 << 20))
        let now = Moment(monotonic: MonotonicInstant(nanoseconds: 1), wall: WallTime(microseconds: 0))
        memory.disk.state.withLock { $0.freeBytes = 1 << 40 }
        let path = memory.files.directory + ".lock"
        func isHeld() -> Bool { (try? File.open(path, for: .read).isLockedByOther()) ?? false }
        // Nobody else may keep the file: it holds the lock as long as it is open.
        func locked() throws -> File {
            let file = try File.open(path, for: .writeNew, mode: 0o600)
            #expect(try file.lockExclusively())
            return file
        }
        var ends = 0
        let loop = try WriterLoop<FaultyStorage>.make(memory, queue: queue, lock: locked(), at: now) {
            ends += 1
            #expect(isHeld())
        }
        switch end {
        case "a stop": queue.stop(RecordQueue.StopOrder(reason: "shutdown", requests: 0))
        case "a crash": queue.abandon()
        default:
            memory.disk.fail(.write, code: FileError.inputOutputCode)
            #expect(queue.push(.policyLoad(Samples.policy)) == .accepted)
        }
        #expect(loop.step(at: now) == .finished)
        #expect(ends == 1 && !isHeld())
    }

    @Test func `no acknowledged record is missing after a crash at any moment`() async throws {
        var generator = SeededGenerator(seed: Seed.value)
        for _ in 0..<40 {
            let memory = try MemoryLog()
            var acknowledged: [Receipt] = []
            var log = try memory.open { $0.segmentBytesMax = 8192 }
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let operation: FaultyStorage.Operation =
                    [.write, .synchroniseData, .rename, .synchroniseNames].randomElement(using: &generator) ?? .write
                memory.disk.state.withLock { $0.shortWriteBytes = Int.random(in: 0...4000, using: &generator) }
                memory.disk.fail(
                    operation, after: Int.random(in: 0...12, using: &generator),
                    code: Bool.random(using: &generator) ? 0 : 5)
                for number in 0..<20 {
                    guard let receipt = try? await log.append(Samples.requestEnd(number).encode()) else { break }
                    acknowledged.append(receipt)
                }
                log.close(requestsServed: 0)
                memory.disk.crash { unsynced in Int.random(in: 0...unsynced, using: &generator) }
                log = try memory.open { $0.segmentBytesMax = 8192 }
            }
            log.close(requestsServed: 0)
            let report = memory.disk.verify()
            #expect(report.exitStatus == 0, "\(report.text)")
            let all = memory.disk.segments.map { text(memory.disk[$0]) }.joined()
            for receipt in acknowledged {
                #expect(all.contains("\"hash\":\"\(text(receipt.hash.hex))\"}"), "seq \(receipt.seq) is missing")
            }
        }
    }

}

extension WriterLoop where Disk == FaultyStorage {
    /// A loop that a test steps, on a new log.
    static func make(
        _ memory: MemoryLog, queue: RecordQueue? = RecordQueue(recordsMax: 4096, bytesMax: 8 << 20),
        rejects: RejectAggregator = RejectAggregator(), durability: AuditConfiguration.Durability = .strict,
        segmentBytesMax: Int = 1 << 20, lock: File? = nil,
        onStateChange: (@Sendable (AuditLog.State) -> Void)? = nil, at now: Moment,
        awaitPublisher: @escaping () -> Void = {}
    ) throws -> WriterLoop {
        let key = VerifierKey(name: TamperSample.origin, publicKey: TamperSample.key)
        let writer = try LogWriter(
            memory.disk, segmentBytesMax: segmentBytesMax, durability: durability, continuing: ChainEnd(), index: 0,
            opening: LogRecords.genesis(origin: TamperSample.origin, key: key), at: now.wall)
        return WriterLoop(
            writer, queue: try #require(queue), rejects: rejects,
            published: Published(head: try #require(AuditLog.Head(writer.end)), onStateChange: onStateChange),
            space: SpaceGuard(warnBytes: 1000, stopBytes: 100), feed: try #require(LeafFeed(recordsMax: 1000)),
            lock: lock, at: now, awaitPublisher: awaitPublisher)
    }
}
