internal import Agent
internal import Audit
internal import Edge
internal import Synchronization

/// What documents need, made once at start.
final class Documents: Sendable {
    let store: DocumentStore
    let gate: DocumentGate
    /// Bytes of one document.
    let bytesMax: Int
    let places = UploadPlaces()

    init(store: DocumentStore, gate: DocumentGate, bytesMax: Int) {
        self.store = store
        self.gate = gate
        self.bytesMax = bytesMax
    }
}

/// How many documents are on their way: each is in memory as a whole.
final class UploadPlaces: Sendable {
    /// Uploads at once; one more is told to come again.
    static let countMax = 16

    private let taken = Atomic(0)

    /// A place for an upload, given back with it; nil where all are taken.
    func take() -> UploadPlace? {
        guard taken.add(1, ordering: .relaxed).newValue <= Self.countMax else {
            giveBack()
            return nil
        }
        return UploadPlace(self)
    }

    fileprivate func giveBack() { taken.subtract(1, ordering: .relaxed) }
}

/// The place of an upload whose bytes are in memory.
final class UploadPlace: Sendable {
    private let places: UploadPlaces

    fileprivate init(_ places: UploadPlaces) { self.places = places }

    deinit { places.giveBack() }
}

extension Pipeline {
    /// - Throws: `Refusal`: `503` where this gateway keeps no documents.
    func documents() throws(Refusal) -> Documents {
        guard let documents = services.documents else {
            var refusal = Refusal(problem: .unavailable, reason: "documents_off", kind: .failure)
            refusal.detail = "this gateway keeps no documents"
            throw refusal
        }
        return documents
    }

    /// Whether the content is a form.
    static func isForm(_ request: Request) -> Bool {
        request[.contentType].flatMap { FieldParameters($0).value }?.isEqualIgnoringCase("multipart/form-data") ?? false
    }

    /// Still stage `admit`: takes a message in a form, with the documents that come with it.
    @inline(never)
    func readMessageForm(
        _ request: Request, _ body: RequestBody, session: [UInt8], _ path: inout DecisionPath
    ) async throws(Refusal) -> Content {
        let documents = try documents()
        let place = try takePlace(documents, for: request)
        guard let field = request[.contentType], let boundary = MultipartBoundary(contentType: field) else {
            throw Refusal(MultipartFault.badBoundary)
        }
        let bytes = try await collect(body, documents.bytesMax + UploadContent.formBytesMax, request, &path)
        return .conversation(
            .message(
                try MessageContent(
                    form: bytes, boundary, session: session, filesBytesMax: documents.bytesMax, place: place)))
    }

    private func takePlace(_ documents: Documents, for request: Request) throws(Refusal) -> UploadPlace {
        guard let place = documents.places.take() else {
            throw Refusal(problem: .overloaded, reason: "too_many_uploads", kind: .failure)
        }
        guard request[.contentEncoding] == nil else {
            var refusal = Refusal(problem: .unsupportedMediaType, reason: "content_encoding")
            refusal.detail = "send the content without Content-Encoding"
            throw refusal
        }
        return place
    }

    /// Still stage `admit`: takes a document's bytes, by themselves or in a form.
    @inline(never)
    func readUpload(
        _ request: Request, _ body: RequestBody, _ path: inout DecisionPath
    ) async throws(Refusal) -> Content {
        let documents = try documents()
        let place = try takePlace(documents, for: request)
        let query = try DocumentQuery(request.target.queryItems, allowing: [.name, .customer, .sessionID])
        let field = request[.contentType]
        let essence = field.flatMap { FieldParameters($0).value }
        guard Self.isForm(request), let field else {
            let bytes = try await collect(body, documents.bytesMax, request, &path)
            return .upload(UploadContent(query, bytes: bytes, contentType: essence, place: place))
        }
        guard let boundary = MultipartBoundary(contentType: field) else { throw Refusal(MultipartFault.badBoundary) }
        let bytes = try await collect(body, documents.bytesMax + UploadContent.formBytesMax, request, &path)
        return .upload(
            try UploadContent(query, form: bytes, boundary, bytesMax: documents.bytesMax, place: place))
    }
}
