internal import Agent
internal import Edge
internal import LinuxIO
internal import Redaction
internal import Telemetry

extension Composition {
    /// The redactor of the policy, with the key that `hash` needs.
    func makeRedactor(_ policies: PolicyFiles) throws(CommandFailure) -> Redactor {
        try expectHashKey(policies)
        let file = configuration.redaction.hashKey
        guard !file.isEmpty else { return Redactor(policy: policies.redaction) }
        let key = try SecretKeyFile.read(path(file), setting: "redaction.hash_key") { RedactionKey($0) }
        return Redactor(policy: policies.redaction, keyedHash: key.keyedHash)
    }

    /// The knowledge base, looked at as it is taken into memory.
    func openKnowledge(
        _ redactor: Redactor, _ scope: ScopeScreen, _ observation: Observation, _ embedder: Embedder?
    ) throws(CommandFailure) -> KnowledgeBase {
        let inspection = KnowledgeInspection(redactor) { observation.say(.warning, "knowledge_personal", $0) }
        return try opened(configuration.state.knowledge) { path throws(AgentError) in
            try KnowledgeBase.open(
                path: path, inspector: inspection.inspector, embedder: embedder?.maker, screen: scope)
        }
    }

    /// The vaults of sessions, with those that an earlier process kept where `redaction.session_key` is set.
    func openSessions(_ observation: Observation) throws(CommandFailure) -> SessionVaults {
        let settings = configuration.redaction
        let bounds = settings.sessionBounds
        guard !settings.sessionKey.isEmpty else { return SessionVaults(bounds: bounds) }
        let sealer = try SecretKeyFile.read(path(settings.sessionKey), setting: "redaction.session_key") {
            VaultSealer($0)
        }
        let state = path(configuration.audit.stateDirectory)
        beginFolder(state, mode: 0o700)
        let keeper: SessionKeeper
        do throws(FileError) {
            keeper = try SessionKeeper.open(stateDirectory: state, sealer: sealer, bounds: bounds) {
                observation.say(.error, "sessions_not_kept", $0)
            }
        } catch {
            throw CommandFailure(.inputOutput, state, "cannot keep sessions in it: \(error)")
        }
        guard keeper.start() else { throw CommandFailure(EdgeError.noResources) }
        return SessionVaults(bounds: bounds, keeper: keeper)
    }

    /// A policy that says `hash` without a key to hash with would leave less than it says.
    func expectHashKey(_ policies: PolicyFiles) throws(CommandFailure) {
        guard policies.redaction.needsKey, configuration.redaction.hashKey.isEmpty else { return }
        throw CommandFailure(
            .configuration, policies.redactionFile, "it says \"hash\", and there is no key to hash with",
            mend: SecretKeyFile.mend(path("certs/redaction-hash.key"))
                + " and set redaction.hash_key to \"certs/redaction-hash.key\" in \(configuration.file)")
    }
}
