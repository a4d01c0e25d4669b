internal import Threading

/// Threads that each own a `Context` (a database connection and what belongs to it) and take jobs from one queue.
///
/// SQLite calls block, and an event loop must not. A writer's queue has one thread, a readers' queue a few; WAL lets them
/// work side by side. A full queue is an honest `.busy`, never unbounded memory.
final class DatabaseThreads<Context>: Sendable {
    private let queue: JobQueue<Context>

    private init(queue: JobQueue<Context>) { self.queue = queue }

    deinit { queue.close() }

    /// Starts `count` threads. Each context is made here, so that a database which cannot be opened is an error at start.
    /// - Parameter name: at most 13 bytes.
    static func start(
        named name: String, count: Int, jobsMax: Int = AgentLimits.databaseJobsMax,
        making make: () throws(AgentError) -> sending Context
    ) throws(AgentError) -> DatabaseThreads {
        guard let queue = JobQueue<Context>(jobsMax: jobsMax) else {
            throw .storage(reason: "no file descriptor is left for a database queue")
        }
        let threads = DatabaseThreads(queue: queue)
        for index in 0..<count {
            let context = try make()
            guard SystemThread.start(named: "\(name)-\(index)", { queue.run(with: context) }) else {
                throw .storage(reason: "the system refuses another thread")
            }
        }
        return threads
    }

    /// Jobs that wait for a thread now.
    var queueDepth: Int { queue.depth }
    /// How long jobs waited for one, in microseconds.
    var queueWaits: HistogramCounts { queue.waits }

    /// Runs `job` on one of the threads and resumes the caller on its own executor.
    /// - Throws: what `job` fails with, or `.busy` where the queue is full.
    func run<Value: Sendable>(
        _ job: @escaping @Sendable (Context) -> Result<Value, AgentError>
    ) async throws(AgentError) -> Value {
        let result: Result<Value, AgentError> = await suspend { resumption in
            let isTaken = queue.push { resumption.resume(returning: job($0)) }
            if !isTaken { resumption.resume(returning: .failure(.busy)) }
        }
        return try result.get()
    }
}
