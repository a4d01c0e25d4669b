internal import Synchronization

/// Jobs that wait for the threads which own a `Context`: bounded, first in, first out.
final class JobQueue<Context>: Sendable {
    typealias Job = @Sendable (Context) -> Void

    private struct Waiting {
        let job: Job
        let since: MonotonicInstant
    }

    private struct State {
        /// A ring: jobs from `head` on, `count` of them.
        var ring: [Waiting?]
        var head = 0
        var count = 0
        var isClosed = false
    }

    private let state: Mutex<State>
    private let wakeUp: WakeUp
    private let waitTimes = Histograms(bounds: JobQueue.waitBounds)

    /// In microseconds: a reader takes tens of them for a job, a writer that brings one to the disk milliseconds.
    private static var waitBounds: [UInt64] {
        [10, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 100_000, 1_000_000, 10_000_000]
    }

    init?(jobsMax: Int) {
        guard let wakeUp = WakeUp(blocking: true) else { return nil }
        self.wakeUp = wakeUp
        state = Mutex(State(ring: Array(repeating: nil, count: jobsMax)))
    }

    /// Adds `job`, or returns false where the queue is full or closed; the job is then never run.
    func push(_ job: @escaping Job) -> Bool {
        let isTaken = state.withLock { state in
            guard state.count < state.ring.count, !state.isClosed else { return false }
            state.ring[(state.head + state.count) % state.ring.count] = Waiting(job: job, since: .now)
            state.count += 1
            return true
        }
        if isTaken { wakeUp.signal() }
        return isTaken
    }

    /// Jobs that wait now.
    var depth: Int { state.withLock { $0.count } }

    /// How long jobs waited for a thread, in microseconds.
    var waits: HistogramCounts { waitTimes.counts() }

    /// No job is taken any more; those that wait still run.
    func close() {
        state.withLock { $0.isClosed = true }
        wakeUp.signal()
    }

    /// Runs jobs on the calling thread until the queue is closed and empty.
    func run(with context: Context) {
        while true {
            let (waiting, isLast) = state.withLock { Self.next(&$0) }
            guard let waiting else {
                if isLast { return wakeUp.signal() }
                wakeUp.wait()
                continue
            }
            // One wake-up may stand for several jobs (eventfd adds them up): pass it on, so that no sister sleeps.
            if !isLast { wakeUp.signal() }
            waitTimes.add(MonotonicInstant.now.microseconds(since: waiting.since))
            waiting.job(context)
        }
    }

    /// The next job and whether none is left after it; without a job, whether none will come.
    private static func next(_ state: inout State) -> (Waiting?, Bool) {
        guard state.count > 0, let waiting = state.ring[state.head] else { return (nil, state.isClosed) }
        state.ring[state.head] = nil
        state.head = (state.head + 1) % state.ring.count
        state.count -= 1
        return (waiting, state.count == 0 && !state.isClosed)
    }
}
