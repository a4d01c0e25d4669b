internal import LinuxIO
internal import Synchronization
internal import Threading

/// Threads that check blocks. Results are taken in the order of the jobs; what they found does not depend on how many there are.
///
/// Everything between threads goes through one mutex; a thread sleeps on its `WakeUp` where there is nothing to do.
final class BlockPool<OpenFile: StorageFile>: Sendable {
    private struct State: Sendable {
        var waiting: [(number: Int, job: BlockJob<OpenFile>)] = []
        var results: [Int: BlockResult] = [:]
        var isClosed = false
    }

    private let state = Mutex(State())
    private let work: WakeUp?
    private let done: WakeUp?
    private let cuts: [UInt64]
    private let listsAll: Bool
    /// Threads at work; none where the caller does it all.
    private let threads: Mutex<Int>

    /// More threads than this gain nothing that is worth their memory.
    static var threadsMax: Int { 16 }

    init(cuts: [UInt64], listsAll: Bool) {
        self.cuts = cuts
        self.listsAll = listsAll
        work = WakeUp(blocking: true)
        done = WakeUp(blocking: true)
        threads = Mutex(0)
    }

    /// Starts threads, or fewer where the system refuses them.
    func start(threads wanted: Int) {
        guard work != nil, done != nil else { return }
        for _ in 0..<min(wanted, Self.threadsMax) {
            guard SystemThread.start(named: "audit-verify", { [self] in run() }) else { return }
            threads.withLock { $0 += 1 }
        }
    }

    /// Whether somebody else does the work.
    var isParallel: Bool { threads.withLock { $0 > 0 } }

    func submit(_ job: BlockJob<OpenFile>, number: Int) {
        state.withLock { $0.waiting.append((number, job)) }
        work?.signal()
    }

    /// The result of a job that was submitted, once it is there; `checker` does the work where nobody else does.
    func result(of number: Int, by checker: inout BlockChecker<OpenFile>) -> BlockResult {
        while true {
            if let result = state.withLock({ $0.results.removeValue(forKey: number) }) { return result }
            if isParallel {
                done?.wait()
            } else if let (next, job) = take() {
                let result = checker.check(job)
                state.withLock { $0.results[next] = result }
            }
        }
    }

    /// Lets the threads end.
    func close() {
        state.withLock {
            $0.isClosed = true
            $0.waiting = []
        }
        work?.signal()
    }

    private func take() -> (number: Int, job: BlockJob<OpenFile>)? {
        state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
    }

    private func run() {
        var checker = BlockChecker<OpenFile>(cuts: cuts, listsAll: listsAll)
        while true {
            while let (number, job) = take() {
                // One call wakes one thread: who is awake wakes the next.
                work?.signal()
                let result = checker.check(job)
                state.withLock { $0.results[number] = result }
                done?.signal()
            }
            if state.withLock({ $0.isClosed }) { break }
            work?.wait()
        }
        // The next one has to end too.
        work?.signal()
    }
}
