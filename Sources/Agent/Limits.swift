/// Every bound of this module, with its unit. Each is a choice unless a source is named.
public enum AgentLimits {
    /// Bytes of a question's or ticket's text.
    public static let textBytesMax = 16_384
    /// Bytes of a session's or a customer's identifier.
    public static let identifierBytesMax = 64
    /// Bytes of a ticket's category.
    public static let categoryBytesMax = 32
    /// Open tickets of one principal.
    public static let openTicketsPerOwnerMax = 1_000

    /// Bytes of a knowledge file.
    public static let knowledgeBytesMax = 16 * 1024 * 1024
    /// Rows of a knowledge file, without its header.
    public static let knowledgeRowsMax = 100_000
    /// Bytes of one field of a knowledge file.
    public static let knowledgeFieldBytesMax = 16 * 1024
    /// Phrasings of one row: its question and its variants.
    public static let phrasingsPerRowMax = 64
    /// Refused rows that a report lists; further ones are counted.
    public static let refusedRowsListedMax = 1_000

    /// Words of a question that retrieval looks at; further ones are ignored.
    public static let queryWordsMax = 64
    /// Words that FTS5 is asked for, which costs about 20 µs each over 100 passages.
    public static let matchWordsMax = 16
    /// Rows that FTS5 ranks for one search, a row counted for each of the words it holds. Beyond it the commonest words are
    /// not asked for; the rarest always is. Over 100,000 passages it lowers the median from 127 to 3 ms.
    public static let matchRowsMax = 5_000
    /// Unknown words of a question that are corrected.
    public static let correctionsPerQueryMax = 8
    /// Words that a typing error may be corrected to: the most frequent ones.
    public static let correctionWordsMax = 32_768
    /// Passages that FTS5 proposes and that are scored.
    public static let candidatesMax = 32
    /// Passages that a search returns.
    public static let searchResultsMax = 20

    /// Answers that are kept, and the length of a question whose answer may be kept.
    public static let cachedAnswersMax = 4_096, cachedQuestionBytesMax = 512
    /// Jobs that wait for a database's threads.
    public static let databaseJobsMax = 1_024

    /// Phrases of the escalation policy, and bytes of one.
    public static let escalationPhrasesMax = 1_024, escalationPhraseBytesMax = 128
    /// Bytes of the escalation policy's file.
    public static let policyBytesMax = 256 * 1024

    /// Bytes of an embedding model's weights, and of their header.
    public static let modelBytesMax = 4 * 1024 * 1024 * 1024, modelHeaderBytesMax = 1024 * 1024
    /// Bytes of each of its other JSON files.
    public static let modelSettingsBytesMax = 64 * 1024
    /// Tensors of a model, and dimensions of one.
    public static let modelTensorsMax = 4_096, tensorDimensionsMax = 8
    /// Bytes of a model's vocabulary, and of one of its pieces.
    public static let vocabularyBytesMax = 16 * 1024 * 1024, vocabularyPieceBytesMax = 256
    /// Characters (code points) of a word that is cut into pieces; a longer one is unknown. The tokeniser's own bound.
    public static let pieceWordCharactersMax = 100
    /// Tokens of a text that an embedding model sees, though it might see more: attention costs their square.
    public static let embeddedTokensMax = 512
    /// Tokens that go through a model together, and passages of one job: a question waits for no more of them.
    public static let tokensPerPassMax = 512, passagesPerJobMax = 16
    /// Bytes of a passage that is embedded; what a model sees ends long before.
    public static let embeddedPassageBytesMax = knowledgeFieldBytesMax
    /// Jobs that wait for an embedding model's threads, and those threads.
    public static let embeddingJobsMax = 256, embeddingThreadsMax = 64

    /// Bytes of a tool's result.
    public static let toolResultBytesMax = 16 * 1024
}
