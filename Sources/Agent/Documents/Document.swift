/// One version of a document, without its bytes.
public struct Document: Hashable, Sendable {
    /// Where a document stands.
    public enum State: String, Sendable { case active, archived }

    /// `D-` and 26 letters and digits that nobody can guess (128 random bits in Crockford's base 32).
    public let id: [UInt8]
    /// Counts from 1: another content under the same name is the next version.
    public let version: Int
    /// What people call it.
    public let name: DocumentName
    /// What it is by its content.
    public let type: DocumentType
    /// Bytes.
    public let size: Int
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let createdMicroseconds: Int64
    /// Where it stands.
    public let state: State
    /// A keyed digest of its bytes: two documents of one owner have the same if they are the same; to others it says nothing.
    public let digest: [UInt8]
}

/// A document as it comes.
public struct DocumentDraft: Sendable {
    /// Whose it is to be.
    public let owner: DocumentOwner
    /// Its name as it was sent.
    public let name: [UInt8]?
    /// What it is: found by `DocumentInspector`, which alone makes one.
    public let inspected: InspectedContent

    /// A draft.
    public init(owner: DocumentOwner, name: [UInt8]?, inspected: InspectedContent) {
        self.owner = owner
        self.name = name
        self.inspected = inspected
    }
}

/// Bytes that were looked at and may be kept. Only `DocumentInspector` makes one.
public struct InspectedContent: Sendable {
    /// The bytes.
    public let bytes: [UInt8]
    /// What they are.
    public let type: DocumentType

    init(_ bytes: [UInt8], _ type: DocumentType) {
        self.bytes = bytes
        self.type = type
    }
}

/// What became of a draft.
public struct StoredDocument: Hashable, Sendable {
    /// The document, on disk.
    public let document: Document
    /// Whether this call made it: false where the owner had the same content under the same name.
    public let isNew: Bool
}

/// How much a store takes.
public struct DocumentBounds: Sendable {
    /// Bytes of one document, of one owner's together, and of all.
    public var bytesMax: Int, ownerBytesMax: Int64, totalBytesMax: Int64
    /// Versions that one owner may have.
    public var ownerVersionsMax: Int

    /// Bounds.
    public init(
        bytesMax: Int, ownerBytesMax: Int64, totalBytesMax: Int64,
        ownerVersionsMax: Int = AgentLimits.documentVersionsPerCustomerMax
    ) {
        self.bytesMax = bytesMax
        self.ownerBytesMax = ownerBytesMax
        self.totalBytesMax = totalBytesMax
        self.ownerVersionsMax = ownerVersionsMax
    }
}
