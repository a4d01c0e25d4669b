/// Decides by the free space whether to warn, to stop serving, and to serve again.
///
/// ```
/// ample ──< warn──► warned ──< stop──► stopped
///   ▲──>= warn───────┘  ▲──>= stop───────┘        (ample goes to stopped directly too)
/// ```
struct SpaceGuard {
    enum State: Hashable {
        case ample
        case warned
        case stopped(since: WallTime)
    }

    enum Action: Hashable {
        case none
        case warn
        case stop
        case resume(since: WallTime)
    }

    let warnBytes: UInt64
    let stopBytes: UInt64
    private(set) var state = State.ample

    init(warnBytes: UInt64, stopBytes: UInt64) {
        self.warnBytes = warnBytes
        self.stopBytes = stopBytes
    }

    mutating func observe(freeBytes: UInt64, at now: WallTime) -> Action {
        switch state {
        case .ample, .warned:
            if freeBytes < stopBytes {
                state = .stopped(since: now)
                return .stop
            }
            let isLow = freeBytes < warnBytes
            defer { state = isLow ? .warned : .ample }
            return isLow && state == .ample ? .warn : .none
        case .stopped(let since):
            guard freeBytes >= stopBytes else { return .none }
            state = freeBytes < warnBytes ? .warned : .ample
            return .resume(since: since)
        }
    }
}
