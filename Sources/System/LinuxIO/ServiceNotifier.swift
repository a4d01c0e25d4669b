internal import CLinux

/// The service manager that started this process, told by datagrams how it does: the protocol of sd_notify(3), by which a
/// unit of `Type=notify` counts as started only when it serves, and `WatchdogSec=` as hung when it is silent.
///
/// Connected once and never again, so that a confined process needs no socket of that family later.
public final class ServiceNotifier: Sendable {
    /// Where the manager listens.
    public enum Address: Hashable, Sendable {
        /// A socket in the file system.
        case path(String)
        /// A socket by name alone (unix(7)), written with a leading `@`.
        case abstract(String)

        /// Reads `NOTIFY_SOCKET`'s value: nil for a kind that is not a local socket, such as `vsock:2:1234`.
        public init?(_ text: String) {
            if text.hasPrefix("/") {
                self = .path(text)
            } else if text.hasPrefix("@"), text.utf8.count > 1 {
                self = .abstract(String(text.dropFirst()))
            } else {
                return nil
            }
        }
    }

    /// How often the manager wants to hear `WATCHDOG=1` at the least; nil where it does not.
    public let watchdog: Duration?
    private let descriptor: Int32

    private init(descriptor: Int32, watchdog: Duration?) {
        self.descriptor = descriptor
        self.watchdog = watchdog
    }

    deinit { _ = close(descriptor) }

    /// Connects to `address`.
    /// - Throws: `SocketError`, also for a name that is longer than an address holds (107 bytes).
    public static func connect(to address: Address, watchdog: Duration? = nil) throws(SocketError) -> ServiceNotifier {
        let (name, isAbstract): (String, Int32) =
            switch address {
            case .path(let path): (path, 0)
            case .abstract(let name): (name, 1)
            }
        let descriptor = unsafe pc_notify_connect(name, name.utf8.count, isAbstract)
        guard descriptor >= 0 else { throw SocketError(call: "connect", code: -descriptor) }
        return ServiceNotifier(descriptor: descriptor, watchdog: watchdog)
    }

    /// The manager that the environment names, or nil where none waits; its variables are taken out of the environment, so
    /// that no child speaks for this process. Call it while there is one thread.
    /// - Throws: `SocketError` where one is named and does not answer.
    public static func fromEnvironment() throws(SocketError) -> ServiceNotifier? {
        let socket = take("NOTIFY_SOCKET")
        let microseconds = take("WATCHDOG_USEC")
        let process = take("WATCHDOG_PID")
        guard let socket, let address = Address(socket) else { return nil }
        return try connect(
            to: address, watchdog: watchdog(microseconds: microseconds, process: process, ourProcess: getpid()))
    }

    /// The interval that the manager's variables ask for: nil where they are absent, wrong or meant for another process.
    public static func watchdog(microseconds: String?, process: String?, ourProcess: Int32) -> Duration? {
        if let process, Int32(process) != ourProcess { return nil }
        guard let microseconds, let count = Int64(microseconds), count > 0 else { return nil }
        return .microseconds(count)
    }

    /// Sends one datagram of lines `NAME=VALUE`. Does not block for long: the manager reads what comes.
    /// - Returns: false where it is away; there is nobody to tell that to but the operator.
    @discardableResult
    public func send(_ lines: String) -> Bool {
        let bytes = Array(lines.utf8)
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe CLinux.send(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        } == bytes.count
    }

    private static func take(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        _ = unsafe unsetenv(name)
        return text
    }
}
