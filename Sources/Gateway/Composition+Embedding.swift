internal import Agent
internal import Curl
internal import LinuxIO
internal import Telemetry
internal import Threading

/// What a gateway searches by meaning with, once it is at work.
struct Embedder {
    let maker: any SentenceEmbedder
    /// What it is, for the line at the start.
    let description: String
    /// Jobs that wait for its threads, and how long they did.
    let queue: @Sendable () -> (depth: Int, waits: HistogramCounts)
}

extension Composition {
    /// Loads the configured model, if its folder is there: code and files that a confined process could not open. No thread
    /// starts.
    mutating func loadModel() throws(CommandFailure) {
        let settings = configuration.embedding
        guard settings.url.isEmpty, !settings.model.isEmpty, SmallFile.exists(path(settings.model)) else { return }
        do throws(AgentError) { embeddingModel = try LocalModel.load(folder: path(settings.model)) } catch {
            throw CommandFailure(error, subject: path(settings.model))
        }
    }

    /// Starts the threads of the loaded model, or of the endpoint's client; nil where there is neither.
    func startEmbedder() throws(CommandFailure) -> Embedder? {
        let settings = configuration.embedding
        let endpoint = settings.url.isEmpty ? nil : try embeddingEndpoint()
        do throws(AgentError) {
            if let embeddingModel {
                let local = try LocalEmbedder.start(embeddingModel, threadCount: settings.threads)
                return Embedder(
                    maker: local,
                    description: "\(settings.model), \(local.dimensions) numbers, \(local.build)"
                        + (local.isParallel ? "" : ", one thread at a time"),
                    queue: { (local.queueDepth, local.queueWaits) })
            }
            guard let endpoint else { return nil }
            let remote = try RemoteEmbedder.start(endpoint, threadCount: settings.threads)
            return Embedder(
                maker: remote, description: "\(settings.name) at \(settings.url)",
                queue: { (remote.queueDepth, remote.queueWaits) })
        } catch {
            throw CommandFailure(error, subject: settings.url.isEmpty ? path(settings.model) : settings.url)
        }
    }

    private func embeddingEndpoint() throws(CommandFailure) -> EmbeddingEndpoint {
        let settings = configuration.embedding
        return EmbeddingEndpoint(
            url: settings.url, model: settings.name, dimensions: settings.dimensions,
            questionPrefix: Array(settings.questionPrefix.utf8), passagePrefix: Array(settings.passagePrefix.utf8),
            key: try embeddingKey(), caFile: settings.clientCA.isEmpty ? nil : path(settings.clientCA),
            timeout: .milliseconds(settings.timeoutMilliseconds))
    }

    private func embeddingKey() throws(CommandFailure) -> EmbeddingEndpoint.Key? {
        let settings = configuration.embedding
        let wanted = "wanted printable ASCII, at most \(AgentLimits.embeddingKeyBytesMax) bytes"
        if !settings.keyFile.isEmpty {
            let file = path(settings.keyFile)
            let key: EmbeddingEndpoint.Key?
            do throws(KeyFileError) {
                key = try KeyFile.readSecret(file) { text -> EmbeddingEndpoint.Key? in
                    EmbeddingEndpoint.Key(text.indices.map { text[$0] })
                }
            } catch {
                throw CommandFailure(.configuration, "embedding.api_key", error.description)
            }
            guard let key else {
                throw CommandFailure(.configuration, "embedding.api_key", "\(file): no key", mend: wanted)
            }
            return key
        }
        guard !settings.keyVariable.isEmpty else { return nil }
        guard let text = FileProcess.environment(settings.keyVariable),
            let key = EmbeddingEndpoint.Key(Array(text.utf8))
        else {
            throw CommandFailure(
                .configuration, "embedding.api_key_variable", "no key in the variable \(settings.keyVariable)",
                mend: wanted
            )
        }
        return key
    }

    /// Starts the embedder, if there is one, and says what the search goes by.
    func startEmbedder(_ observation: Observation) throws(CommandFailure) -> Embedder? {
        let embedder = try startEmbedder()
        observation.say(.info, "search", searchNotice(embedder))
        return embedder
    }

    private func searchNotice(_ embedder: Embedder?) -> String {
        if let embedder { return "the search goes by meaning and words: \(embedder.description)" }
        let settings = configuration.embedding
        let why =
            settings.model.isEmpty
            ? "no embedding model is configured"
            : "there is no embedding model at \(path(settings.model)); make model fetches one"
        return "the search goes by words alone: \(why)"
    }
}
