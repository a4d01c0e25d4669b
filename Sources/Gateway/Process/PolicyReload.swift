internal import Agent
internal import Audit
internal import Auth
internal import Edge
internal import Redaction
internal import Synchronization
internal import Telemetry
internal import Threading

/// Takes up the policy files as they are now, under a running gateway: on SIGHUP.
///
/// All are read and checked as at a start. What is wrong with one keeps all of them as they were, and is said in the log,
/// in the metrics and on record. Else the record with both digests, and who asked, is durable first; then tokens name the
/// roles of the new policy, with none remembered; then requests that come are decided by the new ones, on all loops at once.
final class PolicyReload: Sendable {
    /// What became of the reloads since the start.
    struct Counts: Sendable {
        var loaded: UInt64 = 0, refused: UInt64 = 0, unchanged: UInt64 = 0
    }

    private let composition: Composition
    private let live: LiveServices
    private let edge: EdgeServer
    private let state = Mutex(Counts())
    /// Held for a whole reload by the loop that does it: two at once would each record the other's digest as replaced.
    private let isRunning = Mutex(false)

    init(_ composition: Composition, _ live: LiveServices, on edge: EdgeServer) {
        self.composition = composition
        self.live = live
        self.edge = edge
    }

    var counts: Counts { state.withLock { $0 } }

    /// What was read and fits together.
    private struct Candidate {
        let policies: PolicyFiles
        let redactor: Redactor
        let claims: [String: RolesClaim]
        let assistance: ModelAssistance?
    }

    /// Reads the files, on the calling thread, and has a loop put them in force.
    /// - Parameter user: whose process asked for it; nil where nobody can tell.
    func run(by user: UInt32?) {
        let name = user.map { Array("uid \($0)".utf8) }
        do throws(CommandFailure) {
            let candidate = try read()
            edge.perform { [self] in await take(candidate, by: name) }
        } catch {
            edge.perform { [self] in await refuse("\(error)") }
        }
    }

    private func read() throws(CommandFailure) -> Candidate {
        let policies = try PolicyFiles(composition.configuration)
        let redactor = try composition.makeRedactor(policies)
        _ = try composition.readApprovers(for: policies.rbac)
        var claims: [String: RolesClaim] = [:]
        for issuer in composition.configuration.tokens.issuers {
            claims[issuer.issuer] = try composition.rolesClaim(issuer, policies.rbac)
        }
        return Candidate(
            policies: policies, redactor: redactor, claims: claims,
            assistance: try composition.makeAssistance(policies, services.modelParts))
    }

    private func take(_ candidate: Candidate, by name: [UInt8]?) async {
        guard begin() else {
            return services.observation.say(
                .warning, "policies_busy", "the policies are being reloaded: send SIGHUP again afterwards")
        }
        defer { isRunning.withLock { $0 = false } }
        let (old, new) = (services.auditPolicy, candidate.policies.auditPolicy)
        guard old.sha256 != new.sha256 else {
            state.withLock { $0.unchanged += 1 }
            return services.observation.say(.info, "policies_unchanged", "the policies are as they were")
        }
        // First: no answer under the new policy goes by what the old one cleared. An answer of these milliseconds, under the old
        // policy, may go by what the new one clears.
        if let failure = await inspect(by: candidate.redactor) { return await refuse(failure) }
        do throws(AuditError) {
            _ = try await services.log.append(.policyLoad(new, replacing: old, operator: name))
        } catch {
            // The log says what is wrong with it by itself.
            refused("the reload cannot be recorded: \(error)")
            if let failure = await inspect(by: services.redactors.general) { refused(failure) }
            return
        }
        await putInForce(candidate)
    }

    private func putInForce(_ candidate: Candidate) async {
        let roles = candidate.policies.rbac.roles
        do throws(AuthError) { try services.tokens.replaceRoles(roles, claims: candidate.claims) } catch {
            return await refuse("\(error)")
        }
        services.knowledge.screen(by: candidate.policies.scope)
        live.replace(
            by: Services(
                services, candidate.policies, redactors: ScopedRedactors(candidate.redactor, roles: roles),
                assistance: candidate.assistance))
        state.withLock { $0.loaded += 1 }
        let version = String(decoding: candidate.policies.rbac.version, as: UTF8.self)
        services.observation.say(.info, "policies_loaded", "version \(version) is in force")
    }

    /// - Returns: what went wrong; nil where nothing did.
    private func inspect(by redactor: Redactor) async -> String? {
        let observation = services.observation
        let inspection = KnowledgeInspection(redactor) { observation.say(.warning, "knowledge_personal", $0) }
        do throws(AgentError) {
            try await services.knowledge.inspect(by: inspection.inspector)
            return nil
        } catch {
            return "the knowledge base cannot be looked through: \(error)"
        }
    }

    /// The policies stay as they were, and that is on record.
    private func refuse(_ reason: String) async {
        refused(reason)
        do throws(AuditError) {
            _ = try await services.log.append(
                .adminAction(operator: nil, action: "policy.refuse", target: Array("policies".utf8)))
        } catch {
            // The log says what is wrong with it by itself.
        }
    }

    private func refused(_ reason: String) {
        state.withLock { $0.refused += 1 }
        services.observation.say(.error, "policies_refused", "\(reason): the policies before stay in force")
    }

    private func begin() -> Bool {
        isRunning.withLock { isRunning in
            defer { isRunning = true }
            return !isRunning
        }
    }

    private var services: Services { live.current }
}
