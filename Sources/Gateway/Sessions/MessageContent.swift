internal import Agent
internal import Audit
internal import Edge
internal import JSON

/// A message of a conversation as a request brings it, and the documents that come with it.
struct MessageContent: Sendable {
    /// A document beside a message.
    struct Attachment: Sendable {
        /// Its name as it was sent; nil where it has none.
        let name: [UInt8]?
        let bytes: [UInt8]
        /// The sender's media type in lower case, without parameters; nil where there is none.
        let mediaType: [UInt8]?
    }

    /// Documents that come with one message. Their bytes together have the bound of one document.
    static let attachmentsMax = 4

    let text: [UInt8]
    let session: [UInt8]
    let customerID: [UInt8]?
    /// Whether the change that waits for it is to be made; nil where the message is in words.
    var confirmation: Bool?
    var attachments: [Attachment] = []
    /// Held as long as the documents' bytes are.
    var place: UploadPlace?

    /// A message without documents.
    init(text: [UInt8], session: [UInt8], customerID: [UInt8]?, confirmation: Bool? = nil) {
        self.text = text
        self.session = session
        self.customerID = customerID
        self.confirmation = confirmation
    }

    /// A message in a form: the fields `message` and `customer_id`, and files.
    /// - Throws: `Refusal`: `400` and `413` with what is wrong.
    init(
        form: [UInt8], _ boundary: MultipartBoundary, session: [UInt8], filesBytesMax: Int, place: UploadPlace?
    ) throws(Refusal) {
        let parts: [MultipartForm.Part]
        do throws(MultipartFault) {
            parts = try MultipartForm(form, boundary, partBytesMax: filesBytesMax).parts
        } catch {
            throw Refusal(error)
        }
        var fields: [String: [UInt8]] = [:]
        for part in parts {
            if let name = part.head.fileName {
                attachments.append(
                    Attachment(
                        name: name.isEmpty ? nil : name, bytes: part.content,
                        mediaType: part.head.contentType.flatMap { FieldParameters($0[...]).value }.map(
                            UploadContent.lowercased)))
                guard attachments.count <= Self.attachmentsMax else {
                    throw UploadContent.badForm("wanted at most \(Self.attachmentsMax) files")
                }
            } else {
                let name = String(decoding: part.head.name, as: UTF8.self)
                guard ["message", "customer_id"].contains(name), fields.updateValue(part.content, forKey: name) == nil
                else { throw UploadContent.badForm("only files, and message and customer_id, each once") }
            }
        }
        guard attachments.reduce(0, { $0 + $1.bytes.count }) <= filesBytesMax else {
            throw Refusal(MultipartFault.contentTooLarge(bytesMax: filesBytesMax))
        }
        guard let text = fields["message"], !text.isEmpty, UTF8Validation.firstInvalid(in: text) == nil else {
            throw UploadContent.badForm("message: wanted a text in UTF-8, once")
        }
        customerID = fields["customer_id"]
        if let customerID {
            guard (1...64).contains(customerID.count), UTF8Validation.firstInvalid(in: customerID) == nil else {
                throw UploadContent.badForm("customer_id: wanted 1 to 64 bytes of UTF-8")
            }
        }
        self.text = text
        self.session = session
        self.place = place
    }
}

/// The same, redacted. The documents are as they came: they are their owner's, and what a model gets of them is redacted then.
struct CleanMessage: Sendable {
    let text: CleanText
    let session: SessionID
    let customerID: CustomerID?
    let confirmation: Bool?
    let attachments: [MessageContent.Attachment]
    let place: UploadPlace?
}
