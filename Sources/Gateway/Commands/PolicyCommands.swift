internal import Auth
internal import Evidence
internal import LinuxIO
internal import OpenSSL
internal import Threading

/// Policies without serving: what `portcullis policy` does.
public enum PolicyCommands {
    /// Reads `gateway.json5` in `directory` and every policy that it names, as the gateway does at start.
    /// - Returns: one line for each file.
    /// - Throws: `CommandFailure` (78) at the first thing that is wrong.
    public static func check(_ directory: String) throws(CommandFailure) -> [String] {
        let file = directory + "/gateway.json5"
        var configuration: Configuration
        let text = try PolicyFiles.read(file)
        do throws(ConfigurationError) {
            configuration = try Configuration.parse(text, file: file)
        } catch {
            throw CommandFailure(error)
        }
        let policies = try PolicyFiles(configuration)
        let rules = policies.rbac
        let document = rules.document
        let names = configuration.policies
        // The state is elsewhere, and the CA of the witnesses' servers with it.
        configuration.audit.witness.clientCA = ""
        let composition = Composition(configuration: configuration, stateFolder: "STATE")
        try composition.expectHashKey(policies)
        let witnesses = try composition.witnessConfiguration()
        return [
            "gateway.json5: good",
            "\(names.rbac): good, version \(String(decoding: rules.version, as: UTF8.self)), "
                + "\(document.roles.count) roles, \(document.routes.count) routes, \(document.bindings.count) bindings",
        ] + [names.rateLimits, names.redaction, names.escalation].map { "\($0): good" }
            + (witnesses.map { ["\(configuration.audit.witness.policy): good, \($0.witnesses.count) witnesses"] } ?? [])
    }

    /// A request whose decision is to be explained.
    public struct Case: Sendable {
        /// The policy file.
        public var policyPath: String
        /// Method and path.
        public var method: String, path: String
        /// The token's roles and subject.
        public var roles: [String], subject: String
        /// The certificate: a PEM file, a name such as `uri:spiffe://bank.example/teller`, or nil for none.
        public var certificate: String?

        /// A case.
        public init(
            policyPath: String, method: String, path: String, roles: [String], subject: String, certificate: String?
        ) {
            self.policyPath = policyPath
            self.method = method
            self.path = path
            self.roles = roles
            self.subject = subject
            self.certificate = certificate
        }
    }

    /// What a policy decides and why.
    public struct Verdict: Sendable {
        /// Whether the request is allowed.
        public let isAllowed: Bool
        /// Each check in its order.
        public let lines: [String]
    }

    /// Tells what the policy decides on a request and why.
    public static func explain(_ question: Case) throws(CommandFailure) -> Verdict {
        let engine = try readRules(question.policyPath)
        let identity = try question.certificate.map(identity)
        let token = try token(roles: question.roles, subject: question.subject, for: engine)
        let explanation = engine.explain(
            method: Array(question.method.utf8), path: Array(question.path.utf8), token: token, certificate: identity,
            in: Circumstances(now: WallClock.seconds, address: nil, tls: nil))
        var lines = explanation.steps.map { step in
            "\(word(step.outcome))  \(step.check): \(step.detail)"
        }
        if let allowed = explanation.allowed {
            lines.append("allow: \(allowed.name) for \(allowed.role)")
        } else {
            lines.append("deny: \(explanation.refusal.map { "\($0.reason)" } ?? "no rule allows it")")
        }
        return Verdict(isAllowed: explanation.allowed != nil, lines: lines)
    }

    private static func word(_ outcome: Explanation.Step.Outcome) -> String {
        switch outcome {
        case .pass: "pass"
        case .skip: "note"
        case .deny: "deny"
        }
    }

    private static func identity(_ text: String) throws(CommandFailure) -> CertificateIdentity {
        if SmallFile.exists(text) {
            let pem: [UInt8]
            do throws(KeyFileError) { pem = try KeyFile.readPublic(text) } catch {
                throw CommandFailure(reading: error)
            }
            do { return try CertificateIdentity(certificatePEM: pem) } catch {
                throw CommandFailure(.data, text, "it gives no identity: \(error)", mend: "wanted a PEM certificate")
            }
        }
        guard let name = PrincipalName(parsing: Array(text.utf8)) else {
            throw CommandFailure(
                .usage, "--certificate", "found \"\(text)\"",
                mend: "wanted a PEM file or a name such as uri:spiffe://bank.example/teller, dns:… or cn:…")
        }
        let values = [name.value]
        do throws(IdentityRefusal) {
            return try CertificateIdentity(
                uris: name.kind == .uri ? values : [], dnsNames: name.kind == .dns ? values : [],
                commonName: name.kind == .commonName ? name.value : nil, sha256: SHA256Digest(of: name.value))
        } catch {
            throw CommandFailure(.usage, "--certificate", "\(error.reason)")
        }
    }

    /// A verified token as it would come in: only the verifier makes one, so one is issued and verified with a key of
    /// this moment.
    private static func token(
        roles texts: [String], subject: String, for engine: PolicyEngine
    ) throws(CommandFailure) -> VerifiedToken {
        let roles = texts.compactMap { RoleName($0) }
        guard roles.count == texts.count, !roles.isEmpty else {
            throw CommandFailure(.usage, "--role", "wanted 1 to 64 of A-Z a-z 0-9 _ . : - for each role")
        }
        do throws(AuthError) {
            let key = try SigningKey.generate()
            let issuer = try TokenIssuer(key: key, configuration: .init(issuer: "explain", audiences: ["explain"]))
            let issued = try issuer.issue(.init(subject: subject, roles: roles), now: WallClock.seconds)
            let trusted = TrustedIssuer(name: "explain", audiences: ["explain"], keys: [try key.verificationKey()])
            let verifier = try TokenVerifier(issuers: [trusted], roles: engine.roles)
            do throws(TokenRefusal) {
                return try verifier.verify(issued.text, certificate: nil, now: WallClock.seconds)
            } catch {
                throw AuthError.library("a token just issued is refused: \(error.reason)")
            }
        } catch {
            throw CommandFailure(error, subject: "policy explain")
        }
    }

    private static func readRules(_ path: String) throws(CommandFailure) -> PolicyEngine {
        let text = try PolicyFiles.read(path)
        do throws(PolicyError) {
            return try PolicyEngine.parse(text, file: path)
        } catch {
            throw CommandFailure(.configuration, description: error.description)
        }
    }
}
