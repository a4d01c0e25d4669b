internal import CLinux

/// A wake-up call between threads: an `eventfd` (eventfd(2)) that a loop can watch or a thread can sleep on.
@safe public final class WakeUp: Sendable {
    /// The descriptor, for an epoll set. This object owns it.
    public let descriptor: Int32

    /// Makes one, or nil at the descriptor limit.
    /// - Parameter blocking: whether `wait` sleeps; an epoll loop wants false.
    public init?(blocking: Bool) {
        descriptor = eventfd(0, Int32(EFD_CLOEXEC) | (blocking ? 0 : Int32(EFD_NONBLOCK)))
        if descriptor < 0 { return nil }
    }

    deinit { _ = close(descriptor) }

    /// Wakes the sleeper, or lets its next `wait` return at once. Async-signal safe.
    public func signal() { _ = eventfd_write(descriptor, 1) }

    /// Sleeps until a signal (blocking kind), or clears signals that came (non-blocking kind).
    public func wait() {
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(descriptor, &count)
    }
}
