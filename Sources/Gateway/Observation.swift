internal import Telemetry

/// What the gateway tells of itself while it serves.
final class Observation: Sendable {
    /// nil where nobody listens, as in tests.
    let logger: Logger?
    /// Whether each request and each connection has a line.
    let logsRequests: Bool
    let logsConnections: Bool

    /// Tells nobody.
    convenience init() { self.init(logger: nil, Configuration.LogSettings()) }

    init(logger: Logger?, _ settings: Configuration.LogSettings) {
        self.logger = logger
        let isInfo = logger?.isEnabled(.info) == true
        logsRequests = settings.requests && isInfo
        logsConnections = settings.connections && isInfo
    }

    /// Whether any line about a connection or a request is written.
    var logsAccess: Bool { logsRequests || logsConnections }

    func isEnabled(_ level: LogLevel) -> Bool { logger?.isEnabled(level) == true }

    /// Something that an operator should read, in words.
    func say(_ level: LogLevel, _ event: StaticString, _ message: String) {
        logger?.log(level, event) { $0.text("message", message) }
    }
}
