internal import Agent

/// What language models do here under the policies in force: who is asked, how, and what is looked through before.
struct ModelAssistance: Sendable {
    let client: any ChatModel
    let answerer: ModelAnswerer
    let screen: InjectionScreen
    /// Whether a model that is asked can call tools.
    let callsTools: Bool
    /// Of all prompts, in hexadecimal, for the record.
    let promptsDigest: [UInt8]
}

/// What models share while policies come and go: made at the start, where the policy asks one.
struct ModelParts: Sendable {
    let transport: any ModelTransport
    let memory: ModelMemory
    let clock: ModelClock
    /// The ports that the sandbox lets this process call models at.
    let ports: Set<UInt16>
}
