package import JSON

/// The assistant's tools about documents. Bytes never go through a model: they come and go by the gateway's routes, and a
/// tool names them. Every effect is the same when it is asked for again.
public struct DocumentTools: ToolProvider {
    private let store: DocumentStore
    private let reader: (any DocumentTextReader)?

    /// The tools over a store.
    /// - Parameter reader: reads texts; nil where nothing can, and excerpts are then missing.
    public init(store: DocumentStore, reader: (any DocumentTextReader)? = nil) {
        self.store = store
        self.reader = reader
    }

    /// The four of them.
    public var descriptions: [ToolDescription] {
        func document(isRequired: Bool = true) -> ToolDescription.Parameter {
            ToolDescription.Parameter(
                "document_id", "The document's id as a list or an upload gave it.",
                .text(bytesRange: DocumentID.bytes...DocumentID.bytes),
                isRequired: isRequired)
        }
        return [
            ToolDescription(
                .createCustomerFolder,
                "Makes the folder of the verified customer's documents where there is none, and lists what is in it.",
                parameters: [], hasEffect: true),
            ToolDescription(
                .uploadDocument,
                "Files a document that was sent in this conversation in the verified customer's folder.",
                parameters: [document()], hasEffect: true),
            ToolDescription(
                .retrieveDocument,
                "Says what a document of the customer's or of this conversation is and how its text begins. Without an "
                    + "id it lists the documents, or says it of the only one.",
                parameters: [document(isRequired: false)], hasEffect: false),
            ToolDescription(
                .archiveDocument,
                "Archives a document of the verified customer's: it is kept, but no longer listed.",
                parameters: [document()], hasEffect: true),
        ]
    }

    /// Carries out one call.
    /// - Throws: `ToolError`: `.notVerified` where an effect needs the customer, `.notFound`, `.tooLarge`, `.unavailable`,
    ///   `.badCall`.
    public func run(
        _ tool: AssistantTool, _ arguments: ToolArguments, in context: ToolContext
    ) async throws(ToolError) -> ToolResult {
        switch tool {
        case .createCustomerFolder:
            let customer = try Self.customer(context)
            return try await translating { () async throws(DocumentError) in
                let isNew = try await store.createFolder(of: customer)
                let documents = try await store.list(of: customer, withArchived: false)
                return Self.result(
                    documents, sentence: isNew ? "Your folder is ready." : "You have a folder already.")
            }
        case .uploadDocument:
            let customer = try Self.customer(context), id = try Self.id(arguments)
            return try await file(id, for: customer, context)
        case .retrieveDocument:
            guard arguments.text("document_id") != nil else { return try await list(context) }
            return try await retrieve(try Self.id(arguments), context)
        case .archiveDocument:
            let customer = try Self.customer(context), id = try Self.id(arguments)
            return try await translating { () async throws(DocumentError) in
                let document = try await store.archive(id, of: customer)
                return Self.result([document], sentence: "The document is archived.")
            }
        default: throw .badCall(detail: "\(tool.rawValue): wanted one of the tools about documents")
        }
    }

    /// From the conversation's own place into the customer's folder. What is filed already stays, and is found again.
    private func file(
        _ id: [UInt8], for customer: DocumentOwner, _ context: ToolContext
    ) async throws(ToolError) -> ToolResult {
        guard let session = Self.session(context) else { throw .notFound }
        return try await translating { () async throws(DocumentError) in
            let found = try await store.content(of: id, owner: session)
            // It was inspected when it came, and is byte for byte the same: its address was verified.
            let draft = DocumentDraft(
                owner: customer, name: found.document.name.bytes,
                inspected: InspectedContent(found.bytes, found.document.type))
            let stored = try await store.put(draft)
            return Self.result(
                [stored.document],
                sentence: stored.isNew ? "The document is in your folder." : "The document was in your folder already.")
        }
    }

    /// The documents; of a single one also how it begins, for there is no choice to offer.
    private func list(_ context: ToolContext) async throws(ToolError) -> ToolResult {
        var documents: [Document] = []
        do throws(DocumentError) {
            for owner in Self.owners(context) { documents += try await store.list(of: owner, withArchived: false) }
        } catch {
            throw ToolError(error)
        }
        if documents.count == 1 { return try await retrieve(documents[0].id, context) }
        let names = documents.prefix(AgentLimits.documentsInResultMax).map(\.name.bytes)
        return Self.result(
            documents,
            sentence: documents.isEmpty
                ? Array("There are no documents.".utf8)
                : Array("There are \(documents.count) documents: ".utf8)
                    + Array(names.joined(separator: Array(", ".utf8)))
                    + Array((documents.count > names.count ? ", and more." : ".").utf8))
    }

    private func retrieve(_ id: [UInt8], _ context: ToolContext) async throws(ToolError) -> ToolResult {
        for owner in Self.owners(context) {
            let found: (document: Document, bytes: [UInt8])
            do throws(DocumentError) { found = try await store.content(of: id, owner: owner) } catch {
                if error == .notFound { continue }
                throw ToolError(error)
            }
            return await excerpt(of: found.document, found.bytes)
        }
        throw .notFound
    }

    /// What the document is and how it begins, or in words why nobody can tell.
    private func excerpt(of document: Document, _ bytes: [UInt8]) async -> ToolResult {
        let name = Array("The document ".utf8) + document.name.bytes
        guard let reader else { return Self.result([document], sentence: name + Array(" was found.".utf8)) }
        do throws(ExtractionError) {
            let text = Self.cut(
                try await reader.text(of: bytes, as: document.type), to: AgentLimits.documentExcerptBytesMax)
            return Self.result(
                [document], excerpt: text, sentence: name + Array(" begins: ".utf8) + text)
        } catch {
            // Why a helper is gone is for the operator.
            let reason = error.isFault ? error.message : "it cannot be read at the moment; try again later"
            return Self.result(
                [document], unreadable: reason,
                sentence: name + Array(" was found, but not what it says: \(reason).".utf8))
        }
    }

    private func translating(
        _ body: () async throws(DocumentError) -> ToolResult
    ) async throws(ToolError) -> ToolResult {
        do throws(DocumentError) { return try await body() } catch { throw ToolError(error) }
    }

    // MARK: Whose

    private static func customer(_ context: ToolContext) throws(ToolError) -> DocumentOwner {
        guard let customer = context.customer else { throw .notVerified }
        return .customer(reference: customer.reference)
    }

    private static func session(_ context: ToolContext) -> DocumentOwner? {
        context.sessionID.map { .session(context.principal, $0) }
    }

    /// Where this conversation may look: the customer's folder once it is known who they are, and its own place.
    private static func owners(_ context: ToolContext) -> [DocumentOwner] {
        [context.customer.map { DocumentOwner.customer(reference: $0.reference) }, session(context)].compactMap { $0 }
    }

    private static func id(_ arguments: ToolArguments) throws(ToolError) -> [UInt8] {
        guard let id = arguments.text("document_id") else {
            throw .badCall(detail: "document_id: wanted a document's id")
        }
        return id
    }

    // MARK: Results

    private static func result(_ documents: [Document], sentence: String) -> ToolResult {
        result(documents, sentence: Array(sentence.utf8))
    }

    private static func result(
        _ documents: [Document], excerpt: [UInt8]? = nil, unreadable: String? = nil, sentence: [UInt8]
    ) -> ToolResult {
        var json = JSONWriter(capacity: 1024)
        json.object { json in
            json.name("documents")
            json.array { json in
                for document in documents.prefix(AgentLimits.documentsInResultMax) { document.write(to: &json) }
            }
            if documents.count > AgentLimits.documentsInResultMax { json.member("more", documents.count) }
            if let excerpt { json.member("excerpt", excerpt) }
            if let unreadable { json.member("unreadable", unreadable) }
        }
        return ToolResult(json: json.bytes, sentence: sentence)
    }

    /// The beginning of a text, whole characters of UTF-8.
    private static func cut(_ text: [UInt8], to bytesMax: Int) -> [UInt8] {
        guard text.count > bytesMax else { return text }
        var end = bytesMax
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return Array(text[..<end])
    }
}

extension Document {
    /// Writes the object that callers and models get.
    package func write(to json: inout JSONWriter) {
        json.object { json in writeMembers(to: &json) }
    }

    /// Writes its members into an object that is open.
    package func writeMembers(to json: inout JSONWriter) {
        json.member("id", id)
        json.member("version", version)
        json.member("name", name.bytes)
        json.member("type", type.mediaType)
        json.member("bytes", size)
        json.member("state", state.rawValue)
    }
}

extension ToolError {
    init(_ error: DocumentError) {
        switch error {
        case .notFound, .erased: self = .notFound
        case .empty, .refused: self = .badCall(detail: "document_id: the document is not taken")
        case .tooLarge(let bytesMax): self = .tooLarge(detail: "a document may have \(bytesMax) bytes")
        case .quotaExceeded(let bytesMax):
            self = .tooLarge(detail: "a customer may have \(bytesMax) bytes of documents")
        case .tooMany(let versionsMax): self = .tooLarge(detail: "a customer may have \(versionsMax) documents")
        case .damaged, .busy, .storageFull, .scannerAway, .storage: self = .unavailable
        }
    }
}
