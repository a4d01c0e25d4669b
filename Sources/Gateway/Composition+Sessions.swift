internal import Agent
internal import LinuxIO
internal import Telemetry

extension Composition {
    /// Opens the conversations that are kept; nil where there is no key to seal them with.
    func openSessionDesk(_ observation: Observation) throws(CommandFailure) -> SessionDesk? {
        let settings = configuration.sessions
        let (file, database) = (path(settings.key), path(configuration.state.sessions))
        guard !settings.key.isEmpty, SmallFile.exists(file) || SmallFile.exists(database) else {
            observation.say(
                .info, "sessions_off",
                "\(file) is not there: no conversation is kept. Have them kept: \(SecretKeyFile.mend(file))")
            return nil
        }
        let key = try SecretKeyFile.read(file, setting: "sessions.key") { ContentKeyEncryptionKey($0) }
        let keyring = try opened(configuration.state.contentKeys) { path throws(AgentError) in
            try ContentKeyring.open(path: path, key: key)
        }
        let store = try opened(configuration.state.sessions) { path throws(AgentError) in
            try SessionStore.open(path: path, keyring: keyring)
        }
        return SessionDesk(
            store: store, keyring: keyring, retention: .seconds(Int64(settings.retentionDays) * 86_400))
    }
}
