internal import Audit
internal import Edge
internal import JSON

/// What a request about documents says of whose they are and which.
struct DocumentQuery: Sendable {
    /// The parameters that there are.
    enum Parameter: String, CaseIterable, Sendable {
        case name, customer, version, archived
        case sessionID = "session_id"
    }

    var name: [UInt8]?
    /// The customer that the caller names and vouches for.
    var customer: [UInt8]?
    /// The conversation that it belongs to, or whose verified customer it belongs to.
    var sessionID: [UInt8]?
    var version: Int?
    var withArchived = false
    /// The document; nil where the route is about no certain one.
    var id: [UInt8]?

    /// Takes a query's pairs.
    /// - Throws: `Refusal`: `400` with what is wrong.
    init(_ items: QueryItems, id: [UInt8]? = nil, allowing parameters: [Parameter]) throws(Refusal) {
        self.id = id
        var seen: Set<Parameter> = []
        for item in items {
            guard let parameter = Parameter(rawValue: String(decoding: item.name, as: UTF8.self)),
                parameters.contains(parameter), seen.insert(parameter).inserted
            else { throw Content.badQuery("only \(parameters.map(\.rawValue).joined(separator: ", ")), each once") }
            try set(parameter, item.value)
        }
        try checkOwner()
    }

    /// Sets what a query or a form's field says.
    mutating func set(_ parameter: Parameter, _ value: [UInt8]) throws(Refusal) {
        switch parameter {
        case .name:
            guard (1...Self.nameBytesMax).contains(value.count) else {
                throw Content.badQuery("name: wanted 1 to \(Self.nameBytesMax) bytes")
            }
            name = value
        case .customer: customer = try Self.identifier(value, parameter)
        case .sessionID: sessionID = try Self.identifier(value, parameter)
        case .version:
            guard let number = Int(String(decoding: value, as: UTF8.self)), (1...Int(Int32.max)).contains(number) else {
                throw Content.badQuery("version: wanted a number from 1")
            }
            version = number
        case .archived:
            guard value.elementsEqual("true".utf8) || value.elementsEqual("false".utf8) else {
                throw Content.badQuery("archived: wanted true or false")
            }
            withArchived = value.elementsEqual("true".utf8)
        }
    }

    /// A document is a customer's or a conversation's.
    func checkOwner() throws(Refusal) {
        guard customer == nil || sessionID == nil else {
            throw Content.badQuery("wanted customer or session_id, not both")
        }
    }

    private static func identifier(_ value: [UInt8], _ parameter: Parameter) throws(Refusal) -> [UInt8] {
        guard (1...64).contains(value.count), UTF8Validation.firstInvalid(in: value) == nil else {
            throw Content.badQuery("\(parameter.rawValue): wanted 1 to 64 bytes")
        }
        return value
    }

    /// Bytes of a name as it is sent; what is kept of it is shorter.
    private static let nameBytesMax = 1_024
}

/// A document as a request brings it.
struct UploadContent: Sendable {
    /// What a form may have besides the document.
    static let formBytesMax = 64 * 1024

    var query: DocumentQuery
    let bytes: [UInt8]
    /// The sender's media type in lower case, without parameters; nil where there is none.
    let mediaType: [UInt8]?
    /// Held as long as the bytes are.
    let place: UploadPlace?

    /// A document that is a request's whole content.
    init(_ query: DocumentQuery, bytes: [UInt8], contentType essence: [UInt8]?, place: UploadPlace?) {
        self.query = query
        self.bytes = bytes
        mediaType = essence.map(Self.lowercased)
        self.place = place
    }

    /// A document in a form: the one part that is a file. Other parts are fields, as in the query.
    /// - Throws: `Refusal`: `400` with what is wrong.
    init(
        _ query: DocumentQuery, form: [UInt8], _ boundary: MultipartBoundary, bytesMax: Int, place: UploadPlace?
    ) throws(Refusal) {
        let parts: [MultipartForm.Part]
        do throws(MultipartFault) {
            parts = try MultipartForm(form, boundary, partBytesMax: bytesMax).parts
        } catch {
            throw Refusal(error)
        }
        var query = query
        var file: MultipartForm.Part?
        var seen: Set<DocumentQuery.Parameter> = []
        for part in parts {
            if part.head.fileName != nil {
                guard file == nil else { throw Self.badForm("wanted one file") }
                file = part
            } else if let parameter = DocumentQuery.Parameter(
                rawValue: String(decoding: part.head.name, as: UTF8.self)),
                [.name, .customer, .sessionID].contains(parameter), seen.insert(parameter).inserted
            {
                try query.set(parameter, part.content)
            } else {
                throw Self.badForm("only a file, and name, customer and session_id, each once")
            }
        }
        guard let file else { throw Self.badForm("wanted a part with a filename") }
        try query.checkOwner()
        if query.name == nil, let name = file.head.fileName, !name.isEmpty { query.name = name }
        let essence = file.head.contentType.flatMap { FieldParameters($0[...]).value }
        self.init(query, bytes: file.content, contentType: essence, place: place)
    }

    static func badForm(_ detail: String) -> Refusal {
        var refusal = Refusal(problem: .invalidBody, reason: "multipart")
        refusal.detail = "form: \(detail)"
        return refusal
    }

    static func lowercased(_ text: [UInt8]) -> [UInt8] {
        text.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    }
}

extension Content {
    /// What is asked of documents that are there.
    /// - Throws: `Refusal`: `400` with what is wrong.
    static func documents(_ items: QueryItems, _ destination: Destination) throws(Refusal) -> Content {
        let parameters: [DocumentQuery.Parameter] =
            switch destination.route {
            case .documentsList: [.customer, .sessionID, .archived]
            case .documentsRead: [.customer, .sessionID, .version]
            default: [.customer, .sessionID]
            }
        let query = try DocumentQuery(
            items, id: destination.identifier.map { Array($0) }, allowing: parameters)
        return .documents(query, destination.route)
    }
}
