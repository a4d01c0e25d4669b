/// Threads that each own a `Context` (a database connection and what belongs to it) and take jobs from one queue.
///
/// Calls of a database block, and an event loop must not. A writer's queue has one thread, a readers' queue a few. A full
/// queue is an honest error, never unbounded memory.
package final class JobThreads<Context>: Sendable {
    private let queue: JobQueue<Context>

    private init(queue: JobQueue<Context>) { self.queue = queue }

    deinit { queue.close() }

    /// Starts `count` threads. Each context is made here, so that a database which cannot be opened is an error at start.
    /// - Parameters:
    ///   - name: at most 13 bytes.
    ///   - jobsMax: jobs that may wait at once.
    ///   - refusal: the error for a system that refuses a descriptor or a thread, which it is told.
    /// - Throws: what `make` throws, and `refusal`'s.
    package static func start<Failure: Error>(
        named name: String, count: Int, jobsMax: Int, refusal: (String) -> Failure,
        making make: () throws(Failure) -> sending Context
    ) throws(Failure) -> JobThreads {
        guard let queue = JobQueue<Context>(jobsMax: jobsMax) else {
            throw refusal("no file descriptor is left for a queue of jobs")
        }
        let threads = JobThreads(queue: queue)
        for index in 0..<count {
            let context = try make()
            guard SystemThread.start(named: "\(name)-\(index)", { queue.run(with: context) }) else {
                throw refusal("the system refuses another thread")
            }
        }
        return threads
    }

    /// Jobs that wait for a thread now.
    package var queueDepth: Int { queue.depth }
    /// How long jobs waited for one, in microseconds.
    package var queueWaits: HistogramCounts { queue.waits }

    /// Runs `job` on one of the threads and resumes the caller on its own executor.
    /// - Parameter full: the error where the queue is full; the job is then never run.
    /// - Throws: what `job` fails with, or `full`.
    package func run<Value: Sendable, Failure: Error>(
        orThrow full: Failure, _ job: @escaping @Sendable (Context) -> Result<Value, Failure>
    ) async throws(Failure) -> Value {
        let result: Result<Value, Failure> = await suspend { resumption in
            let isTaken = queue.push { resumption.resume(returning: job($0)) }
            if !isTaken { resumption.resume(returning: .failure(full)) }
        }
        return try result.get()
    }
}
