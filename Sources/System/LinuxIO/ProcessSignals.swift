internal import CLinux

/// The signals that end or reload the process, as values that the main thread takes.
public enum ProcessSignals {
    /// A signal taken.
    public enum Signal: Sendable {
        case terminate
        case interrupt
        case hangUp
    }

    /// Blocks SIGTERM, SIGINT and SIGHUP in this and all later threads and ignores SIGPIPE. Call before any thread starts.
    public static func prepare() { pc_signal_prepare() }

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
