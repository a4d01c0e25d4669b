/// What happened to a customer's document. Neither what it is called nor what it says is in it.
public struct AuditDocument: Sendable {
    /// What was done.
    public enum Action: Sendable {
        case store, archive
        /// All documents of the owner; the record then names none.
        case erase
    }

    /// What was done.
    public var action: Action
    /// The document, and which version of it.
    public var identifier: [UInt8], version: UInt64
    /// Bytes of its content.
    public var bytes: UInt64
    /// A keyed hash of its content, 64 hexadecimal digits: it shows that two documents of one owner were the same, and to
    /// whoever lacks the owner's key nothing.
    public var digest: [UInt8]

    /// A document from its parts.
    public init(action: Action, identifier: [UInt8], version: UInt64, bytes: UInt64, digest: [UInt8]) {
        self.action = action
        self.identifier = identifier
        self.version = version
        self.bytes = bytes
        self.digest = digest
    }

    /// All of an owner's documents were erased.
    public static let erasure = AuditDocument(action: .erase, identifier: [], version: 0, bytes: 0, digest: [])

    func encode(to buffer: inout RecordBuffer) {
        buffer.object("document") { buffer in
            switch action {
            case .store: buffer.literal("action", "store")
            case .archive: buffer.literal("action", "archive")
            case .erase: return buffer.literal("action", "erase")
            }
            buffer.text("id", identifier, path: "document.id", bytesMax: 64)
            buffer.number("version", version)
            buffer.number("bytes", bytes)
            buffer.text("digest", digest, path: "document.digest", bytesMax: 64)
        }
    }
}

extension EncodedRecord {
    /// A `document.change` record: a customer's document was kept or archived, or all of them erased.
    /// - Parameters:
    ///   - request: the request that did it, whose `request.begin` stands before.
    ///   - principal: the caller.
    ///   - customer: whose it is, where the conversation knows; nil outside one.
    ///   - document: what was done to which.
    ///   - seal: what makes personal members unreadable without their subject's key; nil for none.
    public static func documentChange(
        request: AuditRequest, principal: AuditPrincipal, customer: AuditCustomer?, document: AuditDocument,
        sealedBy seal: RecordSeal? = nil
    ) -> EncodedRecord {
        let seal = seal?.bound(to: request.identifier)
        return EncodedRecord(.documentChange, capacity: 1024) { buffer in
            request.encode(to: &buffer, sealedBy: seal)
            principal.encode(to: &buffer, sealedBy: seal)
            customer?.encode(to: &buffer)
            document.encode(to: &buffer)
        }
    }
}
