internal import LinuxIO
internal import OpenBLAS
internal import Threading

/// Vectors by a model shaped like BERT in this process, on threads of its own: nothing leaves it.
///
/// What a text is longer than the model sees is passed over. `all-MiniLM-L6-v2` takes 7 ms of a core for 16 tokens.
public final class LocalEmbedder: SentenceEmbedder {
    /// Numbers of a vector.
    public let dimensions: Int
    /// Tokens of a text that the model sees, those of its start and end included.
    public let tokensMax: Int
    /// Which OpenBLAS was found, and whether threads may multiply side by side; the operator is told at the start.
    public let build: String, isParallel: Bool

    private let tokenizer: WordPieceTokenizer
    private let threads: JobThreads<TransformerPass>

    /// Loads the model in `folder`: `config.json`, `model.safetensors` and `vocab.txt`, and what Sentence Transformers puts
    /// beside them.
    ///
    /// For a process's start, since code is loaded (`OpenBLAS.load`) and threads start.
    /// - Parameters:
    ///   - threadCount: 1 to `AgentLimits.embeddingThreadsMax`. Where `isParallel` is false more than one gains little.
    ///   - jobsMax: jobs that may wait for them.
    /// - Throws: `.model`, which names the file and the mend.
    public static func load(
        folder: String, threadCount: Int = 1, jobsMax: Int = AgentLimits.embeddingJobsMax
    ) throws(AgentError) -> LocalEmbedder {
        precondition((1...AgentLimits.embeddingThreadsMax).contains(threadCount), "a few threads")
        let configuration = try TransformerConfiguration(
            TransformerConfiguration.Files(
                model: try ModelFolder.required(TransformerConfiguration.Files.modelName, in: folder),
                sentences: try ModelFolder.optional(TransformerConfiguration.Files.sentencesName, in: folder),
                pooling: try ModelFolder.optional(TransformerConfiguration.Files.poolingName, in: folder),
                tokenizer: try ModelFolder.optional(TransformerConfiguration.Files.tokenizerName, in: folder)),
            folder: folder)
        let vocabulary = try WordPieceVocabulary(
            parsing: try ModelFolder.required(
                ModelFolder.vocabularyName, in: folder, bytesMax: AgentLimits.vocabularyBytesMax),
            file: "\(folder)/\(ModelFolder.vocabularyName)")
        guard vocabulary.count == configuration.vocabularyCount else {
            throw .model(
                "\(folder)/\(ModelFolder.vocabularyName)",
                "it has \(vocabulary.count) pieces, and config.json wants \(configuration.vocabularyCount); "
                    + "take both of one model")
        }
        let model = try TransformerModel(configuration, weights: try ModelFolder.weights(in: folder), blas: try blas())
        let threads = try JobThreads<TransformerPass>.start(
            named: "embed", count: threadCount, jobsMax: jobsMax, refusal: { AgentError.model(folder, $0) },
            making: { () throws(AgentError) in TransformerPass(model) })
        return LocalEmbedder(model, vocabulary, threads)
    }

    private init(
        _ model: TransformerModel, _ vocabulary: WordPieceVocabulary, _ threads: JobThreads<TransformerPass>
    ) {
        dimensions = model.configuration.hiddenSize
        tokensMax = model.configuration.tokensMax
        build = model.blas.build
        isParallel = model.blas.isParallel
        tokenizer = WordPieceTokenizer(vocabulary: vocabulary, tokensMax: model.configuration.tokensMax)
        self.threads = threads
    }

    private static func blas() throws(AgentError) -> OpenBLAS {
        do { return try OpenBLAS.load() } catch {
            switch error {
            case .notLoaded(let reason):
                throw .model(OpenBLAS.libraryName, "\(reason); install libopenblas0-pthread")
            case .wrongProduct:
                throw .model(OpenBLAS.libraryName, "it multiplies wrongly; install another build of libopenblas0")
            }
        }
    }

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
        let bytesMax = AgentLimits.embeddedPassageBytesMax
        guard passages.allSatisfy({ $0.count <= bytesMax }) else { throw .textTooLong(bytesMax: bytesMax) }
        var vectors: [[Float]] = []
        for start in stride(from: 0, to: passages.count, by: AgentLimits.passagesPerJobMax) {
            let end = min(passages.count, start + AgentLimits.passagesPerJobMax)
            vectors += try await self.vectors(of: Array(passages[start..<end]))
        }
        return vectors
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
