public import Threading

/// Vectors by a model shaped like BERT in this process, on threads of its own: nothing leaves it.
///
/// What a text is longer than the model sees is passed over. `all-MiniLM-L6-v2` takes 7 ms of a core for 16 tokens.
public final class LocalEmbedder: SentenceEmbedder {
    /// The digest of the model's files (`LocalModel.identity`).
    public let identity: [UInt8]
    /// Numbers of a vector.
    public let dimensions: Int
    /// Tokens of a text that the model sees, those of its start and end included.
    public let tokensMax: Int
    /// Which OpenBLAS was found, and whether threads may multiply side by side; the operator is told at the start.
    public let build: String, isParallel: Bool

    private let tokenizer: WordPieceTokenizer
    private let threads: JobThreads<TransformerPass>

    /// Loads the model in `folder` (`LocalModel.load`) and starts its threads.
    /// - Parameters:
    ///   - threadCount: 1 to `AgentLimits.embeddingThreadsMax`. Where `isParallel` is false more than one gains little.
    ///   - jobsMax: jobs that may wait for them.
    /// - Throws: `.model`, which names the file and the mend.
    public static func load(
        folder: String, threadCount: Int = 1, jobsMax: Int = AgentLimits.embeddingJobsMax
    ) throws(AgentError) -> LocalEmbedder {
        try start(try LocalModel.load(folder: folder), threadCount: threadCount, jobsMax: jobsMax)
    }

    /// Starts the threads of a model that is loaded: where a process confines itself, after that, so that they are too.
    /// - Throws: `.model` where the system refuses one.
    public static func start(
        _ loaded: LocalModel, threadCount: Int = 1, jobsMax: Int = AgentLimits.embeddingJobsMax
    ) throws(AgentError) -> LocalEmbedder {
        precondition((1...AgentLimits.embeddingThreadsMax).contains(threadCount), "a few threads")
        let threads = try JobThreads<TransformerPass>.start(
            named: "embed", count: threadCount, jobsMax: jobsMax, refusal: { AgentError.model(loaded.folder, $0) },
            making: { () throws(AgentError) in TransformerPass(loaded.model) })
        return LocalEmbedder(loaded, threads)
    }

    private init(_ loaded: LocalModel, _ threads: JobThreads<TransformerPass>) {
        identity = loaded.identity
        dimensions = loaded.dimensions
        tokensMax = loaded.model.configuration.tokensMax
        build = loaded.build
        isParallel = loaded.isParallel
        tokenizer = WordPieceTokenizer(vocabulary: loaded.vocabulary, tokensMax: tokensMax)
        self.threads = threads
    }

    /// Jobs that wait for the threads.
    public var queueDepth: Int { threads.queueDepth }
    /// How long jobs waited for them, in microseconds.
    public var queueWaits: HistogramCounts { threads.queueWaits }

    /// The vector of a question.
    /// - Throws: `.busy` where too many jobs wait; `.model` where the weights make no finite numbers.
    public func vector(ofQuestion question: CleanText) async throws(AgentError) -> [Float] {
        guard let vector = try await vectors(of: [question.bytes]).first else {
            preconditionFailure("there is a vector for each text")
        }
        return vector
    }

    /// The vectors of passages, in their order; `AgentLimits.passagesPerJobMax` at a time, so that questions come between.
    /// - Throws: as for a question; `.textTooLong`.
    public func vectors(ofPassages passages: [[UInt8]]) async throws(AgentError) -> [[Float]] {
        try await vectors(ofPassages: passages, madeBy: vectors(of:))
    }

    /// The tokens that the model is given for `text`.
    func tokens(of text: [UInt8]) -> [Int32] { tokenizer.tokens(of: text) }

    private func vectors(of texts: [[UInt8]]) async throws(AgentError) -> [[Float]] {
        try await threads.run(orThrow: AgentError.busy) { [tokenizer] pass -> Result<[[Float]], AgentError> in
            do throws(AgentError) { return .success(try pass.vectors(of: texts.map(tokenizer.tokens))) } catch {
                return .failure(error)
            }
        }
    }
}
