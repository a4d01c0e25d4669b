internal import Agent
internal import LinuxIO
internal import Threading

extension Composition {
    /// Opens what models need besides their policy; nil where none is asked.
    func openModelParts(_ policies: PolicyFiles) throws(CommandFailure) -> ModelParts? {
        guard !policies.models.isEmpty else { return nil }
        let spending = try opened(configuration.state.spending) { path throws(AgentError) in
            try SpendingStore.open(path: path)
        }
        guard let pauses = TaskPauses(named: "model-pause", milliseconds: Self.modelPauseMilliseconds) else {
            throw CommandFailure(
                .unavailable, configuration.file, "the system refuses another thread or descriptor",
                mend: "raise the limits of processes or files")
        }
        return ModelParts(
            transport: LoopTransport(), memory: ModelMemory(spending: spending), clock: .system(pauses: pauses),
            ports: Set(policies.models.calledServers.map(\.port)))
    }

    /// How exact a pause before another attempt is.
    private static let modelPauseMilliseconds: Int32 = 25

    /// The models of `policies`; nil where none is asked.
    ///
    /// What the process may open and call is settled at its start: a reload that asks for more is refused.
    func makeAssistance(_ policies: PolicyFiles, _ parts: ModelParts?) throws(CommandFailure) -> ModelAssistance? {
        if let model { return assistance(policies, model) }
        guard !policies.models.isEmpty else { return nil }
        guard let parts, parts.ports.isSuperset(of: policies.models.calledServers.map(\.port)) else {
            throw CommandFailure(
                .configuration, configuration.policies.models,
                "a model's server is at a port that this process was not started to call", mend: "restart the gateway")
        }
        let access: ModelAccess
        do throws(AgentError) {
            access = try ModelAccess(policies.models, path: path) { FileProcess.environment($0).map { Array($0.utf8) } }
        } catch {
            throw CommandFailure(error, subject: configuration.policies.models)
        }
        return assistance(
            policies,
            ModelClient(
                policy: policies.models, access: access, transport: parts.transport, memory: parts.memory,
                clock: parts.clock, repairPrompt: policies.prompts.filled(.repair)))
    }

    private func assistance(_ policies: PolicyFiles, _ client: any ChatModel) -> ModelAssistance {
        let models = policies.models.uses[.answer] ?? []
        let answerer = ModelAnswerer(
            prompts: policies.prompts, answerTokensMax: models.map(\.answerTokensMax).min() ?? 800,
            contextTokens: models.map(\.contextTokens).min() ?? 8_192)
        // A client that is handed in comes without a policy of models.
        let callsTools =
            models.isEmpty || models.contains { policies.models.servers[$0.server]?.callsTools ?? false }
        return ModelAssistance(
            client: client, answerer: answerer, screen: policies.screen, callsTools: callsTools,
            promptsDigest: policies.prompts.digest)
    }
}
