extension AgentLimits {
    /// Versions of the knowledge base that are kept, the one in force among them.
    public static let knowledgeVersionsMax = 10

    /// Bytes of a passage out of a document; a language model's embedding sees about 256 tokens, some 1,000 bytes.
    public static let chunkBytesMax = 1_200
    /// Bytes at the end of a passage with which the next of its section begins, so that a sentence finds what it leans on.
    public static let chunkOverlapBytes = 200
    /// Bytes of a passage's title: the headings that it stands under.
    public static let chunkTitleBytesMax = 256
    /// Bytes of a document's path within what is imported.
    public static let sourceBytesMax = 512

    /// Files of an import, and folders within each other.
    public static let importFilesMax = 10_000, importDepthMax = 16
    /// Bytes of all files of an import.
    public static let importBytesMax = 2 * 1024 * 1024 * 1024

    /// Suggestions of an answer, and words of what was typed that are looked at.
    public static let suggestionsMax = 20, suggestionWordsMax = 16
    /// Phrasings that one look-up ranks, and that it goes through: of the commonest beginnings only the first.
    public static let suggestionPhrasingsMax = 256, suggestionPostingsMax = 4_096
}
