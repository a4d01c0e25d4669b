internal import Audit
internal import Auth
internal import Edge
internal import OpenSSL

/// Everything that a decision is taken from, read and not yet judged.
struct DecisionEvidence {
    enum Subject {
        case request(method: String, target: String)
        case tool(ToolName)
    }

    enum Bearer {
        /// A token that is good by assumption.
        case good(VerifiedToken)
        /// What would stand behind `Bearer`, who judges it, and what was taken back.
        case presented([UInt8], TokenVerifier, RevocationList)
    }

    struct Client {
        let identity: Result<CertificateIdentity, IdentityRefusal>
        /// What a handshake finds.
        let chain: Chain
    }

    enum Chain {
        /// Only the certificate's name is known.
        case unknown
        /// No settings say who may sign: the first and the last second of validity since 1970.
        case unjudged(ClosedRange<Int64>)
        /// What the listener's CAs say of it.
        case judged(TLSFailure?)
    }

    let engine: PolicyEngine
    /// The listener's setting; nil where it is not known.
    let clientCertificate: String?
    let client: Client?
    let bearer: Bearer
    let subject: Subject
    let circumstances: Circumstances
}

/// A decision as the gateway takes it, told stage by stage. The order is that of `Pipeline`, and each refusal is its own, by
/// the table in `Problem.swift`.
struct DecisionStory {
    struct Step {
        let word: String, check: String, detail: String
    }

    /// How it ends.
    enum Ending: Error {
        case allowed(Explanation.Allowed)
        /// Answered whoever asks.
        case open(String)
        case refused(at: AuditStage, Refusal)
        /// There is no request: the handshake fails, for this reason in `connection.reject`.
        case rejected(TLSFailure)
    }

    private(set) var steps: [Step] = []

    mutating func tell(_ evidence: DecisionEvidence) -> Ending {
        do throws(Ending) {
            let client = try shakeHands(evidence)
            let request = try read(evidence.subject)
            let identity = try identify(client)
            let token = try authenticate(evidence, identity)
            return .allowed(try authorise(evidence, request, token, identity))
        } catch {
            return error
        }
    }

    // MARK: Stages

    private mutating func shakeHands(_ evidence: DecisionEvidence) throws(Ending) -> DecisionEvidence.Client? {
        guard let client = evidence.client else {
            guard evidence.clientCertificate != "required" else {
                deny("handshake", "listener.client_certificate is required, and there is none")
                throw .rejected(.certificateMissing)
            }
            return nil
        }
        if evidence.clientCertificate == "off" {
            note("handshake", "listener.client_certificate is off: nobody looks at the certificate")
            return nil
        }
        switch client.chain {
        case .unknown: break
        case .unjudged(let validity):
            let now = evidence.circumstances.now
            guard validity.contains(now) else {
                try reject(now > validity.upperBound ? .certificateExpired : .certificateNotYetValid)
            }
            note("handshake", "who signed the certificate is not looked at without --config")
        case .judged(let failure?): try reject(failure)
        case .judged(nil): pass("handshake", "the certificate is a client's and chains to listener.client_ca")
        }
        return client
    }

    private mutating func reject(_ failure: TLSFailure) throws(Ending) -> Never {
        let words =
            switch failure {
            case .certificateExpired: "is no longer valid, or one that it chains to"
            case .certificateNotYetValid: "is not yet valid, or one that it chains to"
            case .certificateSelfSigned: "is signed by itself and is none of listener.client_ca"
            case .certificateUnknownCA: "does not chain to listener.client_ca"
            case .certificatePurpose: "is not for clients: its extended key usage has no clientAuth"
            case .certificateChainTooLong: "chains over more certificates than listener.chain_depth_max lets it"
            default: "does not verify"
            }
        deny("handshake", "the certificate \(words)")
        throw .rejected(failure)
    }

    /// The request as the gateway's parser reads it, and where it leads; nil for a tool.
    private mutating func read(
        _ subject: DecisionEvidence.Subject
    ) throws(Ending) -> (request: Request, destination: Destination)? {
        guard case .request(let method, let target) = subject else { return nil }
        var parser = RequestParser(limits: HTTPLimits())
        let request: Request
        switch parser.parse(Array("\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8).span).outcome {
        case .request(let whole): request = whole
        case .needsMore: try refuse("request", .edge, Refusal(.badRequestLine), "this is no request")
        case .fault(let fault):
            try refuse("request", .edge, Refusal(fault), "this is no request that the gateway takes")
        }
        if HealthCheck(request.path) != nil {
            pass("request", "a health check needs neither identity nor record")
            throw .open("a health check")
        }
        let destination = Destination(request.method, request.path)
        if [.other, .connect, .trace].contains(request.method) {
            try refuse("request", .edge, Refusal(.unknownMethod), "no resource has this method")
        }
        if Pipeline.answerOptions(request, destination) != nil {
            pass("request", "which methods a resource has is told to everybody")
            throw .open("OPTIONS")
        }
        if destination.route == .jwks {
            pass("request", "the keys that tokens are verified with are shown to everybody")
            throw .open("the key set")
        }
        return (request, destination)
    }

    private mutating func identify(_ client: DecisionEvidence.Client?) throws(Ending) -> CertificateIdentity? {
        switch client?.identity {
        case nil: return nil
        case .success(let identity): return identity
        case .failure(let refusal):
            try refuse(
                "certificate", .identify, Refusal(refusal), "it has no name that can be used: \(refusal.reason)")
        }
    }

    private mutating func authenticate(
        _ evidence: DecisionEvidence, _ identity: CertificateIdentity?
    ) throws(Ending) -> VerifiedToken {
        switch evidence.bearer {
        case .good(let token):
            note("token", "taken for good, of \(Self.text(token.subject))" + (token.isBound ? ", bound" : ""))
            return token
        case .presented(let text, let verifier, let revocations):
            let judged = Result { () throws(TokenRefusal) in
                let credential = try BearerCredential.token(in: [Array("Bearer ".utf8) + text])
                let token = try verifier.verify(
                    credential, certificate: identity?.sha256, now: evidence.circumstances.now)
                try revocations.check(token, now: evidence.circumstances.now)
                return token
            }
            switch judged {
            case .success(let token):
                let binding = token.isBound ? "bound to this certificate" : "not bound to a certificate"
                pass(
                    "token", "it is good, from \(Self.text(token.issuer)) for \(Self.text(token.subject)), \(binding)")
                return token
            case .failure(let refusal):
                try refuse(
                    "token", .authenticate, Refusal(refusal), "\(refusal.reason); the caller is told nothing but 401")
            }
        }
    }

    private mutating func authorise(
        _ evidence: DecisionEvidence, _ asked: (request: Request, destination: Destination)?, _ token: VerifiedToken,
        _ identity: CertificateIdentity?
    ) throws(Ending) -> Explanation.Allowed {
        let told: Explanation
        if let (request, destination) = asked {
            guard destination.route != .unknown else {
                let served = String(decoding: destination.allowField, as: UTF8.self)
                try refuse(
                    "request", .authorise, Refusal(unknown: destination),
                    "the gateway serves \(served.isEmpty ? "nothing" : served) there")
            }
            told = evidence.engine.explain(
                method: Array(request.methodBytes), path: Array(request.path), token: token, certificate: identity,
                in: evidence.circumstances)
        } else if case .tool(let tool) = evidence.subject {
            told = evidence.engine.explain(tool, token: token, certificate: identity, in: evidence.circumstances)
        } else {
            try refuse("request", .authorise, Refusal(PolicyRefusal.routeUnlisted), "there is none")
        }
        for step in told.steps { steps.append(Step(step)) }
        if let allowed = told.allowed { return allowed }
        throw .refused(at: .authorise, Refusal(told.refusal ?? .roleMissing))
    }

    // MARK: Steps

    private mutating func pass(_ check: String, _ detail: String) {
        steps.append(Step(word: "pass", check: check, detail: detail))
    }

    private mutating func note(_ check: String, _ detail: String) {
        steps.append(Step(word: "note", check: check, detail: detail))
    }

    private mutating func deny(_ check: String, _ detail: String) {
        steps.append(Step(word: "deny", check: check, detail: detail))
    }

    private mutating func refuse(
        _ check: String, _ stage: AuditStage, _ refusal: Refusal, _ detail: String
    ) throws(Ending) -> Never {
        deny(check, detail)
        throw .refused(at: stage, refusal)
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension DecisionStory.Step {
    fileprivate init(_ step: Explanation.Step) {
        let word =
            switch step.outcome {
            case .pass: "pass"
            case .skip: "note"
            case .deny: "deny"
            }
        self.init(word: word, check: step.check, detail: step.detail)
    }
}
