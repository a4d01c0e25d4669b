internal import CLinux

/// Sleeping on a descriptor with a time limit.
public enum FileWait {
    /// Sleeps until `descriptor` can be read or `timeout` has passed, rounded up to a millisecond.
    /// - Returns: whether it can be read. False may also come early, after an interruption.
    public static func readable(_ descriptor: Int32, timeout: Duration) -> Bool {
        let (seconds, attoseconds) = timeout.components
        let milliseconds = seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&watched, 1, Int32(clamping: max(0, milliseconds))) == 1
    }

    /// Sleeps for `duration`, rounded up to a millisecond, or until a signal.
    public static func pause(_ duration: Duration) { _ = readable(-1, timeout: duration) }
}
