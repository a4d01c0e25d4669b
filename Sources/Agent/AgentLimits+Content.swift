extension AgentLimits {
    /// Bytes of one sealed value: a message, a summary, a note. Documents are sealed in chunks.
    public static let contentBytesMax = 1024 * 1024
    /// Keys of content that are kept in memory, 200 bytes each; further ones are unwrapped again.
    public static let contentKeysCachedMax = 4_096
    /// Jobs that wait for the database of keys.
    public static let contentKeyJobsMax = 1_024
    /// Keys that are wrapped again by one query when the key-encryption key changes.
    static let contentKeysPerStep = 1_000
}
