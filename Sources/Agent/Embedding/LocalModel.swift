internal import LinuxIO
internal import OpenBLAS
internal import OpenSSL

/// A model shaped like BERT that is loaded and does nothing yet: weights mapped, vocabulary read, and the library that
/// multiplies brought in. No thread belongs to it.
///
/// For a process's start: code is loaded (`OpenBLAS.load`) and files are opened, both of which a confined process cannot.
public struct LocalModel: Sendable {
    /// The folder it came from.
    public let folder: String
    /// The SHA-256 of what its vectors depend on: settings, vocabulary and weights.
    public let identity: [UInt8]
    /// Numbers of a vector.
    public var dimensions: Int { model.configuration.hiddenSize }
    /// Which OpenBLAS was found, and whether threads may multiply side by side.
    public var build: String { model.blas.build }
    /// Whether threads may multiply side by side.
    public var isParallel: Bool { model.blas.isParallel }

    let model: TransformerModel
    let vocabulary: WordPieceVocabulary

    /// Loads the model in `folder`: `config.json`, `model.safetensors` and `vocab.txt`, and what Sentence Transformers puts
    /// beside them. 0.1 s for 90 MB, most of which is their digest.
    /// - Throws: `.model`, which names the file and the mend.
    public static func load(folder: String) throws(AgentError) -> LocalModel {
        let files = TransformerConfiguration.Files(
            model: try ModelFolder.required(TransformerConfiguration.Files.modelName, in: folder),
            sentences: try ModelFolder.optional(TransformerConfiguration.Files.sentencesName, in: folder),
            pooling: try ModelFolder.optional(TransformerConfiguration.Files.poolingName, in: folder),
            tokenizer: try ModelFolder.optional(TransformerConfiguration.Files.tokenizerName, in: folder))
        let configuration = try TransformerConfiguration(files, folder: folder)
        let pieces = try ModelFolder.required(
            ModelFolder.vocabularyName, in: folder, bytesMax: AgentLimits.vocabularyBytesMax)
        let vocabularyFile = "\(folder)/\(ModelFolder.vocabularyName)"
        let vocabulary = try WordPieceVocabulary(parsing: pieces, file: vocabularyFile)
        guard vocabulary.count == configuration.vocabularyCount else {
            throw .model(
                vocabularyFile,
                "it has \(vocabulary.count) pieces, and config.json wants \(configuration.vocabularyCount); "
                    + "take both of one model")
        }
        let weights = try ModelFolder.weights(in: folder)
        let model = try TransformerModel(configuration, weights: weights, blas: try blas())
        return LocalModel(
            folder: folder, identity: identity([files.model, files.sentences ?? [], pieces], weights), model: model,
            vocabulary: vocabulary)
    }

    private init(folder: String, identity: [UInt8], model: TransformerModel, vocabulary: WordPieceVocabulary) {
        self.folder = folder
        self.identity = identity
        self.model = model
        self.vocabulary = vocabulary
    }

    /// Each part is preceded by its length, so that no two folders run together into the same bytes.
    private static func identity(_ parts: [[UInt8]], _ weights: MappedFile) -> [UInt8] {
        var hasher = SHA256()
        for part in parts {
            hasher.update(Array("\(part.count)\n".utf8))
            hasher.update(part)
        }
        for start in stride(from: 0, to: weights.byteCount, by: bytesHashedAtOnce) {
            weights.withBytes(in: start..<min(weights.byteCount, start + bytesHashedAtOnce)) { hasher.update($0) }
        }
        return hasher.finish().bytes
    }

    private static let bytesHashedAtOnce = 1 << 20

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
}
