import Audit
import Threading

/// How fast a log takes records from many tasks at once.
struct Throughput: Sendable, CustomStringConvertible {
    var records: Int
    var seconds: Double
    var statistics: AuditStatistics
    /// Microseconds from the call of `append` to its receipt, sorted.
    var latencies: [UInt64]

    var description: String {
        let median = latencies[latencies.count / 2]
        let slow = latencies[latencies.count * 99 / 100]
        let perSync = statistics.syncMicroseconds / max(1, statistics.syncsByDuration.reduce(0, +))
        return "\(Int(Double(records) / seconds)) records/s, \(statistics.bytes / UInt64(records)) bytes a record, "
            + "\(records / Int(max(1, statistics.batches))) records a batch, sync mean \(perSync) µs, "
            + "append p50 \(median) µs p99 \(slow) µs"
    }

    /// `tasks` tasks append `recordsPerTask` records each, one after the other; every record is encoded anew.
    static func measure(
        _ log: AuditLog, tasks: Int, recordsPerTask: Int, record: @escaping @Sendable (Int) -> EncodedRecord
    ) async throws -> Throughput {
        let start = MonotonicInstant.now
        let latencies = try await withThrowingTaskGroup(of: [UInt64].self) { group in
            for task in 0..<tasks {
                group.addTask {
                    var latencies: [UInt64] = []
                    for number in 0..<recordsPerTask {
                        let encoded = record(task * recordsPerTask + number)
                        let before = MonotonicInstant.now
                        _ = try await log.append(encoded)
                        latencies.append(MonotonicInstant.now.microseconds(since: before))
                    }
                    return latencies
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let seconds = Double(MonotonicInstant.now.microseconds(since: start)) / 1_000_000
        return Throughput(
            records: tasks * recordsPerTask, seconds: seconds, statistics: log.statistics(),
            latencies: latencies.sorted())
    }
}
