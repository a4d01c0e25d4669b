extension AgentLimits {
    /// Bytes of a document that text is taken out of.
    public static let documentBytesMax = 32 * 1024 * 1024
    /// Pages of a PDF.
    public static let documentPagesMax = 2_000
    /// Blocks of a document's text, bytes of all of them, and of one, which is split beyond.
    public static let documentBlocksMax = 50_000, documentTextBytesMax = 8 * 1024 * 1024
    /// Bytes of one block; a longer paragraph becomes several.
    public static let documentBlockBytesMax = 16 * 1024
    /// Elements of HTML that are open at once; libxml2 itself leaves out what is within 256.
    public static let documentDepthMax = 240
    /// Bytes of a document's title.
    public static let documentTitleBytesMax = 512
    /// Entries of a DOCX file, and bytes of each of its parts that are read, when unpacked.
    public static let archiveEntriesMax = 4_096, archivePartBytesMax = 32 * 1024 * 1024
    /// How many times the size of the whole file a part may unpack to. Word's own XML reaches about 40.
    public static let archiveRatioMax = 200
    /// Bytes that one extraction writes: the text, escaped.
    public static let extractionOutputBytesMax = 2 * documentTextBytesMax

    /// What the process of one extraction may take: bytes of address space, seconds of processor time.
    public static let extractionAddressBytesMax: UInt64 = 1024 * 1024 * 1024, extractionProcessorSecondsMax: UInt32 = 20
    /// How long one extraction may take by the clock.
    public static let extractionTimeMax: Duration = .seconds(30)
    /// Extractions that run at once, each in a process of its own, and those that wait.
    public static let extractionsMax = 2, extractionsWaitingMax = 16
}
