internal import Audit
internal import Auth
internal import Edge
internal import Synchronization
internal import Threading

/// Whether the process lives and whether it takes work.
final class Health: Sendable {
    private let isDraining = Atomic<Bool>(false)
    private let log: AuditLog
    private let witnesses: Witnesses?
    private let revocations: RevocationList?
    private let edge = Mutex<EdgeStatistics?>(nil)
    private let okay = Health.response(.ok, "ok\n")
    private let notReady = Health.response(.serviceUnavailable, "not ready\n")
    private let wrongMethod: Response

    init(log: AuditLog, witnesses: Witnesses? = nil, revocations: RevocationList? = nil) {
        self.log = log
        self.witnesses = witnesses
        self.revocations = revocations
        var response = Health.response(.methodNotAllowed, "GET and HEAD only\n")
        response.fields.append(ResponseField("Allow", "GET, HEAD"))
        wrongMethod = response
    }

    /// From now on not ready while the front door turns requests away.
    func watch(_ statistics: EdgeStatistics) { edge.withLock { $0 = statistics } }

    /// From now on not ready.
    func drain() { isDraining.store(true, ordering: .relaxed) }

    /// Whether requests are served: the log takes records and has the witnesses it must have, revocations are known, no drain
    /// has begun and nobody is turned away.
    var isReady: Bool {
        !isDraining.load(ordering: .relaxed) && log.state == .serving
            && edge.withLock { $0?.isShedding } != true && witnesses?.forbidService != true
            && revocations?.isStale(now: WallClock.seconds) != true
    }

    func answer(_ check: HealthCheck, _ method: HTTPMethod) -> Response {
        guard method == .get || method == .head else { return wrongMethod }
        switch check {
        case .healthy, .live: return okay
        case .ready: return isReady ? okay : notReady
        }
    }

    private static func response(_ status: Status, _ text: StaticString) -> Response {
        Response(
            status, fields: [ResponseField("Content-Type", "text/plain"), ResponseField("Cache-Control", "no-store")],
            body: Array("\(text)".utf8))
    }
}
