/// Why no text could be taken out of a document.
public enum ExtractionError: Error, Equatable, Sendable {
    // Faults: the document is at fault.

    /// It has no bytes.
    case empty
    /// It is larger than its bound.
    case tooLarge(bytesMax: Int)
    /// It is none of the kinds that are read; what it is, in words.
    case unsupported(found: String)
    /// It is not of the kind that it is said to be.
    case wrongKind(found: String, wanted: DocumentKind)
    /// It is two kinds at once, and so nobody knows what a reader will see.
    case polyglot(found: String)
    /// It cannot be opened without a password.
    case passwordProtected
    /// It is broken, in words.
    case broken(reason: String)
    /// It has more of something than its bound: pages, entries, bytes when unpacked.
    case tooMuch(of: String, max: Int)
    /// There is no text in it, as in a scan.
    case noText
    /// Reading it took longer than it may.
    case tookTooLong
    /// Reading it took more memory or processor time than it may, or crashed the reader.
    case tookTooMuch

    // Failures: we could not.

    /// As many extractions wait as may.
    case busy
    /// A library, the sandbox or the process is not there; the reason is for the operator.
    case unavailable(reason: String)

    /// Whether the document is at fault, and will be at the next try.
    public var isFault: Bool {
        switch self {
        case .busy, .unavailable: false
        default: true
        }
    }

    /// One sentence for a person, with the mend. It holds nothing of the document's content.
    public var message: String {
        switch self {
        case .empty: "it is empty"
        case .tooLarge(let bytesMax): "it is larger than \(bytesMax) bytes; split it"
        case .unsupported(let found): "it is \(found); wanted PDF, DOCX, HTML, Markdown or text"
        case .wrongKind(let found, let wanted): "it is \(found) and not \(wanted.rawValue); give it its right name"
        case .polyglot(let found): "it is \(found); save it anew from the program that made it"
        case .passwordProtected: "it takes a password; save it without one"
        case .broken(let reason): "it is broken: \(reason); save it anew from the program that made it"
        case .tooMuch(let what, let max): "it has more than \(max) \(what); split it"
        case .noText: "there is no text in it, as in a scan; put it through text recognition first"
        case .tookTooLong: "reading it took too long; save it anew or split it"
        case .tookTooMuch: "reading it took too much memory or time; save it anew or split it"
        case .busy: "too many documents are being read; try again"
        case .unavailable(let reason): reason
        }
    }
}
