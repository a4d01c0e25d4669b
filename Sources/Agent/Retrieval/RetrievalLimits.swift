extension AgentLimits {
    /// Examples of a knowledge base, and bytes of their file and of one.
    public static let examplesMax = 65_536, examplesBytesMax = 16 * 1024 * 1024, exampleBytesMax = 1024
    /// Examples that the metric between them is learnt from; of more, equally spaced ones.
    public static let covarianceExamplesMax = 16_384
    /// Numbers of all vectors of a knowledge base, four bytes each; with more it is searched by words alone.
    public static let vectorNumbersMax = 64 * 1024 * 1024
    /// Vectors that no passage or example needs and that are kept for a text that comes back, beside as many as are needed.
    public static let unusedVectorsMax = 1_024
    /// Texts of one step of making missing vectors while questions wait for the same threads: a question waits for no more.
    public static let embeddedTextsPerStep = 4
    /// Passages that are all scored where vectors are at hand; of more, those that words or vectors propose.
    public static let passagesScoredMax = 1_024

    /// Bytes of an embedding endpoint's key, of its model's name and of a prefix.
    public static let embeddingKeyBytesMax = 4_096, embeddingNameBytesMax = 256
    /// Bytes of an embedding endpoint's answer: 16 vectors of 4,096 numbers with 20 digits each are 1.4 MB.
    public static let embeddingAnswerBytesMax = 4 * 1024 * 1024
    /// Numbers of a vector of an embedding endpoint.
    public static let embeddingDimensionsMax = 8_192

    /// Phrases of the policy on what is out of scope, and bytes of one.
    public static let scopePhrasesMax = 8_192, scopePhraseBytesMax = 128

    /// Vectors of questions that are kept, and the length of a question whose vector may be kept.
    public static let cachedQuestionVectorsMax = 4_096, cachedVectorQuestionBytesMax = 512
}
