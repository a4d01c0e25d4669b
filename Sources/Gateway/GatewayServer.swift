internal import Audit
internal import Edge
internal import LinuxIO
internal import Telemetry
internal import Threading

/// The running gateway: `portcullis serve`.
public enum GatewayServer {
    /// What the command line says.
    public struct Options: Sendable {
        /// The configuration file.
        public var configurationFile: String
        /// The folder with certificates and state.
        public var stateFolder: String
        /// The port in place of the configured one; 0 takes a free one.
        public var port: Int?
        /// The port of the metrics in place of the configured one.
        public var metricsPort: Int?

        /// Takes the options.
        public init(configurationFile: String, stateFolder: String, port: Int? = nil, metricsPort: Int? = nil) {
            self.configurationFile = configurationFile
            self.stateFolder = stateFolder
            self.port = port
            self.metricsPort = metricsPort
        }
    }

    /// Serves until SIGTERM or SIGINT, drains, and closes the log. Blocks the calling thread.
    /// - Returns: the exit status: 0 after a clean drain, 130 where a second signal cut it short, 70 after a failure of a
    ///   thread, 74 after one of the log.
    /// - Throws: `CommandFailure` where it cannot start.
    public static func run(_ options: Options) async throws(CommandFailure) -> Int32 {
        guard ProcessSignals.prepare() else { throw CommandFailure(EdgeError.noResources) }
        let configuration = try readConfiguration(options)
        try DescriptorNeeds(configuration.bounds).claim(in: configuration.file)
        let observation = try observe(configuration)
        let notifier = connectNotifier(observation)
        let failure = FirstFailure()
        let made = try Composition(configuration: configuration, stateFolder: options.stateFolder)
            .make(observation: observation) { state in
                observation.note(state)
                failure.note(state)
            }
        let services = made.services
        let edge: EdgeServer
        let listeners: Listeners
        do throws(CommandFailure) {
            try await recordWeakening(configuration, services)
            edge = try start(configuration)
            listeners = try open(edge, configuration, made)
        } catch {
            services.log.close(requestsServed: 0, reason: "start_failed")
            throw error
        }
        announce(listeners, services, configuration, options)
        notifier?.send("READY=1\nSTATUS=Serving on port \(listeners.port)")
        Supervision(edge: edge, services: services, failure: failure, notifier: notifier).run()
        let status = Drain(
            edge: edge, services: services, failure: failure, notifier: notifier,
            patience: .milliseconds(configuration.bounds.drainMilliseconds)
        ).run()
        observation.logger?.close()
        return status
    }

    private static func observe(_ configuration: Configuration) throws(CommandFailure) -> Observation {
        guard let level = LogLevel(rawValue: configuration.log.level),
            let logger = Logger.onStandardError(level: level)
        else { throw CommandFailure(EdgeError.noResources) }
        return Observation(logger: logger, configuration.log)
    }

    /// A service manager that does not answer is no reason not to serve: it will see for itself that nobody got ready.
    private static func connectNotifier(_ observation: Observation) -> ServiceNotifier? {
        do throws(SocketError) {
            return try ServiceNotifier.fromEnvironment()
        } catch {
            observation.say(.warning, "notify_failed", "NOTIFY_SOCKET: \(error.call): \(error.message)")
            return nil
        }
    }

    private static func readConfiguration(_ options: Options) throws(CommandFailure) -> Configuration {
        let text = try PolicyFiles.read(options.configurationFile)
        do throws(ConfigurationError) {
            var configuration = try Configuration.parse(text, file: options.configurationFile)
            if let port = options.port { configuration.listener.port = port }
            if let port = options.metricsPort { configuration.metrics.port = port }
            return configuration
        } catch {
            throw CommandFailure(error)
        }
    }

    /// A gateway that lets clients without a certificate in says so in its log before the first of them can come.
    private static func recordWeakening(
        _ configuration: Configuration, _ services: Services
    ) async throws(CommandFailure) {
        let setting = configuration.listener.clientCertificate
        guard setting != "required" else { return }
        do throws(AuditError) {
            _ = try await services.log.append(
                .adminAction(
                    operator: nil, action: "listener.client_certificate",
                    target: Array("client_certificate=\(setting)".utf8)))
        } catch {
            throw CommandFailure(error)
        }
    }

    // MARK: Listening

    /// Places of their own for those who scrape, so that metrics are there when clients have taken all others.
    static let metricsConnectionsMax = 64

    private struct Listeners {
        let port: UInt16
        let metricsPort: UInt16
    }

    private static func start(_ configuration: Configuration) throws(CommandFailure) -> EdgeServer {
        do throws(EdgeError) {
            return try EdgeServer.start(EdgeConfiguration(configuration.bounds)) { error in
                Console.writeError("portcullis: \(CommandFailure(error))\n")
            }
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func open(
        _ edge: EdgeServer, _ configuration: Configuration, _ made: Composition.Made
    ) throws(CommandFailure) -> Listeners {
        made.services.health.watch(edge.statistics)
        let pipeline = Pipeline(services: made.services)
        let metrics = MetricsHandler(
            page: MetricsPage(services: made.services, edge: edge.statistics, policyVersion: made.policyVersion))
        let inside = try address(configuration.metrics.address, configuration.metrics.port, of: "metrics.address")
        let outside = try address(configuration.listener.address, configuration.listener.port, of: "listener.address")
        do throws(EdgeError) {
            let metricsPort = try edge.listen(
                ListenerConfiguration(address: inside, transport: .plain, connectionsMax: metricsConnectionsMax),
                handler: metrics)
            let port = try edge.listen(
                ListenerConfiguration(address: outside, transport: .tls(made.tls)), handler: pipeline)
            return Listeners(port: port, metricsPort: metricsPort)
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

    /// Says what to know of this start, then that it is ready. Greeting nobody is no reason not to serve.
    private static func announce(
        _ listeners: Listeners, _ services: Services, _ configuration: Configuration, _ options: Options
    ) {
        if configuration.listener.clientCertificate != "required" {
            services.observation.say(
                .warning, "weakened",
                "client_certificate is \(configuration.listener.clientCertificate): "
                    + "clients without a certificate get through the handshake")
        }
        if let recovery = services.log.recovery { services.observation.say(.warning, "recovered", recovery.message) }
        let greeting = Greeting(
            address: configuration.listener.address, port: listeners.port,
            metricsAddress: configuration.metrics.address, metricsPort: listeners.metricsPort,
            certificates: options.stateFolder + "/certs")
        services.observation.logger?.log(.info, "started") { line in
            line.text("version", portcullisVersion)
            line.text("url", greeting.url)
            line.number("metrics_port", UInt64(listeners.metricsPort))
            line.number("pid", Int(FileProcess.identifier))
        }
        // Whoever waits for the greeting finds in the log what came before it.
        services.observation.logger?.flush()
        do throws(CommandFailure) {
            try Console.printLine(greeting.text)
        } catch {
            services.observation.say(.warning, "greeting_failed", "\(error); serving on \(greeting.url) all the same")
        }
    }
}

extension AuditLog.RecoveryNote {
    /// What an operator is told after a crash.
    fileprivate var message: String {
        let torn =
            tornBytes == 0
            ? "the log ends with a whole record" : "\(tornBytes) torn bytes stay after its last record, sealed"
        return "the process before did not stop cleanly: \(segment): \(torn); "
            + "\(interruptedRequests) requests had begun and were not decided"
    }
}

extension Observation {
    /// The log of records began or ceased to take them.
    fileprivate func note(_ state: AuditLog.State) {
        switch state {
        case .serving: say(.info, "audit_serving", "records are taken again")
        case .lowSpace: say(.error, "audit_low_space", "the disk is nearly full: every request is refused")
        case .failed(let error): say(.error, "audit_failing", "\(error)")
        case .closed: break
        }
    }
}

extension EdgeConfiguration {
    /// The edge's settings from the configuration's.
    init(_ bounds: Configuration.Bounds) {
        self.init(
            loopCount: bounds.loops == 0 ? SystemThread.coreCount : bounds.loops,
            connectionsMax: bounds.connectionsMax, connectionsPerAddressMax: bounds.connectionsPerAddressMax,
            handshakesInFlightMax: bounds.handshakesInFlightMax,
            handshakesPerAddressMax: bounds.handshakesPerAddressMax, requestsInFlightMax: bounds.requestsInFlightMax,
            queueDelayMax: .milliseconds(bounds.queueDelayMilliseconds),
            http: HTTPLimits(
                requestLineBytesMax: bounds.requestLineBytesMax, headerBytesMax: bounds.headerBytesMax,
                headerCountMax: bounds.headerCountMax),
            timeouts: EdgeTimeouts(
                handshake: .milliseconds(bounds.handshakeMilliseconds),
                header: .milliseconds(bounds.headerMilliseconds),
                body: .milliseconds(bounds.bodyMilliseconds), idle: .milliseconds(bounds.idleMilliseconds),
                write: .milliseconds(bounds.writeMilliseconds)),
            rate: MinimumRate(
                bodyBytesPerSecond: bounds.bodyBytesPerSecondMin, readBytesPerSecond: bounds.readBytesPerSecondMin,
                grace: .milliseconds(bounds.rateGraceMilliseconds)))
    }
}
