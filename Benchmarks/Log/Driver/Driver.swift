import Audit
import Glibc
import LinuxIO
import OpenSSL
import Threading

/// Times the log's own work: what `Benchmarks/log.sh` calls.
@main struct Driver {
    static let usage = """
        log-driver append DIR PRODUCERS SECONDS [CHECKPOINT_RECORDS]   append from tasks, each waiting for its receipt
        log-driver make DIR RECORDS                                    make a log of many records
        log-driver open DIR                                            open it and close it
        log-driver prove DIR COUNT                                     prove records chosen at random
        """

    static func main() async {
        let arguments = CommandLine.arguments
        do {
            switch (arguments.dropFirst().first, arguments.count) {
            case ("append", 5...6):
                try await append(
                    Place(arguments[2]), producers: number(3), seconds: Double(number(4)),
                    checkpointRecords: arguments.count == 6 ? number(5) : 1000)
            case ("make", 4): try await make(Place(arguments[2]), records: number(3))
            case ("open", 3): try open(Place(arguments[2]))
            case ("prove", 4): try prove(Place(arguments[2]), count: number(3))
            default:
                complain(usage)
                exit(64)
            }
        } catch {
            complain("log-driver: \(error)")
            exit(74)
        }
    }

    private static func complain(_ text: String) {
        let bytes = Array((text + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    }

    private static func number(_ index: Int) -> Int { Int(CommandLine.arguments[index]) ?? 0 }

    static func append(_ place: Place, producers: Int, seconds: Double, checkpointRecords: Int) async throws {
        let log = try AuditLog.open(place.configuration(checkpointRecords: checkpointRecords))
        let before = Clock.now
        let threadsBefore = ThreadTimes.ofLog
        let end = MonotonicInstant.now + .milliseconds(Int64(seconds * 1000))
        let latencies = await withTaskGroup(of: [UInt64].self) { group in
            for producer in 0..<producers {
                group.addTask {
                    let record = Sample.requestEnd(producer)
                    var latencies: [UInt64] = []
                    var now = MonotonicInstant.now
                    while now < end {
                        guard (try? await log.append(record.encode())) != nil else { return [] }
                        let after = MonotonicInstant.now
                        latencies.append(after.microseconds(since: now))
                        now = after
                    }
                    return latencies
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }.sorted()
        let spent = Clock.now - before
        let threads = ThreadTimes.ofLog - threadsBefore
        let statistics = log.statistics()
        log.close(requestsServed: 0)
        guard case .closed = log.state, let slowest = latencies.last else {
            throw Failure("the log failed: \(log.state)")
        }
        let count = Double(latencies.count)
        print(
            "peer=portcullis work=append-\(producers) rps=\(Int(count / spent.wall))",
            "p50_us=\(latencies[latencies.count / 2]) p99_us=\(latencies[latencies.count * 99 / 100]) max_us=\(slowest)",
            "cpu_us_op=\(rounded(spent.cpu * 1e6 / count)) log_user_us=\(rounded(threads.user * 1e6 / count))",
            "log_kernel_us=\(rounded(threads.kernel * 1e6 / count))",
            "batch=\(rounded(count / Double(statistics.batches)))",
            "bytes=\(statistics.bytes / UInt64(latencies.count)) errors=0")
    }

    static func make(_ place: Place, records: Int) async throws {
        let log = try AuditLog.open(place.configuration(durability: .relaxed))
        await withTaskGroup(of: Void.self) { group in
            for producer in 0..<512 {
                group.addTask {
                    var rest = records / 512
                    while rest > 0 {
                        // A full queue is back-pressure: the record is offered again.
                        if (try? await log.append(Sample.short(producer))) != nil { rest -= 1 }
                        if case .failed = log.state { return }
                    }
                }
            }
        }
        log.close(requestsServed: 0)
        guard case .closed = log.state else { throw Failure("the log failed: \(log.state)") }
        print("work=make records=\(log.head.recordCount)")
    }

    static func open(_ place: Place) throws {
        let before = Clock.now
        let log = try AuditLog.open(place.configuration())
        let spent = Clock.now - before
        let records = log.head.recordCount
        log.close(requestsServed: 0)
        print("work=open records=\(records) ms=\(rounded(spent.wall * 1000)) cpu_ms=\(rounded(spent.cpu * 1000))")
    }

    static func prove(_ place: Place, count: Int) throws {
        let disk = try DirectoryStorage(path: place.directory)
        let sizes = try disk.names(in: "checkpoints").compactMap { UInt64($0.prefix(20)) }.sorted()
        guard let size = sizes.last, count > 0 else { throw Failure("\(place.directory): no checkpoint") }
        var took: [UInt64] = []
        for _ in 0..<count {
            let seq = UInt64.random(in: 0..<size)
            let start = MonotonicInstant.now
            var tree = TileTree(TileFiles(disk), size: size)
            let proof = try tree.inclusionProof(of: seq, size: size)
            took.append(MonotonicInstant.now.microseconds(since: start))
            guard !proof.isEmpty || size == 1 else { throw Failure("no proof of \(seq)") }
        }
        took.sort()
        print("work=prove size=\(size) p50_us=\(took[took.count / 2]) p99_us=\(took[took.count * 99 / 100])")
    }

    private static func rounded(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Wall-clock and processor time of this process, in seconds.
struct Clock {
    var wall: Double
    var cpu: Double

    static var now: Clock { Clock(wall: read(CLOCK_MONOTONIC), cpu: read(CLOCK_PROCESS_CPUTIME_ID)) }

    static func - (end: Clock, start: Clock) -> Clock { Clock(wall: end.wall - start.wall, cpu: end.cpu - start.cpu) }

    private static func read(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
