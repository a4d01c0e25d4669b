internal import CLinux

/// The signals that end or reload the process, as values.
///
/// A handler notes them, whichever thread they come to: the threads of Swift's own pool do not inherit a blocked set, and a
/// signal that reached one of them would end the process without a drain.
public enum ProcessSignals {
    /// A signal taken.
    public enum Signal: Sendable {
        case terminate
        case interrupt
        case hangUp
    }

    /// Takes SIGTERM, SIGINT and SIGHUP from now on and ignores SIGPIPE.
    /// - Returns: false at the descriptor limit.
    public static func prepare() -> Bool { pc_signal_prepare() == 0 }

    /// The next signal, or nil after `milliseconds`.
    public static func wait(milliseconds: Int32) -> Signal? {
        switch pc_signal_wait(milliseconds) {
        case SIGTERM: .terminate
        case SIGINT: .interrupt
        case SIGHUP: .hangUp
        default: nil
        }
    }
}
