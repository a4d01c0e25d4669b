internal import Audit
internal import Auth
internal import Edge
internal import Evidence
internal import JSON

/// Recorded requests under another policy: what `portcullis policy replay` does.
public enum PolicyReplaying {
    /// What a replay came to.
    public struct Outcome: Sendable {
        /// Requests that would be decided otherwise.
        public let changed: Int
        /// Requests of which nobody can tell.
        public let undecided: Int
        /// The counts, in lines.
        public let lines: [String]
        /// The counts as one JSON value.
        public let json: [UInt8]
    }

    /// Decides the requests of a log anew.
    /// - Parameters:
    ///   - body: takes each decision that would change, as a line or as a JSON value.
    /// - Throws: `CommandFailure`, also of `body`.
    public static func replay(
        _ directory: String, policy: String, asJSON: Bool, progress: (Int, Int) -> Void,
        _ body: (String) throws(CommandFailure) -> Void
    ) throws(CommandFailure) -> Outcome {
        let engine = try PolicyCommands.readRules(policy)
        let disk = try AuditReadingCommands.logDisk(directory)
        var replay = try PolicyReplay(engine)
        try AuditReadingCommands.scan(disk, progress: progress) { view throws(CommandFailure) in
            if let change = replay.take(view) { try body(asJSON ? change.json : change.line) }
            return true
        }
        let tally = replay.tally
        return Outcome(
            changed: tally.changed, undecided: tally.undecided, lines: tally.lines(policy, engine),
            json: tally.json(engine))
    }
}

/// A log's requests on their way through a policy.
struct PolicyReplay {
    /// What a policy sees of a token.
    struct Bearer: Hashable {
        let roles: [RoleName]
        let subject: String
        let isBound: Bool
        let approvals: RecordedRequest.Approvals?
    }

    private(set) var tally = ReplayTally()
    private let engine: PolicyEngine
    private let needs: ReplayNeeds
    private let mint: TokenMint
    private let tokensMax: Int
    private(set) var tokens: [Bearer: VerifiedToken] = [:]

    /// - Parameter tokensMax: tokens that are kept, about 1 KB each: a log may name any number of people.
    init(_ engine: PolicyEngine, tokensMax: Int = 10_000) throws(CommandFailure) {
        self.engine = engine
        self.tokensMax = tokensMax
        needs = ReplayNeeds(engine.document)
        do throws(AuthError) { mint = try TokenMint(engine.roles) } catch {
            throw CommandFailure(error, subject: "policy")
        }
    }

    /// Decides the request of a record anew, and tells of it where the decision would change.
    mutating func take(_ view: RecordView) -> DecisionChange? {
        tally.countRecord()
        do throws(RecordedRequest.Gap) {
            guard let decision = try RecordedRequest.decision(in: view) else {
                if view.type.elementsEqual("request.end".utf8) { tally.countWithoutDecision() }
                return nil
            }
            let before = decision.refusal
            let request = try RecordedRequest(view)
            let after = try decide(request)
            let role = request.roles.map(\.description).joined(separator: "+")
            let route = Destination.name(request.method, request.path)
            tally.count(role: role, route: route, before: before, after: after)
            guard (before == nil) != (after == nil) else { return nil }
            return DecisionChange(view, request, before: before, after: after)
        } catch {
            tally.count(error)
            return nil
        }
    }

    /// The reason of a refusal; nil where it is let in.
    private mutating func decide(_ request: RecordedRequest) throws(RecordedRequest.Gap) -> String? {
        let permission = engine.permission(method: request.method, path: request.path)
        if let gap = needs.gap(request, permission) { throw gap }
        let free = try decide(request, isBound: false)
        guard let permission, needs.asksForBinding(permission), request.certificate != nil else { return free }
        let bound = try decide(request, isBound: true)
        guard (bound == nil) == (free == nil) else { throw .binding }
        return free
    }

    private mutating func decide(
        _ request: RecordedRequest, isBound: Bool
    ) throws(RecordedRequest.Gap) -> String? {
        let subject = needs.asksForSubject(request.certificate) ? request.subject : nil
        let bearer = Bearer(
            roles: request.roles, subject: subject ?? "whoever", isBound: isBound, approvals: request.approvals)
        let token = try token(bearer)
        do throws(PolicyRefusal) {
            _ = try engine.decide(
                method: request.method, path: request.path, token: token,
                certificate: request.certificate.map(CertificateIdentity.init(named:)), in: request.circumstances)
            return nil
        } catch {
            return "\(error.reason)"
        }
    }

    private mutating func token(_ bearer: Bearer) throws(RecordedRequest.Gap) -> VerifiedToken {
        if let known = tokens[bearer] { return known }
        do throws(AuthError) {
            let made = try mint.token(
                subject: bearer.subject, roles: bearer.roles, isBound: bearer.isBound, approvals: bearer.approvals)
            if tokens.count >= tokensMax { tokens.removeAll(keepingCapacity: true) }
            tokens[bearer] = made
            return made
        } catch {
            throw .incomplete
        }
    }
}

/// A decision that would change.
struct DecisionChange {
    private let seq: UInt64
    private let time: String, request: String, asked: String, before: String, after: String
    private let roles: [String]

    init(_ view: RecordView, _ request: RecordedRequest, before: String?, after: String?) {
        seq = view.record.seq
        time = Self.text(view.time)
        self.request = Self.text(view.request ?? [])
        asked = Self.text(request.method + [0x20] + request.path)
        roles = request.roles.map(\.description)
        self.before = Self.word(before)
        self.after = Self.word(after)
    }

    /// In words.
    var line: String {
        "\(seq)  \(time)  \(request)  \(roles.joined(separator: "+"))  \(asked): \(before) -> \(after)"
    }

    /// As one JSON value.
    var json: String {
        var json = JSONWriter(capacity: 256)
        json.object { json in
            json.member("type", literal: "change")
            json.member("seq", seq)
            json.member("time", time)
            json.member("request", request)
            json.name("roles")
            json.array { json in for role in roles { json.string(role) } }
            json.member("asked", asked)
            json.member("before", before)
            json.member("after", after)
        }
        return Self.text(json.bytes)
    }

    private static func word(_ refusal: String?) -> String { refusal.map { "deny \($0)" } ?? "allow" }
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
