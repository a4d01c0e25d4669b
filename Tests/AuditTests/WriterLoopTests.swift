import LinuxIO
import OpenSSL
import Synchronization
import Testing
import Threading

@testable import Audit

@Suite struct `The writer` {
    @Test func `64 tasks get one number each, in one chain, and in the order of one task`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        let receipts = try await withThrowingTaskGroup(of: [Receipt].self) { group in
            for task in 0..<64 {
                group.addTask {
                    var receipts: [Receipt] = []
                    for number in 0..<5 {
                        receipts.append(try await log.append(Samples.requestEnd(task * 100 + number).encode()))
                    }
                    return receipts
                }
            }
            var all: [[Receipt]] = []
            for try await receipts in group { all.append(receipts) }
            return all
        }
        log.close(requestsServed: 320)
        for ofOneTask in receipts { #expect(ofOneTask.map(\.seq) == ofOneTask.map(\.seq).sorted()) }
        #expect(Set(receipts.joined().map(\.seq)).count == 320)
        let report = memory.disk.verify()
        #expect(report.text.hasPrefix("OK records=323 "), "\(report.text)")
        let statistics = log.statistics()
        #expect(statistics.records(of: .requestEnd) == 320)
        #expect(statistics.batches <= 320 + 2)
        #expect(statistics.syncsByDuration.reduce(0, +) == statistics.batches)
        #expect(log.state == .closed)
    }

    @Test func `what waits when the log closes is written, and nothing after`() async throws {
        let memory = try MemoryLog()
        let log = try memory.open()
        async let receipt = log.append(Samples.requestEnd().encode())
        _ = try await receipt
        log.close(requestsServed: 1)
        log.close(requestsServed: 1)
        await #expect(throws: AuditError.unavailable) { try await log.append(Samples.requestEnd().encode()) }
        let lines = FileTamper.lines(memory.disk[memory.disk.segments[0]])
        #expect(
            text(lines[lines.count - 1]).contains(#""type":"gateway.stop","stop":{"reason":"shutdown","requests":1}"#))
    }

    @Test func `a log that is dropped ends as in a crash`() async throws {
        let files = try TemporaryLog()
        var log: AuditLog? = try AuditLog.open(files.configuration)
        _ = try await log?.append(Samples.requestEnd().encode())
        log = nil
        // The writer's thread lets go of the lock in its own time; `open` waits for a lock that is about to go.
        let again = try AuditLog.open(files.configuration)
        again.close(requestsServed: 0)
        #expect(try files.lines().contains { $0.contains(#""reason":"recovery""#) })
    }

    @Test func `a full queue is back-pressure, at the bound and not below`() throws {
        let queue = try #require(RecordQueue(recordsMax: 3, bytesMax: 70_000))
        let record = EncodedRecord.policyLoad(Samples.policy)
        for _ in 0..<3 { #expect(queue.push(record) == .accepted) }
        #expect(queue.push(record) == .full)
        #expect(queue.take(recordsMax: 2, bytesMax: 1 << 20).entries.count == 2)
        #expect(queue.push(record) == .accepted)
        let small = try #require(RecordQueue(recordsMax: 100, bytesMax: record.bytes.count * 2))
        #expect(small.push(record) == .accepted)
        #expect(small.push(record) == .accepted)
        #expect(small.push(record) == .full)
    }

    @Test func `append gives up on a full queue after its time`() async throws {
        let queue = try #require(RecordQueue(recordsMax: 1, bytesMax: 1 << 20))
        let finished = try #require(WakeUp(blocking: true))
        let head = AuditLog.Head(seq: 0, hash: SHA256Digest(of: []), recordCount: 1)
        let log = AuditLog(
            queue: queue, rejects: RejectAggregator(), published: Published(head: head, onStateChange: nil),
            feed: try #require(LeafFeed(recordsMax: 1)), outlet: CheckpointOutlet(onCheckpoint: nil),
            finished: finished,
            fullWait: .milliseconds(30), pauses: try #require(TaskPauses(named: "pause", milliseconds: 10)))
        #expect(queue.push(.policyLoad(Samples.policy)) == .accepted)
        let start = MonotonicInstant.now
        await #expect(throws: AuditError.backpressure) { try await log.append(.policyLoad(Samples.policy)) }
        #expect(MonotonicInstant.now.microseconds(since: start) >= 30_000)
    }

    @Test func `a batch has at most 512 records and one mebibyte`() throws {
        let queue = try #require(RecordQueue(recordsMax: 4096, bytesMax: 64 << 20))
        for _ in 0..<513 { _ = queue.push(.policyLoad(Samples.policy)) }
        #expect(queue.take(recordsMax: 512, bytesMax: 1 << 20).entries.count == 512)
        #expect(queue.take(recordsMax: 512, bytesMax: 1 << 20).entries.count == 1)
        let large = EncodedRecord(.adminAction) { buffer in
            buffer.texts("x", .init(repeating: .init(repeating: 0x61, count: 1000), count: 32), total: "t", path: "x")
        }
        for _ in 0..<100 { _ = queue.push(large) }
        let batch = queue.take(recordsMax: 512, bytesMax: 1 << 20).entries
        let bytes = batch.reduce(0) { $0 + $1.record.bytes.count + Chain.frameBytesMax }
        #expect(bytes <= 1 << 20 && bytes + large.bytes.count + Chain.frameBytesMax > 1 << 20)
    }

    @Test func `only a sleeping writer is woken, and once`() throws {
        let queue = try #require(RecordQueue(recordsMax: 16, bytesMax: 1 << 20))
        let record = EncodedRecord.policyLoad(Samples.policy)
        _ = queue.push(record)
        #expect(!queue.isSignalled)
        _ = queue.take(recordsMax: 16, bytesMax: 1 << 20)
        _ = queue.push(record)
        #expect(!queue.isSignalled, "the writer took a batch and is awake")
        _ = queue.take(recordsMax: 16, bytesMax: 1 << 20)
        _ = queue.take(recordsMax: 16, bytesMax: 1 << 20)
        _ = queue.push(record)
        #expect(queue.isSignalled, "the writer found nothing and sleeps")
        queue.wakeUp.wait()
        _ = queue.push(record)
        #expect(!queue.isSignalled)
    }
}

@Suite struct `Space that runs low` {
    private let start = Moment(
        monotonic: MonotonicInstant(nanoseconds: 1), wall: WallTime(microseconds: 1_795_161_600_000_000))

    @Test func `records are refused, nothing is lost, and service returns by itself`() async throws {
        let memory = try MemoryLog()
        let states = Mutex<[AuditLog.State]>([])
        memory.disk.state.withLock { $0.freeBytes = 100 }
        let log = try AuditLog.open(
            memory.files.configuration.with {
                $0.spaceStopBytes = 100; $0.spaceWarnBytes = 100
            }, on: memory.disk, state: memory.state,
            key: memory.key, lock: nil, at: .now,
            onStateChange: { state in states.withLock { $0.append(state) } })
        _ = try await log.append(Samples.requestEnd(1).encode())
        memory.disk.state.withLock { $0.freeBytes = 99 }
        for number in 2...4 {
            await #expect(throws: AuditError.lowSpace) { try await log.append(Samples.requestEnd(number).encode()) }
        }
        #expect(log.state == .lowSpace)
        memory.disk.state.withLock { $0.freeBytes = 100 }
        while log.state != .serving { await Task.yield() }
        _ = try await log.append(Samples.requestEnd(5).encode())
        log.close(requestsServed: 2)
        let lines = FileTamper.lines(memory.disk[memory.disk.segments[0]]).map(text)
        #expect(lines[3].contains(#""type":"log.pressure","level":"stop","free_bytes":99,"limit_bytes":100,"#))
        #expect(lines[4].contains(#""type":"log.resume","since":""#) && lines[4].contains(#","refused":3,"#))
        #expect(lines[5].contains(#""type":"request.end""#))
        #expect(lines.count == 7)
        #expect(states.withLock { $0 } == [.lowSpace, .serving, .closed])
        #expect(memory.disk.verify().exitStatus == 0)
    }

    @Test(.timeLimit(.minutes(1)))
    func `everybody who waits is answered where the record of it cannot be written either`() async throws {
        let memory = try MemoryLog()
        memory.disk.state.withLock { $0.freeBytes = 100 }
        let log = try AuditLog.open(
            memory.files.configuration.with {
                $0.spaceStopBytes = 100; $0.spaceWarnBytes = 100
            }, on: memory.disk, state: memory.state,
            key: memory.key, lock: nil, at: .now,
            onStateChange: nil)
        memory.disk.state.withLock { $0.freeBytes = 99 }
        memory.disk.fail(.write, code: FileError.outOfSpaceCode)
        // Several batches, so that some wait in the queue while the first is refused.
        let errors = await withTaskGroup(of: AuditError?.self) { group in
            for number in 0..<2000 {
                group.addTask {
                    do throws(AuditError) {
                        _ = try await log.append(Samples.requestEnd(number).encode())
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: [AuditError?]()) { $0.append($1) }
        }
        #expect(errors.count == 2000)
        #expect(errors.allSatisfy { $0 == .lowSpace || $0 == .unavailable })
        log.close(requestsServed: 0)
        guard case .failed = log.state else {
            Issue.record("the log must have failed: \(log.state)")
            return
        }
    }

    @Test func `space that runs low is noticed within a second although nothing is written`() throws {
        let memory = try MemoryLog()
        let states = Mutex<[AuditLog.State]>([])
        let loop = try WriterLoop<FaultyStorage>.make(
            memory, onStateChange: { state in states.withLock { $0.append(state) } }, at: start)
        _ = loop.step(at: start)
        memory.disk.state.withLock { $0.freeBytes = 99 }
        _ = loop.step(at: Moment(monotonic: start.monotonic + .milliseconds(999), wall: start.wall))
        #expect(states.withLock { $0.isEmpty })
        #expect(
            loop.step(at: Moment(monotonic: start.monotonic + .seconds(1), wall: start.wall))
                == .sleep(.milliseconds(250)))
        #expect(states.withLock { $0 } == [.lowSpace])
    }

    @Test func `a warning is written once until space is back`() {
        var space = SpaceGuard(warnBytes: 1000, stopBytes: 100)
        let now = WallTime(microseconds: 5)
        let steps: [(UInt64, SpaceGuard.Action)] = [
            (1000, .none), (999, .warn), (100, .none), (1000, .none), (999, .warn), (99, .stop), (0, .none),
            (99, .none),
            (100, .resume(since: now)), (500, .none), (99, .stop), (1000, .resume(since: now)), (99, .stop),
        ]
        for (free, action) in steps {
            #expect(space.observe(freeBytes: free, at: now) == action, "\(free)")
        }
    }

    @Test func `refused connections are kept while space is low and written after`() throws {
        let memory = try MemoryLog()
        let queue = try #require(RecordQueue(recordsMax: 16, bytesMax: 1 << 20))
        let rejects = RejectAggregator()
        let loop = try WriterLoop<FaultyStorage>.make(memory, queue: queue, rejects: rejects, at: start)
        memory.disk.state.withLock { $0.freeBytes = 99 }
        #expect(queue.push(.policyLoad(Samples.policy)) == .accepted)
        #expect(loop.step(at: start) == .again)
        rejects.count(peer: Array("192.0.2.7:1".utf8), reason: "expired", at: start.monotonic, time: start.wall)
        let later = Moment(monotonic: start.monotonic + .seconds(11), wall: start.wall)
        _ = loop.step(at: later)
        #expect(!text(memory.disk[memory.disk.segments[0]]).contains("connection.reject"))
        memory.disk.state.withLock { $0.freeBytes = 5000 }
        _ = loop.step(at: later)
        let lines = FileTamper.lines(memory.disk[memory.disk.segments[0]]).map(text)
        #expect(lines.count == 5, "genesis, pressure, the record nobody waits for, resume, reject")
        #expect(lines[4].contains(#""tls":{"peer":"192.0.2.0/24","reason":"expired","count":1,"first":"#))
    }

    @Test func `relaxed syncs within 100 ms and before a mebibyte is open`() throws {
        let memory = try MemoryLog()
        let queue = try #require(RecordQueue(recordsMax: 4096, bytesMax: 8 << 20))
        let loop = try WriterLoop<FaultyStorage>.make(
            memory, queue: queue, durability: .relaxed, segmentBytesMax: 8 << 20, at: start)
        memory.disk.state.withLock { $0.freeBytes = 1 << 40 }
        let name = memory.disk.segments[0]
        let contents = try #require(memory.disk.state.withLock { $0.names[name] })
        func unsynced() -> Int { contents.values.withLock { $0.bytes.count - $0.durableCount } }
        _ = queue.push(.policyLoad(Samples.policy))
        _ = loop.step(at: start)
        #expect(unsynced() > 0)
        _ = loop.step(at: Moment(monotonic: start.monotonic + .milliseconds(99), wall: start.wall))
        #expect(unsynced() > 0)
        _ = loop.step(at: Moment(monotonic: start.monotonic + .milliseconds(100), wall: start.wall))
        #expect(unsynced() == 0)
        for _ in 0..<1000 {
            _ = queue.push(Samples.requestEnd().encode())
            _ = loop.step(at: start)
            #expect(unsynced() <= 1 << 20)
        }
    }
}

extension RecordQueue {
    enum Answer: Equatable { case accepted, full, refused(AuditError) }

    /// Pushes a record nobody waits for.
    func push(_ record: EncodedRecord) -> Answer {
        switch push(Entry(record: record, waiter: nil)) {
        case .accepted: .accepted
        case .full: .full
        case .refused(let error): .refused(error)
        }
    }

    var isSignalled: Bool { FileWait.readable(wakeUp.descriptor, timeout: .zero) }
}

extension AuditConfiguration {
    func with(_ change: (inout AuditConfiguration) -> Void) -> AuditConfiguration {
        var copy = self
        change(&copy)
        return copy
    }
}
