/// A piece of a task that an executor has been given and has to run once.
@safe public struct LoopJob: Sendable {
    private let job: UnownedJob

    /// Takes a job from `enqueue`. The runtime keeps it alive until it is run.
    public init(_ job: consuming ExecutorJob) { self.job = UnownedJob(job) }

    /// Runs it on the calling thread, which is `executor`'s. Once: a second run would resume a task that is elsewhere.
    public func run(on executor: some TaskExecutor) {
        unsafe job.runSynchronously(on: executor.asUnownedTaskExecutor())
    }
}
