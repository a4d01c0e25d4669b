internal import Threading

/// Threads that each own a connection to a database; WAL lets a writer and readers work side by side.
typealias DatabaseThreads = JobThreads

extension JobThreads {
    /// Starts `count` threads.
    /// - Parameter name: at most 13 bytes.
    static func start(
        named name: String, count: Int, jobsMax: Int = AgentLimits.databaseJobsMax,
        making make: () throws(AgentError) -> sending Context
    ) throws(AgentError) -> JobThreads {
        try start(
            named: name, count: count, jobsMax: jobsMax, refusal: { .storage(reason: $0) }, making: make)
    }

    /// Runs `job` on one of the threads and resumes the caller on its own executor.
    /// - Throws: what `job` fails with, or `.busy` where the queue is full.
    func run<Value: Sendable>(
        _ job: @escaping @Sendable (Context) -> Result<Value, AgentError>
    ) async throws(AgentError) -> Value {
        try await run(orThrow: .busy, job)
    }
}
