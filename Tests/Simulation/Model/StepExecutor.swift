/// Runs tasks when it is told to, on the caller's thread: whoever waits for a receipt waits in a simulation too.
///
/// `@unchecked Sendable`: see `Machine`.
final class StepExecutor: TaskExecutor, @unchecked Sendable {
    private var jobs: [UnownedJob] = []

    func enqueue(_ job: consuming ExecutorJob) { jobs.append(UnownedJob(job)) }

    /// Runs what can run.
    func drain() {
        while !jobs.isEmpty { unsafe jobs.removeFirst().runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
