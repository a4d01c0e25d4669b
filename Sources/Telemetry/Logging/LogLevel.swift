/// How much a line matters, from what wakes somebody up to what only a developer reads.
public enum LogLevel: String, CaseIterable, Comparable, Sendable {
    case error, warning, info, debug

    var name: StaticString {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .info: "info"
        case .debug: "debug"
        }
    }

    /// The syslog severity (RFC 5424 §6.2.1) in the form that journald reads at a line's start (sd-daemon(3)).
    var priority: StaticString {
        switch self {
        case .error: "<3>"
        case .warning: "<4>"
        case .info: "<6>"
        case .debug: "<7>"
        }
    }

    private var rank: Int {
        switch self {
        case .error: 0
        case .warning: 1
        case .info: 2
        case .debug: 3
        }
    }

    /// Matters more.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }
}
