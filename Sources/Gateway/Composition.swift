internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import LinuxIO
internal import OpenSSL
internal import Redaction

/// Makes the services from the configuration: reads every file, checks it, and names what is wrong.
struct Composition {
    let configuration: Configuration
    /// The folder that relative paths of certificates, keys and state begin at.
    let stateFolder: String
    /// Whether tokens are handed out without a question: `--dev`.
    var isDevelopment = false
    /// The embedding model that was loaded before the process was confined (`loadModel`); nil where there is none.
    var embeddingModel: LocalModel?
    /// What extractions are started by; nil for a command that takes no text out of documents.
    var helpers: ExtractionHelpers?
    /// The model to ask, in place of the policy's: for tests.
    var model: (any ChatModel)?

    /// Everything that was made, the log last, so that nothing is recorded about a gateway that cannot start.
    struct Made {
        let services: Services
        let tls: TLSContext
    }

    func make(
        observation: Observation = Observation(), onStateChange: @escaping @Sendable (AuditLog.State) -> Void
    ) throws(CommandFailure) -> Made {
        let policies = try PolicyFiles(configuration)
        let tls = try makeTLS()
        let tokens = try makeVerifier(policies.rbac)
        let revocations = try openRevocations(observation)
        let verification = try openVerification(observation)
        let tokenKeys = try makeTokenKeys()
        let redactor = try makeRedactor(policies)
        let embedder = try startEmbedder(observation)
        let knowledge = try openKnowledge(redactor, policies.scope, observation, embedder)
        let tickets = try opened(configuration.state.tickets) { path throws(AgentError) in
            try TicketStore.open(path: path)
        }
        tickets.adopt(policies.escalation)
        let desk = try openSessionDesk(observation)
        let documents = try openDocuments(observation)
        let extractor = try startExtractor()
        let conversations = try openConversations(
            verification, knowledge: knowledge, tickets: tickets, documents: documents, extractor, observation)
        let modelParts = try openModelParts(policies)
        let assistance = try makeAssistance(policies, modelParts)
        let sessions = try openSessions(observation)
        let sealing = try openSealing()
        let witnesses = try startWitnesses(observation)
        let log = try openLog(policies, witnesses, onStateChange) { observation.note($0) }
        let issuers = try startIssuers(tokens, log, observation)
        try watchTokenKeys(tokenKeys, tokens, log, observation)
        let isShipping = configuration.audit.ship.target != "off"
        let services = Services(
            log: log, policy: policies.rbac, tokens: tokens, issuers: issuers, revocations: revocations,
            verification: verification, tokenKeys: tokenKeys, rateLimiter: RateLimiter(),
            rateRules: policies.rateLimits,
            redactors: ScopedRedactors(redactor, roles: policies.rbac.roles),
            sessions: sessions,
            assistant: Assistant(knowledge: knowledge, tickets: tickets, policy: policies.escalation),
            knowledge: knowledge, tickets: tickets, documents: documents, sessionDesk: desk, assistance: assistance,
            modelParts: modelParts,
            metrics: Metrics(types: redactor.policy.types),
            health: Health(log: log, witnesses: witnesses, revocations: revocations.list),
            observation: observation,
            auditPolicy: policies.auditPolicy,
            bounds: Services.ContentBounds(
                body: configuration.bounds.bodyBytesMax, message: configuration.bounds.messageBytesMax,
                knowledge: configuration.bounds.knowledgeBytesMax),
            sealing: sealing, shipping: isShipping ? ShippingWatch.start(self, log, observation) : nil,
            witnesses: witnesses, embedder: embedder, extractor: extractor, isDevelopment: isDevelopment,
            conversations: conversations)
        return Made(services: services, tls: tls)
    }

    /// Relative paths begin at the state folder.
    func path(_ name: String) -> String { name.hasPrefix("/") ? name : stateFolder + "/" + name }

    func opened<Store>(
        _ name: String, _ open: (String) throws(AgentError) -> Store
    ) throws(CommandFailure) -> Store {
        do throws(AgentError) { return try open(path(name)) } catch { throw CommandFailure(error, subject: path(name)) }
    }

    // MARK: TLS

    private func makeTLS() throws(CommandFailure) -> TLSContext {
        let key = path(configuration.listener.key)
        do throws(KeyFileError) {
            try KeyFile.readSecret(key) { _ in () }
        } catch {
            throw CommandFailure(.configuration, description: error.description)
        }
        let settings = try tlsConfiguration()
        do throws(TLSConfigurationError) { return try TLSContext.make(settings) } catch { throw CommandFailure(error) }
    }

    /// What judges clients' certificates, for a command that serves nobody.
    func makeClientVerifier() throws(CommandFailure) -> ClientChainVerifier {
        let settings = try tlsConfiguration()
        do throws(TLSConfigurationError) { return try ClientChainVerifier.make(settings) } catch {
            throw CommandFailure(error)
        }
    }

    private func tlsConfiguration() throws(CommandFailure) -> TLSConfiguration {
        let listener = configuration.listener
        guard let clientCertificate = TLSConfiguration.ClientCertificate(rawValue: listener.clientCertificate) else {
            throw CommandFailure(.configuration, configuration.file, "client_certificate: unknown")
        }
        return TLSConfiguration(
            certificateFile: path(listener.certificate), keyFile: path(listener.key),
            clientCAFile: path(listener.clientCA), clientCertificate: clientCertificate,
            chainDepthMax: Int32(listener.chainDepthMax), sessionsMax: listener.sessionsMax,
            sessionSeconds: listener.sessionSeconds)
    }

    // MARK: Log

    /// Makes a folder of the log's that somebody needs before the log, which is opened last and says what is wrong with it.
    func beginFolder(_ path: String, mode: UInt32) {
        do throws(FileError) { try FileDirectory.make(path, mode: mode) } catch {}
    }

    /// The keys of sealed members; nil where nothing is sealed.
    private func openSealing() throws(CommandFailure) -> SealingKeys? {
        let settings = configuration.audit
        guard !settings.keyEncryptionKey.isEmpty, !settings.seal.isEmpty else { return nil }
        let state = path(settings.stateDirectory)
        beginFolder(state, mode: 0o700)
        do throws(AuditError) {
            return try SealingKeys.open(
                stateDirectory: state, keyFile: path(settings.keyEncryptionKey), origin: settings.origin,
                members: SealedMembers(settings.seal.compactMap(SealedMembers.init(named:))))
        } catch {
            throw CommandFailure(error)
        }
    }

    /// The log's settings.
    func auditConfiguration(_ policies: PolicyFiles) throws(CommandFailure) -> AuditConfiguration {
        let settings = configuration.audit
        var audit = AuditConfiguration(
            directory: path(settings.directory), stateDirectory: path(settings.stateDirectory),
            origin: settings.origin,
            gateway: GatewayIdentity(
                version: portcullisVersion, buildSHA256: try BuildDigest.ofThisProcess(),
                configurationSHA256: SHA256Digest(of: configuration.text), policy: policies.auditPolicy))
        audit.durability = settings.durability == "relaxed" ? .relaxed : .strict
        audit.segmentBytesMax = settings.segmentBytesMax
        audit.checkpointInterval = .seconds(settings.checkpointSeconds)
        audit.checkpointRecordsMax = settings.checkpointRecordsMax
        audit.spaceWarnBytes = UInt64(settings.spaceWarnBytes)
        audit.spaceStopBytes = UInt64(settings.spaceStopBytes)
        return audit
    }

    /// Opens the log, whose checkpoints go to `witnesses` and to `onCheckpoint`.
    func openLog(
        _ policies: PolicyFiles, _ witnesses: Witnesses?,
        _ onStateChange: @escaping @Sendable (AuditLog.State) -> Void,
        _ onCheckpoint: @escaping @Sendable (PublishedCheckpoint) -> Void = { _ in }
    ) throws(CommandFailure) -> AuditLog {
        let audit = try auditConfiguration(policies)
        let log: AuditLog
        do throws(AuditError) {
            log = try AuditLog.open(
                audit, onStateChange: onStateChange,
                onCheckpoint: { checkpoint in
                    onCheckpoint(checkpoint)
                    witnesses?.take(checkpoint)
                }, onLastCheckpoint: { witnesses?.finish() })
        } catch {
            throw CommandFailure(error)
        }
        witnesses?.attach(log)
        return log
    }
}
