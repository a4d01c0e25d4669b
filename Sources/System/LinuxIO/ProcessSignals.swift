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
    public static func wait(milliseconds: Int32) -> Signal? { waitForSender(milliseconds: milliseconds)?.signal }

    /// The next signal noted, and the number of the user whose process sent it, nil where none did; nil after `milliseconds`.
    /// For one thread.
    public static func waitForSender(milliseconds: Int32) -> (signal: Signal, user: UInt32?)? {
        var user: Int64 = -1
        let signal: Signal
        switch unsafe pc_signal_wait(milliseconds, &user) {
        case SIGTERM: signal = .terminate
        case SIGINT: signal = .interrupt
        case SIGHUP: signal = .hangUp
        case SIGUSR1: signal = .user1
        default: return nil
        }
        return (signal, UInt32(exactly: user))
    }
}
