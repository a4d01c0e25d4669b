internal import Telemetry

/// What the gateway tells of itself while it serves.
final class Observation: Sendable {
    /// nil where nobody listens, as in tests.
    let logger: Logger?
    /// nil where no traces are wanted.
    let tracer: Tracer?
    /// Whether each request and each connection has a line.
    let logsRequests: Bool
    let logsConnections: Bool

    /// Tells nobody.
    convenience init() { self.init(logger: nil, Configuration.LogSettings(), tracer: nil) }

    init(logger: Logger?, _ settings: Configuration.LogSettings, tracer: Tracer?) {
        self.logger = logger
        self.tracer = tracer
        let isInfo = logger?.isEnabled(.info) == true
        logsRequests = settings.requests && isInfo
        logsConnections = settings.connections && isInfo
    }

    /// Whether any line about a connection or a request is written.
    var logsAccess: Bool { logsRequests || logsConnections }

    /// Whether a request's spans go to the collector.
    func traces(_ trace: [UInt8], callerDecided: Bool?) -> Bool {
        tracer?.samples(trace, callerDecided: callerDecided) == true
    }

    func isEnabled(_ level: LogLevel) -> Bool { logger?.isEnabled(level) == true }

    /// Something that an operator should read, in words.
    func say(_ level: LogLevel, _ event: StaticString, _ message: String) {
        logger?.log(level, event) { $0.text("message", message) }
    }
}
