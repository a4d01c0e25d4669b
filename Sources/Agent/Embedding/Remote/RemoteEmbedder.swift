internal import Curl
internal import OpenSSL
public import Threading

/// Vectors by a server with OpenAI's interface for embeddings, on threads of its own, each with one connection.
///
/// Texts leave the process: questions have passed the redactor, passages are what the bank shows its customers.
public final class RemoteEmbedder: SentenceEmbedder {
    /// The digest of what vectors depend on as far as we know it: URL, model, size and prefixes. A server that changes its
    /// model under one name must be given another here, or its new vectors meet its old ones.
    public let identity: [UInt8]
    /// Numbers of a vector.
    public let dimensions: Int

    private let endpoint: EmbeddingEndpoint
    private let threads: JobThreads<Connection>

    /// A client and the thread that it belongs to.
    private final class Connection {
        var client: HTTPClient

        init(_ client: consuming HTTPClient) { self.client = client }
    }

    /// Starts the threads. Nobody is called yet.
    /// - Parameters:
    ///   - threadCount: requests at once, 1 to `AgentLimits.embeddingThreadsMax`.
    ///   - jobsMax: requests that may wait.
    /// - Throws: `.model` where the endpoint is no URL that may be called, or the system refuses a thread.
    public static func start(
        _ endpoint: EmbeddingEndpoint, threadCount: Int = 2, jobsMax: Int = AgentLimits.embeddingJobsMax
    ) throws(AgentError) -> RemoteEmbedder {
        precondition((1...AgentLimits.embeddingThreadsMax).contains(threadCount), "a few threads")
        guard let place = HTTPEndpoint(endpoint.url) else {
            throw .model(
                endpoint.url, "https://HOST[:PORT]/PATH is wanted, or http:// with a numeric loopback address")
        }
        let configuration = HTTPClientConfiguration(
            connectTimeout: endpoint.timeout, totalTimeout: endpoint.timeout,
            responseBytesMax: AgentLimits.embeddingAnswerBytesMax, allowsPlain: place.isPlain, caFile: endpoint.caFile)
        let threads = try JobThreads<Connection>.start(
            named: "embed", count: threadCount, jobsMax: jobsMax, refusal: { AgentError.model(endpoint.url, $0) },
            making: { () throws(AgentError) in
                do throws(HTTPClientError) { return Connection(try HTTPClient.make(configuration)) } catch {
                    throw .model(endpoint.url, "no client for it: \(error)")
                }
            })
        return RemoteEmbedder(endpoint, threads)
    }

    private init(_ endpoint: EmbeddingEndpoint, _ threads: JobThreads<Connection>) {
        self.endpoint = endpoint
        self.threads = threads
        dimensions = endpoint.dimensions
        var hasher = SHA256()
        for part in [
            Array(endpoint.url.utf8), Array(endpoint.model.utf8), Array("\(endpoint.dimensions)".utf8),
            endpoint.questionPrefix, endpoint.passagePrefix,
        ] {
            hasher.update(Array("\(part.count)\n".utf8))
            hasher.update(part)
        }
        identity = hasher.finish().bytes
    }

    /// Requests that wait for the threads.
    public var queueDepth: Int { threads.queueDepth }
    /// How long requests waited for them, in microseconds.
    public var queueWaits: HistogramCounts { threads.queueWaits }

    /// The vector of a question.
    /// - Throws: `.busy`; `.model` with why the server gave none.
    public func vector(ofQuestion question: CleanText) async throws(AgentError) -> [Float] {
        guard let vector = try await vectors(of: [endpoint.questionPrefix + question.bytes]).first else {
            throw .model(endpoint.url, "it gave no vector")
        }
        return vector
    }

    /// The vectors of passages, in their order; `AgentLimits.passagesPerJobMax` a request.
    /// - Throws: as for a question; `.textTooLong`.
    public func vectors(ofPassages passages: [[UInt8]]) async throws(AgentError) -> [[Float]] {
        try await vectors(ofPassages: passages) { (step) async throws(AgentError) in
            try await vectors(of: step.map { endpoint.passagePrefix + $0 })
        }
    }

    private func vectors(of texts: [[UInt8]]) async throws(AgentError) -> [[Float]] {
        try await threads.run(orThrow: AgentError.busy) { [endpoint] connection -> Result<[[Float]], AgentError> in
            do throws(AgentError) { return .success(try Self.ask(endpoint, for: texts, over: connection)) } catch {
                return .failure(error)
            }
        }
    }

    private static func ask(
        _ endpoint: EmbeddingEndpoint, for texts: [[UInt8]], over connection: Connection
    ) throws(AgentError) -> [[Float]] {
        var fields = [HTTPClientField("Content-Type", "application/json")]
        if let key = endpoint.key {
            fields.append(HTTPClientField("Authorization", "Bearer " + String(decoding: key.bytes, as: UTF8.self)))
        }
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try connection.client.perform(
                HTTPClientRequest(
                    "POST", endpoint.url, fields: fields,
                    body: EmbeddingMessages.request(model: endpoint.model, texts: texts)))
        } catch {
            throw .model(endpoint.url, "\(error)")
        }
        // The body of a refusal may repeat what was sent, and goes nowhere.
        guard response.status == 200 else { throw .model(endpoint.url, "it answered \(response.status)") }
        do throws(EmbeddingMessages.Fault) {
            return try EmbeddingMessages.vectors(
                in: response.body, count: texts.count, dimensions: endpoint.dimensions)
        } catch {
            throw .model(endpoint.url, "found \(error.reason)")
        }
    }
}
