import Foundation
import Testing
import Threading

/// Gives each test a thread of its own, so that a client with a clock to keep does not wait behind tests that compute.
struct OwnThread: SuiteTrait, TestTrait, TestScoping {
    var isRecursive: Bool { true }

    @concurrent func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(QueueExecutor()) { try await function() }
    }
}

extension Trait where Self == OwnThread {
    static var ownThread: OwnThread { OwnThread() }
}

private final class QueueExecutor: TaskExecutor {
    private let queue = DispatchQueue(label: "test", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = LoopJob(job)
        queue.async { job.run(on: self) }
    }
}
