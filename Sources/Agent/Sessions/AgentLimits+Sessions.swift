extension AgentLimits {
    /// Conversations of one principal; past it one has to be deleted, or to end of age.
    public static let sessionsPerOwnerMax = 1_000
    /// Messages of one conversation, questions and answers, and bytes of all of them.
    public static let messagesPerSessionMax = 1_000, sessionBytesMax = 2 * 1024 * 1024
    /// Bytes of what a client keeps with a conversation, as JSON; members of it, bytes of a member's name and of its text.
    public static let sessionMetadataBytesMax = 4_096
    public static let sessionMetadataMembersMax = 16, sessionMetadataNameBytesMax = 32,
        sessionMetadataTextBytesMax = 256
    /// Messages of one page, and where a request names no number; conversations of one page.
    public static let messagesPerPageMax = 100, messagesPerPageDefault = 50
    public static let sessionsPerPageMax = 100, sessionsPerPageDefault = 25
    /// Tokens of what was said before that goes with a question, by estimate.
    public static let windowTokensMax = 2_048
    /// Bytes of a summary, and of one message in it.
    public static let summaryBytesMax = 4_096, summaryExcerptBytesMax = 240
    /// Conversations that one run of the retention erases.
    public static let sessionsPerRetentionMax = 500
    /// Days of one report of usage.
    public static let usageDaysMax = 366
}
