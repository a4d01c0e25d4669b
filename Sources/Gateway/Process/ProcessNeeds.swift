internal import Agent
internal import Auth
internal import Curl
internal import Evidence
internal import LinuxIO
internal import Telemetry

/// What the process has to reach while it starts and serves, from its configuration. A feature that opens another file or
/// calls another host adds it here, or the sandbox refuses it.
struct ProcessNeeds: Sendable {
    /// Files that are read, and folders that are read with all that is in them.
    var readable: [String] = []
    /// Folders whose files are read, written, made, renamed and removed.
    var writable: [String] = []
    /// Folders to make where they are missing.
    var folders: [(path: String, mode: UInt32)] = []
    /// Ports of other hosts, or of this one, that connections are made to. None: no socket is ever opened.
    var connectPorts: [UInt16] = []

    /// What the kernel tells a process of itself: metrics read it.
    static let ownProcess = "/proc/self"

    /// What the C library and OpenSSL look at by themselves.
    private static let ofLibraries = [
        ownProcess, "/proc/sys/kernel/random/boot_id", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu",
        "/etc/localtime", "/usr/share/zoneinfo", "/etc/ssl/openssl.cnf",
        "/dev/urandom",
    ]
    /// What a client of other hosts reads besides: names, and whom to trust.
    private static let ofClients = [
        "/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf", "/etc/host.conf", "/etc/gai.conf", "/etc/services",
        "/etc/ssl/certs", "/usr/share/ca-certificates", "/usr/local/share/ca-certificates",
    ]

    /// Adds what it takes to call other hosts at `port`: names are looked up, by TCP where an answer is long.
    mutating func addCalls(toPort port: UInt16) {
        readable += Self.ofClients
        if let folder = Self.resolverFolder(of: FileProcess.resolvedPath("/etc/resolv.conf")) {
            readable.append(folder)
        }
        connectPorts += [port, 53]
    }

    /// Where `/etc/resolv.conf` leads into a folder of its own under `/run`, its manager puts another file there whenever
    /// the network changes, and a rule for the file alone would be about one that is gone. Elsewhere, such as in `/etc`, the
    /// folder is not the resolver's own.
    static func resolverFolder(of file: String?) -> String? {
        guard let file, file.hasPrefix("/run/") else { return nil }
        let folder = parent(of: file)
        return folder == "/run" ? nil : folder
    }

    init(_ composition: Composition) {
        let configuration = composition.configuration
        let listener = configuration.listener
        let folder = PolicyFiles.folder(of: configuration.file)
        let policies = configuration.policies
        readable = Self.ofLibraries + [configuration.file]
        // Whole folders: a file that is replaced is another, which a rule for the one before is not about.
        readable += [
            policies.rbac, policies.rateLimits, policies.redaction, policies.escalation, policies.scope,
            policies.models, policies.screen, policies.prompts + "/",
        ].map {
            Self.parent(of: $0.hasPrefix("/") ? $0 : folder + $0)
        }
        readable += [listener.certificate, listener.key, listener.clientCA].map(composition.path)
        readable += configuration.tokens.issuers.flatMap { $0.keys.map { composition.path($0.file) } }
        readable += configuration.tokens.approvers.map { composition.path($0.file) }
        // What is wrong with an issuer is told where its keys are fetched.
        for issuer in (try? composition.fetchedIssuers()) ?? [] {
            for port in issuer.ports { addCalls(toPort: port) }
            if let file = issuer.caFile { readable.append(file) }
        }
        readable += configuration.tokens.issuers.compactMap(\.keySet).map { Self.parent(of: composition.path($0)) }
        switch configuration.signing?.key {
        case .file(let name), .folder(let name): readable.append(composition.path(name))
        case nil: break
        }
        readable.append(composition.path(configuration.verification.key))
        let redaction = configuration.redaction
        readable += [redaction.hashKey, redaction.sessionKey].filter { !$0.isEmpty }.map(composition.path)
        let embedding = configuration.embedding
        if let endpoint = HTTPEndpoint(embedding.url) {
            addCalls(toPort: endpoint.port)
            readable += [embedding.keyFile, embedding.clientCA].filter { !$0.isEmpty }.map(composition.path)
        }
        // What is wrong with the policies is told where they are read.
        let servers = (try? PolicyFiles(configuration))?.models.calledServers ?? []
        for server in servers {
            addCalls(toPort: server.port)
            if let file = server.caFile { readable.append(composition.path(file)) }
            if case .file(let name)? = server.key { readable.append(composition.path(name)) }
        }
        let tracing = configuration.tracing
        if let port = TracerConfiguration.port(of: tracing.endpoint) {
            addCalls(toPort: port)
            readable += [tracing.clientCA, tracing.certificate, tracing.key].filter { !$0.isEmpty }.map(
                composition.path)
        }
        if let program = try? FileProcess.executablePath() { readable.append(program) }

        if let port = configuration.webhook.port {
            addCalls(toPort: port)
            readable += [configuration.webhook.secret, configuration.webhook.receiverCA].filter { !$0.isEmpty }.map(
                composition.path)
        }
        if !configuration.sessions.key.isEmpty { readable.append(composition.path(configuration.sessions.key)) }

        let files = configuration.state
        let databases = [
            files.knowledge, files.tickets, files.revocations, files.customers, files.bank, files.sessions,
            files.contentKeys, files.work,
        ].map { Self.parent(of: composition.path($0)) }
        let audit = composition.path(configuration.audit.directory)
        let state = composition.path(configuration.audit.stateDirectory)
        folders = [(audit, 0o750), (state, 0o700)]
        if !redaction.sessionKey.isEmpty { folders.append(("\(state)/sessions", 0o700)) }
        let keyFile = configuration.audit.keyEncryptionKey
        if !keyFile.isEmpty {
            readable.append(composition.path(keyFile))
            folders += [("\(state)/keys", 0o700), ("\(state)/subjects", 0o700)]
        }
        if !configuration.audit.witness.policy.isEmpty {
            readable.append(composition.witnessPolicyFile)
            // What is wrong with the policy is told where the witnesses are started.
            let witnesses = try? composition.witnessConfiguration()
            for witness in witnesses?.witnesses ?? [] { addCalls(toPort: witness.endpoint.port) }
            if let ca = witnesses?.caFile { readable.append(ca) }
            folders.append(("\(state)/witness", 0o700))
        }
        let spending = servers.isEmpty ? [] : [Self.parent(of: composition.path(files.spending))]
        writable =
            databases + spending + [audit, state] + (configuration.signing?.pkcs11Paths ?? []).map(composition.path)
        addDocuments(composition)
    }

    /// What the customers' documents take, where they are kept.
    private mutating func addDocuments(_ composition: Composition) {
        let documents = composition.configuration.documents
        let key = composition.path(documents.key)
        guard !documents.key.isEmpty, SmallFile.exists(key) else { return }
        let folder = composition.path(documents.directory)
        readable += [key, DocumentGate.database]
        folders.append((folder, 0o700))
        writable.append(folder)
        if let scanner = documents.scannerAddress { connectPorts.append(scanner.port) }
    }

    /// The folder of a file: a journal beside a database is made and removed there.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
