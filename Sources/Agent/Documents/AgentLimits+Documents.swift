extension AgentLimits {
    /// Bytes of a document's name, once it is made harmless.
    public static let documentNameBytesMax = 120
    /// Versions of documents that a customer may have, archived ones too.
    public static let documentVersionsPerCustomerMax = 1_000
    /// Versions of documents in the whole store.
    public static let documentVersionsMax = 1_000_000
    /// Bytes of a document's chunk before it is sealed.
    static let documentChunkBytes = 64 * 1024
    /// Jobs that wait for the store's threads.
    public static let documentJobsMax = 256
    /// Documents of a list.
    public static let documentsListedMax = 200
    /// Bytes of the end of a file in which the directory of a ZIP archive may begin its end record: the record and the longest
    /// comment (APPNOTE 4.3.16).
    static let zipEndBytesMax = 22 + 65_535
    /// Entries of a DOCX, bytes of what it unpacks to, and how many times its size that may be.
    public static let zipEntriesMax = 4_096, zipUnpackedBytesMax = 200 * 1024 * 1024, zipRatioMax = 200
    /// Bytes at a file's start in which readers of PDF and HTML still take it for one.
    static let leadingBytes = 1_024
    /// Documents that are inspected at once: each waits for the virus scanner on a thread.
    public static let documentInspectionsMax = 2
    /// Documents in a tool's result, and bytes of the excerpt of one.
    public static let documentsInResultMax = 20, documentExcerptBytesMax = 2_048
}
