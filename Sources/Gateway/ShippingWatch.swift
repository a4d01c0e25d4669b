internal import Audit
internal import Evidence
internal import Synchronization
internal import Telemetry
internal import Threading

/// Looks now and then how far shipping is behind, on a thread of its own: for metrics, and for a `log.pressure` record when it
/// passes `audit.ship.lag_warn_s`.
final class ShippingWatch: Sendable {
    private let latest = Mutex<ShippingLag?>(nil)

    /// The lag at the last look; nil before the first, and where it could not be told.
    var lag: ShippingLag? { latest.withLock { $0 } }

    private static let intervalMilliseconds: Int32 = 10_000

    /// Starts to look. The thread ends with the process; the watch is kept by it.
    /// - Returns: nil where the system has no thread.
    static func start(
        _ composition: Composition, _ log: AuditLog, _ observation: Observation
    ) -> ShippingWatch? {
        let settings = composition.configuration.audit
        let (directory, state) = (composition.path(settings.directory), composition.path(settings.stateDirectory))
        let watch = ShippingWatch()
        let isStarted = SystemThread.start(named: "audit-ship-lag") { [weak log] in
            var alarm = ShippingAlarm(limitSeconds: UInt64(settings.ship.lagWarnSeconds))
            while log?.isClosed == false {
                let lag = try? ShippingLag.measure(
                    directory: directory, stateDirectory: state, now: WallClock.microseconds)
                watch.latest.withLock { $0 = lag }
                if let lag, let record = alarm.observe(lag) {
                    observation.say(
                        .warning, "ship_lag",
                        "\(lag.segments) finished segments are not elsewhere yet, for \(lag.seconds) s: look after "
                            + "`portcullis audit ship`")
                    if log?.post(record) != true { alarm.lower() }
                }
                SystemThread.sleep(milliseconds: intervalMilliseconds)
            }
        }
        return isStarted ? watch : nil
    }
}
