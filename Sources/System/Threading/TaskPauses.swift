internal import Synchronization

/// Short pauses of tasks, which a thread sleeps for all of them.
///
/// Not `Task.sleep`: its timers are libdispatch's, as is the pool in which the runtime goes on with a task that prefers no
/// executor. A monitor in libdispatch opens `/proc/TID/stat` of the pool's threads and ends the process where it cannot,
/// which is so under Landlock: those paths are not beneath `/proc/self`, and there is no rule for threads to come.
public final class TaskPauses: Sendable {
    private final class Line: Sendable {
        let waiting = Mutex<[Resumption<Void>]>([])
        let isClosed = Atomic<Bool>(false)
        let wakeUp: WakeUp

        init(_ wakeUp: WakeUp) { self.wakeUp = wakeUp }
    }

    private let line: Line

    /// Starts the thread, or returns nil where none or no descriptor is left.
    /// - Parameters:
    ///   - name: the thread's, at most 15 bytes.
    ///   - milliseconds: what a pause lasts, or somewhat less where the thread sleeps for another already.
    public init?(named name: String, milliseconds: Int32) {
        guard let wakeUp = WakeUp(blocking: true) else { return nil }
        let line = Line(wakeUp)
        self.line = line
        let isStarted = SystemThread.start(named: name) {
            while true {
                line.wakeUp.wait()
                if line.isClosed.load(ordering: .acquiring) { return }
                SystemThread.sleep(milliseconds: milliseconds)
                let rested = line.waiting.withLock { waiting in
                    defer { waiting = [] }
                    return waiting
                }
                for resumption in rested { resumption.resume() }
            }
        }
        if !isStarted { return nil }
    }

    deinit {
        line.isClosed.store(true, ordering: .releasing)
        line.wakeUp.signal()
    }

    /// Suspends the calling task for a moment; it goes on where it was.
    public nonisolated(nonsending) func pause() async {
        await suspend { resumption in
            line.waiting.withLock { $0.append(resumption) }
            line.wakeUp.signal()
        }
    }
}
