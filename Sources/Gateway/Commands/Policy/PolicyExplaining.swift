internal import Auth
internal import Edge
internal import LinuxIO
internal import OpenSSL
internal import Threading

/// Decisions in words: what `portcullis policy explain` does.
public enum PolicyExplaining {
    /// What is asked for.
    public enum Subject: Sendable {
        /// A request by its method and its target, as a client would send it.
        case request(method: String, target: String)
        /// A tool of the assistant's.
        case tool(String)
    }

    /// Whose token it is.
    public enum Bearer: Sendable {
        /// Whoever has these roles and this subject, with a token that is good and may be bound to the certificate.
        case roles([String], subject: String, isBound: Bool)
        /// The token in a file, or `-` for standard input, judged as a gateway with these settings does.
        case token(String)
    }

    /// What is to be explained.
    public struct Case: Sendable {
        /// What is asked for.
        public var subject: Subject
        /// Who asks.
        public var bearer: Bearer
        /// The certificate: a PEM file, a name such as `uri:spiffe://bank.example/teller`, or nil for none.
        public var certificate: String?
        /// The client's address.
        public var address = "127.0.0.1"
        /// `1.2` or `1.3`.
        public var tls = "1.3"
        /// How sure it is who the customer is: `none`, `knowledge` or `possession`; nil where no conversation is known.
        public var customer: String?
        /// When, such as `2026-11-20T08:00:00Z`; nil for now.
        public var time: String?
        /// The policy; nil for the one that the settings name.
        public var policy: String?
        /// The gateway's settings; nil where only the policy is to be asked.
        public var configuration: String?
        /// The folder where the settings' relative paths begin.
        public var state = "."

        /// A case.
        public init(_ subject: Subject, by bearer: Bearer) {
            self.subject = subject
            self.bearer = bearer
        }
    }

    /// What is decided and why.
    public struct Verdict: Sendable {
        /// Whether it is allowed.
        public let isAllowed: Bool
        /// Each check in its order, and the decision.
        public let lines: [String]
        /// The same as one JSON value.
        public let json: [UInt8]
    }

    /// Tells what the gateway decides and why.
    /// - Throws: `CommandFailure` where something that is named cannot be read or is none.
    public static func explain(_ question: Case) throws(CommandFailure) -> Verdict {
        let settings = try question.configuration.map(PolicyCommands.readConfiguration)
        let engine = try PolicyCommands.readRules(question.policy ?? settings?.rulesFile ?? Configuration.rulesDefault)
        let circumstances = try circumstances(question)
        let shown = try question.certificate.map { text throws(CommandFailure) in
            try client(text, question, settings, at: circumstances.now)
        }
        let evidence = DecisionEvidence(
            engine: engine, clientCertificate: settings?.listener.clientCertificate,
            client: shown, bearer: try bearer(question, settings, engine),
            subject: try subject(question.subject), circumstances: circumstances)
        var story = DecisionStory()
        let ending = story.tell(evidence)
        return story.verdict(ending)
    }

    // MARK: What the case names

    private static func circumstances(_ question: Case) throws(CommandFailure) -> Circumstances {
        guard let socket = SocketAddress(numeric: question.address, port: 0) else {
            throw CommandFailure(
                .usage, "--address", "found \"\(question.address)\"",
                mend: "wanted one such as 192.0.2.10 or 2001:db8::1")
        }
        guard let tls = TLSVersion(protocolName: "TLSv" + question.tls) else {
            throw CommandFailure(.usage, "--tls", "found \"\(question.tls)\"", mend: "wanted 1.2 or 1.3")
        }
        var now = WallClock.seconds
        if let text = question.time {
            guard let seconds = Timestamp.seconds(Array(text.utf8)) else {
                throw CommandFailure(
                    .usage, "--time", "found \"\(text)\"", mend: "wanted a time in UTC such as 2026-11-20T08:00:00Z")
            }
            now = seconds
        }
        var circumstances = Circumstances(now: now, address: ClientAddress(bytes: socket.bytes), tls: tls)
        if let name = question.customer {
            guard let level = VerificationSession.Level(name: name) else {
                throw CommandFailure(
                    .usage, "--customer", "found \"\(name)\"", mend: "wanted none, knowledge or possession")
            }
            circumstances.customer = level
        }
        return circumstances
    }

    private static func subject(_ subject: Subject) throws(CommandFailure) -> DecisionEvidence.Subject {
        switch subject {
        case .request(let method, let target): return .request(method: method, target: target)
        case .tool(let name):
            guard let tool = ToolName(Array(name.utf8)) else {
                throw CommandFailure(
                    .usage, "--tool", "found \"\(name)\"", mend: "wanted a name of a to z, 0 to 9 and _")
            }
            return .tool(tool)
        }
    }

    /// What judges the client's certificate; nil where there are no settings, or they look at none.
    private static func verifier(
        _ question: Case, _ settings: Configuration?
    ) throws(CommandFailure) -> ClientChainVerifier? {
        guard let settings, settings.listener.clientCertificate != "off" else { return nil }
        return try Composition(configuration: settings, stateFolder: question.state).makeClientVerifier()
    }

    private static func client(
        _ text: String, _ question: Case, _ settings: Configuration?, at now: Int64
    ) throws(CommandFailure) -> DecisionEvidence.Client {
        if let name = PrincipalName(parsing: Array(text.utf8)) {
            return .init(identity: .success(CertificateIdentity(named: name)), chain: .unknown)
        }
        guard SmallFile.exists(text) else {
            throw CommandFailure(
                .usage, "--cert", "found \"\(text)\", which is no file",
                mend: "wanted a PEM file, or a name such as uri:spiffe://bank.example/teller, dns:… or cn:…")
        }
        let pem: [UInt8]
        do throws(KeyFileError) { pem = try KeyFile.readPublic(text) } catch { throw CommandFailure(reading: error) }
        let verifier = try verifier(question, settings)
        do throws(OpenSSLError) {
            let certificate = try Certificate(pem: pem)
            let validity = try certificate.validity()
            return .init(
                identity: try CertificateIdentity.result(of: certificate),
                chain: verifier.map { .judged($0.refusal(of: pem, at: now)) } ?? .unjudged(validity))
        } catch {
            throw CommandFailure(.data, text, "this is no certificate", mend: "wanted a PEM block CERTIFICATE")
        }
    }

    private static func bearer(
        _ question: Case, _ settings: Configuration?, _ engine: PolicyEngine
    ) throws(CommandFailure) -> DecisionEvidence.Bearer {
        switch question.bearer {
        case .roles(let names, let subject, let isBound):
            let roles = names.compactMap { RoleName($0) }
            guard roles.count == names.count else {
                throw CommandFailure(
                    .usage, "--role", "found no role's name", mend: "wanted 1 to 64 of A-Z a-z 0-9 _ . : -")
            }
            if isBound && question.certificate == nil {
                throw CommandFailure(.usage, "--bound", "there is no certificate to which a token could be bound")
            }
            do throws(AuthError) {
                return .good(try TokenMint(engine.roles).token(subject: subject, roles: roles, isBound: isBound))
            } catch {
                throw CommandFailure(error, subject: "--role")
            }
        case .token(let path):
            guard let settings else {
                throw CommandFailure(.usage, "--token", "cannot be judged without --config")
            }
            let composition = Composition(configuration: settings, stateFolder: question.state)
            return .presented(
                trimmed(try readInput(path, bytesMax: 65_536)), try composition.makeVerifier(engine),
                try composition.readRevocations())
        }
    }

    /// Without the line end of a file, and no more: what stands inside a token, the gateway sees as well.
    private static func trimmed(_ text: [UInt8]) -> [UInt8] {
        Array(text[..<((text.lastIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? -1) + 1)])
    }
}

extension Configuration {
    /// Where the policy of roles is, where neither the command line nor the settings say so.
    static let rulesDefault = "policies/rbac.json5"

    /// The policy of roles, found as `PolicyFiles` finds it.
    var rulesFile: String {
        policies.rbac.hasPrefix("/") ? policies.rbac : PolicyFiles.folder(of: file) + policies.rbac
    }
}
