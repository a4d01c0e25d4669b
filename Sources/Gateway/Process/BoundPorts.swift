internal import Edge
internal import LinuxIO
internal import OpenSSL

/// The gateway's two ports, taken before the process gives up the right to low ones; nobody is let in before `serve`.
struct BoundPorts {
    /// The ports, which the system chose where 0 was asked for.
    struct Numbers {
        let clients: UInt16
        let metrics: UInt16
    }

    private let clients: BoundSockets
    private let metrics: BoundSockets

    /// Places of their own for those who scrape, so that metrics are there when clients have taken all others.
    static let metricsConnectionsMax = 64

    /// Refuses a listener that others than this machine's users can reach.
    static func demandLoopback(_ configuration: Configuration) throws(CommandFailure) {
        guard try isLoopback(configuration.listener) else {
            throw CommandFailure(
                .configuration, "--dev", "listener.address is \(configuration.listener.address)",
                mend: "listen on 127.0.0.1 or ::1, or leave --dev away: with it whoever can connect gets a token")
        }
    }

    /// Whether clients can come from this machine alone.
    static func isLoopback(_ listener: Configuration.Listener) throws(CommandFailure) -> Bool {
        try address(listener.address, listener.port, of: "listener.address").isLoopback
    }

    static func bind(_ configuration: Configuration) throws(CommandFailure) -> BoundPorts {
        let inside = try address(configuration.metrics.address, configuration.metrics.port, of: "metrics.address")
        let outside = try address(configuration.listener.address, configuration.listener.port, of: "listener.address")
        let count = EdgeConfiguration(configuration.bounds).startedLoopCount
        do throws(EdgeError) {
            guard inside.isLoopback else { throw .plainOutsideLoopback(inside) }
            let metrics = try BoundSockets.bind(inside, count: count)
            return BoundPorts(clients: try BoundSockets.bind(outside, count: count), metrics: metrics)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Lets connections come to both, where they wait for `serve`.
    func listen() throws(CommandFailure) {
        do throws(EdgeError) {
            try metrics.listen(backlog: ListenerConfiguration.backlogDefault)
            try clients.listen(backlog: ListenerConfiguration.backlogDefault)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Gives both to the loops.
    func serve(
        _ edge: EdgeServer, _ made: Composition.Made, _ live: LiveServices, _ reload: PolicyReload
    ) throws(CommandFailure) -> Numbers {
        made.services.health.watch(edge.statistics)
        let page = MetricsHandler(
            page: MetricsPage(
                services: made.services, edge: edge.statistics,
                policyVersion: { live.policyVersion },
                policyReloads: { reload.counts }, knownChains: { made.tls.knownChains }))
        do throws(EdgeError) {
            let metricsPort = try edge.serve(
                ListenerConfiguration(
                    address: metrics.address, transport: .plain, connectionsMax: Self.metricsConnectionsMax),
                on: metrics, handler: page)
            let port = try edge.serve(
                ListenerConfiguration(address: clients.address, transport: .tls(made.tls)), on: clients,
                handler: LivePipeline(live))
            return Numbers(clients: port, metrics: metricsPort)
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func address(
        _ host: String, _ port: Int, of setting: String
    ) throws(CommandFailure) -> SocketAddress {
        guard let address = SocketAddress(numeric: host, port: UInt16(port)) else {
            throw CommandFailure(
                .configuration, setting, "found \"\(host)\"", mend: "wanted a numeric IPv4 or IPv6 address")
        }
        return address
    }
}
