internal import CLinux

/// The signals that end or reload the process, as values that one thread takes.
public enum ProcessSignals {
    /// A signal taken.
    public enum Signal: Sendable {
        case terminate
        case interrupt
        case hangUp
        case user1
    }

    /// From now on notes SIGTERM, SIGINT, SIGHUP and SIGUSR1 instead of ending the process, and ignores SIGPIPE and SIGXFSZ:
    /// a closed pipe and a file that may not grow are errors of the write.
    /// - Returns: false at the descriptor limit; nothing was changed.
    public static func prepare() -> Bool { pc_signal_prepare() == 1 }

    /// The next signal noted, or nil after `milliseconds`. For one thread.
    public static func wait(milliseconds: Int32) -> Signal? {
        switch pc_signal_wait(milliseconds) {
        case SIGTERM: .terminate
        case SIGINT: .interrupt
        case SIGHUP: .hangUp
        case SIGUSR1: .user1
        default: nil
        }
    }
}
