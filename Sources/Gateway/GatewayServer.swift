internal import Audit
internal import Edge
internal import LinuxIO
internal import Sandbox
internal import Synchronization
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
        /// Whether the process is confined, in place of the configured `process.sandbox`.
        public var isSandboxed: Bool?
        /// Whether tokens are handed out without a question, on loopback alone: for development.
        public var isDevelopment: Bool

        /// Takes the options.
        public init(
            configurationFile: String, stateFolder: String, port: Int? = nil, metricsPort: Int? = nil,
            isSandboxed: Bool? = nil, isDevelopment: Bool = false
        ) {
            self.configurationFile = configurationFile
            self.stateFolder = stateFolder
            self.port = port
            self.metricsPort = metricsPort
            self.isSandboxed = isSandboxed
            self.isDevelopment = isDevelopment
        }
    }

    /// Serves until SIGTERM or SIGINT, drains, and closes the log. Blocks the calling thread.
    /// - Returns: the exit status: 0 after a clean drain, 130 where a second signal cut it short, 70 after a failure of a
    ///   thread, 74 after one of the log.
    /// - Throws: `CommandFailure` where it cannot start.
    public static func run(_ options: Options) throws(CommandFailure) -> Int32 {
        let start = MonotonicInstant.now
        guard ProcessSignals.prepare() else { throw CommandFailure(EdgeError.noResources) }
        let configuration = try readConfiguration(options)
        try DescriptorNeeds(configuration.bounds).claim(in: configuration.file)
        if options.isDevelopment { try BoundPorts.demandLoopback(configuration) }
        var loading = Composition(
            configuration: configuration, stateFolder: options.stateFolder, isDevelopment: options.isDevelopment)
        let confinement = Confinement(process: configuration.process, needs: ProcessNeeds(loading))
        let manager = connectToManager()
        let ports = try BoundPorts.bind(configuration)
        try confinement.becomeUser()
        try loading.startExtractionHelpers()
        try loading.openSigningDevices()
        try loading.loadModel()
        let composition = loading
        try confinement.confineToPaths()
        // From here on threads may be started: each is bound as this one is.
        let observation = try observe(configuration, composition)
        if !confinement.bindsPorts {
            observation.say(
                .warning, "weakened",
                "this kernel's Landlock has no rules for ports (Linux 6.7): calls may go to any, not to tracing.endpoint alone"
            )
        }
        let notifier = notifier(manager, observation)
        let failure = FirstFailure()
        let made = try composition.make(observation: observation) { state in
            observation.note(state)
            failure.note(state)
        }
        let services = made.services
        let live = LiveServices(services)
        let edge: EdgeServer
        let reload: PolicyReload
        let listeners: BoundPorts.Numbers
        let work: BackgroundWork
        do throws(CommandFailure) {
            edge = try startLoops(configuration, services.log, failure)
            reload = PolicyReload(composition, live, on: edge)
            try recordWeakening(configuration, services, edge)
            services.revocations.recordForeign(in: services.log, on: edge)
            services.revocations.recordIssuances(of: live, on: edge)
            work = try BackgroundWork.start(composition, live, on: edge)
            try ports.listen()
            // The first byte of a client is read by a process that is confined already.
            try confinement.confineToCalls()
            listeners = try ports.serve(edge, made, live, reload)
        } catch {
            let state = services.log.state
            services.log.close(requestsServed: 0, reason: "start_failed")
            // The log's failure is the reason of what fails after it.
            if case .failed(let reason) = state { throw CommandFailure(reason) }
            throw error
        }
        announce(listeners, services, configuration, options)
        notifier?.send("READY=1\nSTATUS=Serving on port \(listeners.clients)")
        Supervision(
            edge: edge, services: services, reload: reload, failure: failure, notifier: notifier, start: start
        ).run()
        work.close()
        let status = Drain(
            edge: edge, services: services, failure: failure, notifier: notifier,
            patience: .milliseconds(configuration.bounds.drainMilliseconds)
        ).run()
        services.sessions.close()
        observation.tracer?.close()
        observation.logger?.close()
        return status
    }

    private static func observe(
        _ configuration: Configuration, _ composition: Composition
    ) throws(CommandFailure) -> Observation {
        guard let level = LogLevel(rawValue: configuration.log.level),
            let logger = Logger.onStandardError(level: level)
        else { throw CommandFailure(EdgeError.noResources) }
        return Observation(logger: logger, configuration.log, tracer: try composition.makeTracer())
    }

    private static func connectToManager() -> Result<ServiceNotifier?, SocketError> {
        do throws(SocketError) { return .success(try ServiceNotifier.fromEnvironment()) } catch {
            return .failure(error)
        }
    }

    /// A service manager that does not answer is no reason not to serve: it will see for itself that nobody got ready.
    private static func notifier(
        _ manager: Result<ServiceNotifier?, SocketError>, _ observation: Observation
    ) -> ServiceNotifier? {
        switch manager {
        case .success(let notifier): return notifier
        case .failure(let error):
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
            if let isSandboxed = options.isSandboxed { configuration.process.sandbox = isSandboxed ? "on" : "off" }
            return configuration
        } catch {
            throw CommandFailure(error)
        }
    }

    /// A gateway that is less strict than it could be says so in its log before the first client can come.
    private static func recordWeakening(
        _ configuration: Configuration, _ services: Services, _ edge: EdgeServer
    ) throws(CommandFailure) {
        let certificate = configuration.listener.clientCertificate
        if certificate != "required" {
            try record("listener.client_certificate", "client_certificate=\(certificate)", services.log, edge)
        }
        if services.isDevelopment { try record("process.dev", "dev=on", services.log, edge) }
        if configuration.process.sandbox == "off" { try record("process.sandbox", "sandbox=off", services.log, edge) }
    }

    /// On a loop, while the main thread waits: a confined process must not start the runtime's own threads, which a task
    /// without a loop would (`TaskPauses`).
    private static func record(
        _ action: ReasonCode, _ target: String, _ log: AuditLog, _ edge: EdgeServer
    ) throws(CommandFailure) {
        guard let recorded = WakeUp(blocking: true) else { throw CommandFailure(EdgeError.noResources) }
        let failure = Mutex<AuditError?>(nil)
        edge.perform {
            do throws(AuditError) {
                _ = try await log.append(.adminAction(operator: nil, action: action, target: Array(target.utf8)))
            } catch {
                failure.withLock { $0 = error }
            }
            recorded.signal()
        }
        recorded.wait()
        if let error = failure.withLock({ $0 }) { throw CommandFailure(error) }
    }

    private static func startLoops(
        _ configuration: Configuration, _ log: AuditLog, _ failure: FirstFailure
    ) throws(CommandFailure) -> EdgeServer {
        do throws(EdgeError) {
            log.gatherByTurn()
            return try EdgeServer.start(EdgeConfiguration(configuration.bounds), onTurnEnd: { log.publish() }) {
                error in
                let ending = CommandFailure(error)
                failure.note(
                    FirstFailure.Cause(message: "\(ending)", reason: "loop_failed", status: ending.status.rawValue))
            }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Says what to know of this start, then that it is ready. Greeting nobody is no reason not to serve.
    private static func announce(
        _ listeners: BoundPorts.Numbers, _ services: Services, _ configuration: Configuration, _ options: Options
    ) {
        if configuration.listener.clientCertificate != "required" {
            services.observation.say(
                .warning, "weakened",
                "client_certificate is \(configuration.listener.clientCertificate): "
                    + "clients without a certificate get through the handshake")
        }
        if configuration.process.sandbox == "off" {
            services.observation.say(.warning, "weakened", "sandbox is off: the process may do all that its user may")
        }
        if ProcessIdentity.isRoot {
            services.observation.say(.warning, "weakened", "running as root: name another user with process.user")
        }
        if let recovery = services.log.recovery { services.observation.say(.warning, "recovered", recovery.message) }
        let greeting = Greeting(
            address: configuration.listener.address, port: listeners.clients,
            metricsAddress: configuration.metrics.address, metricsPort: listeners.metrics,
            certificates: options.stateFolder + "/certs")
        services.observation.logger?.log(.info, "started") { line in
            line.text("version", portcullisVersion)
            line.text("url", greeting.url)
            line.number("metrics_port", UInt64(listeners.metrics))
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
    /// Where other machines keep the lines of this one, the checkpoint is kept elsewhere: the log cannot be cut behind it.
    func note(_ checkpoint: PublishedCheckpoint) {
        say(.info, "audit_checkpoint", String(decoding: checkpoint.line, as: UTF8.self))
    }

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
